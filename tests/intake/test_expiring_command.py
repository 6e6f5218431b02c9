"""What expires, told on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.conf import settings

from kambila.cli import main
from kambila.journal import directory
from tests.domain.operations.test_standing import STS, tell
from tests.registry.telling import at

INSURANCE, DETECTOR, RETIRED = (f"00000000-0000-7000-8000-0000000004{each}" for each in ("a1", "a2", "a3"))


@pytest.fixture(autouse=True)
def door(programme, monkeypatch):
    monkeypatch.setattr(settings, "DATA", programme.path)
    monkeypatch.setattr(directory, "open_directory", lambda path, database=None: programme)
    at("2014-06-29")
    tell(STS, "organisation", {"title": "Sahel", "roles": ["operator"], "code": "ORG-1"})
    tell(INSURANCE, "insurance", {"holder": STS, "policy": "P", "valid_until": "2014-08", "code": "INS-1"})
    for id, status in ((DETECTOR, "in_use"), (RETIRED, "retired")):
        values = {"holder": STS, "sort": "detector", "tested_until": "2014-06-01", "status": status, "code": "EQP-1"}
        tell(id, "equipment", values)


def run(*words):
    result = CliRunner().invoke(main, ["expiring", *words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def test_what_has_expired_comes_first_and_what_is_retired_not_at_all():
    rows = json.loads(run("--json"))
    assert [(each["code"], each["expires"], each["days_left"]) for each in rows] == [
        ("EQP-1", "2014-06-01", -28),
        ("INS-1", "2014-08-01", 33),
    ]
    assert rows[1] == {
        "kind": "insurance", "id": INSURANCE, "code": "INS-1", "holder": STS, "organisation": "Sahel",
        "expires": "2014-08-01", "days_left": 33,
    }  # fmt: skip


def test_it_can_be_asked_for_another_day_and_another_time():
    assert "INS-1" not in run("--within", "30")
    assert "EQP-1" not in run("--on", "2014-03-01")
    assert "32 days left" in run("--on", "2014-06-30")
