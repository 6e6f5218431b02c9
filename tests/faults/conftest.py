"""The server that the tests of this folder share, and a PostgreSQL that may be killed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kambila.journal import directory
from tests.conftest import _alone
from tests.faults.phone import phone_of
from tests.faults.postgres import Postgres
from tests.intake.door import open_door
from tests.served import bare, server, shared  # noqa: F401


@pytest.fixture(scope="module")
def base(shared: Any) -> str:  # noqa: F811
    """The address of a phone of the team."""
    return phone_of("team")


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this test's own."""
    with tempfile.TemporaryDirectory(prefix="kambila-killed-", ignore_cleanup_errors=True) as folder:
        with _alone():
            own = Postgres(Path(folder))
        yield own
        connection.close()
        own.stop()


@pytest.fixture
def on_postgres(postgres: Postgres, tmp_path: Path) -> directory.Directory:
    """A programme on it, with people and the forms of the box."""
    made = directory.create_directory(tmp_path / "programme", "Bamako", "BKO", database=postgres.address)
    open_door()
    return made
