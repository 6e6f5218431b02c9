"""The commands about rules and two steps."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.conf import settings

from kambila.cli import main
from kambila.intake import rules, verifying
from kambila.journal import directory
from tests.intake.door import VILLAGE, filled, open_door, send
from tests.registry.telling import at

WHY = ("--reason", "as agreed", "--as", "omar")


@pytest.fixture(autouse=True)
def door(programme, monkeypatch):
    monkeypatch.setattr(settings, "DATA", programme.path)
    monkeypatch.setattr(directory, "open_directory", lambda path, database=None: programme)
    at("2014-06-29")
    open_door()


def run(*words, code=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def test_a_rule_is_set_listed_and_ended():
    id = run("rules", "set", "village", "--reporter", "team", "--dangers", *WHY).strip()
    [row] = json.loads(run("rules", "list", "--json"))
    assert row == {
        "id": id, "name": "acceptance-rule", "form": "village", "author": "omar", "recorded": row["recorded"],
        "reporters": ["team"], "dangers": True, "existing": False,
    }  # fmt: skip
    assert "team dangers" in run("rules", "list")
    run("rules", "end", id, *WHY)
    assert run("rules", "list") == "" and rules.rules() == []


def test_who_may_not_is_told_so():
    assert "needs the right to rules" in run("rules", "set", "village", "--reason", "x", "--as", "fatou", code=1)


def test_two_steps_are_asked_for_and_the_first_is_taken():
    run("rules", "two-steps", "village", *WHY)
    one = send(filled("village", VILLAGE))
    assert "waits for its first step" in run("accept", one.code, *WHY, code=1)
    run("verify-report", one.code, "--reason", "checked", "--as", "fatou")
    assert [each.author for each in verifying.verified([one.report_id])[one.report_id]] == ["fatou"]
    run("accept", one.code, *WHY)
