"""The directory that a programme lives in: database, sealed files, signed heads, the node's name and key.

kambila.sqlite3   the database, unless KAMBILA_DATABASE names a PostgreSQL server
sealed/           sealed parts above 64 kB, by commitment
heads.log         signed heads of this node
node.json         this node: id, name, prefix, example, read-only view
node.key          its private key (Ed25519)
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import uuid_utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import module_has_submodule

from kambila.journal import projections
from kambila.journal.errors import Problem
from kambila.journal.repeated import PREPARED_AFTER

BESIDE = "beside"
CACHE = 65_536  # kB of a database that SQLite keeps in the memory of a connection
SQLITE_SETUP = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON; "
    f"PRAGMA cache_size=-{CACHE}; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
)


@dataclass(frozen=True)
class Node:
    """This installation. `view` is set in a directory made by a replay: {"as_of": …, "known_at": …}."""

    id: str
    name: str
    prefix: str
    example: bool = False
    view: dict[str, str] | None = None


@dataclass(frozen=True)
class Directory:
    """An open directory."""

    path: Path
    node: Node
    database: str

    @property
    def sealed(self) -> Path:
        return self.path / "sealed"

    @property
    def heads_log(self) -> Path:
        return self.path / "heads.log"

    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes((self.path / "node.key").read_bytes())


_open: Directory | None = None


def current() -> Directory:
    """The directory that is open. Raises Problem when none is."""
    if _open is None:
        raise Problem("no-programme", path=settings.DATA)
    return _open


def is_programme(path: Path) -> bool:
    return (path / "node.json").exists()


def open_directory(path: Path | str, database: str | None = None) -> Directory:
    """Work on the programme in `path` from now on, in this process. Raises Problem when there is none."""
    global _open
    path = Path(path).resolve()
    if not is_programme(path):
        raise Problem("no-programme", path=path)
    database = settings.DATABASE_URL if database is None else database
    _connect(path, database)
    _open = Directory(path, node_from((path / "node.json").read_text()), database)
    return _open


def create_directory(
    path: Path | str,
    name: str,
    prefix: str,
    example: bool = False,
    database: str | None = None,
    lasting: bool = True,
) -> Directory:
    """Make an empty programme in `path` and open it: tables, key, node name. Raises Problem when there is one already.

    One that is not `lasting` (a replay) is never written to by people nor upgraded: its tables are made without the
    history of migrations and without triggers, which takes a tenth of the time.
    """
    path = Path(path).resolve()
    if is_programme(path):
        raise Problem("programme-exists", path=path)
    (path / "sealed").mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    _write_secret(path / "node.key", key.private_bytes_raw())
    _write_secret(path / "secret.key", secrets.token_urlsafe(50).encode())
    _write_node(path, Node(str(uuid_utils.uuid7()), name, prefix, example))
    opened = open_directory(path, database)
    if "journal_entry" not in connection.introspection.table_names():
        if lasting:
            call_command("migrate", verbosity=0, interactive=False)
        else:
            _create_ordinary_tables()
        projections.rebuild()
    return opened


def _create_ordinary_tables() -> None:
    """The tables that migrations would make: those of every app that has any."""
    ordinary = [app for app in apps.get_app_configs() if app.module and module_has_submodule(app.module, "migrations")]
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for app in ordinary:
            for model in app.get_models():
                editor.create_model(model)


def beside(directory: Directory) -> BaseDatabaseWrapper:
    """A second connection, to the database of another directory than the one that is open."""
    connections.databases[BESIDE] = {**connections.settings["default"], **_database(directory.path, directory.database)}
    connections.settings[BESIDE] = connections.databases[BESIDE]
    connections[BESIDE].close()
    del connections[BESIDE]  # the wrapper of this thread may have been made for another directory
    return connections[BESIDE]


@contextmanager
def small_cache() -> Iterator[None]:
    """For writing much that nobody will read soon: SQLite would keep all of it in memory until it is committed."""
    if connection.vendor != "sqlite":
        yield
        return
    _cache(4_096)
    try:
        yield
    finally:
        _cache(CACHE)


def _cache(kilobytes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size=-{kilobytes}")


def node_from(text: str) -> Node:
    """A node from the text of its node.json."""
    return Node(**json.loads(text))


def mark_view(view: dict[str, str]) -> None:
    """Say of the open directory that it is a replay; nothing can be written to it from now on."""
    global _open
    opened = current()
    node = replace(opened.node, view=view)
    _write_node(opened.path, node)
    _open = replace(opened, node=node)


def public_key(directory: Directory) -> str:
    return directory.key().public_key().public_bytes_raw().hex()


def _write_node(path: Path, node: Node) -> None:
    (path / "node.json").write_text(json.dumps(asdict(node), indent=2))


def _write_secret(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _connect(path: Path, database: str) -> None:
    connection.close()
    chosen = _database(path, database)
    configured = connections.settings["default"]
    configured.update(chosen)
    connections.databases["default"] = configured
    # The wrapper of this thread was made for the old settings; threads that come later make their own.
    del connections["default"]


def _database(path: Path, database: str) -> dict[str, Any]:
    return _postgresql(database) if database else _sqlite(path / "kambila.sqlite3")


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_SETUP, "timeout": 30},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
        "OPTIONS": {"prepare_threshold": PREPARED_AFTER},
    }
