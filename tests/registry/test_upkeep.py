"""`verify` and `replay`, through the command line."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import connection

from kambila.journal import directory, heads, nodes
from tests import terminal
from tests.registry.telling import C, accept, at, change, report
from tests.terminal import data, run


@pytest.fixture
def told(programme, monkeypatch):
    """A programme with one accepted casualty, coded GAO-CAS-1."""
    terminal.at(programme, monkeypatch)
    at("2014-06-29")
    nodes.introduce()
    accept(report(change(C, {"code": "GAO-CAS-1", "age": 9}), date="2014-06-20"))
    heads.sign()
    return programme


def test_verify_says_that_all_is_as_it_was_written(told):
    assert data("verify") == {
        "ok": True, "entries": 0, "parts": {"held": 0, "absent": 0, "erased": 0}, "findings": []
    }  # fmt: skip
    assert run("verify").stdout == "Everything is as it was written.\n"


def test_verify_all_counts_entries_and_parts(told):
    found = data("verify", "--all")
    assert found["ok"] and found["entries"] == 3
    assert set(found["parts"]) == {"held", "absent", "erased"}
    assert "3 entries; sealed parts: " in run("verify", "--all").stdout


def test_verify_names_a_row_of_the_registry_that_was_altered(told):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_casualty SET age = 10")
    run("verify")
    found = data("verify", "--all", code=1)
    assert not found["ok"] and len(found["findings"]) == 1
    assert "Something differs." in run("verify", "--all", code=1).stdout


def test_verify_against_a_head_that_was_never_here_answers_no(told, tmp_path):
    run("verify", "--against", json.dumps(heads.head()))
    elsewhere = tmp_path / "head.json"
    elsewhere.write_text(json.dumps({told.node.id: [2, "0" * 64]}))
    found = data("verify", "--against", elsewhere, code=1)
    assert "is not the one that was seen elsewhere" in found["findings"][0]
    assert "n’est pas celle" in run("--language", "fr", "verify", "--against", elsewhere, code=1).stdout


def test_a_replay_is_looked_at_as_any_programme(told, tmp_path, monkeypatch):
    at("2014-07-10")
    accept(report(change(C, {"age": 10}), date="2014-07-05"))
    said = run("replay", "--known-at", "2014-06-30", "--into", tmp_path / "then").stdout
    assert f"kambila --data {tmp_path / 'then'}" in said
    monkeypatch.setattr(settings, "DATABASE_URL", "")
    ages = [each["value"] for each in data("--data", tmp_path / "then", "show", "GAO-CAS-1")[0]["values"]
            if each["field"] == "age"]  # fmt: skip
    assert ages == [9]
    assert directory.current().node.view is not None


def test_a_replay_of_no_moment_is_refused_in_a_sentence(told, tmp_path):
    assert "is not a moment" in run("replay", "--known-at", "yesterday", "--into", tmp_path / "then", code=1).stderr
