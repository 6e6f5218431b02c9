"""One world for all tests of the OGC API, on each database: every kind with canaries, and places that may be told."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from kambila.accounts import granting, keys, people
from kambila.accounts.models import Account
from kambila.accounts.scopes import Scope
from kambila.journal import clock, directory
from tests import conftest
from tests.publish.features import world

_numbers = itertools.count(1)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def _told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    path, database = tmp_path_factory.mktemp("features") / "programme", ""
    path.mkdir()
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("prepared_sqlite"), path / "kambila.sqlite3")
    else:
        server = request.getfixturevalue("prepared_postgresql")
        connection.close()
        name = f"features_{os.getpid()}_{next(_numbers)}"
        conftest._execute(server, f"CREATE DATABASE {name} TEMPLATE prepared")
        database = server.format(name)
    directory.create_directory(path, "Bamako", "BKO", database=database)
    planted = world.build()
    connection.close()
    yield path, database, planted
    connection.close()


@pytest.fixture
def told(_told, monkeypatch) -> Iterator[world.Planted]:
    """The world, open."""
    path, database, planted = _told
    connection.close()
    directory.open_directory(path, database)
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    yield planted
    clock.set_clock(None)


@pytest.fixture
def ask(told):
    """``ask("village/items?limit=2", "auditor")``: the answer to somebody who is signed in, or to nobody."""
    clients: dict[str | None, Client] = {}

    def get(path: str, who: str | None = None, **headers: str):
        if who not in clients:
            clients[who] = Client(raise_request_exception=False)
            if who:
                clients[who].force_login(
                    Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend"
                )
        whole = path if path.startswith("/") else f"/ogc/collections/{path}"
        return clients[who].get(whole, headers={"accept": "application/json", **headers})

    return get


@pytest.fixture
def key(told):
    """A new key of a new account with a role: ``key("api", "auditor", "read")``."""

    def make(use: str, role: str, *actions: str) -> tuple[str, str]:
        name = f"k{next(_numbers)}"
        people.add(name)
        granting.grant(name, role, Scope(), "a test", "manager")
        return name, keys.issue(name, use, "a test", name, actions=actions)[1]

    return make
