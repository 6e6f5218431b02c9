"""Forms on pages: who is offered which, what the door answers, and what a form that is prefilled lets out."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.intake import forms, record_choices
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.prefilled import prefilled
from kambila.intake.receive import receive
from kambila.intake.sender import said_of
from kambila.journal.errors import Problem
from kambila.registry.kinds import kinds
from kambila.registry.models import Report
from tests.intake.door import ACCIDENT, PERSON
from tests.registry.telling import accept, report


@pytest.fixture
def door(world):
    """The programme with two forms, and people who may report one kind only, or from one office."""
    for name in ("trainer", "clerk"):
        people.add(name)
    granting.grant("trainer", "reporter", Scope(kind="education"), "sessions only", "fatou")
    granting.grant("clerk", "office-officer", Scope(office="GAO"), "the office in Gao", "fatou")
    sources = [forms.box()[name].read_text() for name in ("accident", "risk_education")]
    forms.publish({forms.compile_form(source): b"" for source in sources}, "fatou")
    return world


def sent(client, xml: bytes, form: str = "accident", **more):
    part = SimpleUploadedFile("submission.xml", xml, "text/xml")
    return client.post(f"/forms/{form}/send", {"xml_submission_file": part, **more})


def accident(**more) -> bytes:
    return fill(forms.in_box("accident"), ACCIDENT | more)


def test_the_list_offers_what_one_may_report(door, sign_in):
    assert b"/forms/accident/" in sign_in("fatou").get("/forms/").content
    page = sign_in("trainer").get("/forms/").content
    assert b"/forms/risk_education/" in page and b"/forms/accident/" not in page


@pytest.mark.parametrize("path", ["", "plain/", "definition", "file/incident.csv"])
def test_a_form_of_kinds_that_one_may_not_report_is_closed(door, sign_in, path):
    assert sign_in("trainer").get(f"/forms/accident/{path}").status_code == 403


def test_a_list_that_is_too_long_for_a_browser_says_how_much_was_left_out(door, sign_in, monkeypatch):
    area = {"kind": "hazardous_area", "id": "0190a000-0000-7000-8000-0000000000aa", "values": {"code": "EX-HA-1"}}
    accept(report(area, date="2014-06-01", by="fatou"), by="fatou")
    fatou, path = sign_in("fatou"), "/forms/accident/file/hazardous_area.csv"
    assert b"EX-HA-1" in fatou.get(path).content
    monkeypatch.setattr(record_choices, "LONGEST_IN_BROWSER", 0)
    answer = fatou.get(path)
    assert answer.content == b"name,label,__version" and answer["X-Kambila-Left-Out"] == "1"


def test_a_list_that_is_too_long_for_a_plain_page_asks_for_the_code(door, sign_in, monkeypatch):
    area = {"kind": "hazardous_area", "id": "0190a000-0000-7000-8000-0000000000aa", "values": {"code": "EX-HA-1"}}
    accept(report(area, date="2014-06-01", by="fatou"), by="fatou")
    fatou, path = sign_in("fatou"), "/forms/accident/plain/"
    assert "EX-HA-1</option>" in fatou.get(path).content.decode()
    monkeypatch.setattr("kambila.intake.plain.page.LONGEST", 0)
    page = fatou.get(path).content.decode()
    assert "EX-HA-1" not in page and "too long for this page (1)" in page


def test_the_worker_answers_for_forms_only_and_needs_nobody_signed_in(door):
    answer = Client().get("/forms/worker.js")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache" and "Service-Worker-Allowed" not in answer
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_form_that_was_retired_is_not_offered(door, sign_in):
    forms.retire("accident", "2014010102", "fatou")
    assert sign_in("fatou").get("/forms/accident/").status_code == 404


def test_only_the_page_of_a_form_may_compile_and_ask_for_the_position(door, sign_in):
    client = sign_in("fatou")
    page, other = client.get("/forms/accident/"), client.get("/forms/")
    assert "'wasm-unsafe-eval'" in page["Content-Security-Policy"]
    assert (
        "'unsafe-eval'" not in page["Content-Security-Policy"]
        and "unsafe-inline" not in page["Content-Security-Policy"]
    )
    assert "geolocation=(self)" in page["Permissions-Policy"]
    assert "wasm" not in other["Content-Security-Policy"] and "geolocation=()" in other["Permissions-Policy"]


def test_what_is_sent_becomes_one_report_with_the_office_of_the_person(door, sign_in):
    client, xml = sign_in("clerk"), accident()
    answer = sent(client, xml).json()
    assert (answer["known"], sent(client, xml).json()["known"]) == (False, True)
    report = Report.objects.get(code=answer["code"])
    assert (report.reporter, report.office, report.form) == ("clerk", "GAO", "accident")
    assert all(each["sentence"] for each in answer["findings"])


def test_two_offices_are_none(door):
    granting.grant("clerk", "office-officer", Scope(office="KID"), "and Kidal", "fatou")
    assert said_of("clerk")[0] == ""


def test_what_is_sent_by_nobody_is_not_taken_in(door):
    answer = sent(Client(), accident())
    assert (answer.status_code, Report.objects.count()) == (401, 0)


def test_what_is_sent_by_somebody_who_may_not_is_not_taken_in(door, sign_in):
    answer = sent(sign_in("trainer"), accident())
    assert (answer.status_code, answer.json()["code"], Report.objects.count()) == (403, "may-not", 0)


def test_the_same_id_with_another_content_is_a_conflict(door, sign_in):
    client = sign_in("fatou")
    one = accident()
    sent(client, one)
    answer = sent(client, one.replace(b"2014-06-18", b"2014-06-17"))
    assert (answer.status_code, answer.json()["code"]) == (409, "same-id-other-content")


@pytest.mark.parametrize("content", [b"", b"<data", b"<other id='accident' version='9'/>"])
def test_what_cannot_be_read_is_answered_with_a_sentence(door, sign_in, content):
    answer = sent(sign_in("fatou"), content)
    assert answer.status_code in (400, 404) and answer.json()["sentence"] and answer.json()["remedy"]


def test_an_answer_without_the_form_is_refused(door, sign_in):
    answer = sign_in("fatou").post("/forms/accident/send", {})
    assert answer.json()["code"] == "no-submission-part"


def test_a_correction_that_corrects_nothing_is_refused(door, sign_in):
    answer = sent(sign_in("fatou"), accident(), edits="R-1")
    assert answer.json()["code"] == "edit-without-deprecated"


def test_a_form_begins_with_what_is_known_and_never_with_names(door):
    xml = accident(casualties=[{**PERSON, "full_name": "Aminata Invented"}], informant="Moussa Invented")
    entry = entry_of(receive(xml, {}, "fatou").report_id)
    accept(entry, by="fatou")
    incident = entry.body["changes"][0]["id"]
    found = prefilled(forms.in_box("accident"), people.find("fatou"), "incident", incident).xform.decode()
    revision = kinds()["incident"].objects.get(pk=incident).revision
    assert ">2014-06-18<" in found and f'id="{incident}"' in found and f'baseVersion="{revision}"' in found
    assert "Invented" not in found


def test_a_record_that_one_does_not_see_does_not_begin_a_form(door):
    entry = entry_of(receive(accident(), {}, "fatou").report_id)
    accept(entry, by="fatou")
    with pytest.raises(Problem, match="Nothing is known"):
        prefilled(forms.in_box("accident"), people.find("trainer"), "incident", entry.body["changes"][0]["id"])


def test_a_form_does_not_begin_with_a_row_of_itself(door):
    with pytest.raises(Problem, match="does not write a record"):
        prefilled(forms.in_box("accident"), people.find("fatou"), "casualty", "0190a000-0000-7000-8000-000000000001")
