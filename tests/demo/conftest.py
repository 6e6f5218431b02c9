"""The example programme, built once for the whole run; a test that changes it works on a copy."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from kambila.demo import build
from kambila.demo.story import Story
from kambila.journal import clock, directory


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the example. Several workers of one run share it: the first builds, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    path = shared / "the-example"
    with (shared / "the-example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not directory.is_programme(path) or build.is_unfinished(path):
            shutil.rmtree(path, ignore_errors=True)
            shutil.rmtree(build.gao_of(path), ignore_errors=True)
            build.build(path, database="")
            connection.close()
    return path


@pytest.fixture
def example(built: Path) -> Iterator[directory.Directory]:
    """The example, to be looked at."""
    yield directory.open_directory(built, database="")
    connection.close()


@pytest.fixture
def a_copy(built: Path, tmp_path: Path) -> Iterator[directory.Directory]:
    """A copy of the example, to be changed, on the day after the last release."""
    connection.close()
    shutil.copytree(built, tmp_path / "copy")
    opened = directory.open_directory(tmp_path / "copy", database="")
    clock.set_clock(_the_day_after)
    yield opened
    clock.set_clock(None)
    connection.close()


def _the_day_after():
    import datetime

    return datetime.datetime(2014, 8, 1, 9, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def told() -> Story:
    """What was planned."""
    from kambila.demo import story

    return story.tell()
