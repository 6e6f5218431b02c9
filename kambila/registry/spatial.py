"""Where things are: an index of bounding boxes over every shape (R*Tree on SQLite, GiST on PostgreSQL).

Of the boxes of a record one is of its place, the shape by which it is shown (`precision.shapes`); the others are of what
else is known of where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from kambila.journal.repeated import repeated
from kambila.registry import sql

Bounds = tuple[float, float, float, float]  # min lon, min lat, max lon, max lat, in degrees
Box = tuple[str, Bounds, bool]  # record, bounds, whether it is that of its place
PLACE = "b.kind = %s AND b.is_place = 1"


def layout() -> tuple[str, ...]:
    """What makes the empty index."""
    if connection.vendor == "sqlite":
        return (
            "CREATE VIRTUAL TABLE registry_box USING rtree(id, x0, x1, y0, y1, +kind, +record, +is_place)",
            # The index has no order of its own by record: a plain table finds a record's boxes again.
            "CREATE TABLE registry_boxed (id INTEGER PRIMARY KEY, kind TEXT, record TEXT)",
            "CREATE INDEX registry_boxed_record ON registry_boxed (record)",
        )
    return (
        "CREATE TABLE registry_box (kind text, record text, is_place integer, place box)",
        "CREATE INDEX registry_box_place ON registry_box USING gist (place)",
        "CREATE INDEX registry_box_record ON registry_box (record)",
    )


def create() -> None:
    """Make the empty index."""
    with connection.cursor() as cursor:
        for statement in layout():
            cursor.execute(statement)


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS registry_box")
        cursor.execute("DROP TABLE IF EXISTS registry_boxed")


def insert(kind: str, boxes: Sequence[Box]) -> None:
    """Let it be known where records are."""
    if not boxes:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM registry_boxed")
            first = cursor.fetchone()[0] + 1
            cursor.executemany(
                "INSERT INTO registry_boxed (id, kind, record) VALUES (%s, %s, %s)",
                [(first + i, kind, record) for i, (record, _b, _is_place) in enumerate(boxes)],
            )
            cursor.executemany(
                "INSERT INTO registry_box (id, x0, x1, y0, y1, kind, record, is_place)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    (first + i, b[0], b[2], b[1], b[3], kind, record, int(is_place))
                    for i, (record, b, is_place) in enumerate(boxes)
                ],
            )
        else:
            cursor.executemany(
                "INSERT INTO registry_box (kind, record, is_place, place)"
                " VALUES (%s, %s, %s, box(point(%s, %s), point(%s, %s)))",
                [(kind, record, int(is_place), *bounds) for record, bounds, is_place in boxes],
            )


def near(kind: str, bounds: Bounds) -> list[str]:
    """The records of a kind with a shape whose bounding box touches `bounds`."""
    return [record for _kind, record in _touching(bounds, " AND b.kind = %s", [kind])]


def around(bounds: Bounds) -> list[tuple[str, str]]:
    """The records (kind, id) of every kind with a shape whose bounding box touches `bounds`."""
    return _touching(bounds, "", [])


def _touching(bounds: Bounds, condition: str, values: list[str]) -> list[tuple[str, str]]:
    query = f"SELECT DISTINCT b.kind, b.record FROM registry_box b WHERE {_touches()}{condition}"
    return [(kind, record) for kind, record in sql.run(query, [*_values(bounds), *values])]


def number(kind: str, bounds: Bounds, most: int) -> int | None:
    """How many records of a kind have a place whose box touches `bounds`; None where they are more than `most`."""
    query, values = places(kind, bounds)
    found = int(repeated(f"SELECT COUNT(*) FROM ({query} LIMIT {most + 1}) AS b", values)[0][0])
    return found if found <= most else None


def first_within(kind: str, bounds: Bounds, after: str, limit: int) -> list[str]:
    """The first so many records after a key, in the order of keys, that :func:`within` gives."""
    query, values = within(kind, bounds)
    rows = repeated(f"{query} AND b.record > %s ORDER BY b.record LIMIT {limit}", [*values, after])
    return [record for (record,) in rows]


def touched(kind: str, bounds: Bounds, most: int) -> list[tuple[Any, ...]] | None:
    """(record, the bounds of its place, outwards of it by less than a few metres) of each record whose place has a box
    that touches `bounds`; None where there are more than `most`."""
    columns = "b.x0, b.y0, b.x1, b.y1"
    if connection.vendor == "postgresql":
        columns = "(b.place[1])[0], (b.place[1])[1], (b.place[0])[0], (b.place[0])[1]"
    query = f"SELECT b.record, {columns} FROM registry_box b WHERE {_touches()} AND {PLACE} LIMIT {most + 1}"
    rows = repeated(query, [*_values(bounds), kind])
    return rows if len(rows) <= most else None


def subquery(kind: str, bounds: Bounds) -> tuple[str, list[Any]]:
    """(SQL, values) that select the records of a kind that `near` gives, perhaps more than once."""
    return f"SELECT b.record FROM registry_box b WHERE {_touches()} AND b.kind = %s", [*_values(bounds), kind]


def places(kind: str, bounds: Bounds) -> tuple[str, list[Any]]:
    """(SQL, values) that select the records of a kind whose place has a box that touches `bounds`."""
    return f"SELECT b.record FROM registry_box b WHERE {_touches()} AND {PLACE}", [*_values(bounds), kind]


def within(kind: str, bounds: Bounds) -> tuple[str, list[Any]]:
    """(SQL, values) that select the records of a kind whose place has its box wholly in `bounds`."""
    return f"SELECT b.record FROM registry_box b WHERE {_is_within()} AND {PLACE}", [*_values(bounds), kind]


def walked(kind: str, bounds: Bounds, id: str) -> tuple[str, list[Any]]:
    """(SQL, values) of whether the record in the column `id` is one of :func:`within`: for those that are gone through
    one by one."""
    if connection.vendor == "sqlite":
        source = "registry_boxed k CROSS JOIN registry_box b ON b.id = k.id WHERE k.record = "
        query = f"EXISTS (SELECT 1 FROM {source}{id} AND {_is_within()} AND {PLACE})"
    else:
        # OFFSET 0 keeps PostgreSQL from joining all that is there first.
        source = f"registry_box b WHERE b.record = {id} AND {_is_within()} AND {PLACE} OFFSET 0"
        query = f"EXISTS (SELECT 1 FROM {source})"
    return query, [*_values(bounds), kind]


def _touches() -> str:
    if connection.vendor == "sqlite":
        return "b.x1 >= %s AND b.x0 <= %s AND b.y1 >= %s AND b.y0 <= %s"
    return "b.place && box(point(%s, %s), point(%s, %s))"


def _is_within() -> str:
    if connection.vendor == "sqlite":
        return "b.x0 >= %s AND b.x1 <= %s AND b.y0 >= %s AND b.y1 <= %s"
    return "b.place <@ box(point(%s, %s), point(%s, %s))"


def _values(bounds: Bounds) -> list[float]:
    west, south, east, north = bounds
    return [west, east, south, north] if connection.vendor == "sqlite" else [west, south, east, north]


def remove(kind: str, records: Collection[str]) -> None:
    """Forget where these records were."""
    for chunk in sql.chunks(records):
        places = ", ".join(["%s"] * len(chunk))
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"SELECT id FROM registry_boxed WHERE record IN ({places}) AND kind = %s",
                    [*chunk, kind],
                )
                ids = [(row[0],) for row in cursor.fetchall()]
                cursor.executemany("DELETE FROM registry_box WHERE id = %s", ids)
                cursor.executemany("DELETE FROM registry_boxed WHERE id = %s", ids)
            else:
                cursor.execute(
                    f"DELETE FROM registry_box WHERE record IN ({places}) AND kind = %s",
                    [*chunk, kind],
                )
