"""What lies in quarantine is listed with its reason, and taken in after all once what kept it out is mended."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.intake import forms, retrying
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.models import Quarantined, QuarantinedFile
from kambila.journal import read_part
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.registry.models import Report
from tests.intake.door import ACCIDENT, filled, open_door, send
from tests.intake.openrosa.forms_of_a_programme import note
from tests.terminal import at, data, run

WHY = ("--as", "omar")


@pytest.fixture(autouse=True)
def door(programme: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    open_door()
    at(programme, monkeypatch)


def refused(xml: bytes, files: dict[str, Any] | None = None, by: str = "team") -> int:
    """Sent and kept out; its number."""
    with pytest.raises(Problem):
        send(xml, files, by)
    return Quarantined.objects.latest("pk").pk


def unknown() -> bytes:
    """Of a form that nobody has published yet."""
    source = note("9", "| | image | photo | P | |")
    said = {"date": "2014-06-18", "category": "ied", "photo": "a.jpg"}
    return fill(forms.definition_in(forms.compile_form(source)), said)


def publish() -> None:
    source = note("9", "| | image | photo | P | |")
    forms.publish({forms.compile_form(source): source.encode()}, "ana")


def test_what_is_kept_is_listed_with_its_reason_in_a_sentence_and_never_with_its_content():
    number = refused(unknown(), {"a.jpg": b"picture"})
    [row] = data("quarantine", "list", *WHY)
    assert (row["number"], row["author"], row["reason"], row["files"]) == (number, "team", "unknown-form", ["a.jpg"])
    assert row["sentence"] == "No form … in version … has been published here."
    assert "picture" not in run("quarantine", "list", *WHY).output


def test_it_is_taken_in_with_its_files_once_its_form_is_published():
    xml, photo = unknown(), b"p" * 3_000_000
    number = refused(xml, {"a.jpg": photo})
    assert "has been published here" in run("quarantine", "again", number, *WHY, code=1).output
    publish()
    run("quarantine", "again", number, *WHY)
    report = Report.objects.get()
    sealed = entry_of(report.id).sealed
    assert read_part(named(sealed, "file/a.jpg") or "") == photo and read_part(named(sealed, "submission") or "") == xml
    assert (report.reporter, Quarantined.objects.count(), QuarantinedFile.objects.count()) == ("team", 0, 0)


def test_all_that_one_reason_kept_out_are_taken_in_together():
    refused(unknown())
    refused(unknown())
    other = refused(b"<broken")
    publish()
    run("quarantine", "again", "--because", "unknown-form", *WHY)
    assert Report.objects.count() == 2 and Quarantined.objects.get().pk == other


def test_what_still_cannot_be_taken_in_stays_under_its_new_reason():
    people.add("store")
    number = refused(filled(), by="store")
    granting.grant("store", "reporter", Scope(kind="stockpiles"), "keeps the stores", "ana")
    run("quarantine", "again", number, *WHY, code=1)
    assert Quarantined.objects.get().reason == "may-not"
    granting.grant("store", "reporter", Scope(), "reports everything", "ana")
    run("quarantine", "again", number, *WHY)
    assert Report.objects.get().reporter == "store"


def test_the_other_of_two_with_one_id_becomes_a_correction_about_which_a_person_decides():
    first = send(filled(instance="uuid:one"))
    number = refused(filled(answers=ACCIDENT | {"date": "2014-06-19"}, instance="uuid:one"))
    run("quarantine", "again", number, *WHY, code=1)
    run("quarantine", "again", number, "--corrects", first.code, *WHY)
    later = Report.objects.exclude(pk=first.report_id).get()
    assert (later.edits, later.status, later.date) == (first.report_id, "waiting", "2014-06-19")
    assert Quarantined.objects.count() == 0


def test_a_correction_that_came_too_late_corrects_the_newest():
    send(filled(instance="uuid:first"))
    second = send(filled(instance="uuid:second", deprecated="uuid:first"))
    number = refused(filled(answers=ACCIDENT | {"date": "2014-06-19"}, instance="uuid:third", deprecated="uuid:first"))
    run("quarantine", "again", number, "--corrects", second.code, *WHY)
    assert Report.objects.get(instance="uuid:third").edits == second.report_id


def test_as_a_correction_it_stays_as_it_was_sent_when_it_cannot_be_taken_in():
    first = send(filled())
    number = refused(unknown())
    run("quarantine", "again", number, "--corrects", first.code, *WHY, code=1)
    assert Quarantined.objects.get().pk == number


def test_what_has_no_id_cannot_be_a_correction():
    first = send(filled())
    number = refused(b"<broken")
    assert "no instanceID" in run("quarantine", "again", number, "--corrects", first.code, *WHY, code=1).output


def test_only_who_decides_for_its_sender_sees_it_and_may_throw_it_away():
    people.add("gao-team")
    granting.grant("gao-team", "reporter", Scope(office="GAO"), "their work", "ana")
    people.add("kid")
    granting.grant("kid", "office-officer", Scope(office="KID"), "their work", "ana")
    number = refused(b"<broken", by="gao-team")
    assert retrying.kept("kid") == [] == retrying.kept("viewer")
    for who in ("kid", "viewer", "team"):
        run("quarantine", "discard", number, "--as", who, code=1)
        run("quarantine", "again", number, "--as", who, code=1)
    assert json.loads(run("quarantine", "list", "--as", "omar", "--json").output)[0]["number"] == number
    run("quarantine", "discard", number, *WHY)
    assert Quarantined.objects.count() == 0
