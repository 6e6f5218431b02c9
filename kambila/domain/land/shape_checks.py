"""What is looked at in a geometry by itself (IMSMA geographic quality checks; limits as published by the GICHD).

What those checks call a mandatory fix is an ERROR here, what they call advisory a WARNING. Each names the turning points
by their numbers, and carries what is wrong as a geometry for the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kambila.registry import outlines
from kambila.registry.checks import AT, ERROR, POINTS, WARNING, Draft, Found, check
from kambila.registry.geometry import Shape, area_m2
from kambila.registry.kinds import plan_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MALI = (-12.3, 10.1, 4.3, 25.0)
LONGEST_LEG_M = 5000
OVERLAP_SHARE = 0.05
DRAWN = {
    "hazardous_area": "polygon",
    "land_release_product": "polygon",
    "clearance": "polygon",
    "completion_report": "final_polygon",
    "handover": "polygon",
}
STAND_ALONE = ("reference_point", "benchmark", "evidence_point")


def shapes(draft: Draft) -> Iterator[Shape]:
    """The geometries that a change states."""
    return (value for value in draft.stated.values() if isinstance(value, Shape))


def polygon_stated(draft: Draft) -> Shape | None:
    """The polygon that a change states, of the kinds that are drawn on the ground."""
    value = draft.stated.get(DRAWN.get(draft.kind, ""))
    return value if isinstance(value, Shape) else None


def geometry_stated(draft: Draft) -> BaseGeometry | None:
    """The same as a geometry."""
    import shapely

    shape = polygon_stated(draft)
    return None if shape is None else shapely.from_wkb(shape.wkb)


def rings(draft: Draft) -> list[outlines.Ring]:
    """The rings of the polygon that a change states; none where there is none."""
    geometry = geometry_stated(draft)
    return [] if geometry is None else outlines.rings(geometry)


def whole_rings(draft: Draft) -> list[outlines.Ring]:
    """Those with three turning points or more: of the others nothing else is worth saying."""
    return [ring for ring in rings(draft) if outlines.corners(ring) >= 3]


def told(points: Sequence[outlines.TurningPoint], drawn: Sequence[BaseGeometry] = (), **more: Any) -> dict[str, Any]:
    """The values of a finding: the numbers of turning points, the points, and what is drawn (the points by default)."""
    once = sorted({point.number: point for point in points}.values(), key=lambda point: point.number)
    return {
        "points": ", ".join(str(point.number) for point in once),
        AT: outlines.drawn(drawn or outlines.points_of(once)),
        POINTS: [(point.number, *point.place) for point in once],
        **more,
    }


@check(
    "*",
    "polygon-crosses-itself",
    ERROR,
    _("The polygon crosses itself: %(where)s."),
    _("Put the turning points in the order in which one walks around the area, and send it again."),
)
def polygon_crosses_itself(draft: Draft) -> Found:
    shape = polygon_stated(draft)
    if shape is None or not shape.problem:
        return None
    found = [pair for ring in whole_rings(draft) for pair in outlines.crossings(ring)]
    if not found:
        return None
    crossed = [leg for pair in found for leg in pair]
    where = "; ".join(_crossing(*pair) for pair in found[:3]) + ("; …" if len(found) > 3 else "")
    return told([point for leg in crossed for point in leg], [outlines.line_of(leg) for leg in crossed], where=where)


def _crossing(one: outlines.Leg, other: outlines.Leg) -> str:
    numbers = {"a": one[0].number, "b": one[1].number, "c": other[0].number, "d": other[1].number}
    return str(_("the leg %(a)s–%(b)s and the leg %(c)s–%(d)s") % numbers)


@check(
    "*",
    "hole-outside",
    ERROR,
    _("Holes that do not lie inside the polygon, or that lie on each other: %(holes)s."),
    _("Draw each hole inside the outline, or leave it out."),
)
def hole_outside(draft: Draft) -> Found:
    import shapely

    geometry = geometry_stated(draft)
    if geometry is None or geometry.is_valid:
        return None
    holes = [hole for part in shapely.get_parts(geometry) for hole in outlines.misplaced_holes(part)]
    return {"holes": len(holes), AT: outlines.drawn(holes)} if holes else None


@check(
    "*",
    "polygon-invalid",
    ERROR,
    _("The polygon is not one that can be measured: %(why)s."),
    _("Draw it anew, as one walks around the area."),
)
def polygon_invalid(draft: Draft) -> Found:
    """What is wrong with a geometry in no way that has a sentence of its own; also in kinds that are drawn elsewhere."""
    import shapely

    for shape in shapes(draft):
        if not shape.problem:
            continue
        geometry = shapely.from_wkb(shape.wkb)
        if shape is not polygon_stated(draft) or not (_named_elsewhere(draft) or outlines.measurable(geometry)):
            return {"why": shape.problem, AT: outlines.drawn([geometry])}
    return None


def _named_elsewhere(draft: Draft) -> bool:
    others = (polygon_crosses_itself, hole_outside, too_few_turning_points, turning_point_twice)
    return any(test(draft) for test in others)


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
    _("The polygon has only %(count)s different turning points."),
    _("A polygon needs at least three; use a single point if no more is known."),
)
def too_few_turning_points(draft: Draft) -> Found:
    few = [ring for ring in rings(draft) if outlines.corners(ring) < 3]
    if not few:
        return None
    least = min(few, key=outlines.corners)
    once = list({point.key: point for point in reversed(least)}.values())
    return told(once, count=len(once))


@check(
    "*",
    "turning-point-twice",
    ERROR,
    _("Turning points %(points)s of the polygon are recorded more than once at the same place."),
    _("Remove the point that was recorded twice, or correct its coordinates."),
)
def turning_point_twice(draft: Draft) -> Found:
    found = [point for ring in whole_rings(draft) for point in outlines.repeated(ring)]
    return told(found) if found else None


@check(
    "*",
    "turning-point-name-twice",
    ERROR,
    _("Several turning points of the polygon are called %(names)s."),
    _("Give each turning point a name of its own; capitals and spaces around it make no difference."),
)
def turning_point_name_twice(draft: Draft) -> Found:
    shape = polygon_stated(draft)
    names = [name.strip().casefold() for name in shape.ids] if shape is not None else []
    twice = {name for name in names if name and names.count(name) > 1}
    if shape is None or not twice:
        return None
    points = [point for ring in rings(draft) for point in ring]
    meant = [point for name, point in zip(names, points, strict=False) if name in twice]
    said = dict.fromkeys(name.strip() for name in shape.ids if name.strip().casefold() in twice)
    return told(meant, names=", ".join(said))


@check(
    "*",
    "ring-not-closed",
    WARNING,
    _("The outline does not come back to its first turning point; it was drawn as if it did."),
    _("Look whether the last turning points are missing."),
)
def ring_not_closed(draft: Draft) -> Found:
    shape = polygon_stated(draft)
    if shape is None or not shape.is_open:
        return None
    ends = [ring[i] for ring in rings(draft) for i in (0, -1)]
    return told(ends, [outlines.line_of((ring[-1], ring[0])) for ring in rings(draft)])


@check(
    "*",
    "leg-too-long",
    WARNING,
    _("Turning points that follow each other are %(distance)s m apart: %(where)s."),
    _("Look for a wrong digit in the coordinates; split the area if it really is that large."),
)
def leg_too_long(draft: Draft) -> Found:
    found = [each for ring in rings(draft) for each in outlines.long_legs(ring, LONGEST_LEG_M)]
    if not found:
        return None
    long = [leg for leg, _metres in found]
    where = ", ".join(f"{start.number}–{end.number}" for start, end in long)
    points = [point for leg in long for point in leg]
    return told(
        points, [outlines.line_of(leg) for leg in long], distance=round(max(m for _leg, m in found)), where=where
    )


@check(
    "*",
    "parts-overlap",
    WARNING,
    _("Parts of the polygon lie on each other: %(where)s; the common ground would be counted twice."),
    _("Draw each piece of ground once, or make the parts into one."),
)
def parts_overlap(draft: Draft) -> Found:
    geometry = geometry_stated(draft)
    if geometry is None:
        return None
    found = [each for each in outlines.overlapping_parts(geometry) if each[3] > OVERLAP_SHARE]
    where = ", ".join(f"{one} / {other} ({round(100 * share)} %)" for one, other, _common, share in found)
    return {"where": where, AT: outlines.drawn([each[2] for each in found])} if found else None


@check(
    "hazardous_area",
    "in-several-parts",
    WARNING,
    _("The area consists of %(parts)s separate parts."),
    _("Report each part as an area of its own, or say why they are one."),
)
def in_several_parts(draft: Draft) -> Found:
    import shapely

    geometry = geometry_stated(draft)
    parts = 1 if geometry is None else shapely.get_num_geometries(geometry)
    return {"parts": parts, AT: outlines.drawn([geometry])} if geometry is not None and parts > 1 else None


@check(
    "hazardous_area",
    "area-has-holes",
    WARNING,
    _("%(m2)s m² inside the area are left out of it: nothing says that this ground is safe."),
    _("Draw the area without the hole, or say what shows that there is no danger in it."),
)
def area_has_holes(draft: Draft) -> Found:
    import shapely

    geometry = geometry_stated(draft)
    if geometry is None or hole_outside(draft):
        return None
    holes = [shapely.Polygon(each) for part in shapely.get_parts(geometry) for each in part.interiors]
    return {"m2": sum(area_m2(hole) for hole in holes), AT: outlines.drawn(holes)} if holes else None


@check(
    "hazardous_area",
    "points-coincide",
    ERROR,
    _("Two points that must differ are at the same place: %(names)s."),
    _("State each of them where it really is: benchmark and reference point lie outside, evidence where it was found."),
)
def points_coincide(draft: Draft) -> Found:
    import shapely

    wkb = {name: getattr(draft.values.get(name), "wkb", draft.values.get(name)) for name in STAND_ALONE}
    known = {name: shapely.from_wkb(bytes(value)) for name, value in wkb.items() if value}
    for one, other in combinations(known, 2):
        near = shapely.equals_exact(known[one], known[other], 10.0**-outlines.SAME)
        if near and {one, other} & draft.stated.keys():
            titles = [str(plan_of(draft.kind).stated[name].verbose_name) for name in (one, other)]
            return {"names": ", ".join(titles), AT: outlines.drawn([known[one]])}
    return None
