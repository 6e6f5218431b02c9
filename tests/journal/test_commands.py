"""The commands of the journal, through the command line: what they print, and how they answer."""

from __future__ import annotations

import json

import pytest
from django.conf import settings

from kambila.journal import Draft, Part, append, clock, directory, heads, nodes
from tests import terminal
from tests.terminal import data, run


@pytest.fixture
def told(programme, monkeypatch):
    """A programme that has said two things, one of them with something sealed."""
    terminal.at(programme, monkeypatch)
    nodes.introduce()
    append([Draft("setting", "ana", {"number": 1}, {"note": Part("text/plain", b"Aissata")})])
    return programme


def test_the_head_is_json_with_a_number_and_a_hash_for_each_node(told):
    assert data("journal", "head") == json.loads(run("journal", "head").stdout) == heads.head()
    assert {node: number for node, (number, _hash) in heads.head().items()} == {told.node.id: 2}
    before = len(heads.signed_heads())
    run("journal", "head", "--sign")
    assert len(heads.signed_heads()) == before + 1


def test_an_export_is_taken_in_by_another_office_once(told, new_programme, monkeypatch, tmp_path):
    file = tmp_path / "sent"
    assert run("journal", "export", "--to", file, "--sealed").stdout == f"2 entries were written to {file}.\n"
    terminal.at(new_programme("Gao", "GAO"), monkeypatch)
    nodes.introduce()
    assert data("journal", "import", file) == {"entries": {"node": 1, "setting": 1}, "parts": 1, "known": 0}
    again = data("journal", "import", file)
    assert (again["entries"], again["known"]) == ({}, 2)
    assert "nothing new" in run("journal", "import", file).stdout


def test_an_export_holds_what_came_after_a_head_and_nothing_sealed_unless_it_is_said(told, tmp_path):
    since = tmp_path / "head.json"
    since.write_text(run("journal", "head").stdout)
    append([Draft("setting", "ana", {"number": 2}, {"note": Part("text/plain", b"Mariam")})])
    assert run("journal", "export", "--since", since, "--to", tmp_path / "sent").stdout.startswith("1 entries")
    assert b"Mariam" not in (tmp_path / "sent").read_bytes()


def test_what_is_no_export_and_no_head_is_refused_in_a_sentence(told, tmp_path):
    (tmp_path / "letter").write_text("Dear Omar")
    assert "is not a file made by" in run("journal", "import", tmp_path / "letter", code=1).stderr
    assert "is not a file made by" in run("restore", tmp_path / "letter", "--into", tmp_path / "new", code=1).stderr
    assert "cannot be read" in run("journal", "export", "--since", "x", "--to", tmp_path / "sent", code=1).stderr


def test_a_backup_is_restored_on_a_machine_without_a_programme(told, tmp_path, monkeypatch):
    head = heads.head()
    assert run("backup", "--to", tmp_path / "kept").stdout.startswith("2 entries are kept in ")
    monkeypatch.setattr(settings, "DATA", tmp_path / "nothing")
    monkeypatch.setattr(settings, "DATABASE_URL", "")
    assert "its codes begin with BKO2" in run("restore", tmp_path / "kept", "--into", tmp_path / "new").stdout
    run("--data", tmp_path / "new", "verify", "--against", json.dumps(head))
    assert "already" in run("restore", tmp_path / "kept", "--into", tmp_path / "new", code=1).stderr


def test_nothing_is_written_into_a_replay(told, tmp_path, monkeypatch):
    run("replay", "--known-at", clock.text(clock.now()), "--into", tmp_path / "then")
    monkeypatch.setattr(settings, "DATABASE_URL", "")
    assert "made by a replay" in run("--data", tmp_path / "then", "upgrade", code=1).stderr
    directory.open_directory(told.path, told.database)
