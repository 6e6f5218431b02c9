"""The commands about quality."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.conf import settings

from kambila.cli import main
from kambila.journal import directory
from kambila.journal.models import EntryRow
from kambila.registry import history
from tests.domain.operations.test_standing import NC, STS, tell, visit, wrong
from tests.intake.people import programme_people
from tests.registry.telling import at, known

WHY = ("--reason", "seen on the spot", "--as", "fatou")
KNOWN = ("--answer", "the cause stands in the minutes")


@pytest.fixture(autouse=True)
def door(programme, monkeypatch):
    monkeypatch.setattr(settings, "DATA", programme.path)
    monkeypatch.setattr(directory, "open_directory", lambda path, database=None: programme)
    at("2014-06-29")
    programme_people()
    tell(STS, "organisation", {"title": "Sahel", "roles": ["operator"], "code": "ORG-1"})
    visit(date="2014-06-01")
    wrong("critical")


def run(*words, code=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def test_coverage_is_told_for_programs_and_for_people():
    told = json.loads(run("quality", "coverage", "--weeks", "8", "--json"))
    [row] = told["operators"]
    assert row == {
        "id": STS, "code": "ORG-1", "title": "Sahel", "last_visit": "2014-06-01", "weeks_since": 4, "planned": 0, "done": 1,
        "unseen": False, "standing": "suspended", "risk": "non_conformity", "asked": 3,
    }  # fmt: skip
    assert (told["from"], told["to"], told["offices"]) == (
        "2014-05-04",
        "2014-06-29",
        [{"office": "", "planned": 0, "done": 1}],
    )
    assert "not seen for 2 weeks" in run("quality", "coverage", "--weeks", "2")


def test_a_standing_answers_no_where_operations_are_suspended():
    told = json.loads(run("quality", "standing", "ORG-1", "--json", code=1))
    assert told["records"] == [{"kind": "non_conformity", "id": NC, "code": "NC-3"}] and not told["may_work"]
    assert run("quality", "standing", "ORG-1", "--on", "2014-01-01")


def test_a_non_conformity_is_corrected_and_verified_and_lifts_the_suspension():
    assert "its cause is not stated" in run("quality", "step", "NC-3", "corrected", *WHY, code=1)
    run("quality", "step", "NC-3", "corrected", *WHY, *KNOWN)
    assert "cannot follow" in run("quality", "step", "NC-3", "agreed", *WHY, code=1)
    run("quality", "step", "NC-3", "verified", "--set", "verified_on=2014-06-28", *WHY, *KNOWN)
    assert known(NC, "non_conformity").verified_on == "2014-06-28"
    assert run("quality", "standing", "ORG-1")


def test_words_that_a_step_states_are_sealed():
    run("quality", "step", "NC-3", "agreed", "--set", "root_cause=Nobody had told them", *WHY)
    body = EntryRow.objects.filter(kind="report").order_by("tick").last().body
    assert "Nobody had told them" not in body and "root_cause" in body
    assert history.origins("non_conformity", NC)["root_cause"].stated
