"""Evaluating figures: a value, its cells, and the records behind it.

Values are whole numbers where the records hold whole numbers, Decimal where they hold decimals, and None where there is
nothing to divide by or to rank. A share (unit %) is rounded to two digits, a quantile to six.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from kambila.figures import columns
from kambila.figures.definitions import Figure, Quantile, Ratio, all_figures
from kambila.figures.expressions import CALENDAR, DUCKDB, rows_sql, sql
from kambila.figures.paths import date_of
from kambila.figures.spark import Spark
from kambila.journal import clock, directory
from kambila.journal.errors import Problem
from kambila.journal.uncollected import uncollected

Amount = int | Decimal | None
Connection = duckdb.DuckDBPyConnection | Spark


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure came to. `as_of` is empty for the present; `cells` is None unless a breakdown was asked for."""

    figure: Figure
    value: Amount
    as_of: str = ""
    by: str = ""
    cells: Mapping[str, Amount] | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one record adds to a figure: for a quantile its own value, and `figure` says which figure of a ratio.

    `day` is the last day of the date that counts it, empty for a state or where it is unknown.
    """

    figure: str
    kind: str
    id: str
    code: str
    amount: int | Decimal
    day: str = ""


def figure_of(id: str) -> Figure:
    """A declared figure. Raises Problem when there is none."""
    if id not in all_figures():
        raise Problem("no-figure", id=id)
    return all_figures()[id]


def dimensions(figure: Figure) -> tuple[str, ...]:
    """The breakdowns of a figure; those of a ratio are those that its two figures share."""
    if isinstance(figure.measure, Ratio):
        of, to = (dimensions(each) for each in parts(figure))
        return tuple(each for each in of if each in to)
    return (*figure.by, *(each for each in CALENDAR if each not in figure.by))


def parts(figure: Figure) -> tuple[Figure, ...]:
    """The figures that are counted for it: itself, or the two of a ratio."""
    if isinstance(figure.measure, Ratio):
        return figure_of(figure.measure.of), figure_of(figure.measure.to)
    return (figure,)


def evaluate(figure: Figure, as_of: str = "", by: str = "", using: Connection | None = None) -> Value:
    """The value of a figure, with its cells if `by` names a breakdown. Raises Problem: see `check`."""
    check(figure, as_of, by)
    if using is None:
        with columns.opened() as using:
            return evaluate(figure, as_of, by, using)
    value = _value(figure, as_of, using)
    return Value(figure, value, as_of, by, _cells(figure, as_of, by, using) if by else None)


def evaluate_all(as_of: str = "", figures: Iterable[Figure] | None = None) -> list[Value]:
    """The value of every figure (or of those given), in the order of declaration."""
    chosen = list(all_figures().values() if figures is None else figures)
    with columns.opened() as using:
        return [evaluate(figure, as_of, using=using) for figure in chosen]


def records(
    figure: Figure,
    as_of: str = "",
    after: str = "",
    limit: int | None = None,
    by: str = "",
    cell: str | None = None,
    using: Connection | None = None,
) -> list[Contribution]:
    """The records behind a figure in the order of their ids, after an id and up to a limit; those of one cell with `by`.

    The contributions of an additive figure add up to its value (or its cell's). For a ratio, the records of the two
    figures follow one another and are paged apart: ask for each figure by itself.
    """
    check(figure, as_of, by)
    if using is None:
        with columns.opened() as using:
            return records(figure, as_of, after, limit, by, cell, using)
    return [found for each in parts(figure) for found in _records(each, as_of, after, limit, by, cell, using)]


@uncollected()
def _records(
    figure: Figure, as_of: str, after: str, limit: int | None, by: str, cell: str | None, using: Connection
) -> list[Contribution]:
    query = f"SELECT id, code, amount, CAST(day AS VARCHAR) FROM ({rows_sql(figure, as_of, by)}) rows WHERE id > ?"
    values: list[Any] = [after]
    if by and cell is not None:
        query, values = f"{query} AND cell = ?", [after, cell]
    query += " ORDER BY id" + (f" LIMIT {int(limit)}" if limit is not None else "")
    rows = using.execute(query, values).fetchall()
    return [
        Contribution(figure.id, figure.kind, id, code or "", _exact(amount), day or "")
        for id, code, amount, day in rows
    ]


def check(figure: Figure, as_of: str = "", by: str = "") -> None:
    """Raises Problem when there is no such breakdown, or when a state is asked for on a day that is not at hand."""
    if by and by not in dimensions(figure):
        raise Problem("no-dimension", id=figure.id, by=by, choices=", ".join(dimensions(figure)))
    if as_of and needs_replay(figure, as_of):
        raise Problem("figure-needs-replay", id=figure.id, as_of=as_of)


def needs_replay(figure: Figure, as_of: str) -> bool:
    """Whether the value on that day is not to be had from the registry that is open."""
    if not as_of or all(date_of(each) for each in parts(figure)):
        return False
    view = directory.current().node.view or {}
    return view.get("as_of") != as_of and as_of < clock.now().date().isoformat()


def _said(figure: Figure, as_of: str, by: str, using: Connection) -> str:
    return sql(figure, as_of, by, using.DIALECT if isinstance(using, Spark) else DUCKDB)


def _value(figure: Figure, as_of: str, using: Connection) -> Amount:
    if isinstance(figure.measure, Ratio):
        of, to = (_value(each, as_of, using) for each in parts(figure))
        return share(figure, of, to)
    return _rounded(figure, using.execute(_said(figure, as_of, "", using)).fetchall()[0][0])


def _cells(figure: Figure, as_of: str, by: str, using: Connection) -> dict[str, Amount]:
    if isinstance(figure.measure, Ratio):
        of, to = (_cells(each, as_of, by, using) for each in parts(figure))
        return {cell: share(figure, of.get(cell, 0), to[cell]) for cell in to}
    rows = using.execute(_said(figure, as_of, by, using)).fetchall()
    return {cell: _rounded(figure, value) for cell, value in sorted(rows)}


def share(figure: Figure, of: Amount, to: Amount) -> Amount:
    """One amount as a share of another; a share of nothing is None."""
    if of is None or not to:
        return None
    whole = 100 if figure.unit == "%" else 1
    return (Decimal(of) * whole / Decimal(to)).quantize(Decimal("0.01"))


def _rounded(figure: Figure, value: Any) -> Amount:
    if value is None:
        return None
    return Decimal(str(round(value, 6))).normalize() if isinstance(figure.measure, Quantile) else _exact(value)


def _exact(value: Any) -> int | Decimal:
    return Decimal(str(value)) if isinstance(value, float) else value
