"""The ladder of quality: derived from visits and non-conformities, never typed."""

from __future__ import annotations

import datetime

import pytest

from kambila.domain.operations.standing import standing, standings
from tests.registry.telling import accept, at, change, decide, report

STS = "00000000-0000-7000-8000-0000000000f1"
OTHER = "00000000-0000-7000-8000-0000000000f2"
VISIT, LATER, NC = (f"00000000-0000-7000-8000-00000000000{each}" for each in (1, 2, 3))


@pytest.fixture(autouse=True)
def _day(programme):
    at("2014-06-29")


def tell(id, kind, values, date="2014-06-20"):
    return accept(report(change(id, values, kind), date=date))


def visit(id=VISIT, date="2014-05-01", result="conditional", measures=("none",), **more):
    values = {"date": date, "visit_type": "external", "operator": STS, "result": result, "measures": list(measures)}
    return tell(id, "quality_visit", {"code": f"QA-{id[-1]}", **values, **more}, date)


def wrong(severity, id=NC, **more):
    values = {"visit": VISIT, "severity": severity, "due_on": "2014-07-30", "status": "open", "code": f"NC-{id[-1]}"}
    return tell(id, "non_conformity", values | more)


def step(day="2014-06-29"):
    return str(standing(STS, datetime.date.fromisoformat(day)).step)


def test_an_organisation_of_which_nothing_is_known_stands_well():
    assert step() == "good"


@pytest.mark.parametrize(
    ("severity", "more", "expected"),
    [
        ("observation", {"due_on": "2014-01-01"}, "good"),
        ("minor", {}, "good"),
        ("minor", {"due_on": "2014-06-01"}, "warning"),
        ("major", {}, "warning"),
        ("major", {"due_on": "2014-06-01"}, "monitoring"),
        ("minor", {"status": "escalated"}, "monitoring"),
        ("critical", {}, "suspended"),
        ("critical", {"status": "corrected"}, "suspended"),
        ("critical", {"status": "verified", "verified_on": "2014-06-10"}, "good"),
        (None, {}, "suspended"),
    ],
)
def test_the_step_follows_from_what_is_not_put_right(severity, more, expected):
    visit()
    wrong(severity, **more)
    assert step() == expected


def test_many_major_ones_are_more_than_a_warning():
    visit()
    for number in (3, 4, 5):
        wrong("major", id=f"00000000-0000-7000-8000-00000000000{number}")
    assert step() == "monitoring"


@pytest.mark.parametrize(
    ("measure", "expected"), [("suspension", "suspended"), ("monitoring", "monitoring"), ("warning", "warning")]
)
def test_a_measure_holds_until_a_later_visit_is_passed(measure, expected):
    visit(measures=[measure])
    assert step() == expected
    visit(LATER, "2014-06-01", result="conditional")
    assert step() == expected
    visit(LATER, "2014-06-01", result="passed")
    assert (step(), step("2014-05-15")) == ("good", expected)


def test_a_standing_names_the_records_that_it_rests_on():
    visit()
    wrong("critical", operator=STS)
    found = standing(STS, datetime.date(2014, 6, 29))
    assert found.records == (("non_conformity", NC, "NC-3"),) and "NC-3" in found.sentence
    assert not found.may_work


def test_what_was_not_yet_known_or_no_longer_stands_on_a_day_does_not_count():
    visit()
    accepted = wrong("critical", status="verified", verified_on="2014-06-10")
    assert [step(day) for day in ("2014-04-30", "2014-05-02", "2014-06-09", "2014-06-10")] == [
        "good", "suspended", "suspended", "good",
    ]  # fmt: skip
    assert accepted


def test_a_report_that_is_withdrawn_takes_its_step_with_it():
    visit()
    said = report(
        change(NC, {"visit": VISIT, "severity": "critical", "status": "open"}, "non_conformity"), date="2014-06-20"
    )
    accept(said)
    assert step() == "suspended"
    decide("withdraw", said)
    assert step() == "good"


def test_the_fault_of_one_organisation_is_not_that_of_another():
    visit()
    wrong("critical")
    found = standings([STS, OTHER], datetime.date(2014, 6, 29))
    assert {id: str(each.step) for id, each in found.items()} == {STS: "suspended", OTHER: "good"}
