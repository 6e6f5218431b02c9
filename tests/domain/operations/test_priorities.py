"""Scores of open areas: each part says what it rests on, and the parts are the score."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kambila.accounts import people
from kambila.domain.operations.priorities import scenarios
from kambila.domain.operations.priorities.scores import as_json, rankings
from kambila.journal.errors import Problem
from kambila.registry.replay import replayed
from tests.intake.tasking import AREA, LAND, VILLAGE, told, world
from tests.registry.telling import accept, change, report
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


WEIGHTS = st.dictionaries(st.sampled_from(scenarios.Criterion.values), st.floats(0.1, 100), min_size=1)
IN_A_WORLD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
DRY = "00000000-0000-7000-8000-000000000990"


@pytest.fixture
def two_areas(fatou):
    """Water is blocked by the one, a road by the other."""
    told("hazardous_area", {"blockages": ["water"]}, AREA)
    told("hazardous_area", {**LAND, "code": "HA-2", "village": None, "blockages": ["roads"]}, DRY)
    return fatou


def scored(account, weights: dict[str, float]) -> dict[str, Decimal]:
    """The points of each area by a scenario of these weights."""
    said = scenarios.written(scenarios.example()) | {"scenarios": {"any": {"title": {"en": "Any"}, "weights": weights}}}
    found = rankings(account, ["any"], DAY, scenarios.read(said))[0]
    return {each.area.id: each.points for each in found.scores}


@IN_A_WORLD
@given(weights=WEIGHTS, times=st.sampled_from([2, 10, 0.5]))
def test_only_the_proportion_of_weights_counts(fatou, weights, times):
    more = {name: weight * times for name, weight in weights.items()}
    assert scored(fatou, weights) == scored(fatou, more)


@IN_A_WORLD
@given(weights=WEIGHTS, more=st.floats(0, 100))
def test_more_weight_on_what_an_area_meets_never_puts_it_behind_one_that_does_not(two_areas, weights, more):
    fatou = two_areas
    before, after = (
        scored(fatou, {"water": 1, **weights}),
        scored(fatou, weights | {"water": weights.get("water", 1) + more}),
    )
    rounding = Decimal("0.1") * (len(weights) + 1)
    if before[AREA] >= before[DRY]:
        assert after[AREA] >= after[DRY] - rounding


@IN_A_WORLD
@given(weights=WEIGHTS)
def test_what_all_criteria_together_could_bring_is_a_hundred_points(fatou, weights):
    said = scenarios.written(scenarios.example()) | {"scenarios": {"any": {"title": {"en": "Any"}, "weights": weights}}}
    for score in rankings(fatou, ["any"], DAY, scenarios.read(said))[0].scores:
        assert abs(sum(each.of for each in score.parts) - 100) <= Decimal("0.05") * len(score.parts)


def test_the_ranking_of_a_day_is_the_same_whatever_is_reported_of_later_days(fatou):
    told("hazardous_area", {"location": POINT, "blockages": ["water"]}, AREA)
    accident(NEAR)

    def of_the_day():
        with replayed(as_of=DAY.isoformat()):
            return as_json(rankings(fatou, ["people"], DAY)[0])

    before = of_the_day()
    accident(NEAR, date="2014-08-01")
    accept(report(change(AREA, {"blockages": ["roads", "agriculture"]}, "hazardous_area"), date="2014-08-01"))
    assert of_the_day() == before


@pytest.mark.parametrize("wrong", [{"version": ""}, {"scenarios": {}}, {"radius_km": 0}])
def test_scenarios_without_what_they_need_are_none(wrong):
    with pytest.raises(ValueError):
        scenarios.read(scenarios.written(scenarios.example()) | wrong)


def test_an_assessment_that_expired_does_not_uncover_an_older_one_that_said_open(fatou):
    short = {"village": VILLAGE, "status": "closed", "last_verified": "2014-06-15", "valid_until": "2014-06-18"}
    told("accessibility", short)
    found = parts(fatou)["access"]
    assert 0 < found.points < found.of / 2
