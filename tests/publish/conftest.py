"""A publication of a small programme, made once for all tests that only read it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from kambila.figures.models import Release
from kambila.figures.releases import release_of
from kambila.journal import clock, directory
from kambila.publish.site import files_of
from kambila.publish.writing import write
from tests.publish.told import build


@dataclass(frozen=True)
class Published:
    """A programme, its last release, and what was written of it."""

    programme: Path
    release: Release
    files: dict[str, bytes]
    folder: Path

    def page(self, path: str) -> str:
        return self.files[path].decode()

    @property
    def pages(self) -> dict[str, str]:
        return {path: content.decode() for path, content in self.files.items() if path.endswith(".html")}


@pytest.fixture(scope="session")
def published(prepared_sqlite, tmp_path_factory):
    """The publication of an example programme."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "programme").mkdir()
    shutil.copy(prepared_sqlite, folder / "programme" / "kambila.sqlite3")
    directory.create_directory(folder / "programme", "Mine action in an example", "EX", example=True, database="")
    build()
    release = release_of("last")
    files = files_of(release)
    write(files, folder / "site")
    yield Published(folder / "programme", release, files, folder / "site")
    clock.set_clock(None)
    connection.close()


@pytest.fixture
def reopened(published):
    """The same programme, open again."""
    directory.open_directory(published.programme, "")
    yield published
    clock.set_clock(None)
