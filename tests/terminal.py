"""The command line in this process, on a programme that is open already. For tests only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from kambila.cli import main
from kambila.journal.directory import Directory


def at(programme: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands find this programme, on its database."""
    monkeypatch.setattr(settings, "DATA", programme.path)
    monkeypatch.setattr(settings, "DATABASE_URL", programme.database)
    for name in ("KAMBILA_DATA", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def run(*words: object, code: int = 0) -> Result:
    """Run a command, which must answer `code`."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result


def data(*words: object, code: int = 0) -> Any:
    """What a command prints with --json."""
    return json.loads(run(*words, "--json", code=code).stdout)
