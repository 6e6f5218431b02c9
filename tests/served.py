"""One server for all tests of a module, on each database in turn: starting it takes longer than most of them."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator

import pytest
from django.db import connection

from kambila.journal import directory
from tests import conftest
from tests.intake.door import open_door
from tests.serving import Server, serving

_numbers = itertools.count(1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[directory.Directory]:
    """A programme in which nothing was said yet, open for as long as the module lasts."""
    path, database = tmp_path_factory.mktemp("served") / "programme", ""
    path.mkdir()
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("prepared_sqlite"), path / "kambila.sqlite3")
    else:
        server = request.getfixturevalue("prepared_postgresql")
        connection.close()
        name = f"served_{os.getpid()}_{next(_numbers)}"
        conftest._execute(server, f"CREATE DATABASE {name} TEMPLATE prepared")
        database = server.format(name)
    yield directory.create_directory(path, "Bamako", "BKO", database=database)
    connection.close()


@pytest.fixture(scope="module")
def shared(bare: directory.Directory) -> directory.Directory:
    """The same with people and the forms of the box."""
    open_door()
    return bare


@pytest.fixture(scope="module")
def server(shared: directory.Directory) -> Iterator[Server]:
    """The server on it."""
    with serving(shared) as running:
        yield running
