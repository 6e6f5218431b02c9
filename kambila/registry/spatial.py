"""Where things are: an index of bounding boxes over every shape (R*Tree on SQLite, GiST on PostgreSQL)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from kambila.registry import sql

Bounds = tuple[float, float, float, float]  # min lon, min lat, max lon, max lat, in degrees


def create() -> None:
    """Make the empty index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE VIRTUAL TABLE registry_box USING rtree(id, x0, x1, y0, y1, +kind, +record)")
            # The index has no order of its own by record: a plain table finds a record's boxes again.
            cursor.execute("CREATE TABLE registry_boxed (id INTEGER PRIMARY KEY, kind TEXT, record TEXT)")
            cursor.execute("CREATE INDEX registry_boxed_record ON registry_boxed (record)")
        else:
            cursor.execute("CREATE TABLE registry_box (kind text, record text, place box)")
            cursor.execute("CREATE INDEX registry_box_place ON registry_box USING gist (place)")
            cursor.execute("CREATE INDEX registry_box_record ON registry_box (record)")


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS registry_box")
        cursor.execute("DROP TABLE IF EXISTS registry_boxed")


def insert(kind: str, boxes: Sequence[tuple[str, Bounds]]) -> None:
    """Let it be known where records (record, bounds) are."""
    if not boxes:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM registry_boxed")
            first = cursor.fetchone()[0] + 1
            cursor.executemany(
                "INSERT INTO registry_boxed (id, kind, record) VALUES (%s, %s, %s)",
                [(first + i, kind, record) for i, (record, _) in enumerate(boxes)],
            )
            cursor.executemany(
                "INSERT INTO registry_box (id, x0, x1, y0, y1, kind, record) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [(first + i, b[0], b[2], b[1], b[3], kind, record) for i, (record, b) in enumerate(boxes)],
            )
        else:
            cursor.executemany(
                "INSERT INTO registry_box (kind, record, place) VALUES (%s, %s, box(point(%s, %s), point(%s, %s)))",
                [(kind, record, *bounds) for record, bounds in boxes],
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


def at_most(kind: str, bounds: Bounds, most: int) -> bool:
    """Whether no more than so many boxes of a kind touch `bounds`; what is above is not counted."""
    inner, values = subquery(kind, bounds)
    return int(sql.run(f"SELECT COUNT(*) FROM ({inner} LIMIT {most + 1}) AS b", values)[0][0]) <= most


def touched(kind: str, bounds: Bounds, most: int) -> list[tuple[Any, ...]] | None:
    """(record, its own bounds, outwards of it by less than a few metres) of each box that touches `bounds`; None where
    there are more than `most`."""
    columns = "b.x0, b.y0, b.x1, b.y1"
    if connection.vendor == "postgresql":
        columns = "(b.place[1])[0], (b.place[1])[1], (b.place[0])[0], (b.place[0])[1]"
    query = f"SELECT b.record, {columns} FROM registry_box b WHERE {_touches()} AND b.kind = %s LIMIT {most + 1}"
    rows = sql.run(query, [*_values(bounds), kind])
    return rows if len(rows) <= most else None


def subquery(kind: str, bounds: Bounds) -> tuple[str, list[Any]]:
    """(SQL, values) that select the records of a kind that `near` gives, perhaps more than once."""
    return f"SELECT b.record FROM registry_box b WHERE {_touches()} AND b.kind = %s", [*_values(bounds), kind]


def walked(kind: str, bounds: Bounds, id: str) -> tuple[str, list[Any]]:
    """(SQL, values) of whether the record in the column `id` is there: for those that are gone through one by one."""
    if connection.vendor == "sqlite":
        source = "registry_boxed k CROSS JOIN registry_box b ON b.id = k.id WHERE k.record = "
        return f"EXISTS (SELECT 1 FROM {source}{id} AND k.kind = %s AND {_touches()})", [kind, *_values(bounds)]
    # OFFSET 0 keeps PostgreSQL from joining all that is there first.
    source = f"registry_box b WHERE b.record = {id} AND b.kind = %s AND {_touches()} OFFSET 0"
    return f"EXISTS (SELECT 1 FROM {source})", [kind, *_values(bounds)]


def _touches() -> str:
    if connection.vendor == "sqlite":
        return "b.x1 >= %s AND b.x0 <= %s AND b.y1 >= %s AND b.y0 <= %s"
    return "b.place && box(point(%s, %s), point(%s, %s))"


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
