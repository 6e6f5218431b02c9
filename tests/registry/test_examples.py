"""The worked examples of the contract (docs/journal.md), one test each, by their numbers."""

from __future__ import annotations

import pytest

from kambila.registry import dangers, history
from kambila.registry.models import Conflict, Decision, Report
from tests.registry.telling import C2, H2, C, H, I, V, accept, at, change, countersign, decide, known, ref, report, say

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def _in_summer() -> None:
    at("2014-07-01")


def first(**values: object) -> object:
    """Example 1: r1 of 20 June."""
    return report(change(C, {"sex": "female", "age": 9, **values}), date="2014-06-20")


def test_01_a_report_alone_makes_no_record_but_an_accident_shows_as_unconfirmed() -> None:
    first()
    accident = report(change(I, {"category": "mine_erw", "date": "2014-06-20"}, "incident"), date="2014-06-20")
    assert known(C) is None
    assert [each.id for each in dangers.unconfirmed("incident")] == [accident.id]


def test_02_an_accepted_report_makes_the_record() -> None:
    r1 = first()
    accept(r1)
    assert (known(C).sex, known(C).age) == ("female", 9)
    assert {origin.report for origin in history.origins("casualty", C).values()} == {r1.id}


def test_03_a_later_date_wins_field_by_field_without_conflict() -> None:
    r1 = first()
    accept(r1)
    r2 = report(change(C, {"age": 10}), date="2014-06-25")
    accept(r2)
    origins = history.origins("casualty", C)
    assert (known(C).age, origins["age"].report, origins["sex"].report) == (10, r2.id, r1.id)
    assert not Conflict.objects.exists()


def test_04_an_earlier_date_adds_what_is_new_and_changes_nothing_else() -> None:
    r1 = first()
    accept(r1)
    r2 = report(change(C, {"age": 10, "activity": "herding"}), date="2014-06-10")
    accept(r2)
    assert (known(C).age, known(C).activity) == (9, "herding")


def test_05_an_equal_date_that_was_shown_the_other_wins_without_conflict() -> None:
    r1 = first()
    accept(r1)
    accept(report(change(C, {"age": 10}), date="2014-06-20"), base={"age": [ref(r1)]})
    assert known(C).age == 10
    assert not Conflict.objects.exists()


def blind_pair() -> tuple[object, object]:
    accept(first())
    r2 = report(change(C, {"age": 10}), date="2014-06-25")
    r3 = report(change(C, {"age": 11}), date="2014-06-25")
    accept(r2)
    accept(r3)
    return r2, r3


def test_06_two_blind_reports_of_one_day_are_a_conflict_until_one_is_withdrawn() -> None:
    r2, r3 = blind_pair()
    conflict = Conflict.objects.get()
    assert (known(C).age, conflict.sides.split()) == (11, [ref(r3), ref(r2)])
    decide("withdraw", r3)
    assert (known(C).age, Conflict.objects.count()) == (10, 0)


def test_06_resolving_a_conflict_lets_the_chosen_stand() -> None:
    r2, r3 = blind_pair()
    say("resolve", kind="casualty", record=C, field="age", chosen=ref(r2), overruled=[ref(r3)])
    assert (known(C).age, Conflict.objects.count()) == (10, 0)


def edited() -> tuple[object, object]:
    """Example 7."""
    r1 = first()
    accept(r1)
    at("2014-07-20")
    r2 = report(change(C, {"sex": "female", "age": 19}), date="2014-06-20", edits=r1.id)
    at("2014-07-21")
    accept(r2)
    return r1, r2


def test_07_an_accepted_edit_replaces_what_it_restates() -> None:
    edited()
    assert known(C).age == 19
    assert not Conflict.objects.exists()


def test_08_null_is_stated_unknown() -> None:
    accept(first())
    r2 = report(change(C, {"age": None}), date="2014-06-25")
    accept(r2)
    assert known(C).age is None
    assert history.origins("casualty", C)["age"].report == r2.id


def test_09_withdrawing_an_edit_brings_the_first_report_back() -> None:
    _, r2 = edited()
    decide("withdraw", r2)
    assert known(C).age == 9


def test_09_two_accepted_branches_are_a_conflict_and_the_latest_counts() -> None:
    r1, r2 = edited()
    r3 = report(change(C, {"sex": "female", "age": 29}), date="2014-06-20", edits=r1.id)
    accept(r3)
    assert known(C).age == 29
    assert Conflict.objects.get(kind="report").sides.split() == [r3.id, r2.id]


def test_10_withdrawn_and_accepted_again() -> None:
    r1 = first()
    accept(r1)
    decide("withdraw", r1)
    assert known(C) is None
    assert [step.verb for step in history.story("casualty", C)] == ["report", "accept", "withdraw"]
    accept(r1)
    assert known(C).age == 9


def test_11_two_records_that_are_the_same_become_one_and_can_be_parted() -> None:
    accept(first(code="GAO-CAS-1"))
    accept(report(change(C2, {"outcome": "killed", "code": "BKO-CAS-7"}), date="2014-06-21"))
    say("same-as", kind="casualty", records=[C, C2])
    assert (known(C).outcome, known(C).sex, known(C2)) == ("killed", "female", None)
    assert history.find("GAO-CAS-1") == history.find("BKO-CAS-7") == history.find(C2) == [("casualty", C)]
    say("not-same-as", kind="casualty", records=[C, C2])
    assert (known(C).outcome, known(C2).outcome) == (None, "killed")


def test_12_a_village_surveyed_twice_is_one_village() -> None:
    for day, title in (("2014-06-01", "Tabango"), ("2014-06-20", "Tabangou")):
        accept(report(change(V, {"title": title}, "village"), date=day))
    assert known(V, "village").title == "Tabangou"


def land(day: str = "2014-06-01", **values: object) -> object:
    r = report(change(H, {"classification": "cha", **values}, "hazardous_area"), date=day)
    accept(r)
    return r


def test_15_a_reported_status_makes_nothing_safer() -> None:
    land()
    accept(report(change(H, {"reported_status": "released"}, "hazardous_area"), date="2014-06-20"))
    area = known(H, "hazardous_area")
    assert (area.classification, area.status) == ("cha", "open")


def test_16_withdrawing_a_hazardous_area_needs_two_people() -> None:
    r = land()
    d = decide("withdraw", r)
    assert known(H, "hazardous_area") is not None
    assert [each.id for each in Decision.objects.filter(waits=True)] == [d.id]
    countersign(d, by="officer")
    assert known(H, "hazardous_area") is not None
    countersign(d)
    assert known(H, "hazardous_area") is None


def test_17_a_blind_report_does_not_open_what_is_closed() -> None:
    closed = report(change(V, {"status": "closed"}, "accessibility"), date="2014-06-20")
    accept(closed)
    opened = report(change(V, {"status": "open"}, "accessibility"), date="2014-06-25")
    accept(opened)
    assert known(V, "accessibility").status == "closed"
    assert Conflict.objects.get().sides.split() == [ref(closed), ref(opened)]
    accept(opened, base={"status": [ref(closed)]})
    assert known(V, "accessibility").status == "open"
    assert not Conflict.objects.exists()


def test_19_a_casualty_before_its_incident_is_kept_and_finds_it_later() -> None:
    accept(first(incident=I))
    assert [(each.kind, each.record, each.field) for each in history.unresolved()] == [("casualty", C, "incident")]
    accept(report(change(I, {"category": "mine_erw", "date": "2014-06-19"}, "incident"), date="2014-06-20"))
    assert history.unresolved() == []


def test_21_a_date_in_the_future_has_no_effect_but_a_year_that_has_begun_is_fine() -> None:
    accept(report(change(C, {"age": 9}), date="2041-01-01"))
    assert known(C) is None
    accept(report(change(C2, {"age": 9}), date="2014"))
    assert known(C2).age == 9


def test_27_two_areas_are_the_same_only_when_two_people_say_so() -> None:
    land()
    accept(report(change(H2, {"classification": "sha"}, "hazardous_area"), date="2014-06-02"))
    d = say("same-as", kind="hazardous_area", records=[H, H2])
    assert known(H2, "hazardous_area") is not None
    countersign(d)
    assert (known(H2, "hazardous_area"), known(H, "hazardous_area").classification) == (None, "cha")


def test_a_report_keeps_its_status_and_the_decision_that_made_it_so() -> None:
    r1 = first()
    d = decide("return", r1)
    found = Report.objects.get(pk=r1.id)
    assert (found.status, found.decision) == ("returned", d.id)
