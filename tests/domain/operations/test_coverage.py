"""Quality visits planned and done, and who has not been seen."""

from __future__ import annotations

import datetime

import pytest

from kambila.domain.operations.coverage import coverage
from tests.domain.operations.test_standing import LATER, NC, OTHER, STS, VISIT, tell, visit, wrong
from tests.registry.telling import at

DAY = datetime.date(2014, 6, 29)
PLAN = "00000000-0000-7000-8000-000000000009"


@pytest.fixture(autouse=True)
def _day(programme):
    at("2014-06-29")
    for id, title, roles in (
        (STS, "Sahel", ["operator"]),
        (OTHER, "Never Seen", ["operator"]),
        (PLAN, "Donor", ["donor"]),
    ):
        tell(id, "organisation", {"title": title, "roles": roles, "code": title[:3].upper()})


def rows(weeks=8):
    return {each.title: each for each in coverage(DAY, weeks).operators}


def test_every_operator_is_there_and_who_was_never_seen_comes_first():
    visit(date="2014-06-01", result="passed")
    assert list(rows()) == ["Never Seen", "Sahel"]
    assert rows()["Never Seen"].unseen and rows()["Never Seen"].last is None
    seen = rows()["Sahel"]
    assert (seen.unseen, seen.last, seen.weeks_since, seen.done) == (False, datetime.date(2014, 6, 1), 4, 1)


def test_a_visit_before_the_weeks_counts_as_seen_then_but_not_since():
    visit(date="2014-06-01", result="passed")
    found = rows(weeks=4)["Sahel"]
    assert (found.unseen, found.done, found.last) == (True, 0, datetime.date(2014, 6, 1))


def test_what_was_planned_for_a_month_stands_beside_what_was_done():
    tell(PLAN[:-1] + "8", "visit_plan", {"period": "2014-06", "operator": STS, "visits": 3, "risk": "new"})
    tell(PLAN[:-1] + "7", "visit_plan", {"period": "2013-06", "operator": STS, "visits": 9})
    visit(date="2014-06-01", result="passed")
    assert (rows()["Sahel"].planned, rows()["Sahel"].done) == (3, 1)
    assert coverage(DAY).offices == [("", 3, 1)]


def test_a_team_is_seen_by_visits_that_name_it_and_no_others():
    team, gone = PLAN[:-1] + "6", PLAN[:-1] + "5"
    tell(team, "team", {"title": "Team 1", "operator": STS, "methods": ["manual"], "code": "TM-1"})
    tell(gone, "team", {"title": "Gone", "operator": STS, "methods": ["manual"], "disbanded_on": "2014-01"})
    visit(date="2014-06-01", result="passed")
    [row] = coverage(DAY).teams
    assert (row.title, row.operator, row.last, row.unseen) == ("Team 1", "Sahel", None, True)
    visit(LATER, date="2014-05-20", result="passed", team=team)
    [row] = coverage(DAY).teams
    assert (row.last, row.weeks_since, row.unseen) == (datetime.date(2014, 5, 20), 5, False)
    assert coverage(DAY, weeks=4).teams[0].unseen


@pytest.mark.parametrize(
    ("seen", "more", "risk", "asked"),
    [
        ("2014-06-01", {}, "new", 2),
        ("2014-03-01", {}, "routine", 1),
        ("2014-03-01", {"severity": "major"}, "non_conformity", 3),
        ("2014-03-01", {"severity": "minor", "incident": PLAN, "visit": None}, "accident", 4),
    ],
)
def test_an_organisation_is_visited_by_its_risk(seen, more, risk, asked):
    visit(date=seen, result="passed")
    if more:
        besides = {name: value for name, value in more.items() if name != "severity"}
        wrong(more["severity"], operator=STS, **besides)
    assert (str(rows()["Sahel"].risk), rows()["Sahel"].asked) == (risk, asked)


def test_how_an_organisation_stands_is_told_with_its_coverage():
    visit(VISIT)
    wrong("critical", id=NC)
    assert str(rows()["Sahel"].standing.step) == "suspended"


def test_an_accident_at_its_work_puts_an_organisation_at_risk_until_its_lesson_is_verified():
    visit(date="2014-03-01", result="passed")
    accident = {"category": "demining", "date": "2014-01-10", "device": "ap", "operator": STS, "code": "INC-1"}
    tell(PLAN, "incident", accident)
    assert rows()["Sahel"].risk == "accident"
    wrong("minor", incident=PLAN, visit=None, type="lesson", status="verified", verified_on="2014-03-01")
    assert rows()["Sahel"].risk == "routine"
