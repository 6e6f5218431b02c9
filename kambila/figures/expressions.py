"""Definitions as Ibis expressions over the columns, compiled once to the SQL of DuckDB.

Unknown satisfies no condition but ``__known: False``; it adds nothing, and in a breakdown it is a cell of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, Table, Value

from kambila.figures.definitions import Count, Figure, Quantile, Sum
from kambila.figures.paths import (
    DATE,
    DECIMAL,
    SEVERAL,
    TEXT,
    WHOLE,
    Target,
    condition,
    date_of,
    follow,
    link_of,
    needed,
    paths_of,
)

UNKNOWN, DUCKDB = "unknown", "duckdb"
CALENDAR = ("year", "month")
TYPES = {TEXT: "string", SEVERAL: "string", WHOLE: "int64", DATE: "date"}


def counted(figure: Figure, as_of: str = "", by: str = "") -> Table:
    """The records that a figure counts: id, code, amount, the last day of the date, and cell if `by` names a breakdown."""
    table, read = _joined(figure)
    for key, wanted in figure.where.items():
        table_path, test = condition(key)
        table = table.filter(_holds(table, read, follow(figure.kind, table_path), table_path, test, wanted))
    table = _in_period(table, figure, read, as_of)
    chosen = {"id": table.id, "code": table.code, "amount": _amount(table, figure, read)}
    chosen["day"] = table[read(date_of(figure))[1]] if date_of(figure) else ibis.null("date")
    if by:
        chosen["cell"] = _cell(table, figure, read, by)
    if isinstance(figure.measure, Quantile):
        table = table.filter(chosen["amount"].notnull())
    if isinstance(figure.measure, Count) and figure.measure.distinct:
        table = table.filter(table[read(figure.measure.distinct)[0]].notnull())
        chosen["amount"] = _earliest(table, figure, read)
    return table.select(**chosen)


Read = Callable[[str], tuple[str, ...]]


def _joined(figure: Figure) -> tuple[Table, Read]:
    """The table of the figure's kind with those that its paths lead through; a function from path to column names."""
    schema = needed([figure])
    table = _source(figure.kind, schema)
    joined: dict[tuple[str, ...], str] = {(): figure.kind}

    def reach(table: Table, links: tuple[str, ...]) -> Table:
        if links in joined:
            return table
        table = reach(table, links[:-1])
        column, kind = link_of(joined[links[:-1]], links[-1])
        joined[links] = kind
        prefix = "__".join(links) + "__"
        other = _source(kind, schema).rename(lambda name: prefix + name)
        here = "__".join((*links[:-1], column))
        return table.left_join(other, table[here] == other[f"{prefix}id"])

    for target in _targets(figure):
        table = reach(table, target.links)

    def read(path: str) -> tuple[str, ...]:
        target = follow(figure.kind, path)
        return tuple("__".join((*target.links, column)) for column in target.columns)

    return table, read


def _targets(figure: Figure) -> list[Target]:
    return [follow(figure.kind, path) for path in paths_of(figure)]


def _source(kind: str, schema: Mapping[str, Mapping[str, tuple[str, int]]]) -> Table:
    types = {
        name: f"decimal(18, {scale})" if type == DECIMAL else TYPES[type]
        for name, (type, scale) in schema[kind].items()
    }
    return ibis.table(types, name=kind)


def _holds(table: Table, read: Read, target: Target, path: str, test: str, wanted: Any) -> BooleanValue:
    names = read(path)
    first, last = table[names[0]], table[names[-1]]
    if test == "known":
        return first.notnull() if wanted else first.isnull()
    if test == "has":
        return first.contains(f" {wanted} ")
    if test == "in":
        return first.isin(tuple(wanted)) & (first == last)
    if test == "gte":
        return first >= _literal(target, wanted)
    if test == "lte":
        return last <= _literal(target, wanted)
    if target.type == SEVERAL:
        wanted = f" {' '.join(wanted)} "
    same = (first == _literal(target, wanted)) & (last == _literal(target, wanted))
    return ~same if test == "not" else same


def _literal(target: Target, wanted: Any) -> Any:
    return ibis.literal(datetime.date.fromisoformat(wanted)) if target.type == DATE else wanted


def _in_period(table: Table, figure: Figure, read: Read, as_of: str) -> Table:
    """A record counts if its whole date lies in the period: first day on or after `since`, last on or before `as_of`."""
    if not date_of(figure):
        return table
    first, last = read(date_of(figure))
    if figure.since:
        table = table.filter(table[first] >= ibis.literal(datetime.date.fromisoformat(figure.since)))
    if as_of:
        table = table.filter(table[last] <= ibis.literal(datetime.date.fromisoformat(as_of)))
    return table


def _amount(table: Table, figure: Figure, read: Read) -> Value:
    if isinstance(figure.measure, Quantile):
        return table[read(figure.measure.path)[0]].cast("float64")
    if not isinstance(figure.measure, Sum):
        return ibis.literal(1, type="int64")
    amounts = [ibis.coalesce(table[read(path)[0]], 0) for path in figure.measure.paths]
    total = amounts[0]
    for amount in amounts[1:]:
        total = total + amount
    return total


def _earliest(table: Table, figure: Figure, read: Read) -> Value:
    """1 for the earliest record, by last day and id, of each different value; 0 for the others."""
    assert isinstance(figure.measure, Count)
    path = date_of(figure)
    order = [table[read(path)[1]].asc(nulls_first=False)] if path else []
    window = ibis.window(group_by=table[read(figure.measure.distinct)[0]], order_by=[*order, table.id])
    return (ibis.row_number().over(window) == 0).cast("int64")


def _cell(table: Table, figure: Figure, read: Read, by: str) -> Value:
    if by in figure.by:
        target, names = follow(figure.kind, figure.by[by]), read(figure.by[by])
        if target.type == DATE:
            return _period(table[names[0]], table[names[1]], "%Y-%m-%d")
        text = table[names[0]].cast("string")
        return ibis.coalesce(text.strip() if target.type == SEVERAL else text, UNKNOWN)
    if not date_of(figure):
        return ibis.literal(UNKNOWN)
    first, last = (table[name] for name in read(date_of(figure)))
    return _period(first, last, "%Y" if by == "year" else "%Y-%m")


def _period(first: Value, last: Value, format: str) -> Value:
    """The year, month or day that both ends of a date lie in; unknown when they lie in two."""
    said = first.strftime(format)
    return ibis.ifelse(said == last.strftime(format), said, UNKNOWN).fill_null(UNKNOWN)


def total(figure: Figure, as_of: str = "", by: str = "") -> Table:
    """One row with `value`, or a row for each cell with `cell` and `value`."""
    table = counted(figure, as_of, by)
    if isinstance(figure.measure, Quantile):
        value = table.amount.quantile(figure.measure.q)
    elif isinstance(figure.measure, Count) and not figure.measure.distinct:
        value = table.count()
    else:
        value = ibis.coalesce(table.amount.sum(), 0)
    if not by:
        return table.aggregate(value=value)
    # A cell in which only later records of a value lie adds nothing and is left out, as it would be without them.
    cells = table.group_by("cell").aggregate(value=value)
    return cells.filter(cells.value != 0) if _is_distinct(figure) else cells


def _is_distinct(figure: Figure) -> bool:
    return isinstance(figure.measure, Count) and bool(figure.measure.distinct)


@lru_cache(maxsize=4096)
def sql(figure: Figure, as_of: str = "", by: str = "", dialect: str = DUCKDB) -> str:
    """The SQL of DuckDB, or of another engine that Ibis speaks, for a figure: its total, or its cells."""
    return str(ibis.to_sql(total(figure, as_of, by), dialect=dialect))


@lru_cache(maxsize=4096)
def rows_sql(figure: Figure, as_of: str = "", by: str = "") -> str:
    """The SQL of DuckDB for the records behind a figure."""
    return str(ibis.to_sql(counted(figure, as_of, by), dialect=DUCKDB))
