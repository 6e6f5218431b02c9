"""What is looked at in a geometry (IMSMA geographic quality checks; limits as published by the GICHD)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kambila.registry import spatial
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check
from kambila.registry.geometry import Shape, ellipsoid

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MALI = (-12.3, 10.1, 4.3, 25.0)
LONGEST_LEG_M = 5000
OVERLAP_SHARE = 0.05
OUTSIDE_SHARE = 0.05
DRAWN = {"hazardous_area", "land_release_product", "clearance", "completion_report", "handover"}


def shapes(draft: Draft) -> Iterator[Shape]:
    """The geometries that a change states."""
    return (value for value in draft.stated.values() if isinstance(value, Shape))


def geometry_of(values: Mapping[str, Any] | None, field: str = "polygon") -> BaseGeometry | None:
    """The geometry of a record, as stated or as kept (WKB); None when there is none that can be measured."""
    import shapely

    value = (values or {}).get(field)
    wkb = getattr(value, "wkb", value)
    geometry = shapely.from_wkb(bytes(wkb)) if wkb else None
    return geometry if geometry is not None and geometry.is_valid and not geometry.is_empty else None


def share(part: float, whole: float) -> int:
    """Percent, rounded; for areas in square degrees of one place, which compare well enough."""
    return round(100 * part / whole) if whole else 0


def rings(shape: Shape) -> Iterator[list[tuple[float, float]]]:
    """The outer rings of a polygon, each point once, in the order in which they were walked."""
    import shapely

    for part in shapely.get_parts(shapely.from_wkb(shape.wkb)):
        if part.geom_type == "Polygon":
            yield [(point[0], point[1]) for point in part.exterior.coords][:-1]


@check(
    "*",
    "polygon-crosses-itself",
    ERROR,
    _("The polygon crosses itself (%(where)s)."),
    _("Put the turning points in the order in which one walks around the area, and send it again."),
)
def polygon_crosses_itself(draft: Draft) -> Found:
    return next(({"where": shape.problem} for shape in shapes(draft) if shape.problem), None)


@check(
    "*",
    "outside-country",
    WARNING,
    _("The position %(longitude)s, %(latitude)s lies outside the country."),
    _("Look whether longitude and latitude were exchanged, or a minus sign was lost (west is negative)."),
)
def outside_country(draft: Draft) -> Found:
    west, south, east, north = getattr(settings, "KAMBILA_COUNTRY_BOX", MALI)
    for shape in shapes(draft):
        left, bottom, right, top = shape.bounds
        if left < west or right > east or bottom < south or top > north:
            return {"longitude": round(left, 5), "latitude": round(bottom, 5)}
    return None


@check(
    "*",
    "too-few-turning-points",
    ERROR,
    _("The polygon has only %(points)s different turning points."),
    _("A polygon needs at least three; use a single point if no more is known."),
)
def too_few_turning_points(draft: Draft) -> Found:
    counts = [len(set(ring)) for shape in shapes(draft) if draft.kind in DRAWN for ring in rings(shape)]
    return {"points": min(counts)} if counts and min(counts) < 3 else None


@check(
    "*",
    "turning-point-twice",
    WARNING,
    _("The polygon has the same turning point twice."),
    _("Remove the point that was recorded twice."),
)
def turning_point_twice(draft: Draft) -> Found:
    return any(len(set(ring)) < len(ring) for shape in shapes(draft) if draft.kind in DRAWN for ring in rings(shape))


@check(
    "*",
    "leg-too-long",
    WARNING,
    _("Two turning points that follow each other are %(distance)s m apart."),
    _("Look for a wrong digit in the coordinates; split the area if it really is that large."),
)
def leg_too_long(draft: Draft) -> Found:
    longest = 0.0
    for shape in shapes(draft) if draft.kind in DRAWN else ():
        for ring in rings(shape):
            legs = zip(ring, [*ring[1:], ring[0]], strict=True)
            longest = max(longest, *(ellipsoid().inv(*start, *end)[2] for start, end in legs))
    return {"distance": round(longest)} if longest > LONGEST_LEG_M else None


@check(
    "hazardous_area",
    "overlaps-neighbour",
    WARNING,
    _("%(percent)s %% of this area lies in the hazardous area %(code)s."),
    _("Look whether it is the same area; if it is, report on that one, or say that the two are the same."),
)
def overlaps_neighbour(draft: Draft) -> Found:
    mine = geometry_of(draft.stated)
    if mine is None or mine.area == 0:
        return None
    taken = {draft.id, *(draft.values.get("taken_from") or ())}  # ground that is taken over is meant to lie there
    for id in spatial.near("hazardous_area", mine.bounds):
        known = draft.record("hazardous_area", id) if id not in taken else None
        other = geometry_of(known)
        if other is not None and other.area > 0:
            common = mine.intersection(other).area
            if common > OVERLAP_SHARE * min(mine.area, other.area):
                return {"percent": share(common, mine.area), "code": (known or {}).get("code") or id}
    return None


@check(
    "land_release_product",
    "outside-its-area",
    WARNING,
    _("%(percent)s %% of the released polygon lies outside the hazardous area that it is part of."),
    _("Draw what was released inside the area, or report the area again as it was found to be."),
)
def outside_its_area(draft: Draft) -> Found:
    piece = geometry_of(draft.values)
    parent = geometry_of(draft.record("hazardous_area", draft.values.get("area")))
    if piece is None or parent is None or piece.area == 0:
        return None
    outside = piece.difference(parent).area
    return {"percent": share(outside, piece.area)} if outside > OUTSIDE_SHARE * piece.area else None


@check(
    "land_release_product",
    "released-before",
    WARNING,
    _("%(percent)s %% of this polygon was already released by %(code)s; it would be subtracted twice."),
    _("Look whether it is the same product; if not, draw only what was not released before."),
)
def released_before(draft: Draft) -> Found:
    piece, area = geometry_of(draft.values), draft.values.get("area")
    if piece is None or piece.area == 0 or not area:
        return None
    for row in draft.rows("land_release_product", area=area):
        other = geometry_of(row)
        common = piece.intersection(other).area if other is not None else 0
        if common > OVERLAP_SHARE * piece.area:
            return {"percent": share(common, piece.area), "code": row.get("code") or row.get("id")}
    return None
