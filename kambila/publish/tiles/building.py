"""All tiles that a reader may have in one file, with the outlines of countries under them: for use without a line.

From the whole world down, only where something is: records wherever they lie, the ground of the world as far as `WORLDWIDE`
and deeper only around the programme. The last zoom tells everything, since a map can only enlarge it.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import shapely

from kambila.journal import clock, directory
from kambila.publish.features import finding
from kambila.publish.features.asking import Asked
from kambila.publish.features.collections import Collection
from kambila.publish.features.crs import CRS84
from kambila.publish.features.documents import WORLD, extent
from kambila.publish.map import outlines
from kambila.publish.tiles import documents
from kambila.publish.tiles.archives import archive
from kambila.publish.tiles.layers import DEEPEST, USUAL, layer, shown_fields
from kambila.publish.tiles.marks import Marks, marks_of
from kambila.publish.tiles.matrix import Tile, project
from kambila.publish.tiles.outlines import MARGIN, cut, encoded, flat, squared
from kambila.registry.fields import Number, Whole

GROUND = "countries"
WORLDWIDE = 5  # zoom as far as which the ground of the whole world is there
AROUND = 2.0  # degrees beyond the programme's places, as far as which it goes deeper
LEVEL = 9  # of compression: a file is made once and carried about
EVERYTHING = Asked({}, 0, (), None, CRS84, (), CRS84, "")

Layers = Sequence[tuple[Collection, Marks]]


@dataclass(frozen=True)
class Built:
    """How many tiles were written, and how many records with a place of each kind are in them."""

    tiles: int
    records: dict[str, int]


def build(account: Any, target: Path, deepest: int, tell: Callable[[str], None]) -> Built:
    """Write what the account (None: nobody, the public) may see. Raises Problem where the file cannot be written."""
    chosen = documents.chosen(account, "")
    heads = zip(chosen, finding.heads_of(chosen), strict=True)
    found = [(each, marks_of(account, each, EVERYTHING, head)) for each, head in heads]
    layers = [(each, marks) for each, marks in found if len(marks)]
    grounds = numpy.array([squared(each) for each in outlines()], dtype=object)
    count = 0
    with archive(target) as file:
        for tile, content in _walked(account, layers, grounds, Tile(0, 0, 0), deepest):
            file.add(tile, gzip.compress(content, LEVEL, mtime=0))
            count += 1
            tell(f"{tile.z}/{tile.x}/{tile.y} · {count:,}")
        file.finish(_said(account, layers, deepest), _box(), deepest)
    return Built(count, {each.kind: len(marks) for each, marks in layers})


def _walked(account: Any, layers: Layers, grounds: Any, tile: Tile, deepest: int) -> Iterator[tuple[Tile, bytes]]:
    """A tile and all below it, as far as there is something in them."""
    near = [(each, marks.near(tile, MARGIN)) for each, marks in layers]
    layers = [(each, marks) for each, marks in near if len(marks)]
    west, north, east, south = tile.box(MARGIN)
    if tile.z > WORLDWIDE and not _is_around(west, north, east, south):
        grounds = grounds[:0]
    grounds = shapely.clip_by_rect(grounds, west, north, east, south)
    grounds = grounds[~shapely.is_empty(grounds)]
    detail = DEEPEST if tile.z == deepest else USUAL
    content = _ground(grounds, tile) + b"".join(layer(account, each, marks, tile, detail) for each, marks in layers)
    if content:
        yield tile, content
    if tile.z < deepest and (layers or len(grounds)):
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
            below = Tile(tile.z + 1, 2 * tile.x + dx, 2 * tile.y + dy)
            yield from _walked(account, layers, grounds, below, deepest)


def _is_around(west: float, north: float, east: float, south: float) -> bool:
    """Whether a box of the square is near the programme's places; never where no place is known."""
    if extent() == WORLD:
        return False
    left, bottom, right, top = extent()
    corners = numpy.array([[left - AROUND, top + AROUND], [right + AROUND, bottom - AROUND]])
    (first_x, first_y), (last_x, last_y) = project(corners)
    return bool(west <= last_x and east >= first_x and north <= last_y and south >= first_y)


def _ground(grounds: Any, tile: Tile) -> bytes:
    features = [{"geometry": part, "properties": {}} for each in cut(grounds, tile) for part in flat(each)]
    return encoded(GROUND, features) if features else b""


def _said(account: Any, layers: Layers, deepest: int) -> dict[str, Any]:
    """What is said of the file in itself; for whom it was made, so that nobody takes it for a public one."""
    reader = account.username if account else "public"
    name, day = directory.current().node.name, clock.now().date().isoformat()
    told = [{"id": GROUND, "description": "Natural Earth", "minzoom": 0, "maxzoom": deepest, "fields": {}}]
    # In a file the fields are told by their types (MBTiles 1.3), in TileJSON by words.
    told += [{**documents.vector_layer(each, deepest), "fields": _types(each)} for each, _marks in layers]
    return {
        "name": name,
        "description": f"{name}, {day}; {reader}",
        "attribution": f"{name}; Natural Earth",
        "version": day,
        "type": "overlay",
        "vector_layers": told,
    }


def _types(collection: Collection) -> dict[str, str]:
    numbers = {name for name in shown_fields(collection) if isinstance(collection.field(name), Number | Whole)}
    said = dict.fromkeys(("id", *shown_fields(collection)), "String") | dict.fromkeys(numbers, "Number")
    return said | {"count": "Number"}


def _box() -> tuple[float, float, float, float]:
    west, south, east, north = extent()
    return max(west, -180.0), max(south, -85.0), min(east, 180.0), min(north, 85.0)
