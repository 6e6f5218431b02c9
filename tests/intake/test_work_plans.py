"""A ranking that a work plan is based on stays as it was; scenarios are settled by two people."""

from __future__ import annotations

import pytest
import tomli_w

from kambila.accounts import people
from kambila.domain.operations.priorities import scenarios
from kambila.intake import settling
from kambila.intake.work_plans import compared, freeze, work_plan, work_plans
from kambila.journal.errors import Problem
from tests.domain.operations.test_priorities import DAY
from tests.intake.tasking import AREA, told, world
from tests.registry.test_access import grant


@pytest.fixture
def fatou(programme):
    world()
    for name in ("fatou", "moussa"):
        people.add(name)
        grant(name, "programme-manager")
    return people.find("fatou")


def test_it_stays_as_it_was_and_stands_beside_the_scores_of_today(fatou):
    entry = freeze("Second half of 2014", "livelihood", "fatou", "agreed in the meeting")
    told("hazardous_area", {"blockages": ["water"]}, AREA)
    plan = work_plan(entry.id)
    assert (plan.title, plan.scenario, plan.version) == ("Second half of 2014", "livelihood", "example-1")
    moved = compared(plan, fatou, DAY)[0]
    assert (moved.id, moved.then) == (AREA, plan.areas[0]["score"]) and moved.now > moved.then


def test_an_area_that_was_released_since_has_no_score_today(fatou):
    entry = freeze("2014", "", "fatou", "agreed")
    told(
        "land_release_product",
        {"area": AREA, "method": "cleared", "whole_area": "yes", "area_m2": "1000", "date": "2014-06-20"},
    )
    assert compared(work_plan(entry.id), fatou, DAY)[0].now is None


@pytest.mark.parametrize(("title", "reason", "code"), [(" ", "agreed", "no-title"), ("2014", " ", "no-reason")])
def test_without_a_title_or_a_reason_nothing_is_kept(fatou, title, reason, code):
    with pytest.raises(Problem) as refused:
        freeze(title, "", "fatou", reason)
    assert refused.value.code == code and work_plans() == []


def test_who_decides_nothing_keeps_no_plan(fatou):
    people.add("auditor")
    grant("auditor", "auditor")
    with pytest.raises(Problem) as refused:
        freeze("2014", "", "auditor", "agreed")
    assert refused.value.code == "may-not"


def test_scenarios_are_in_force_when_a_second_person_has_signed_them(fatou, tmp_path):
    said = scenarios.written(scenarios.example()) | {"version": "mali-1", "radius_km": 1.0}
    (tmp_path / "scenarios.toml").write_text(tomli_w.dumps(said))
    entry = settling.propose(settling.SCENARIOS, tmp_path / "scenarios.toml", "fatou", "the board decided")
    assert scenarios.current().version == "example-1"
    plan = freeze("2014", "livelihood", "fatou", "agreed")
    settling.sign(settling.SCENARIOS, entry.id, "moussa", "so it did")
    assert (work_plan(plan.id).scenarios.version, compared(work_plan(plan.id), fatou, DAY)[0].now) == ("example-1", 5.0)
    assert (scenarios.current().version, scenarios.current().radius_km) == ("mali-1", 1.0)


def test_areas_that_somebody_does_not_see_are_not_told_of_a_plan(fatou):
    entry = freeze("2014", "", "fatou", "agreed")
    people.add("kidal")
    grant("kidal", "office-officer", place="ML08")
    assert compared(work_plan(entry.id), people.find("kidal"), DAY) == []
