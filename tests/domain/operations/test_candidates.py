"""Who could take a task: nearest and free first, and what is said of each."""

from __future__ import annotations

import pytest

from kambila.domain.operations.candidates import candidates, responders
from kambila.intake.lookup import current
from tests.intake.tasking import AREA, CERTIFICATE, OPERATOR, TASK, TEAM, VILLAGE, today, told, world

pytestmark = pytest.mark.usefixtures("programme")


def point(x, y):
    return {"type": "Point", "coordinates": [x, y]}


def team(title, **values):
    return told("team", {"title": title, "operator": OPERATOR, "methods": ["manual"], **values})


def named():
    return [each.team.title for each in candidates(current("task", TASK), today())]


@pytest.fixture(autouse=True)
def place(programme):
    world()
    told("hazardous_area", {"location": point(0, 16)}, AREA)


def test_near_teams_come_before_far_ones_and_those_of_unknown_place_last():
    team("Far", base=point(3, 16))
    team("Near", base=point(0.1, 16))
    assert named() == ["Near", "Far", "Team 1"]
    near = candidates(current("task", TASK), today())[0]
    assert near.distance_km == pytest.approx(10.7, abs=0.1)


def test_a_team_without_a_position_starts_from_its_village():
    told("village", {"location": point(0.1, 16)}, VILLAGE)
    team("Home", village=VILLAGE)
    assert candidates(current("task", TASK), today())[0].distance_km == pytest.approx(10.7, abs=0.1)


def test_a_free_team_comes_before_a_nearer_one_that_is_at_work():
    busy = team("Busy", base=point(0, 16))
    team("Free", base=point(2, 16))
    told("task", {"status": "in_progress", "team": busy, "planned_end": "2014-07-10", "code": "TO-9"})
    found = candidates(current("task", TASK), today())
    assert [each.team.title for each in found] == ["Free", "Team 1", "Busy"]
    assert (str(found[2].free_from), found[2].busy_with) == ("2014-07-11", ("TO-9",))


def test_a_team_that_will_be_free_later_says_when():
    team("Later", base=point(0, 16), free_from="2014-07-01")
    assert str(candidates(current("task", TASK), today())[-1].free_from) == "2014-07-01"


def test_the_effort_is_the_planned_area_by_what_the_team_does_in_a_day():
    told("task", {"planned_area_m2": "1000"}, TASK)
    told("team", {"m2_per_day": "300"}, TEAM)
    assert candidates(current("task", TASK), today())[0].effort_days == 4


def test_what_forbids_comes_first_and_what_speaks_for_a_team_is_said_too():
    other = told("organisation", {"title": "Without papers"})
    told("team", {"title": "No", "operator": other, "methods": ["manual"]})
    found = candidates(current("task", TASK), today())
    assert [each.state for each in found] == ["possible", "forbidden"]
    assert "Sahel Clear is accredited" in found[0].findings[0].told()
    assert "No accreditation of Without papers is known" in found[1].findings[0].told()


def test_who_would_be_sent_to_a_closed_place_needs_a_signed_reason():
    told("accessibility", {"village": VILLAGE, "status": "closed", "last_verified": "2014-06-19"})
    assert candidates(current("task", TASK), today())[0].state == "with_reason"


def test_an_eod_call_is_answered_by_the_nearest_team_with_the_level_and_the_accreditation():
    told("accreditation", {**CERTIFICATE, "scopes": ["eod"], "code": "ACR-2"})
    for title, level, at in (("Near", "1", 0.1), ("Far", "3", 3), ("Nearer", "2", 1)):
        team(title, eod_level=level, base=point(at, 16))
    call = told(
        "spot_task",
        {
            "requested_on": "2014-06-20",
            "location": point(0, 16),
            "village": VILLAGE,
            "level_needed": "2",
            "code": "EOD-1",
        },
    )
    found = responders(current("spot_task", call), today())
    assert [(each.team.title, each.state) for each in found[:2]] == [("Nearer", "possible"), ("Far", "possible")]
    assert {each.state for each in found[2:]} == {"forbidden"}


CALL = {
    "requested_on": "2014-06-20",
    "location": point(0, 16),
    "village": VILLAGE,
    "level_needed": "2",
    "code": "EOD-1",
}


@pytest.mark.parametrize(
    ("skill", "until", "state", "said"),
    [
        ("eod2", "2014-06-20", "possible", "holds an EOD competence that is valid on 20 June 2014 (CMP-1)"),
        ("eod2", "2014-06-19", "forbidden", "No EOD competence of the team One is valid on 20 June 2014"),
        ("eod1", "2014-12-31", "forbidden", "is not enough, or not known, for EOD-1"),
        ("medic", "2014-12-31", "possible", "is only stated: no certificate of its people is known"),
    ],
)
def test_an_eod_call_asks_for_a_competence_that_is_valid_on_the_day(skill, until, state, said):
    told("accreditation", {**CERTIFICATE, "scopes": ["eod"], "code": "ACR-2"})
    one = team("One", eod_level="3")
    days = {"issued_on": "2014-01-01", "valid_until": until}
    told("competence", {"holder": OPERATOR, "team": one, "skill": skill, "certificate": "C", "code": "CMP-1", **days})
    found = next(
        each for each in responders(current("spot_task", told("spot_task", CALL)), today()) if each.team.id == one
    )
    assert found.state == state
    assert any(said in each.told() for each in found.findings)


def test_a_call_about_an_ied_asks_for_that_accreditation():
    told("accreditation", {**CERTIFICATE, "scopes": ["eod"], "code": "ACR-2"})
    call = told("spot_task", {**CALL, "level_needed": "iedd"})
    one = team("One", eod_level="iedd")
    found = next(each for each in responders(current("spot_task", call), today()) if each.team.id == one)
    assert found.state == "forbidden"
    assert any("for IED disposal is valid" in each.told() for each in found.findings)


def test_equipment_and_insurances_that_expired_are_told_and_forbid_nothing():
    equipment = {"holder": OPERATOR, "team": TEAM, "sort": "detector", "status": "in_use", "tested_until": "2014-06-19"}
    told("equipment", {**equipment, "code": "EQP-1"})
    told("equipment", {**equipment, "status": "retired", "code": "EQP-2"})
    told("insurance", {"holder": OPERATOR, "policy": "P", "valid_until": "2014-06-19", "code": "INS-1"})
    [found] = candidates(current("task", TASK), today())
    assert found.state == "possible"
    warned = " ".join(each.told() for each in found.findings if each.guard == "in_order")
    assert "EQP-1." in warned and "known are INS-1" in warned
