"""Rows as the database has them, and how they become features: compiled once for each way in which a row may be shown."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson

from kambila.publish.features import crs
from kambila.publish.features.collections import INFORMATION_DATE, PRECISION, Collection, row_fields
from kambila.registry import access, precision
from kambila.registry.fields import Number, Several
from kambila.registry.gazetteer import LEVELS

HEAD = ("pk", "shown_tier", "shown_place", "record_tier", "tier_until", INFORMATION_DATE)
POINT_LENGTH, POINT_TYPE = 21, 1
Row = tuple[Any, ...]
Convert = Callable[[Any], Any]
Shown = tuple[str, str, str]  # how far a row is shown to the reader, its tier, how far its place is


class Layout:
    """Which columns are read of a collection, in which order."""

    def __init__(self, collection: Collection, keys: Sequence[str]) -> None:
        self.collection, self.names = collection, collection.given
        self.columns = _columns(collection, tuple(keys))
        self.at = {name: number for number, name in enumerate(self.columns)}
        self._keys = [self.at[name] for name in (*keys, "pk")]
        self._today = access.access_class(None)[0].isoformat()

    def place(self, row: Row) -> list[Any]:
        """The values by which a row stands in its order."""
        return [row[number] for number in self._keys]

    def shown(self, row: Row) -> Shown:
        """How a row is shown to the reader today."""
        until = row[4]
        ended = until is not None and str(until)[:10] < self._today
        return row[1], self.collection.model.default_tier if ended else row[3], row[2]


@lru_cache(maxsize=1_000)
def _columns(collection: Collection, keys: tuple[str, ...]) -> tuple[str, ...]:
    shapes = precision.open_shapes(collection.model, collection.places[-1])
    sizes = [f"{name}_area_m2" for name in shapes if collection.field(name).has_area]
    # Where a place is told as the middle of a commune, the codes of places are read to find it.
    levels = LEVELS if collection.has_place else ()
    named = [collection.field(name).attname for name in collection.given]
    return tuple(dict.fromkeys([*HEAD, *levels, *shapes, *sizes, *named, *collection.model.lasting, *keys]))


@dataclass(frozen=True)
class Writer:
    """How rows that are shown in one way become properties and a place.

    `names` are those of what `values` takes out of a row; `converted` are those that the database has in another form.
    """

    names: tuple[str, ...]
    values: Callable[[Row], Sequence[Any]]
    converted: tuple[tuple[str, Convert], ...]
    shapes: tuple[int, ...]
    is_blurred: bool
    levels: tuple[int, ...]


def writer(layout: Layout, shown: Shown, wanted: Sequence[str] | None) -> Writer:
    """What may be given of such rows, of what is wanted."""
    return _writer(layout.collection, layout.columns, shown, None if wanted is None else tuple(wanted))


@lru_cache(maxsize=1_000)
def _writer(collection: Collection, columns: tuple[str, ...], shown: Shown, wanted: tuple[str, ...] | None) -> Writer:
    model, place_of = collection.model, {name: number for number, name in enumerate(columns)}
    reach, tier, placed = shown
    names = [name for name in row_fields(model, reach, tier) if wanted is None or name in wanted]
    said: list[tuple[str, int, Convert | None]] = [
        (name, place_of[collection.field(name).attname], _convert(collection.field(name))) for name in names
    ]
    if wanted is None or INFORMATION_DATE in wanted:
        said.append((INFORMATION_DATE, place_of[INFORMATION_DATE], None))
    shapes = precision.open_shapes(model, placed)
    if wanted is None:
        sizes = [f"{name}_area_m2" for name in shapes if collection.field(name).has_area]
        said += [(name, place_of[name], _number) for name in sizes]
    levels = tuple(place_of[level] for level in LEVELS) if collection.has_place else ()
    values = _taken([at for _name, at, _convert in said])
    converted = tuple((name, convert) for name, _at, convert in said if convert)
    shown_as = tuple(name for name, _at, _convert in said)
    return Writer(
        shown_as,
        values,
        converted,
        tuple(place_of[name] for name in shapes),
        precision.is_blurred(model, placed),
        levels,
    )


def features(layout: Layout, rows: Sequence[Row], uri: str, wanted: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    """GeoJSON features, with geometries in the system `uri`."""
    writers: dict[Shown, Writer] = {}
    placed, used = [], []
    for row in rows:
        key = layout.shown(row)
        if key not in writers:
            writers[key] = writer(layout, key, wanted)
        used.append(writers[key])
        placed.append(place(row, writers[key]))
    geometries = _written([where for where, _how in placed], uri)
    has_place = layout.collection.has_place and (wanted is None or PRECISION in wanted)
    for row, each, geometry, (_where, how) in zip(rows, used, geometries, placed, strict=True):
        said = dict(zip(each.names, each.values(row), strict=True))
        for name, convert in each.converted:
            said[name] = convert(said[name])
        if has_place:
            said[PRECISION] = how
        yield {"type": "Feature", "id": row[0], "geometry": geometry, "properties": said}


def _taken(places: Sequence[int]) -> Callable[[Row], Sequence[Any]]:
    """What takes the values at some places out of a row."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: [row[at] for at in places]


def place(row: Row, writer: Writer) -> tuple[bytes | tuple[float, float] | None, str | None]:
    """(WKB, or longitude and latitude; how precise it is) of where a row is, as far as its reader is told."""
    for at in writer.shapes:
        if row[at] is not None:
            return bytes(row[at]), precision.EXACT
    if writer.is_blurred and (found := precision.middle_of(*(row[at] for at in writer.levels))):
        return found[1], found[0]
    return None, None


def _written(places: Sequence[bytes | tuple[float, float] | None], uri: str) -> list[Any]:
    """The geometries as GeoJSON: points of longitude and latitude without the library, everything else as an array."""
    found: list[Any] = [None] * len(places)
    rest = []
    for number, where in enumerate(places):
        if where is not None and uri == crs.CRS84 and (point := _point(where)):
            found[number] = {"type": "Point", "coordinates": point}
        elif where is not None:
            rest.append(number)
    if rest:
        for number, text in zip(rest, _projected([places[each] for each in rest], uri), strict=True):
            found[number] = None if text is None else orjson.Fragment(text)
    return found


def _point(where: Any) -> tuple[float, float] | None:
    if isinstance(where, tuple):
        return where
    if len(where) != POINT_LENGTH:
        return None
    order = "<" if where[0] else ">"
    kind, x, y = struct.unpack_from(f"{order}Idd", where, 1)
    return (x, y) if kind == POINT_TYPE and x == x else None


def geometries(places: Sequence[Any], uri: str) -> Any:
    """An array of geometries in a system; what lies outside of it is None."""
    import numpy
    import shapely

    made = [shapely.Point(each) if isinstance(each, tuple) else shapely.from_wkb(each) for each in places]
    found = crs.project(numpy.array(made, dtype=object), uri)
    found[~numpy.isfinite(shapely.bounds(found)).all(axis=1)] = None
    return found


def _projected(places: Sequence[Any], uri: str) -> list[str | None]:
    import shapely

    return list(shapely.to_geojson(geometries(places, uri)))


def _convert(field: Any) -> Convert | None:
    if isinstance(field, Several):
        return _several
    return _number if isinstance(field, Number) else None


def _several(value: Any) -> list[str] | None:
    return None if value is None else value.split()


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
