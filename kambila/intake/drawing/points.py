"""The table of turning points: each typed as a position, or as a bearing and a distance from the one before.

Pure functions. A table is a geometry and a geometry is a table: what stands in one can be written as the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kambila.intake.sheets import coordinates
from kambila.intake.sheets.coordinates import Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

PART, HOLE, ALONG = "part", "hole", "along"
MOST = 2_000  # turning points of a table
EXACT = re.compile(
    r"(-?\d{1,2}\.\d+)\s*,\s*(-?\d{1,3}\.\d+)"
)  # as the map and this table write them: nothing is rounded


@dataclass(frozen=True)
class Row:
    """What was typed of a turning point. `begins`: PART or HOLE begin another ring here, ALONG lets the leg to the next
    point follow the edge of the neighbour on which both lie."""

    position: str = ""
    bearing: str = ""
    distance: str = ""
    begins: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.position.strip() or self.bearing.strip() or self.distance.strip())


@dataclass(frozen=True)
class Point:
    """A row and where it lies (longitude, latitude); None where `problem` says why it cannot be read. `note` tells what
    was done to it, as that it was moved onto an edge."""

    row: Row
    place: Place | None
    problem: str = ""
    note: str = ""


def placed(rows: Iterable[Row]) -> list[Point]:
    """The rows that say something, with their places. What follows one that cannot be read by a bearing cannot either.

    Of more than `MOST` the rest has no place: a geometry is never shortened without a word.
    """
    found: list[Point] = []
    before: Place | None = None
    for row in _said(rows):
        try:
            if len(found) >= MOST:
                raise ValueError(
                    _("A table holds %(most)d points at most; import this as a map file.") % {"most": MOST}
                )
            found.append(Point(row, _place(row, before)))
        except ValueError as error:
            found.append(Point(row, None, str(error.args[0])))
        before = found[-1].place
    return found


def _said(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that are not blank. What a blank one was to begin (its point was taken out) the next one begins."""
    begins = ""
    for row in rows:
        if row.is_blank:
            begins = row.begins if row.begins in (PART, HOLE) else begins
            continue
        yield replace(row, begins=begins) if begins and row.begins not in (PART, HOLE) else row
        begins = ""


def _place(row: Row, before: Place | None) -> Place:
    if not row.position.strip():
        if not (row.bearing.strip() and row.distance.strip()):
            raise ValueError(_("A bearing needs a distance, and a distance a bearing."))
        if before is None:
            raise ValueError(_("A bearing and a distance need a point before that has a position."))
        return coordinates.offset(before, row.bearing.strip().rstrip("°"), row.distance.strip().rstrip("m"))
    if row.bearing.strip() or row.distance.strip():
        raise ValueError(_("Write either a position, or a bearing and a distance."))
    exact = EXACT.fullmatch(row.position.strip())
    longitude, latitude = (float(exact[2]), float(exact[1])) if exact else coordinates.anyhow(row.position)
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError(_("A longitude lies between -180 and 180 degrees, a latitude between -90 and 90."))
    return longitude, latitude


def rings(points: Sequence[Point]) -> list[list[list[Point]]]:
    """The points as parts, each of rings: the outline, then holes."""
    parts: list[list[list[Point]]] = []
    for point in points:
        if not parts or point.row.begins == PART:
            parts.append([[point]])
        elif point.row.begins == HOLE:
            parts[-1].append([point])
        else:
            parts[-1][-1].append(point)
    return parts


def stated(points: Sequence[Point], types: Sequence[str]) -> dict[str, Any] | None:
    """GeoJSON of one of these types, with what was typed beside it; None while a point is missing or cannot be read."""
    if not points or any(point.place is None for point in points):
        return None
    typed = [_typed(point.row) for point in points]
    if types[0] == "Point":
        return {"type": "Point", "coordinates": list(points[0].place or ()), "typed": typed[0]}
    if types[0] == "LineString":
        line = [list(point.place or ()) for point in points]
        return {"type": "LineString", "coordinates": line, "typed": typed} if len(line) > 1 else None
    parts = [[_ring(ring) for ring in part] for part in rings(points)]
    if len(parts) == 1 and "Polygon" in types:
        return {"type": "Polygon", "coordinates": parts[0], "typed": typed}
    return {"type": "MultiPolygon", "coordinates": parts, "typed": typed} if "MultiPolygon" in types else None


def _ring(ring: Sequence[Point]) -> list[list[float]]:
    places = [list(point.place or ()) for point in ring]
    return [*places, places[0]]


def _typed(row: Row) -> str:
    return row.position.strip() or f"{row.bearing.strip()}° {row.distance.strip()} m"


def rows_of(geometry: BaseGeometry | Mapping[str, Any]) -> list[Row]:
    """The table of a geometry, or of GeoJSON: every turning point once, exactly where it is."""
    import shapely
    from shapely.geometry import shape

    whole: Any = shape(geometry) if isinstance(geometry, Mapping) else geometry
    found: list[Row] = []
    for number, part in enumerate(shapely.get_parts(whole)):
        if part.geom_type != "Polygon":
            found += [row_at(x, y) for x, y, *_z in part.coords]
            continue
        for which, ring in enumerate((part.exterior, *part.interiors)):
            walked = [row_at(x, y) for x, y, *_z in ring.coords[:-1]]
            walked[0] = replace(walked[0], begins=HOLE if which else PART if number else "")
            found += walked
    return found


def row_at(longitude: float, latitude: float) -> Row:
    """The row of a place, so that it is read back to the last digit."""
    return Row(f"{_degrees(latitude)}, {_degrees(longitude)}")


def _degrees(value: float) -> str:
    written = repr(float(value))
    return written if "e" not in written else f"{value:.12f}"
