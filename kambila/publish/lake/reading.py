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
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Substr

from kambila.figures.paths import DATE, DECIMAL, SEVERAL, TEXT, WHOLE, follow
from kambila.figures.reading import SHAPE, tables
from kambila.journal import clock
from kambila.publish.lake import places
from kambila.publish.lake.names import unsealed
from kambila.registry import access, precision, sql
from kambila.registry.fields import PartialDate, Sealed, Shape
from kambila.registry.kinds import plan_of
from kambila.registry.models import Record, derived_fields, stated_fields

NAME = "name"
YEAR = "lake_year"  # by which the files are parted; not one of the columns
FEW = 1_000  # records that are looked at to see which columns are used
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
    rows = rows.annotate(**{YEAR: Coalesce(Substr(Cast(_dated_by(model), TextField()), 1, 4), Value("unknown"))})
    stored = [each for each in columns if each.name not in places.COLUMNS]
    used = stored if since >= 0 else _used(model, stored)
    wanted = {each.name: (TEXT if each.type in (NAME, SEVERAL) else each.type, each.scale) for each in used}
    wanted[YEAR] = (TEXT, 0)
    if not access.sees_all(account, model):
        wanted |= {each: (DATE if each == "tier_until" else TEXT, 0) for each in GRADES}
    if len(stored) < len(columns):
        rows = rows.annotate(**{name: F(level) for name, level in places.LEVELS_READ.items()})
        wanted |= dict.fromkeys(places.LEVELS_READ, (TEXT, 0))
    query, values = rows.order_by().values_list(*wanted).query.sql_with_params()
    for found in tables(query, values, wanted):
        yield _table(model, columns, found, opened)


def _used(model: type[Record], stored: list[Column]) -> list[Column]:
    """Those in which any record has a value: many fields are never used by a programme, and to read them takes as long."""
    rest, used = stored, set[Column]()
    for _turn in range(2):  # what the first records have, then whether another has anything else
        found = _some(model, rest)
        used |= {each for number, each in enumerate(rest) if any(row[number] for row in found)}
        rest = [each for each in stored if each not in used]
        if not found or not rest:
            break
    else:
        quote = connection.ops.quote_name
        said = ", ".join(f"COUNT({quote(each.name)}) > 0" for each in rest)
        (counted,) = sql.run(f"SELECT {said} FROM {quote(model._meta.db_table)}")
        used |= {each for each, is_used in zip(rest, counted, strict=True) if is_used}
    return [each for each in stored if each in used]


def _some(model: type[Record], columns: list[Column]) -> list[tuple[Any, ...]]:
    """Of a few records that have a value in any of the columns, in which."""
    quote = connection.ops.quote_name
    known = [f"{quote(each.name)} IS NOT NULL" for each in columns]
    query = f"SELECT {', '.join(known)} FROM {quote(model._meta.db_table)} WHERE {' OR '.join(known)} LIMIT {FEW}"
    return sql.run(query)


def changed(model: type[Record], rows: QuerySet[Any], since: int) -> QuerySet[Any]:
    """Those of the rows that changed after a revision; the year of an event may be that of a record it belongs to."""
    if since < 0:
        return rows
    parent = model.event_date.rpartition("__")[0]
    return rows.filter(Q(revision__gt=since) | (Q(**{f"{parent}__revision__gt": since}) if parent else Q()))


def _dated_by(model: type[Record]) -> str:
    return f"{model.event_date}_first" if model.event_date else "information_date"


def _table(model: type[Record], columns: list[Column], found: pa.Table, opened: Collection[str]) -> pa.Table:
    """One chunk, from the values that were read."""
    empty = {each: pa.nulls(found.num_rows, each) for each in {column.arrow for column in columns}}
    read: dict[str, Any] = {each.name: empty[each.arrow] for each in columns}
    read |= dict(zip(found.column_names, found.columns, strict=True))
    if places.PLACE in read:
        names = ("shown_place", *places.LEVELS_READ, *precision.shapes(model))
        read |= places.told(model, {name: read[name].to_pylist() for name in names if name in read})
    for column in columns:
        if column.type == NAME:
            ids, commitments = read["id"].to_pylist(), read[column.name].to_pylist()
            read[column.name] = unsealed(column.name, ids, commitments, opened)
    made = [_array(read[each.name], each) for each in columns]
    if read.keys() >= set(GRADES):
        made = _as_far_as_shown(model, columns, made, read)
    return pa.table([*made, read[YEAR]], names=[*(each.name for each in columns), YEAR])


def _array(values: Any, column: Column) -> Any:
    if isinstance(values, list):
        return pa.array(values, column.arrow)
    if column.type == SEVERAL and values.type != column.arrow:
        return pa.array([None if each is None else each.split() for each in values.to_pylist()], column.arrow)
    return values


def _as_far_as_shown(model: type[Record], columns: list[Column], made: list[Any], read: Mapping[str, Any]) -> list[Any]:
    """Empty what is not shown of a record; `read` has :data:`GRADES` of each."""
    ended = pc.fill_null(pc.less(read["tier_until"], pa.scalar(clock.now().date())), False)
    tiers = pc.if_else(ended, model.default_tier, read["record_tier"])
    keys = pc.binary_join_element_wise(read["shown_tier"], tiers, read["shown_place"], " ")
    opened: Mapping[str, frozenset[str]] = {
        key: frozenset(access.open_fields(model, *key.split())) for key in sorted(pc.unique(keys).to_pylist())
    }
    found = []
    for column, values in zip(columns, made, strict=True):
        shown = [key for key, fields in opened.items() if not column.field or column.field in fields]
        hidden = len(shown) < len(opened)
        is_shown = pc.is_in(keys, value_set=pa.array(shown, pa.string())) if hidden else None
        found.append(pc.if_else(is_shown, values, pa.scalar(None, values.type)) if hidden else values)
    return found
