"""The commands about accreditations."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.conf import settings

from kambila.cli import main
from kambila.journal import directory
from tests.intake.people import programme_people
from tests.intake.test_accreditation_steps import REQUEST, STS, A
from tests.registry.telling import accept, at, change, report

WHY = ("--reason", "the board decided", "--as", "fatou")


@pytest.fixture(autouse=True)
def door(programme, monkeypatch):
    monkeypatch.setattr(settings, "DATA", programme.path)
    monkeypatch.setattr(directory, "open_directory", lambda path, database=None: programme)
    at("2014-06-20")
    programme_people()
    holder = change(STS, {"title": "Sahel Terre Sûre", "code": "ORG-1"}, "organisation")
    accept(report(holder, change(A, REQUEST, "accreditation"), date="2014-06-20"))


def run(*words, code=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def grant(until: str) -> None:
    run(
        "accreditation", "step", "ACR-1", "granted", "--set", "issued_on=2014-06-20", "--set", f"expires_on={until}", *WHY
    )  # fmt: skip


def test_a_step_is_taken_and_the_list_tells_where_it_stands():
    grant("2014-07-10")
    [row] = json.loads(run("accreditation", "list", "--json"))
    assert row == {
        "id": A, "code": "ACR-1", "holder": STS, "organisation": "Sahel Terre Sûre", "phase": "organisational",
        "scopes": ["nts", "eod"], "status": "granted", "issued": "2014-06-20", "expires": "2014-07-10", "days_left": 20,
        "next": ["suspended", "withdrawn"],
    }  # fmt: skip
    assert "20 days left" in run("accreditation", "list")


def test_only_what_expires_soon_is_listed():
    grant("2014-07-10")
    assert json.loads(run("accreditation", "list", "--expiring", "19", "--json")) == []
    assert json.loads(run("accreditation", "list", "--expiring", "20", "--json"))
    at("2014-08-01")
    assert json.loads(run("accreditation", "list", "--expiring", "0", "--json"))[0]["days_left"] == -22


def test_a_step_that_cannot_follow_is_refused_in_a_sentence():
    said = run("accreditation", "step", "ACR-1", "suspended", *WHY, code=1)
    assert "cannot follow" in said and "granted" in said
