"""The turning points of polygons and what may be wrong with them: pure functions over geometries in degrees.

Turning points are numbered as they were walked: 1, 2, 3 … through all rings of all parts, without the return to the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kambila.registry.geometry import ellipsoid

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SAME = 7  # decimals of a degree, about a centimetre: what agrees in them is one point
Place = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """One corner of a polygon: its number and where it is, in degrees."""

    number: int
    place: Place

    @property
    def key(self) -> Place:
        """Equal for points that are one."""
        return round(self.place[0], SAME), round(self.place[1], SAME)


Ring = list[TurningPoint]
Leg = tuple[TurningPoint, TurningPoint]


def rings(geometry: BaseGeometry) -> list[Ring]:
    """The rings of the polygons of a geometry, holes too, each corner once; none of points and lines."""
    import shapely

    found, number = [], 0
    for part in shapely.get_parts(geometry):
        for line in (part.exterior, *part.interiors) if part.geom_type == "Polygon" else ():
            places = [(each[0], each[1]) for each in line.coords][:-1]
            found.append([TurningPoint(number + i, place) for i, place in enumerate(places, 1)])
            number += len(places)
    return found


def legs(ring: Ring) -> list[Leg]:
    """From each turning point to the next, and from the last to the first."""
    return list(zip(ring, [*ring[1:], *ring[:1]], strict=True))


def repeated(ring: Ring) -> list[TurningPoint]:
    """The turning points that are there more than once, each time that they are."""
    keys = [point.key for point in ring]
    if len(set(keys)) == len(keys):
        return []
    return [point for point in ring if keys.count(point.key) > 1]


def corners(ring: Ring) -> int:
    """How many different turning points a ring has."""
    return len({point.key for point in ring})


def long_legs(ring: Ring, limit_m: float) -> list[tuple[Leg, float]]:
    """The legs that are longer than a limit, with their lengths in m."""
    measured = [(leg, ellipsoid().inv(*leg[0].place, *leg[1].place)[2]) for leg in legs(ring)]
    return [(leg, metres) for leg, metres in measured if metres > limit_m]


def crossings(ring: Ring) -> list[tuple[Leg, Leg]]:
    """The pairs of legs that meet where they should not: that cross, touch, or lie on each other.

    Legs that meet in a turning point that both have, one that is there twice, are not crossed by that.
    """
    import shapely

    walked = [leg for leg in legs(ring) if leg[0].key != leg[1].key]
    lines = [shapely.LineString([start.place, end.place]) for start, end in walked]
    pairs = zip(*shapely.STRtree(lines).query(lines, predicate="intersects"), strict=True)
    return [
        (walked[i], walked[j]) for i, j in sorted(pairs) if i < j and _cross(walked[i], walked[j], lines[i], lines[j])
    ]


def _cross(one: Leg, other: Leg, first: BaseGeometry, second: BaseGeometry) -> bool:
    shared = {point.key for point in one} & {point.key for point in other}
    if not shared:
        return True
    common = first.intersection(second)
    return bool(common.geom_type != "Point")


def misplaced_holes(polygon: BaseGeometry) -> list[BaseGeometry]:
    """The holes of a polygon, as polygons, that do not lie within its outline or that lie on another hole."""
    import shapely

    outline = shapely.Polygon(polygon.exterior)
    holes = [shapely.Polygon(each) for each in polygon.interiors]
    if not outline.is_valid or not all(hole.is_valid for hole in holes):
        return []
    within = [outline.covers(hole) for hole in holes]
    return [
        hole
        for i, hole in enumerate(holes)
        if not within[i] or any(hole.intersection(other).area > 0 for j, other in enumerate(holes) if j != i)
    ]


def overlapping_parts(geometry: BaseGeometry) -> list[tuple[int, int, BaseGeometry, float]]:
    """The pairs of parts that lie on each other: their numbers from 1, what they share, its share of the smaller."""
    import shapely

    parts = [(n, part) for n, part in enumerate(shapely.get_parts(geometry), 1) if part.is_valid and part.area > 0]
    found = []
    for i, (n, one) in enumerate(parts):
        for m, other in parts[i + 1 :]:
            common = one.intersection(other)
            if common.area > 0:
                found.append((n, m, common, common.area / min(one.area, other.area)))
    return found


def measurable(geometry: BaseGeometry) -> BaseGeometry | None:
    """A geometry that overlays can be made with: parts that lie on each other count once. None where there is none."""
    import shapely

    if geometry.is_empty:
        return None
    if geometry.is_valid:
        return geometry
    parts = list(shapely.get_parts(geometry))
    if len(parts) > 1 and all(part.is_valid for part in parts):
        return shapely.union_all(parts)
    return None


def same_ground(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two geometries have the same points in the same order, wherever they begin and whichever way they turn."""
    import shapely

    if shapely.get_num_coordinates(one) != shapely.get_num_coordinates(other):
        return False
    if shapely.get_num_geometries(one) != shapely.get_num_geometries(other):
        return False
    return bool(shapely.equals_exact(_simple(one), _simple(other), 10.0**-SAME))


def _simple(geometry: BaseGeometry) -> BaseGeometry:
    """In one order; a geometry of one part is as good as that part."""
    import shapely

    parts = shapely.get_parts(geometry)
    return shapely.normalize(parts[0] if len(parts) == 1 else geometry)


def drawn(shapes: Sequence[Any]) -> dict[str, Any]:
    """The parts of a geometry that something is wrong with, as one GeoJSON geometry: points, legs and pieces."""
    import shapely
    from shapely.geometry import mapping

    return dict(mapping(shapely.GeometryCollection(list(_flat(shapes)))))


def points_of(points: Sequence[TurningPoint]) -> list[BaseGeometry]:
    """Turning points, to be drawn."""
    import shapely

    return [shapely.Point(each.place) for each in points]


def line_of(leg: Leg) -> BaseGeometry:
    """A leg, to be drawn."""
    import shapely

    return shapely.LineString([each.place for each in leg])


def _flat(shapes: Sequence[BaseGeometry]) -> Iterator[BaseGeometry]:
    import shapely

    for shape in shapes:
        yield from (part for part in shapely.get_parts(shape) if not part.is_empty)
