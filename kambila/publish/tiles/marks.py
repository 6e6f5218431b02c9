"""Where the records are that a reader finds in a collection: a mark for each, and how large it is.

Read once for what readers of one class see, for one filter, until the head of the kind moves; the tiles of every zoom are
cut from it. A record has one mark, in one tile of each zoom, so that counts add up.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from django.db import connection
from django.db.models import QuerySet

from kambila.publish.features.asking import Asked, cache_key
from kambila.publish.features.collections import Collection
from kambila.publish.features.finding import as_they_are, asked_for, class_of
from kambila.publish.tiles.matrix import Tile, project
from kambila.registry import precision, whereabouts
from kambila.registry.gazetteer import LEVELS
from kambila.registry.keeping import Kept

POINT = numpy.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])
ID = "S36"
# (number, shortest and longest id, shortest and longest WKB, ids one after the other, WKB likewise in hexadecimal digits):
# two values instead of two for each record.
LENGTHS = "SELECT COUNT(*), MIN(LENGTH(id)), MAX(LENGTH(id)), MIN(LENGTH(place)), MAX(LENGTH(place))"
PACKED = {
    "sqlite": f"{LENGTHS}, GROUP_CONCAT(id, ''), GROUP_CONCAT(HEX(place), '') FROM (%s) found",
    "postgresql": f"{LENGTHS}, STRING_AGG(id, ''), ENCODE(STRING_AGG(place, ''), 'hex') FROM (%s) found",
}
NONE = numpy.empty(0, ID), numpy.empty((0, 2)), numpy.empty((0, 4))
DEGREES = 2  # the length of longitude and latitude, which stand where a record has no geometry of its own


@dataclass(frozen=True)
class Marks:
    """`ids` (n) of records; `at` (n × 2) where each is marked, `boxes` (n × 4: west, north, east, south) what it covers,
    in the square of the projection. Ordered from west to east."""

    ids: Any
    at: Any
    boxes: Any

    def __len__(self) -> int:
        return len(self.ids)

    def within(self, tile: Tile) -> Any:
        """The numbers of those whose mark lies in a tile; the edge of the world belongs to the last tile."""
        west, north, east, south = tile.box()
        first, last = numpy.searchsorted(self.at[:, 0], (west, east), side="left")
        last = len(self) if east >= 1 else last
        y = self.at[first:last, 1]
        inside = (y >= north) & ((y < south) | (south >= 1))
        return numpy.flatnonzero(inside) + first

    def covering(self, tile: Tile, size: float, margin: float) -> Any:
        """The numbers of those that are larger than `size` and reach into a tile or its margin (in tiles)."""
        west, north, east, south = tile.box(margin)
        boxes = self.boxes
        large = numpy.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) > size
        reaches = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= south) & (boxes[:, 3] >= north)
        return numpy.flatnonzero(large & reaches)

    def near(self, tile: Tile, margin: float) -> Marks:
        """Those that a tile or its margin has anything of."""
        numbers = self.covering(tile, -1, margin)
        return Marks(self.ids[numbers], self.at[numbers], self.boxes[numbers])


_kept: Kept[Marks] = Kept(48)


def marks_of(account: Any, collection: Collection, asked: Asked, head: tuple[Any, ...]) -> Marks:
    """The marks of what a reader finds. Raises Problem for a filter that cannot be read."""
    key = (*class_of(account, collection, head), cache_key(asked))
    return _kept.of(key, lambda: _read(account, collection, asked))


def _read(account: Any, collection: Collection, asked: Asked) -> Marks:
    model, names = collection.model, precision.open_shapes(collection.model, collection.places[-1])
    found = asked_for(account, collection, asked, walking=False).filter(whereabouts.is_told(account, model))
    is_exact = len(names) == 1 and not any(precision.is_blurred(model, shown) for shown in collection.places)
    packed = _packed(found, names[0]) if is_exact and collection.field(names[0]).types == ("Point",) else None
    ids, at, boxes = packed or _one_by_one(model, names, found, is_exact)
    order = numpy.argsort(at[:, 0], kind="stable")
    order = order[~numpy.isnan(at[order, 0])]  # a geometry may be empty
    return Marks(ids[order], at[order], boxes[order])


def _packed(found: QuerySet[Any], name: str) -> tuple[Any, Any, Any] | None:
    """(ids, marks, boxes) of points, which come from the database as one value; None where they are not all alike."""
    query = PACKED[connection.vendor].replace("place", connection.ops.quote_name(name))
    rows = as_they_are(found.values_list("id", name), query)
    if not rows or not rows[0][0]:
        return NONE
    _number, *lengths, ids, places = rows[0]
    at = _plain(binascii.unhexlify(places)) if lengths == [36, 36, POINT.itemsize, POINT.itemsize] else None
    return None if at is None else (numpy.frombuffer(ids.encode(), ID), at, numpy.column_stack((at, at)))


def _one_by_one(model: Any, names: Sequence[str], found: QuerySet[Any], is_exact: bool) -> tuple[Any, Any, Any]:
    """(ids, marks, boxes) of whatever geometries, each as far as the reader is told it."""
    if is_exact:
        rows = as_they_are(found.values_list("pk", *names))
        ids, places = [row[0] for row in rows], [row[1] for row in rows]
    else:
        ids, places = _told(model, names, as_they_are(found.values_list("pk", "shown_place", *LEVELS, *names)))
    return (numpy.array(ids, dtype=ID), *_placed(places)) if ids else NONE


def _told(model: Any, names: Sequence[str], rows: Iterable[Any]) -> tuple[list[str], list[Any]]:
    """(ids, places: WKB, or longitude and latitude), each as far as the reader is told it."""
    ids, places = [], []
    first = 2 + len(LEVELS)
    open_to: dict[str, tuple[list[int], bool]] = {}
    for row in rows:
        if row[1] not in open_to:
            shown = precision.open_shapes(model, row[1])
            open_to[row[1]] = [first + names.index(name) for name in shown], precision.is_blurred(model, row[1])
        columns, is_blurred = open_to[row[1]]
        where: Any = next((row[at] for at in columns if row[at] is not None), None)
        if where is None and is_blurred and (middle := precision.middle_of(*row[2:first])):
            where = middle[1]
        if where is not None:
            ids.append(row[0])
            places.append(where)
    return ids, places


def _placed(places: Sequence[Any]) -> tuple[Any, Any]:
    """Marks and boxes. Plain points are read as an array, everything else by the geometry library."""
    at, boxes = numpy.empty((len(places), 2)), numpy.empty((len(places), 4))
    lengths = numpy.fromiter(map(len, places), int, len(places))
    plain = (lengths == POINT.itemsize) | (lengths == DEGREES)
    if plain.all():
        return _points(places)
    for numbers, of in ((numpy.flatnonzero(plain), _points), (numpy.flatnonzero(~plain), _shapes)):
        if len(numbers):
            at[numbers], boxes[numbers] = of([places[int(each)] for each in numbers])
    return at, boxes


def _points(places: Sequence[Any]) -> tuple[Any, Any]:
    at = _plain(b"".join(places)) if set(map(type, places)) == {bytes} else None
    if at is None:
        made = [each if isinstance(each, tuple) else _xy(each) for each in places]
        at = project(numpy.array(made, dtype=float))
    return at, numpy.column_stack((at, at))


def _plain(wkb: bytes) -> Any:
    """Where points are, from their WKB one after the other; None where one is something else."""
    raw = numpy.frombuffer(wkb, POINT)
    is_plain = ((raw["order"] == 1) & (raw["type"] == 1)).all()
    return project(numpy.column_stack((raw["x"], raw["y"]))) if is_plain else None


def _xy(wkb: Any) -> tuple[float, float]:
    point = shapely.from_wkb(bytes(wkb))
    return (point.x, point.y) if point.geom_type == "Point" else (point.centroid.x, point.centroid.y)


def _shapes(places: Sequence[Any]) -> tuple[Any, Any]:
    geometries = shapely.from_wkb([bytes(each) for each in places])
    wrong = ~shapely.is_valid(geometries)
    geometries[wrong] = shapely.make_valid(geometries[wrong])
    inner = shapely.point_on_surface(geometries)
    west, south, east, north = shapely.bounds(geometries).T
    corners = numpy.column_stack(
        (project(numpy.column_stack((west, north))), project(numpy.column_stack((east, south))))
    )
    return project(numpy.column_stack((shapely.get_x(inner), shapely.get_y(inner)))), corners
