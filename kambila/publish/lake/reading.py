"""What an account may see of a kind, as the columns of a lake.

The access rule is part of the query. Where two records of a kind are shown to the account to a different extent, what is
not shown of one of them is empty there; what is never shown is no column at all, and whatever is sealed only where names
were asked for and opened. Of a kind with a geometry that is kept from the account, `place` says where a record is as
precisely as every other door tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.models import F, Q, QuerySet

from kambila.figures.columns import array, expression, fetched
from kambila.figures.paths import DATE, DECIMAL, SEVERAL, TEXT, WHOLE, follow
from kambila.journal import clock
from kambila.publish.lake import places
from kambila.publish.lake.names import unsealed
from kambila.registry import access
from kambila.registry.fields import PartialDate, Sealed, Shape
from kambila.registry.kinds import plan_of
from kambila.registry.models import Record, derived_fields, stated_fields

SHAPE, NAME = "shape", "name"
YEAR = "lake_year"  # by which the files are parted; not one of the columns
GRADES = ("shown_tier", "shown_place", "record_tier", "tier_until")  # what says how much of a record may be shown
HEADERS = {"id": (TEXT, 0), "information_date": (DATE, 0), "revision": (WHOLE, 0)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column, the field that it belongs to (empty for what every record has), and its type as the figures know it."""

    name: str
    field: str
    type: str
    scale: int

    @property
    def arrow(self) -> pa.DataType:
        if self.type == DECIMAL:
            return pa.decimal128(18, self.scale)
        several = pa.list_(pa.string())
        return {WHOLE: pa.int64(), DATE: pa.date32(), SHAPE: pa.binary(), SEVERAL: several}.get(self.type, pa.string())


def columns_of(account: Any, kind: str, names: bool = False) -> list[Column]:
    """The columns of a kind for an account: the fields that it may be shown of some record; with `names` those too."""
    model = plan_of(kind).model
    tiers, shown = access.place_tiers(account, model), access.shown_tiers(account, model)[-1]
    headers = [Column(name, "", type, scale) for name, (type, scale) in HEADERS.items()]
    if places.are_told(model, tiers):
        headers += [Column(places.PLACE, "", SHAPE, 0), Column(places.PRECISION, "", TEXT, 0)]
    seen = [column for name in access.open_fields(model, shown, None, tiers[-1]) for column in _columns(kind, name)]
    return [*headers, *seen, *(Column(each, "", NAME, 0) for each in access.personal_fields(model) if names)]


def _columns(kind: str, name: str) -> list[Column]:
    model = plan_of(kind).model
    field: Any = {**stated_fields(model), **derived_fields(model)}[name]
    if isinstance(field, Sealed):
        return []
    if isinstance(field, Shape):
        area = [Column(f"{name}_area_m2", name, DECIMAL, 2)] if field.has_area else []
        return [Column(name, name, SHAPE, 0), *area]
    target = follow(kind, name)
    text = [Column(name, name, TEXT, 0)] if isinstance(field, PartialDate) else []
    return text + [Column(each, name, target.type, target.scale) for each in target.columns]


def read(
    account: Any, kind: str, columns: list[Column], since: int = -1, opened: Collection[str] = ()
) -> Iterator[pa.Table]:
    """The records that changed after a revision, in chunks; each has :data:`YEAR` as its last column.

    `opened`: the ids of those whose names were opened for this export.
    """
    model = plan_of(kind).model
    rows = changed(model, access.visible(account, model), since)
    rows = rows.annotate(lake_day=F(_dated_by(model)))
    graded = not access.sees_all(account, model)
    stored = [each for each in columns if each.name not in places.COLUMNS]
    used = stored if since >= 0 else _used(model, stored)
    extra = ["lake_day", *(GRADES if graded else [])]
    if len(stored) < len(columns):
        rows = rows.annotate(**{name: F(level) for name, level in places.LEVELS_READ.items()})
        extra += places.LEVELS_READ
    names = [*(each.name for each in used), *extra]
    query, values = rows.order_by().values_list(*names).query.sql_with_params()
    quote = connection.ops.quote_name
    said = [expression(quote(each.name), each.type, each.scale) for each in used]
    said += [expression(quote(each), DATE if each in ("lake_day", "tier_until") else TEXT, 0) for each in extra]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(said)} FROM ({query}) seen", values)
        while batches := list(fetched(cursor)):  # it gives so many at a time; the rest comes at the next call
            for batch in batches:
                found = dict(zip(names, map(list, zip(*batch, strict=True)), strict=True))
                found |= {each.name: [None] * len(batch) for each in stored if each not in used}
                yield _table(model, columns, found, graded, opened)


def _used(model: type[Record], stored: list[Column]) -> list[Column]:
    """Those in which any record has a value: many fields are never used by a programme, and to read them takes as long."""
    quote = connection.ops.quote_name
    said = ", ".join(f"COUNT({quote(each.name)})" for each in stored)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {said} FROM {quote(model._meta.db_table)}")
        return [each for each, number in zip(stored, cursor.fetchone(), strict=True) if number]


def changed(model: type[Record], rows: QuerySet[Any], since: int) -> QuerySet[Any]:
    """Those of the rows that changed after a revision; the year of an event may be that of a record it belongs to."""
    if since < 0:
        return rows
    parent = model.event_date.rpartition("__")[0]
    return rows.filter(Q(revision__gt=since) | (Q(**{f"{parent}__revision__gt": since}) if parent else Q()))


def _dated_by(model: type[Record]) -> str:
    return f"{model.event_date}_first" if model.event_date else "information_date"


def _table(
    model: type[Record], columns: list[Column], found: dict[str, list[Any]], graded: bool, opened: Collection[str]
) -> pa.Table:
    """One chunk, from the values of each column that was read."""
    if any(each.name == places.PLACE for each in columns):
        found |= places.told(model, found)
    for column in columns:
        if column.type == NAME:
            found[column.name] = unsealed(column.name, found["id"], found[column.name], opened)
    made = [_array(found[each.name], each) for each in columns]
    if graded:
        made = _as_far_as_shown(model, columns, made, [found[name] for name in GRADES])
    year = pc.fill_null(pc.utf8_slice_codeunits(pa.array(found["lake_day"], pa.string()), 0, 4), "unknown")
    return pa.table([*made, year], names=[*(each.name for each in columns), YEAR])


def _array(values: list[Any], column: Column) -> pa.Array:
    if values[0] is None and values.count(None) == len(values):
        return pa.nulls(len(values), column.arrow)
    if column.type == SHAPE:
        return pa.array(values, pa.binary())
    if column.type == SEVERAL:
        return pa.array([None if each is None else each.split() for each in values], column.arrow)
    return array(values, column.type, column.scale)


def _as_far_as_shown(
    model: type[Record], columns: list[Column], made: list[pa.Array], graded: list[list[Any]]
) -> list[pa.Array]:
    """Empty what is not shown of a record; `graded` has :data:`GRADES` of each."""
    today = clock.now().date().isoformat()
    keys = [
        f"{shown} {model.default_tier if until is not None and until < today else tier} {place}"
        for shown, place, tier, until in zip(*graded, strict=True)
    ]
    opened: Mapping[str, frozenset[str]] = {
        key: frozenset(access.open_fields(model, *key.split())) for key in sorted(set(keys))
    }
    of_each, found = pa.array(keys, pa.string()), []
    for column, values in zip(columns, made, strict=True):
        shown = [key for key, fields in opened.items() if not column.field or column.field in fields]
        hidden = len(shown) < len(opened)
        is_shown = pc.is_in(of_each, value_set=pa.array(shown, pa.string()))
        found.append(pc.if_else(is_shown, values, pa.scalar(None, values.type)) if hidden else values)
    return found
