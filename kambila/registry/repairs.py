"""What would put a polygon right: proposed to a person, never done by itself. Pure functions from GeoJSON to GeoJSON.

A repair keeps every place that somebody stood on. It brings the ring back to its first point, leaves out what was recorded
twice, finds an order in which no two legs cross, leaves out holes that do not lie inside, and makes parts that lie on
each other into one. Where none of that makes a polygon, nothing is proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kambila.registry import outlines
from kambila.registry.geometry import Shape, read, rings_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

POLYGONS = ("Polygon", "MultiPolygon")
MOST_POINTS = 400  # an outline with more is a line walked by machine; its order is not guessed
Positions = list[tuple[float, ...]]

CLOSED = _("The outline is brought back to its first turning point.")
ONCE = _("What was recorded twice at one place is left out.")
ORDERED = _("The turning points are put in an order in which no two legs cross.")
HOLES = _("Holes that do not lie inside the outline, or lie on each other, are left out.")
ONE = _("Parts that lie on each other are made into one.")


@dataclass(frozen=True)
class Repair:
    """A geometry as it was stated and as it is proposed, and what was done, a sentence for each step."""

    stated: Mapping[str, Any]
    before: Shape
    after: Shape
    steps: tuple[Any, ...]


def proposed(stated: Any, types: tuple[str, ...] = POLYGONS) -> Repair | None:
    """The repair of a stated polygon; None when nothing is wrong with it that could be repaired, or it is none."""
    try:
        before = read(stated, types)
    except ValueError:
        return None
    if stated["type"] not in POLYGONS or not (before.is_open or before.problem or _doubled(stated)):
        return None
    steps: list[Any] = [CLOSED] if before.is_open else []
    geometry = _mended(_parts(stated), steps)
    if geometry is None or not steps or geometry.is_empty or not geometry.is_valid:
        return None
    new = _as_stated(geometry, stated, types)
    return Repair(new, before, read(new, types), tuple(steps)) if new is not None else None


def _parts(stated: Mapping[str, Any]) -> list[list[Positions]]:
    parts = [stated["coordinates"]] if stated["type"] == "Polygon" else stated["coordinates"]
    return [[[tuple(place) for place in ring] for ring in part] for part in parts]


def _doubled(stated: Mapping[str, Any]) -> bool:
    rings = [[_key(place) for place in ring] for ring in rings_of(stated["type"], stated["coordinates"])]
    return any(len(set(ring)) < len(ring) - 1 for ring in rings)


def _key(place: Sequence[float]) -> tuple[float, float]:
    return round(place[0], outlines.SAME), round(place[1], outlines.SAME)


def _mended(parts: list[list[Positions]], steps: list[Any]) -> BaseGeometry | None:
    import shapely

    polygons = []
    for part in parts:
        outline, *holes = [_ring(ring, steps) for ring in part]
        if outline is None:
            return None
        polygon = shapely.Polygon(outline, [hole for hole in holes if hole is not None])
        polygons.append(_without_holes_outside(polygon, steps))
    if len(polygons) == 1:
        return polygons[0]
    whole = shapely.MultiPolygon(polygons)
    if whole.is_valid or not all(each.is_valid for each in polygons):
        return whole
    _note(steps, ONE)
    return shapely.union_all(polygons)


def _ring(ring: Positions, steps: list[Any]) -> Positions | None:
    """A ring with each place once and no two legs that cross, without the return; None when no ring is left."""
    first: dict[tuple[float, float], tuple[float, ...]] = {}
    for place in ring:
        first.setdefault(_key(place), place)
    once = list(first.values())
    if len(once) < len(ring) - (_key(ring[0]) == _key(ring[-1])):
        _note(steps, ONCE)
    if len(once) < 3:
        return None
    ordered = _uncrossed(once)
    if ordered is not None and ordered != once:
        _note(steps, ORDERED)
    return ordered


def _uncrossed(places: Positions) -> Positions | None:
    """The same places in an order in which no two legs cross: of two that do, what lies between is walked the other way.

    Each turn makes the way around shorter, so that it comes to an end; it is given up where that takes too long.
    """
    import shapely

    if len(places) > MOST_POINTS:
        return places if shapely.Polygon(places).is_valid else None
    for _turn in range(20 * len(places)):
        ring = [outlines.TurningPoint(i, (place[0], place[1])) for i, place in enumerate(places)]
        crossed = outlines.crossings(ring)
        if not crossed:
            return places
        better = _shortened(places, crossed)
        if better is None:
            return None
        places = better
    return None


def _shortened(places: Positions, crossed: Sequence[tuple[outlines.Leg, outlines.Leg]]) -> Positions | None:
    for one, other in crossed:
        i, j = sorted((one[0].number, other[0].number))
        turned = [*places[: i + 1], *reversed(places[i + 1 : j + 1]), *places[j + 1 :]]
        if _length(turned) < _length(places) * (1 - 1e-12):
            return turned
    return None


def _length(places: Positions) -> float:
    ends = zip(places, [*places[1:], places[0]], strict=True)
    return sum(((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in ends)


def _without_holes_outside(polygon: Any, steps: list[Any]) -> BaseGeometry:
    import shapely

    wrong = outlines.misplaced_holes(polygon)
    if not wrong:
        return polygon
    _note(steps, HOLES)
    kept = [hole for hole in polygon.interiors if not any(shapely.Polygon(hole).equals(each) for each in wrong)]
    return shapely.Polygon(polygon.exterior, kept)


def _note(steps: list[Any], step: Any) -> None:
    if step not in steps:
        steps.append(step)


def _as_stated(geometry: BaseGeometry, stated: Mapping[str, Any], types: tuple[str, ...]) -> dict[str, Any] | None:
    """GeoJSON of one of the types, with what stood beside the coordinates; names stay with their turning points."""
    from shapely.geometry import mapping

    found = mapping(geometry)
    coordinates = _listed(found["coordinates"])
    if found["type"] == "Polygon" and "Polygon" not in types:
        found, coordinates = {"type": "MultiPolygon"}, [coordinates]
    if found["type"] not in types:
        return None
    new = {**stated, "type": found["type"], "coordinates": coordinates}
    if "ids" in new:
        new["ids"] = _names(stated, rings_of(found["type"], coordinates))
    return new


def _names(stated: Mapping[str, Any], rings: Sequence[Any]) -> list[str]:
    walked = rings_of(stated["type"], stated["coordinates"])
    places = [place for ring in walked for place in (ring[:-1] if _key(ring[0]) == _key(ring[-1]) else ring)]
    called: dict[tuple[float, float], str] = {}
    for place, name in zip(places, stated["ids"], strict=False):
        called.setdefault(_key(place), name)
    return [called.get(_key(place), "") for ring in rings for place in ring[:-1]]


def _listed(value: Any) -> Any:
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value
