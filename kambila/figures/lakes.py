"""Several programmes' lakes read as one: each programme's own value of a figure, and that of all of them together.

The definitions are the same as for one programme. A programme lies in a schema of its own, and `main` holds the records of
all, with a column `programme`; so a median of all is that of all records, not one of medians.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from pyarrow import fs

from kambila.figures.columns import Needed
from kambila.figures.evaluate import Amount, Figure, evaluate
from kambila.figures.lake import LATEST, Lake, lake_at, manifest_of, manifests, views
from kambila.journal.errors import Problem


@dataclass(frozen=True, slots=True)
class Together:
    """A figure over several programmes: the value of all, and by the name of each programme its own."""

    figure: Figure
    value: Amount
    programmes: Mapping[str, Amount]


def lakes_at(addresses: Sequence[str]) -> list[Lake]:
    """The lakes at some addresses, each a lake or a folder of lakes. Raises Problem for one where there is none."""
    return [lake for address in addresses for lake in _lakes(lake_at(address))]


def _lakes(lake: Lake) -> list[Lake]:
    if manifests(lake):
        return [lake]
    found = lake.files.get_file_info(fs.FileSelector(lake.root, allow_not_found=True))
    names = sorted(each.base_name for each in found if not each.is_file)
    inside = [Lake(lake.files, f"{lake.root}/{name}", f"{lake.address}/{name}") for name in names]
    if lakes := [each for each in inside if manifests(each)]:
        return lakes
    raise Problem("no-such-head", head=LATEST, choices="–")


def evaluate_together(lakes: Sequence[Lake], figures: Sequence[Figure], wanted: Needed, as_of: str) -> list[Together]:
    """Figures over the newest exports of several lakes.

    Raises Problem where one of them lacks a column, and where two hold the same records, which would count twice.
    """
    with _joined(lakes, wanted) as (tables, names):
        values = {name: _values(tables, schema, figures, as_of) for schema, name in names.items()}
        whole = _values(tables, "main", figures, as_of)
    return [
        Together(figure, whole[number], {name: of[number] for name, of in values.items()})
        for number, figure in enumerate(figures)
    ]


def _values(tables: duckdb.DuckDBPyConnection, schema: str, figures: Sequence[Figure], as_of: str) -> list[Amount]:
    tables.execute(f'USE "{schema}"')
    return [evaluate(each, as_of, using=tables).value for each in figures]


@contextlib.contextmanager
def _joined(lakes: Sequence[Lake], wanted: Needed) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, str]]]:
    """(a DuckDB with the views of all, {schema: name of the programme})."""
    tables = duckdb.connect()
    try:
        told = [manifest_of(lake) for lake in lakes]
        names = {f"programme_{number}": name for number, name in enumerate(_names(lakes, told))}
        for schema, lake, manifest in zip(names, lakes, told, strict=True):
            tables.execute(f'CREATE SCHEMA "{schema}"')
            views(tables, lake, manifest, wanted, schema)
        for kind in wanted:
            tables.execute(f'CREATE VIEW main."{kind}" AS {_union(names, kind)}')
            _must_be_apart(tables, kind)
        yield tables, names
    finally:
        tables.close()


def _names(lakes: Sequence[Lake], told: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names of the programmes; of those that share one, with the address of the lake."""
    names = [each["programme"] for each in told]
    return [
        name if names.count(name) == 1 else f"{name} ({lake.address})" for name, lake in zip(names, lakes, strict=True)
    ]


def _union(names: Mapping[str, str], kind: str) -> str:
    quoted = {schema: name.replace("'", "''") for schema, name in names.items()}
    return " UNION ALL BY NAME ".join(
        f'SELECT \'{name}\' AS programme, * FROM "{schema}"."{kind}"' for schema, name in quoted.items()
    )


def _must_be_apart(tables: duckdb.DuckDBPyConnection, kind: str) -> None:
    query = f"""SELECT min(programme), max(programme), count(*) OVER () FROM main."{kind}" GROUP BY id
        HAVING min(programme) <> max(programme) LIMIT 1"""
    if found := tables.execute(query).fetchall():
        one, other, number = found[0]
        raise Problem("lakes-overlap", one=one, other=other, kind=kind, number=number)
