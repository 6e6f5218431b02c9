"""Figures counted in plain Python over dicts, written from docs/figures.md alone, to disagree with an engine that errs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from kambila.figures.definitions import Count, Figure, Quantile, Ratio, Sum
from kambila.registry.fields import PartialDate, Several
from kambila.registry.kinds import kinds
from kambila.registry.models import kind_of

Rows = dict[str, dict[str, dict[str, Any]]]  # {kind: {id: {column: value}}}


def read_registry(chosen) -> Rows:
    """Every record of the kinds, as Django reads it."""
    return {kind: {row["id"]: row for row in kinds()[kind].objects.values()} for kind in chosen}


def look(rows: Rows, kind: str, row: dict[str, Any] | None, path: str) -> Any:
    """The value at the end of a path: (first, last) for a date, None where a link leads nowhere."""
    head, _, rest = path.partition("__")
    field = kinds()[kind]._meta.get_field(head)
    if rest:
        target = kind_of(field.related_model)
        return look(rows, target, rows[target].get(row[field.attname]) if row else None, rest)
    if isinstance(field, PartialDate):
        return (row[f"{head}_first"], row[f"{head}_last"]) if row and row[f"{head}_first"] else None
    value = row[field.attname] if row else None
    if field.get_internal_type() == "DateField":
        return (value, value) if value else None
    return " ".join(value) if isinstance(field, Several) and value is not None else value


def holds(value: Any, test: str, wanted: Any) -> bool:
    if test == "known":
        return (value is not None) == wanted
    if value is None:
        return False
    if test == "in":
        return value in wanted
    if test == "not":
        return value != wanted
    if test == "has":
        return wanted in value.split()
    if test in ("gte", "lte"):
        return value >= wanted if test == "gte" else value <= wanted
    return value == wanted


def dated(rows: Rows, figure: Figure, row: dict[str, Any]) -> Any:
    path = figure.date or kinds()[figure.kind].event_date
    return look(rows, figure.kind, row, path) if path else None


def counts(rows: Rows, figure: Figure, row: dict[str, Any], as_of: str) -> bool:
    for key, wanted in figure.where.items():
        path, _, test = key.rpartition("__")
        if test not in ("in", "not", "gte", "lte", "known", "has") or not path:
            path, test = key, ""
        if not holds(look(rows, figure.kind, row, path), test, wanted):
            return False
    if not (figure.date or kinds()[figure.kind].event_date):
        return True
    date = dated(rows, figure, row)
    if figure.since and (date is None or date[0].isoformat() < figure.since):
        return False
    return not as_of or (date is not None and date[1].isoformat() <= as_of)


def cell_of(rows: Rows, figure: Figure, row: dict[str, Any], by: str) -> str:
    if by in figure.by:
        value = look(rows, figure.kind, row, figure.by[by])
        if isinstance(value, tuple):
            value = value[0].isoformat() if value[0] == value[1] else None
        return "unknown" if value is None else str(value)
    date, length = dated(rows, figure, row), 4 if by == "year" else 7
    if date is None or date[0].isoformat()[:length] != date[1].isoformat()[:length]:
        return "unknown"
    return date[0].isoformat()[:length]


def contributions(rows: Rows, figure: Figure, as_of: str = "") -> list[tuple[dict[str, Any], Any]]:
    """(record, what it adds) of every record that counts."""
    chosen = [row for row in rows[figure.kind].values() if counts(rows, figure, row, as_of)]
    measure = figure.measure
    if isinstance(measure, Quantile):
        values = [(row, look(rows, figure.kind, row, measure.path)) for row in chosen]
        return [(row, value) for row, value in values if value is not None]
    if isinstance(measure, Sum):
        return [(row, sum(look(rows, figure.kind, row, path) or 0 for path in measure.paths)) for row in chosen]
    assert isinstance(measure, Count)
    if not measure.distinct:
        return [(row, 1) for row in chosen]
    return _first_of_each(rows, figure, chosen, measure.distinct)


def _first_of_each(rows, figure, chosen, path):
    seen, found = set(), []
    far = "9999-12-31"

    def order(row):
        date = dated(rows, figure, row)
        return (date[1].isoformat() if date else far, row["id"])

    for row in sorted(chosen, key=order):
        value = look(rows, figure.kind, row, path)
        if value is not None:
            found.append((row, int(value not in seen)))
            seen.add(value)
    return found


def value(figures, rows: Rows, figure: Figure, as_of: str = "", by: str = "", cell: str | None = None) -> Any:
    """The value of a figure, or of one of its cells."""
    if isinstance(figure.measure, Ratio):
        of, to = (
            value(figures, rows, figures[each], as_of, by, cell) for each in (figure.measure.of, figure.measure.to)
        )
        share = Fraction(of) * (100 if figure.unit == "%" else 1) / Fraction(to) if to else None
        return None if share is None else Decimal(share.numerator) / Decimal(share.denominator)
    found = contributions(rows, figure, as_of)
    if cell is not None:
        found = [(row, amount) for row, amount in found if cell_of(rows, figure, row, by) == cell]
    amounts = [amount for _, amount in found]
    return quantile(sorted(amounts), figure.measure.q) if isinstance(figure.measure, Quantile) else sum(amounts)


def quantile(ordered: list[Any], q: float) -> float | None:
    """Linear between the two nearest ranks."""
    if not ordered:
        return None
    place = q * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low]) + (float(ordered[high]) - float(ordered[low])) * (place - low)
