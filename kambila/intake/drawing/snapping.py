"""Edges that are shared with neighbours: points that come near an edge lie on it, and the turning points between are
taken over, so that two areas neither overlap nor leave a gap that nobody drew. Pure functions over degrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kambila.intake.drawing.points import ALONG, Point, row_at
from kambila.registry.neighbours import metres_of_a_degree

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Neighbour = tuple[str, "BaseGeometry"]  # what it is called, and its polygons
ON_IT = 1e-3  # metres within which a point lies on an edge


class _Ring:
    """A closed ring of a neighbour, in metres around a place and in degrees."""

    def __init__(self, called: str, ring: Any, scale: Any) -> None:
        import numpy
        import shapely

        self.called = called
        self.degrees = numpy.asarray(ring.coords)[:, :2]
        self.metres = self.degrees * scale
        self.line = shapely.LineString(self.metres)


def shared(points: Sequence[Point], neighbours: Sequence[Neighbour], metres: float) -> list[Point]:
    """The points with those that come within so many metres of a neighbour's turning point or edge moved onto it, and
    with the neighbour's own turning points put in on the way where two that follow each other lie on one edge of it."""
    import numpy
    import shapely

    known = [point.place for point in points if point.place is not None]
    if not known or not neighbours or metres <= 0:
        return list(points)
    scale = numpy.array(metres_of_a_degree(shapely.MultiPoint(known)))
    rings = [
        _Ring(called, ring, scale)
        for called, whole in neighbours
        for part in shapely.get_parts(whole)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return _traced([_moved(point, rings, scale, metres) for point in points], rings, scale, metres)


def _moved(point: Point, rings: Sequence[_Ring], scale: Any, metres: float) -> Point:
    """A turning point of a neighbour is preferred to its edge."""
    import numpy
    import shapely

    if point.place is None:
        return point
    here = numpy.array(point.place) * scale
    corners = [(float(numpy.hypot(*(ring.metres - here).T).min()), ring) for ring in rings]
    distance, ring = min(corners, key=lambda each: each[0])
    if distance <= metres:
        place = ring.degrees[int(numpy.hypot(*(ring.metres - here).T).argmin())]
        return _put(point, place, ring.called, distance)
    at = shapely.Point(here)
    distance, ring = min(((each.line.distance(at), each) for each in rings), key=lambda each: each[0])
    if distance > metres:
        return point
    return _put(point, _on_edge(ring, here), ring.called, distance)


def _on_edge(ring: _Ring, here: Any) -> Any:
    """The nearest place of a ring, on the straight between two of its turning points in degrees."""
    import numpy

    start, end = ring.metres[:-1], ring.metres[1:]
    along = end - start
    length = numpy.maximum((along**2).sum(axis=1), 1e-12)
    share = numpy.clip(((here - start) * along).sum(axis=1) / length, 0, 1)
    near = int(numpy.hypot(*(start + along * share[:, None] - here).T).argmin())
    return ring.degrees[near] + (ring.degrees[near + 1] - ring.degrees[near]) * share[near]


def _put(point: Point, place: Any, called: str, distance: float) -> Point:
    exact = (float(place[0]), float(place[1]))
    if exact == point.place:
        return point
    row = replace(row_at(*exact), begins=point.row.begins)
    if distance < ON_IT:
        return Point(row, exact, note=point.note)
    words = _("Moved by %(metres)s m onto the edge of %(called)s.")
    return Point(row, exact, note=words % {"metres": f"{distance:.2f}", "called": called})


def _traced(points: Sequence[Point], rings: Sequence[_Ring], scale: Any, metres: float) -> list[Point]:
    found: list[Point] = []
    for number, point in enumerate(points):
        found.append(replace(point, row=replace(point.row, begins=_without_along(point))))
        following = _next(points, number)
        if point.place is not None and following is not None and following.place is not None:
            limit = float("inf") if point.row.begins == ALONG else metres
            found += [
                Point(row_at(x, y), (x, y), note=_("Taken over from %(called)s.") % {"called": called})
                for called, x, y in _between(point.place, following.place, rings, scale, limit)
            ]
    return found


def _without_along(point: Point) -> str:
    return "" if point.row.begins == ALONG else point.row.begins


def _next(points: Sequence[Point], number: int) -> Point | None:
    """The point to which the leg leads: the next one of the ring, from the last one the first."""
    if number + 1 < len(points) and points[number + 1].row.begins in ("", ALONG):
        return points[number + 1]
    first = max(i for i in range(number + 1) if i == 0 or points[i].row.begins not in ("", ALONG))
    return points[first] if number - first >= 2 else None


def _between(one: Any, other: Any, rings: Sequence[_Ring], scale: Any, limit: float) -> list[tuple[str, float, float]]:
    """The turning points of the ring on which both places lie, on the shorter way, if none is farther than `limit` from
    the leg."""
    import numpy
    import shapely

    start, end = numpy.array(one) * scale, numpy.array(other) * scale
    leg = shapely.LineString([start, end])
    for ring in rings:
        if max(ring.line.distance(shapely.Point(each)) for each in (start, end)) > ON_IT:
            continue
        way = _way(ring, start, end)
        if way and all(leg.distance(shapely.Point(ring.metres[each])) <= limit for each in way):
            return [(ring.called, float(ring.degrees[each][0]), float(ring.degrees[each][1])) for each in way]
    return []


def _way(ring: _Ring, start: Any, end: Any) -> list[int]:
    """The numbers of the turning points that lie strictly between two places of a ring, on the shorter way round."""
    import numpy
    import shapely

    steps = numpy.concatenate(([0.0], numpy.hypot(*numpy.diff(ring.metres, axis=0).T).cumsum()))
    whole, marks = float(steps[-1]), steps[:-1]
    first, last = (float(ring.line.project(shapely.Point(each))) for each in (start, end))
    ahead = (last - first) % whole
    forward = ahead <= whole - ahead
    reach = ahead if forward else whole - ahead
    gone = (marks - first) % whole if forward else (first - marks) % whole
    inside = [(float(gone[i]), i) for i in range(len(marks)) if ON_IT < gone[i] < reach - ON_IT]
    return [i for _gone, i in sorted(inside)]
