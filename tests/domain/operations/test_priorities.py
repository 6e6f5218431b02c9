"""Scores of open areas: each part says what it rests on, and the parts are the score."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kambila.accounts import people
from kambila.domain.operations.priorities import scenarios
from kambila.domain.operations.priorities.scores import rankings
from kambila.journal.errors import Problem
from tests.intake.tasking import AREA, VILLAGE, told, world
from tests.registry.test_access import grant

DAY = datetime.date(2014, 7, 1)
POINT = {"type": "Point", "coordinates": [-3.0, 16.0]}
NEAR = {"type": "Point", "coordinates": [-3.02, 16.0]}  # about two kilometres
FAR = {"type": "Point", "coordinates": [-3.2, 16.0]}


@pytest.fixture
def fatou(programme):
    world()
    account = people.add("fatou")
    grant("fatou", "programme-manager")
    return account


def parts(account, scenario="people", area=AREA) -> dict:
    found = next(s for s in rankings(account, [scenario], DAY)[0].scores if s.area.id == area)
    return {each.criterion: each for each in found.parts}


def accident(place: dict, date: str = "2014-05-01", **more) -> str:
    values = {"date": date, "category": "mine_erw", "device": "uxo", "killed_stated": 1, "injured_stated": 2}
    return told("incident", {**values, "location": place, "code": "INC-1", **more})


def test_casualties_within_the_radius_count_and_are_named(fatou):
    told("hazardous_area", {"location": POINT}, AREA)
    id = accident(NEAR)
    accident(FAR)
    found = parts(fatou)["casualties"]
    assert [each for _kind, each, _code in found.records] == [id]
    assert found.points == (found.of * 3 / 5).quantize(Decimal("0.1")) > 0


def test_old_accidents_no_longer_count(fatou):
    told("hazardous_area", {"location": POINT}, AREA)
    accident(NEAR, date="2010-05-01")
    assert parts(fatou)["casualties"].points == 0


def test_what_the_village_says_counts_half_of_what_is_said_of_the_area(fatou):
    survey = {"village": VILLAGE, "date": "2014-05-01", "contaminated": "yes", "blockages": ["water"]}
    told("village_survey", survey)
    heard = parts(fatou)["water"]
    assert heard.points == (heard.of / 2).quantize(Decimal("0.1"))
    told("hazardous_area", {"blockages": ["water"]}, AREA)
    assert parts(fatou)["water"].points == heard.of


def test_access_that_has_expired_is_unknown_and_not_open(fatou):
    assert parts(fatou)["access"].points == parts(fatou)["access"].of
    late = datetime.date(2015, 3, 1)
    found = {each.criterion: each for each in rankings(fatou, ["people"], late)[0].scores[0].parts}["access"]
    assert 0 < found.points < found.of / 2


def test_an_area_of_which_nothing_is_left_has_no_score(fatou):
    whole = {"area": AREA, "method": "cleared", "whole_area": "yes", "area_m2": "1000", "date": "2014-06-20"}
    told("land_release_product", whole)
    assert rankings(fatou, ["people"], DAY)[0].scores == ()


def test_somebody_who_does_not_see_an_area_gets_no_score_of_it(fatou):
    people.add("kidal")
    grant("kidal", "office-officer", place="ML08")
    assert rankings("kidal", ["people"], DAY)[0].scores == ()


def test_an_unknown_scenario_is_refused_with_those_that_are_there(fatou):
    with pytest.raises(Problem, match="luck") as refused:
        rankings(fatou, ["luck"], DAY)
    assert "livelihood" in str(refused.value.remedy)


@given(st.dictionaries(st.sampled_from(scenarios.Criterion.values), st.floats(0.01, 1000), min_size=1))
def test_all_shares_together_make_a_hundred_points_whatever_the_weights(weights):
    said = scenarios.written(scenarios.example()) | {"scenarios": {"any": {"title": {"en": "Any"}, "weights": weights}}}
    from kambila.domain.operations.priorities.scores import _tenths

    chosen = scenarios.read(said).named("any")
    whole = sum(weight for _name, weight in chosen.weights)
    points = [_tenths(Decimal(str(100 * weight / whole))) for _name, weight in chosen.weights]
    assert abs(sum(points) - 100) <= Decimal("0.05") * len(points)


@pytest.mark.parametrize("wrong", [{"version": ""}, {"scenarios": {}}, {"radius_km": 0}])
def test_scenarios_without_what_they_need_are_none(wrong):
    with pytest.raises(ValueError):
        scenarios.read(scenarios.written(scenarios.example()) | wrong)


def test_an_assessment_that_expired_does_not_uncover_an_older_one_that_said_open(fatou):
    short = {"village": VILLAGE, "status": "closed", "last_verified": "2014-06-15", "valid_until": "2014-06-18"}
    told("accessibility", short)
    found = parts(fatou)["access"]
    assert 0 < found.points < found.of / 2
