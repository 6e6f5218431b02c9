"""SQL that the projection speaks: both databases understand it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

CHUNK = 4_000  # below the limit on parameters of either database


def chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys in pieces that fit into one statement."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def select(query: str, keys: Iterable[str], *after: Any, times: int = 1) -> list[tuple[Any, ...]]:
    """The rows of a query in which ``{keys}`` stands for the list of keys, `times` times; `after` are its last values."""
    rows: list[tuple[Any, ...]] = []
    for chunk in chunks(keys):
        rows += run(query.format(keys=", ".join(["%s"] * len(chunk))), [*chunk * times, *after])
    return rows


def run(query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of one statement; none for one that gives none."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def run_many(query: str, rows: Sequence[Sequence[Any]]) -> None:
    """One statement for each row."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(query, rows)


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], on_conflict: str = "") -> None:
    """Insert rows; `on_conflict` is the clause for keys that are there already.

    Most columns of most kinds are empty in all rows: they are not named, for to bind a NULL costs as much as a text.
    """
    if not rows:
        return
    said = {
        name: values
        for name, values in zip(columns, zip(*rows, strict=True), strict=True)
        if values[0] is not None or values.count(None) < len(values)
    }
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, said)), ", ".join(["%s"] * len(said))
    query = f"INSERT INTO {quote(table)} ({names}) VALUES ({places}) {on_conflict}"
    run_many(query, list(zip(*said.values(), strict=True)))
