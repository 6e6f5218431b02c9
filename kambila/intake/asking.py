"""Many reports reviewed together ask the registry little: the checks run once only to say what they would ask, all of it
is looked up with one question for each kind and set of fields, and then they run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from kambila.intake.drafts import Known, Row
from kambila.registry import sql
from kambila.registry.kinds import kinds, plan_of

Filters = Mapping[str, Any]
NOCASE = "__iexact"


class Asking(Known):
    """A registry that knows nothing but what `known` knows already, and notes what it was asked."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known
        self.asked = 0  # questions that could not be answered at once
        self._records_asked: set[tuple[str, str]] = set()
        self._rows_asked: dict[tuple[str, tuple[str, ...]], list[Filters]] = {}

    def record(self, kind: str, id: str) -> Row:
        if self._known.has(kind, id):
            return self._known.record(kind, id)
        self.asked += 1
        self._records_asked.add((kind, id))
        return {}

    def learn(self, wanted: Iterable[tuple[str, str]]) -> None:
        self._records_asked.update(each for each in wanted if not self._known.has(*each))

    def rows(self, kind: str, filters: Filters) -> list[Row]:
        self.asked += 1
        self._rows_asked.setdefault((kind, tuple(sorted(filters))), []).append(filters)
        return []

    def answer(self) -> None:
        """Look everything up that was asked; questions too peculiar for that are left to be asked singly."""
        self._known.learn(self._records_asked)
        for (kind, names), asked in self._rows_asked.items():
            columns = _columns(kind, names)
            by = _key(columns, asked)
            if by is not None:
                self._look_up(kind, columns, by, asked)

    def _look_up(self, kind: str, columns: Mapping[str, str], by: str, asked: Sequence[Filters]) -> None:
        wanted, model = {str(each[by]) for each in asked}, kinds()[kind]
        field: Any = model._meta.get_field(columns[by])
        # Few are there, and a whole row is dear to ask for.
        query = f'SELECT DISTINCT "{field.column}" FROM {plan_of(kind).table} WHERE "{field.column}" IN ({{keys}})'
        there = sql.select(query, wanted)
        manager: Any = model._default_manager
        found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for chunk in sql.chunks(str(each) for (each,) in there):
            for row in manager.filter(**{f"{by}__in": chunk}).values():
                key = tuple(_folded(name, row[column]) for name, column in columns.items())
                found.setdefault(key, []).append(row)
        for filters in asked:
            key = tuple(_folded(name, filters[name]) for name in columns)
            self._known.note(kind, filters, [dict(row) for row in found.get(key, [])])


def _columns(kind: str, names: Sequence[str]) -> dict[str, str]:
    """The columns that filters compare; empty when one of them is more than a comparison with a column."""
    found = {}
    for name in names:
        try:
            field: Any = kinds()[kind]._meta.get_field(name.removesuffix(NOCASE))
        except FieldDoesNotExist:
            return {}
        found[name] = str(field.attname)
    return found


def _key(columns: Mapping[str, str], asked: Sequence[Filters]) -> str | None:
    """The filter that says most: all of its values are texts, and there are many of them."""
    texts = [name for name in columns if not name.endswith(NOCASE) and all(isinstance(a[name], str) for a in asked)]
    return max(texts, key=lambda name: len({each[name] for each in asked}), default=None)


def _folded(name: str, value: Any) -> Any:
    return value.casefold() if name.endswith(NOCASE) and isinstance(value, str) else value
