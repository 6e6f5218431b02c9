"""`kambila key …` and `kambila forms draft|test|publish|retire`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kambila.accounts import keys
from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.openrosa import drafts
from kambila.journal import Draft, append
from tests.intake.door import open_door
from tests.intake.openrosa.forms_of_a_programme import note, visit
from tests.terminal import at, run


@pytest.fixture(autouse=True)
def door(programme: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    open_door()
    at(programme, monkeypatch)


def said(*command: str) -> str:
    return str(run(*command).output)


def test_a_key_is_issued_listed_and_revoked():
    told = said("key", "issue", "team", "--title", "Phone 3", "--place", "ML07", "--until", "2100-01-01", "--as", "ana")
    secret = told.splitlines()[-1].removeprefix("/key/")
    account = keys.signed_in(secret, "app")
    assert account is not None and account.key is not None and account.key.places == ["ML07"]
    listed = json.loads(said("key", "list", "--json"))
    assert [(each["account"], each["title"], each["state"]) for each in listed] == [("team", "Phone 3", "holds")]
    said("key", "revoke", str(listed[0]["number"]), "--reason", "lost", "--as", "ana")
    assert said("key", "list") == "" and "revoked" in said("key", "list", "--all")
    assert keys.signed_in(secret, "app") is None


def test_who_may_not_is_told_so():
    done = run("key", "issue", "team", "--title", "x", "--as", "viewer", code=1)
    assert "right to grant" in done.output


def test_a_form_is_drafted_tried_published_and_retired(tmp_path: Path):
    source = tmp_path / "visit.md"
    source.write_text(visit("5"))
    told = said("forms", "draft", str(source), "--as", "ana").splitlines()
    assert told[0] == "visit  5" and drafts.by_token(told[1].removeprefix("/test/")).form == "visit"
    assert {"visit": "draft"}.items() <= {
        row["form"]: row["state"] for row in json.loads(said("forms", "list", "--json"))
    }.items()
    draft = drafts.find("visit")
    xml = fill(forms.definition_in(bytes(draft.xform)), {"title": "X", "__id": "11111111-1111-4111-8111-111111111111"})
    drafts.take(draft, xml, {})
    assert '"title": "X"' in said("forms", "test", "visit")
    renewed = said("forms", "test", "visit", "--new-address").strip()
    assert renewed != told[1] and drafts.by_token(renewed.removeprefix("/test/")).pk == draft.pk
    assert said("forms", "publish", "visit", "--as", "ana") == "visit  5\n"
    run("forms", "test", "visit", code=1)
    assert said("forms", "retire", "visit", "--as", "ana") == "visit  5\n"
    assert not [each for each in forms.offered() if each.form == "visit"]


def test_what_was_tried_with_a_record_that_is_erased_goes_too():
    draft, _secret = drafts.keep(forms.compile_form(visit("5")), b"", {}, "ana")
    record = "11111111-1111-4111-8111-111111111111"
    xml = fill(forms.definition_in(bytes(draft.xform)), {"title": "X", "__id": record})
    drafts.take(draft, xml, {})
    assert drafts.tried(draft)
    append([Draft("erase", "ana", {"records": [["village", record]], "authority": "the law"})])
    assert drafts.tried(draft) == []


def test_a_form_in_a_workbook_with_a_table_is_published(tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (["type", "name", "label"], ["select_one_from_file towns.csv", "town", "Town"]):
        survey.append(row)
    settings = book.create_sheet("settings")
    for row in (["form_id", "version"], ["towns", "1"]):
        settings.append(row)
    book.save(tmp_path / "towns.xlsx")
    (tmp_path / "towns.csv").write_text("name,label\na,A\n")
    missing = run("forms", "publish", str(tmp_path / "towns.xlsx"), "--as", "ana", code=1)
    assert "towns.csv" in missing.output
    said("forms", "publish", str(tmp_path / "towns.xlsx"), "--media", str(tmp_path / "towns.csv"), "--as", "ana")
    assert [each.version for each in forms.offered() if each.form == "towns"] == ["1"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a workbook", b"nothing"])
def test_a_workbook_that_is_none_is_refused_with_a_sentence(tmp_path: Path, content: bytes):
    (tmp_path / "bad.xlsx").write_bytes(content)
    done = run("forms", "draft", str(tmp_path / "bad.xlsx"), "--as", "ana", code=1)
    assert "cannot be compiled" in done.output


def test_a_draft_that_saves_to_no_field_is_refused(tmp_path: Path):
    (tmp_path / "note.md").write_text(note("1", "| | text | x | X | no_such_field |"))
    done = run("forms", "draft", str(tmp_path / "note.md"), "--as", "ana", code=1)
    assert "no_such_field" in done.output
