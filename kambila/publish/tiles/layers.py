"""The records of one collection in one tile: marks, alone or put together with how many they are, and outlines.

Every record has one mark, in the tile in which its mark lies: alone it has the key and the few values by which a map draws
and names it; where there are many, those of one cell of the tile are one mark with `count`. What is larger than a few
pixels has its outline besides, in every tile that it reaches into. So a small area is a point before it is nothing, and
the counts of the tiles of any zoom add up to the records that have a place.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
import shapely

from kambila.journal import clock
from kambila.publish.features.collections import Collection
from kambila.publish.features.rows import Layout, Shown, Writer, place, writer
from kambila.publish.tiles import symbols
from kambila.publish.tiles.marks import Marks
from kambila.publish.tiles.matrix import Tile
from kambila.publish.tiles.outlines import EXTENT, MARGIN, PIXEL, cut, encoded, flat, squared
from kambila.registry import access

ALONE = 400  # marks of a tile up to which each is shown alone
CELLS = 16  # a tile is so many cells wide
OUTLINES = 3_000  # of a tile, the largest
HEAVIEST = 500_000  # bytes of a layer
Feature = dict[str, Any]


@dataclass(frozen=True)
class Detail:
    """What a tile tells: outlines of what is larger than `small` units of it, to within `fine`, and marks each alone up to
    `alone` of them."""

    small: float
    fine: float
    alone: int


USUAL = Detail(4 * PIXEL, PIXEL / 2, ALONE)
DEEPEST = Detail(PIXEL / 2, 0.5, 10 * ALONE)  # of a file beyond whose last zoom a map only enlarges what it has


@dataclass(frozen=True)
class Drawn:
    """Which records are drawn in a tile: `alone` and `outlined` by number, `groups` as (numbers) of one mark each."""

    alone: Any
    groups: Sequence[Any]
    outlined: Any


def layer(account: Any, collection: Collection, marks: Marks, tile: Tile, detail: Detail = USUAL) -> bytes:
    """The layer as a vector tile of its own; empty where nothing is. Tiles are put together by writing one after the other.

    What is heavier than a tile may be has fewer outlines: the largest are left.
    """
    most = OUTLINES
    while True:
        drawn = _drawn(marks, tile, most, detail)
        features = _features(account, collection, marks, tile, drawn, detail.fine)
        if not features:
            return b""
        told = encoded(collection.kind, features)
        if len(told) <= HEAVIEST or not len(drawn.outlined):
            return told
        most = len(drawn.outlined) // 2


def _drawn(marks: Marks, tile: Tile, most: int, detail: Detail = USUAL) -> Drawn:
    inside, unit = marks.within(tile), 1 / 2**tile.z
    outlined = marks.covering(tile, detail.small / EXTENT * unit, MARGIN)
    if len(outlined) > most:
        boxes = marks.boxes[outlined]
        sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        outlined = outlined[numpy.argsort(-sizes, kind="stable")[:most]]
    if len(inside) <= detail.alone:
        return Drawn(inside, (), outlined)
    west, north, _east, _south = tile.box()
    cells = ((marks.at[inside] - (west, north)) / unit * CELLS).astype(int).clip(0, CELLS - 1)
    key = cells[:, 0] * CELLS + cells[:, 1]
    order = numpy.argsort(key, kind="stable")
    parts = numpy.split(inside[order], numpy.flatnonzero(numpy.diff(key[order])) + 1)
    alone = [each[0] for each in parts if len(each) == 1]
    return Drawn(numpy.array(alone, dtype=int), [each for each in parts if len(each) > 1], outlined)


def _features(
    account: Any, collection: Collection, marks: Marks, tile: Tile, drawn: Drawn, fine: float
) -> list[Feature]:
    wanted = numpy.unique(numpy.concatenate((drawn.alone, drawn.outlined)).astype(int))
    rows = _rows(account, collection, marks, wanted)
    at = _in_tile(marks.at, tile)
    found: list[Feature] = []
    for numbers in drawn.groups:
        found.append({"geometry": _point(at(numbers).mean(axis=0)), "properties": {"count": len(numbers)}})
    for number, spot in zip(drawn.alone, at(drawn.alone), strict=True):
        if number in rows:
            found.append({"geometry": _point(spot), "properties": {**rows[number][0], "count": 1}})
    return [*_outlines(rows, tile, drawn.outlined, fine), *found]


def _point(spot: Any) -> Any:
    x, y = (min(max(int(each), 0), EXTENT - 1) for each in spot)
    return shapely.Point(x, y)


def _in_tile(squared: Any, tile: Tile) -> Any:
    """What gives the places of some marks in units of a tile."""
    west, north, _east, _south = tile.box()
    return lambda numbers: (squared[numbers] - (west, north)) * 2**tile.z * EXTENT


def _outlines(rows: Mapping[int, Any], tile: Tile, numbers: Iterable[int], fine: float) -> list[Feature]:
    """The outlines, cut at the margin of the tile and without what is too fine for it."""
    known = [number for number in numbers if number in rows and isinstance(rows[number][1], bytes)]
    if not known:
        return []
    shapes = cut(squared(shapely.from_wkb([rows[number][1] for number in known])), tile, fine)
    return [
        {"geometry": part, "properties": rows[number][0]}
        for number, shape in zip(known, shapes, strict=True)
        for part in flat(shape)
    ]


def _rows(account: Any, collection: Collection, marks: Marks, numbers: Any) -> dict[int, tuple[Mapping[str, Any], Any]]:
    """For each number the values that a map needs, and where the record is; asked of the registry anew, with the rule of
    access in the question."""
    ids = {marks.ids[number].decode(): int(number) for number in numbers}
    if not ids:
        return {}
    names = shown_fields(collection)
    layout = Layout(replace(collection, given=tuple(name for name in collection.given if name in names)), [])
    rows = access.visible(account, collection.model).filter(pk__in=list(ids)).values_list(*layout.columns)
    return {ids[id]: ({"id": id, **said}, where) for id, said, where in in_short(layout, rows, clock.now().date())}


def in_short(
    layout: Layout, rows: Iterable[Any], day: datetime.date | None
) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """(key, what a map is told of it, where it is: WKB, or longitude and latitude, or None) of each row."""
    model = layout.collection.model
    names, writers = shown_fields(layout.collection), dict[Shown, Writer]()
    lasting = [layout.at[name] for name in model.lasting]
    for row in rows:
        shown = layout.shown(row)
        if shown not in writers:
            writers[shown] = writer(layout, shown, names)
        values = zip(writers[shown].names, writers[shown].values(row), strict=True)
        said = {name: value for name, value in values if value not in (None, "")}
        status = said.get(model.danger_field) if lasting else None
        if status and day and not model.lasts(status, [row[at] for at in lasting], day):
            del said[model.danger_field]  # what nobody has renewed is unknown
        yield row[0], said, place(row, writers[shown])[0]


def shown_fields(collection: Collection) -> tuple[str, ...]:
    """What a map is told of a record: its code and title, and by what it is drawn."""
    model = collection.model
    titles = (model.title_field,) if model.title_field else ()
    return tuple(dict.fromkeys(("code", *titles, *symbols.fields_of(collection.kind))))
