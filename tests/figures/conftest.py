"""A registry of its own for the engine: the kind tables on SQLite, filled directly and not from a journal."""

from __future__ import annotations

import shutil

import pytest
from django.db import connection

from kambila.journal.directory import create_directory


@pytest.fixture
def bare(prepared_sqlite, tmp_path):
    """A fresh programme directory on SQLite with empty registry tables."""
    (tmp_path / "bare").mkdir()
    shutil.copy(prepared_sqlite, tmp_path / "bare" / "kambila.sqlite3")
    yield create_directory(tmp_path / "bare", "Figures", "FIG", database="")
    connection.close()
