"""Rows of a kind by what some of its columns hold. Django puts each question into SQL once; the next like it is only asked.

Every submission has its checks ask the same few questions, and to build one anew takes ten times as long as to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection

from kambila.registry.kinds import kinds

Filters = Mapping[str, Any]


@dataclass(frozen=True)
class _Question:
    """`convert` are (place in a row, what turns the database's value into Python's, what Django calls its source)."""

    query: str
    names: tuple[str, ...]
    fields: tuple[Any, ...]
    convert: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]

    def ask(self, values: Sequence[Any]) -> list[dict[str, Any]]:
        said = [field.get_db_prep_value(value, connection) for field, value in zip(self.fields, values, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(self.query, said)
            return [dict(zip(self.names, self._converted(row), strict=True)) for row in cursor.fetchall()]

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        found = list(row)
        for place, converters, source in self.convert:
            for each in converters:
                found[place] = each(found[place], source, connection)
        return found


def rows(kind: str, filters: Filters) -> list[dict[str, Any]]:
    """The records of a kind that satisfy Django filters, with the columns as `QuerySet.values` gives them."""
    question = None if None in filters.values() else _question(connection.vendor, kind, tuple(filters))
    if question is not None:
        return question.ask(list(filters.values()))
    manager: Any = kinds()[kind]._default_manager
    return list(manager.filter(**filters).values())


@cache
def _question(_vendor: str, kind: str, names: tuple[str, ...]) -> _Question | None:
    """None when a filter is more than a comparison of a column with a value."""
    meta, manager = kinds()[kind]._meta, kinds()[kind]._default_manager
    try:
        fields: tuple[Any, ...] = tuple(meta.pk if name == "pk" else meta.get_field(name) for name in names)
    except FieldDoesNotExist:
        return None
    query: Any = manager.values().query
    compiler = query.get_compiler(connection=connection)
    sql, _none = compiler.as_sql()
    converters = compiler.get_converters([each for each, *_ in compiler.select])
    quote = connection.ops.quote_name
    where = " AND ".join(f"{quote(meta.db_table)}.{quote(field.column)} = %s" for field in fields)
    convert = tuple((place, each, source) for place, (each, source) in converters.items())
    return _Question(f"{sql} WHERE {where}", query.values_select, fields, convert)
