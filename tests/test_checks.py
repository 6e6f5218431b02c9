"""`kambila check` names what is wrong with an installation, and what to do."""

from __future__ import annotations

import shutil
from collections import namedtuple

import pytest
from django.db import connection

from kambila import checks
from kambila.intake import forms
from kambila.journal import Draft, append, heads, nodes
from kambila.journal.entry import SCHEMA
from kambila.journal.models import Position
from kambila.registry.models import Built, Held
from tests import terminal
from tests.registry.telling import C2, C
from tests.terminal import data, run


@pytest.fixture(autouse=True)
def whole(programme, monkeypatch):
    """A programme with which nothing is wrong."""
    terminal.at(programme, monkeypatch)
    nodes.introduce()
    forms.publish_forms("ana")
    heads.sign()
    return programme


def codes() -> list[str]:
    told = data("check", code=1)
    assert not told["ok"]
    assert all(set(each) == {"code", "sentence", "remedy"} and each["remedy"] for each in told["findings"])
    return [each["code"] for each in told["findings"]]


def test_nothing_is_wrong_with_a_whole_installation(whole):
    told = data("check")
    assert told == {
        "ok": True, "path": str(whole.path), "node": "Bamako", "database": connection.vendor, "findings": []
    }  # fmt: skip
    assert "All is well." in run("check").output


def test_a_merge_from_elsewhere_that_brings_back_who_was_erased_is_found():
    append([Draft("erase", "ana", {"records": [["casualty", C]], "authority": "the family"})])
    append([Draft("decision", "ana", {"verb": "same-as", "kind": "casualty", "records": [C, C2]})])
    assert codes() == ["half-erased"]
    append([Draft("erase", "ana", {"records": [["casualty", C2]], "authority": "the family"})])
    run("check")


def test_a_registry_of_another_version_is_found_and_mended_by_upgrade():
    Built.objects.filter(key="fingerprint").update(value="of another version")
    assert codes() == ["registry-old"]
    assert "built by another version" in run("show", "GAO-1", code=1).output
    assert "kambila upgrade" in run("reports", code=1).output
    assert "up to date" in run("upgrade").output
    run("check")


def test_a_registry_that_is_behind_is_found_and_mended_by_upgrade():
    append([Draft("setting", "ana", {"number": 1})])
    Position.objects.update(arrival=1)
    assert codes() == ["registry-behind"]
    run("upgrade")
    run("check")


@pytest.mark.parametrize(("schema", "code"), [(SCHEMA + 1, "entries-held"), (SCHEMA, "entries-unsound")])
def test_entries_that_were_passed_over_are_found(schema, code):
    Held.objects.create(entry="e" * 36, schema=schema)
    assert codes() == [code]


def test_tables_of_an_older_version_are_found(monkeypatch):
    monkeypatch.setattr(checks, "_migrations_wait", lambda: True)
    assert codes() == ["tables-old"]


@pytest.mark.parametrize("name", ["node.key", "secret.key"])
def test_a_key_that_others_can_read_is_found(whole, name):
    (whole.path / name).chmod(0o644)
    assert codes() == ["key-readable"]
    assert f"chmod 600 {whole.path / name}" in run("check", code=1).output


def test_a_missing_key_is_found(whole):
    (whole.path / "secret.key").unlink()
    assert codes() == ["key-missing"]


def test_a_missing_signed_head_is_found(whole):
    whole.heads_log.unlink()
    assert codes() == ["head-unsigned"]
    run("journal", "head", "--sign")
    run("check")


def test_a_disk_that_is_nearly_full_is_found(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 10**12 - 10**6, 10**6))
    assert codes() == ["disk-full"]


def test_a_form_that_nobody_published_is_found(monkeypatch, tmp_path):
    published = forms.published()
    monkeypatch.setattr(forms, "published", lambda: [each for each in published if each.form != "accident"])
    assert codes() == ["forms-unpublished"]
    assert "accident" in run("check", code=1).output


def test_a_journal_that_was_altered_is_found(whole):
    lines = whole.heads_log.read_text().replace('"seq":', '"seq":1')
    whole.heads_log.write_text(lines)
    assert "journal" in codes()


def test_a_package_without_translations_and_bundle_is_found(monkeypatch, tmp_path):
    words = tmp_path / "room" / "locale" / "fr" / "LC_MESSAGES"
    words.mkdir(parents=True)
    (words / "django.po").write_text("")
    monkeypatch.setattr(checks, "PACKAGE", tmp_path)
    assert codes() == ["words-missing", "bundle-missing"]
