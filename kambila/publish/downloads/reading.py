"""What an account may see of a kind, as tables: the access rule and the filter are one query, read piece by piece.

It is the query of the OGC API: a place that may not be seen is the middle of its commune, a field that is not open of
one record is empty there, and what is sealed is no column at all.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kambila.journal import directory
from kambila.journal.errors import Problem
from kambila.publish.downloads import errors  # noqa: F401  the catalogue
from kambila.publish.features import crs, finding
from kambila.publish.features.asking import MOST, Asked
from kambila.publish.features.collections import INFORMATION_DATE, PRECISION, of
from kambila.publish.features.rows import Layout, Row, Shown, Writer, place, writer
from kambila.registry import precision
from kambila.registry.fields import Number, Several, Whole
from kambila.registry.kinds import kinds

CHUNK = 4_000  # rows made into columns at a time: few enough to stay in the processor's cache
SHAPE = "geometry"  # the column of WKB, always the last
EXAMPLE = "example"


@dataclass(frozen=True)
class Wanted:
    """A list: the records of a kind, those that a filter (CQL2 text) chooses."""

    kind: str
    filter: str = ""


class Reading:
    """A list as one reader sees it. Raises Problem for a kind that there is not and a filter that is not understood."""

    def __init__(self, account: Any, wanted: Wanted) -> None:
        if wanted.kind not in kinds():
            raise Problem("no-such-kind", kind=wanted.kind[:60])
        if "\x00" in wanted.filter:
            raise Problem("bad-parameter", name="filter", why=wanted.filter[:40].replace("\x00", "\ufffd"))
        self.kind = wanted.kind
        self.collection = of(account, wanted.kind)
        self.layout = Layout(self.collection, [])
        self.found = finding.asked_for(account, self.collection, _asked(wanted), walking=False)
        self.is_example = directory.current().node.example

    def count(self) -> int:
        """How many records there are for this reader."""
        return int(self.found.count())

    def rows(self) -> Iterator[list[Row]]:
        """The records in the order of their ids, as the database has them, in pieces."""
        return finding.in_pieces(self.found.order_by("pk").values_list(*self.layout.columns), CHUNK)

    @cached_property
    def fields(self) -> dict[str, pa.DataType]:
        """The columns by name, with the type of their values; the geometry is not among them."""
        model = self.collection
        shapes = precision.open_shapes(model.model, model.places[-1])
        named = {name: _type(model.field(name)) for name in self.layout.names}
        sizes = {f"{each}_area_m2": pa.float64() for each in shapes if model.field(each).has_area}
        told = {PRECISION: pa.string()} if model.has_place else {}
        said = {EXAMPLE: pa.string()} if self.is_example else {}
        return {"id": pa.string(), **named, INFORMATION_DATE: pa.date32(), **sizes, **told, **said}

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([*self.fields.items(), (SHAPE, pa.binary())])

    def tables(self) -> Iterator[pa.Table]:
        """The records as columns of :attr:`schema`, in pieces."""
        for rows in self.rows():
            yield self._table(rows)

    @cached_property
    def _at(self) -> dict[str, int]:
        """Where the values of a column stand in a row."""
        named = {name: self.layout.at[self.collection.field(name).attname] for name in self.layout.names}
        return {**{name: at for name, at in self.layout.at.items() if name in self.fields}, **named}

    def _table(self, rows: list[Row]) -> pa.Table:
        keys = [self.layout.shown(row) for row in rows]
        writers = {key: writer(self.layout, key, None) for key in set(keys)}
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        places = [place(row, writers[key]) for row, key in zip(rows, keys, strict=True)]
        known: dict[str, Any] = {
            "id": columns[0],
            PRECISION: [how for _where, how in places],
            EXAMPLE: ["true"] * len(rows),
            SHAPE: [_wkb(where) for where, _how in places],
        }
        made = []
        for field in self.schema:
            values = known.get(field.name)
            if values is None:
                values = _shown(columns[self._at[field.name]], field.name, keys, writers)
            made.append(_array(values, field.type))
        return pa.Table.from_arrays(made, schema=self.schema)


def _asked(wanted: Wanted) -> Asked:
    said = {"filter": wanted.filter} if wanted.filter.strip() else {}
    return Asked(said, MOST, (), None, crs.CRS84, (), crs.CRS84, "")


def _shown(
    values: Sequence[Any],
    name: str,
    keys: Sequence[Shown],
    writers: dict[Shown, Writer],
) -> Sequence[Any]:
    """The values of a column; none in the rows of which it may not be shown."""
    opened = {key for key, each in writers.items() if name in each.names}
    if len(opened) == len(writers):
        return values
    return [value if key in opened else None for value, key in zip(values, keys, strict=True)]


def _type(field: Any) -> pa.DataType:
    if isinstance(field, Number):
        return pa.float64()
    if isinstance(field, Several):
        return pa.list_(pa.string())
    return pa.int64() if isinstance(field, Whole) else pa.string()


def _array(values: Sequence[Any], type: pa.DataType) -> pa.Array:
    """A column of what a database gave: decimals and days come as text from one and as objects from another."""
    if pa.types.is_date(type):
        return pc.cast(pa.array([None if each is None else str(each) for each in values], pa.string()), type)
    if pa.types.is_floating(type):
        return pa.array([None if each is None else float(each) for each in values], type)
    if pa.types.is_list(type):
        return pa.array([None if each is None else each.split() for each in values], type)
    return pa.array(values, type)


def _wkb(where: bytes | tuple[float, float] | None) -> bytes | None:
    return struct.pack("<BIdd", 1, 1, *where) if isinstance(where, tuple) else where
