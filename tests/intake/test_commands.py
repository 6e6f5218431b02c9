"""The commands of the door and the registry: what they print, the shapes of their JSON, how they answer."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.conf import settings

from kambila.cli import main
from kambila.intake import decisions
from kambila.journal import directory
from tests.intake.door import filled
from tests.intake.people import area, casualty, incident, programme_people
from tests.registry.telling import C2, C, H, at, change, known, report

WHY = ("--reason", "seen", "--as", "omar")
REPORT_KEYS = {
    "id", "code", "form", "version", "status", "date", "recorded", "reporter", "office", "organisation", "edits",
    "counts", "kinds", "danger",
}  # fmt: skip


@pytest.fixture(autouse=True)
def people(programme, monkeypatch):
    """Commands work on the programme of the test, which is open already."""
    monkeypatch.setattr(settings, "DATA", programme.path)
    monkeypatch.setattr(directory, "open_directory", lambda path, database=None: programme)
    at("2014-06-29")
    programme_people()


def run(*words, code=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout if code == 0 else result.output


def data(*words):
    return json.loads(run(*words, "--json"))


def test_reports_are_listed_with_their_status():
    one, two = casualty(code="GAO-R-1"), incident()
    decisions.accept(one.id, "omar", "seen")
    rows = data("reports")
    assert set(rows[0]) == REPORT_KEYS
    assert [row["id"] for row in rows] == [two.id, one.id]
    assert [row["id"] for row in data("reports", "--status", "waiting")] == [two.id]
    assert rows[1]["kinds"] == ["casualty", "incident"]
    assert "GAO-R-1  accepted" in run("reports")
    run("reports", "--status", "lost", code=2)


def test_a_report_is_shown_with_findings_decisions_and_parts_but_nothing_sealed():
    r = casualty(code="GAO-R-1", age="nine", names={1: {"full_name": "Aïssata"}})
    told = data("report", "GAO-R-1")
    assert set(told) == REPORT_KEYS | {
        "author", "edited_by", "body", "incomplete", "findings", "decisions", "parts"
    }  # fmt: skip
    assert set(told["findings"][0]) == {"code", "level", "index", "field", "sentence", "remedy"}
    assert {part["name"]: part["state"] for part in told["parts"]} == {"submission": "held", "change-1": "held"}
    text = run("report", r.id)
    assert "cannot be read" in text and "full_name = sealed" in text and "Aïssata" not in text


def test_accepting_prints_the_decision_and_the_record_is_there():
    r = casualty()
    said = run("accept", r.id, *WHY)
    assert len(said.split()[0]) == 36
    assert known(C).age == 9
    assert "already" in run("accept", r.id, *WHY, code=1)


def test_a_refusal_answers_1_with_a_sentence_and_a_remedy():
    r = casualty(age="nine")
    said = run("accept", r.id, *WHY, code=1)
    assert "cannot be accepted" in said and "kambila correct" in said


def test_a_missing_reason_is_wrong_use():
    assert "--reason" in run("accept", casualty().id, "--as", "omar", code=2)


def test_a_warning_is_answered_on_the_command_line():
    r = casualty(outcome="lost")
    run("accept", r.id, *WHY, code=1)
    run("accept", r.id, *WHY, "--answer", "an older form")
    assert known(C) is not None


def test_a_report_is_returned_rejected_and_withdrawn():
    one, two = incident(), incident()
    run("return", one.id, *WHY)
    run("reject", one.id, *WHY, "--stands", two.id)
    run("accept", two.id, *WHY)
    run("withdraw", two.id, *WHY)
    assert [row["status"] for row in data("reports")] == ["withdrawn", "rejected"]


def test_what_waits_for_a_second_person_says_so_and_is_countersigned():
    r = area()
    run("accept", r.id, *WHY, "--answer", "seen from the road")
    decision, *remains = run("withdraw", r.id, *WHY).splitlines()
    assert remains == [f"Without effect until another person countersigns: kambila countersign {decision}"]
    assert [each["waits"] for each in data("report", r.id)["decisions"]] == [False, True]
    run("countersign", decision, *WHY, code=1)
    run("countersign", decision, "--reason", "agreed", "--as", "fatou")
    assert known(H, "hazardous_area") is None


def test_a_correction_is_a_new_report():
    r = casualty()
    new = run("correct", r.id, "--set", "age=19", *WHY).split()[-1]
    told = data("report", new)
    assert told["edits"] == r.id and told["body"]["changes"][1]["values"]["age"] == 19
    assert data("report", r.id)["edited_by"] == [new]
    run("correct", r.id, "--set", "age", *WHY, code=2)


def test_a_record_is_shown_with_the_origin_of_each_value():
    r = casualty(code="GAO-R-1", names={1: {"full_name": "Aïssata"}})
    run("accept", r.id, *WHY)
    told = data("show", C)[0]
    assert set(told) == {"kind", "id", "code", "codes", "exists", "members", "values", "story", "conflicts", "why"}
    values = {each["field"]: each for each in told["values"]}
    assert set(values["age"]) == {"field", "value", "sealed", "computed", "origin"}
    assert values["age"]["origin"]["code"] == "GAO-R-1" and values["age"]["value"] == 9
    assert values["full_name"]["sealed"] and values["full_name"]["value"] is None
    assert values["age_group"]["computed"]
    assert [step["verb"] for step in told["story"]] == ["report", "accept"]
    assert "age = 9    [GAO-R-1  2014-06-20]" in run("show", C)
    run("show", "GAO-CAS-99999", code=1)


def test_a_record_that_is_not_shown_still_tells_its_story():
    r = casualty()
    assert data("show", C)[0]["exists"] is False
    assert [step["entry"] for step in data("show", C)[0]["story"]] == [r.id]


def test_conflicts_are_listed_and_resolved():
    one = casualty()
    decisions.accept(one.id, "omar", "seen")
    two = report(change(C, {"age": 10}), date="2014-06-20")
    decisions.accept(two.id, "omar", "seen", base={})
    found = data("conflicts")
    assert [(each["kind"], each["record"], each["field"]) for each in found] == [("casualty", C, "age")]
    assert [side["stated"] for side in found[0]["sides"]] == [10, 9]
    run("resolve", "casualty", C, "age", one.id, *WHY)
    assert data("conflicts") == []


def test_links_to_what_is_not_known_are_listed():
    r = report(
        change(C, {"incident": H, "sex": "female", "outcome": "injured", "status": "civilian"}), date="2014-06-20"
    )
    run("accept", r.id, *WHY, "--answer", "the incident will follow")
    found = data("unresolved")
    assert found == [{"kind": "casualty", "record": C, "code": "", "field": "incident", "target": H}]


def test_records_are_joined_parted_retired_restored_disclosed_and_erased():
    run("accept", casualty().id, *WHY)
    run("accept", casualty(record=C2).id, *WHY, "--answer", "another girl")
    run("same-as", "casualty", C, C2, *WHY)
    assert data("show", C2)[0]["members"] == [C, C2]
    run("not-same-as", "casualty", C, C2, *WHY)
    run("retire", "casualty", C, *WHY, "--date", "2014-06-25")
    run("restore", "casualty", C, *WHY)
    by_ana = ("--reason", "asked", "--as", "ana")
    run("disclose", "casualty", C, *by_ana, "--audience", "partner", "--until", "2014-12-31")
    run("close", "casualty", C, *by_ana, "--audience", "partner")
    run("erase", "casualty", C, *by_ana, "--authority", "law 2013-015")
    run("erase", "casualty", C, *WHY, "--authority", "law 2013-015", code=1)
    assert [step["verb"] for step in data("show", C)[0]["story"]][-3:] == ["restore", "disclose", "close"]


def test_an_erased_part_is_named_with_the_entry_that_took_it():
    r = casualty(names={1: {"full_name": "Aïssata"}})
    entry = run("erase", "casualty", C, "--reason", "asked", "--as", "ana", "--authority", "law").split()[0]
    assert {part["state"] for part in data("report", r.id)["parts"]} == {f"erased by {entry}"}


def test_forms_are_listed_and_shown():
    run("forms", "publish", "--as", "ana")
    rows = data("forms", "list")
    assert set(rows[0]) == {"form", "version", "title", "kinds", "state"}
    assert {row["state"] for row in rows} == {"published"}
    form = next(row["form"] for row in rows if "casualty" in row["kinds"])
    told = data("forms", "show", form)
    assert set(told) == {"form", "version", "title", "languages", "questions"}
    assert any((each["kind"], each["field"]) == ("casualty", "age") for each in told["questions"])
    assert run("forms", "xml", form).startswith("<?xml")
    run("forms", "show", "no-such-form", code=1)


def test_a_filled_form_is_submitted_and_a_second_time_is_known(tmp_path):
    run("forms", "publish", "--as", "ana")
    (tmp_path / "s.xml").write_bytes(filled())
    code, id = run("submit", tmp_path / "s.xml", "--as", "team").split()
    assert data("report", id)["code"] == code
    assert run("submit", tmp_path / "s.xml", "--as", "team").strip() == f"{code}  {id}  (was here already)"
    assert data("report", id)["findings"] == []
    run("accept", code, *WHY)
    run("submit", tmp_path / "s.xml", "--as", "nobody", code=1)
