"""The records that figures count, as columns in DuckDB: a cache beside the database, refreshed by revision.

The file can be deleted at any time. It is thrown away by itself when the definitions use other columns, or when the
registry was built anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from django.db import connection

from kambila.figures.definitions import all_figures
from kambila.figures.paths import DATE, DECIMAL, WHOLE, needed
from kambila.figures.reading import tables
from kambila.journal import directory
from kambila.journal.errors import Problem
from kambila.registry.kinds import kinds

FORMAT = 1  # of the file; another number throws old files away
PATIENCE = 20.0  # seconds to wait while another process works on the file
# To look for a way of compressing UUIDs takes longer than to write them; the file is 160 bytes a record instead of 40.
PLAIN: dict[str, Any] = {"force_compression": "uncompressed"}
Needed = Mapping[str, Mapping[str, tuple[str, int]]]
_lock = threading.RLock()


@contextlib.contextmanager
def opened(path: Path | None = None, wanted: Needed | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The columns, refreshed, for one piece of work in this process.

    By default those of all figures, in the directory that is open. Raises Problem when another process does not let go.
    """
    path = directory.current().path / "columns.duckdb" if path is None else path
    wanted = needed(all_figures().values()) if wanted is None else wanted
    with _lock:
        columns = _open(path)
        try:
            refresh(columns, wanted)
            yield columns
        finally:
            columns.close()


def refresh(columns: duckdb.DuckDBPyConnection, wanted: Needed) -> int:
    """Bring the columns up to the registry: what changed and what went away. Returns how many rows were exported."""
    key = _key(wanted)
    with snapshot():
        revision, seen = _registry_revision(wanted), _seen(columns, key)
        if seen == revision:
            return 0
        columns.begin()
        if seen < 0:
            _create(columns, wanted)
        exported = _take(columns, wanted, seen)
        columns.execute("DELETE FROM kambila_seen")
        columns.execute("INSERT INTO kambila_seen VALUES (?, ?)", [key, revision])
        columns.commit()
    return exported


def _take(columns: duckdb.DuckDBPyConnection, wanted: Needed, since: int) -> int:
    exported = 0
    for kind, fields in wanted.items():
        if since >= 0:
            _remove(columns, kind, _gone(kind, since))
        exported += _copy(columns, kind, fields, since)
        if since >= 0 and _count(columns, kind) != _registry_count(kind):
            # The registry was rebuilt meanwhile, so that its list of what went away begins anew.
            columns.execute(f'DELETE FROM "{kind}"')
            exported += _copy(columns, kind, fields, -1)
    return exported


def _copy(columns: duckdb.DuckDBPyConnection, kind: str, fields: Mapping[str, tuple[str, int]], since: int) -> int:
    copied = 0
    for chunk in read(kind, fields, since):
        if since >= 0:
            _remove(columns, kind, chunk.column("id"))
        columns.register("chunk", chunk)
        columns.execute(f'INSERT INTO "{kind}" SELECT * FROM chunk')
        columns.unregister("chunk")
        copied += chunk.num_rows
    return copied


def _remove(columns: duckdb.DuckDBPyConnection, kind: str, ids: Any) -> None:
    if len(ids):
        columns.register("gone", pa.table({"id": ids}))
        columns.execute(f'DELETE FROM "{kind}" WHERE id IN (SELECT id FROM gone)')
        columns.unregister("gone")


def read(kind: str, fields: Mapping[str, tuple[str, int]], since: int = -1) -> Iterator[pa.Table]:
    """The rows of a kind with a revision above `since`, some thousands at a time, with the columns asked for."""
    table = connection.ops.quote_name(kinds()[kind]._meta.db_table)
    return tables(f"SELECT * FROM {table} WHERE revision > %s", [since], fields)


def sql_type(type: str, scale: int) -> str:
    return {WHOLE: "BIGINT", DATE: "DATE", DECIMAL: f"DECIMAL(18, {scale})"}.get(type, "VARCHAR")


def _create(columns: duckdb.DuckDBPyConnection, wanted: Needed) -> None:
    for table in _tables(columns):
        columns.execute(f'DROP TABLE "{table}"')
    for kind, fields in wanted.items():
        said = ", ".join(f'"{name}" {sql_type(type, scale)}' for name, (type, scale) in fields.items())
        columns.execute(f'CREATE TABLE "{kind}" ({said})')
    columns.execute("CREATE TABLE kambila_seen (key VARCHAR, revision BIGINT)")


def _tables(columns: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in columns.execute("SELECT table_name FROM duckdb_tables()").fetchall()]


def _seen(columns: duckdb.DuckDBPyConnection, key: str) -> int:
    """The revision that the file was brought up to; -1 when it is new or was made for something else."""
    if "kambila_seen" not in _tables(columns):
        return -1
    # Results are always read to their end: DuckDB refuses other work on a connection before.
    rows = columns.execute("SELECT revision FROM kambila_seen WHERE key = ?", [key]).fetchall()
    return int(rows[0][0]) if rows else -1


def _count(columns: duckdb.DuckDBPyConnection, kind: str) -> int:
    return int(columns.execute(f'SELECT COUNT(*) FROM "{kind}"').fetchall()[0][0])


def _registry_count(kind: str) -> int:
    table = connection.ops.quote_name(kinds()[kind]._meta.db_table)
    return int(_one(f"SELECT COUNT(*) FROM {table}"))


def _registry_revision(wanted: Needed) -> int:
    """The greatest revision of anything that is wanted, or that went away."""
    quote = connection.ops.quote_name
    tables = [quote(kinds()[kind]._meta.db_table) for kind in wanted] + ["registry_gone"]
    each = " UNION ALL ".join(f"SELECT MAX(revision) AS revision FROM {table}" for table in tables)
    return int(_one(f"SELECT COALESCE(MAX(revision), 0) FROM ({each}) every"))


def _gone(kind: str, since: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT record FROM registry_gone WHERE kind = %s AND revision > %s", [kind, since])
        return [row[0] for row in cursor.fetchall()]


def _key(wanted: Needed) -> str:
    """What the file depends on besides the records: the columns, the directory, the build of the registry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, value FROM registry_built WHERE key IN ('built', 'fingerprint') ORDER BY key")
        built = cursor.fetchall()
    said = [FORMAT, {kind: dict(fields) for kind, fields in wanted.items()}, [list(row) for row in built]]
    return hashlib.sha256(
        json.dumps([*said, str(connection.settings_dict["NAME"])], sort_keys=True).encode()
    ).hexdigest()


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """All reads see the registry at one moment, and no writer waits for it."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file; wait while another process has it, and begin anew when it cannot be read."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return duckdb.connect(str(path), config=PLAIN)
        except duckdb.Error as error:
            if "lock" not in str(error):
                path.unlink(missing_ok=True)
            if time.monotonic() > until:
                raise Problem("columns-busy") from None
            time.sleep(0.02)
