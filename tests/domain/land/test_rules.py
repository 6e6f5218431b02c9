"""What is computed of a hazardous area."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kambila.domain.land import rules

SQUARE = {"type": "Polygon", "coordinates": [[[0, 16.27], [0.001, 16.27], [0.001, 16.271], [0, 16.271], [0, 16.27]]]}


def product(method="cleared", area_m2="100.00", **more):
    return {"method": method, "area_m2": Decimal(area_m2), **more}


def area(m2="1000.00", **more):
    return {"area_m2": Decimal(m2) if m2 else None, **more}


def test_an_area_without_products_is_open_and_whole():
    assert rules.status(area(), []) == "open"
    assert rules.remaining_m2(area(), []) == Decimal("1000.00")


def test_a_reported_status_closes_nothing():
    assert rules.status(area(reported_status="released"), []) == "open"


def test_one_product_makes_an_area_worked_on():
    rows = [product()]
    assert rules.status(area(), rows) == "worked_on"
    assert rules.remaining_m2(area(), rows) == Decimal("900.00")


def test_products_of_all_three_methods_close_an_area_together():
    rows = [product("cancelled", "500"), product("reduced", "300"), product("cleared", "200")]
    assert rules.status(area(), rows) == "closed"
    assert [rules.cancelled_m2({}, rows), rules.reduced_m2({}, rows), rules.cleared_m2({}, rows)] == [500, 300, 200]


def test_the_greater_of_the_stated_and_the_drawn_size_must_be_released():
    from kambila.registry.geometry import read

    drawn = read(SQUARE, ("Polygon",))
    assert rules.size_m2({"area_m2": Decimal("50"), "polygon": drawn}) == drawn.area_m2
    assert rules.size_m2({"area_m2": Decimal("50000"), "polygon": drawn}) == Decimal("50000")


def test_an_area_of_unknown_size_is_closed_only_by_a_product_that_says_that_it_is_the_whole():
    assert rules.status(area(None), [product()]) == "worked_on"
    assert rules.remaining_m2(area(None), [product()]) is None
    assert rules.status(area(None), [product(whole_area="yes")]) == "closed"


def test_the_whole_is_the_whole_within_five_percent_and_no_more():
    assert rules.status(area(), [product(area_m2="960", whole_area="yes")]) == "closed"
    assert rules.status(area(), [product(area_m2="940", whole_area="yes")]) == "worked_on"


def test_a_product_of_unknown_size_releases_nothing():
    assert rules.remaining_m2(area(), [{"method": "cleared", "area_m2": None}]) == Decimal("1000.00")


METHODS = st.sampled_from(["cancelled", "reduced", "cleared", None])
SIZES = st.one_of(st.none(), st.decimals(min_value=0, max_value=2000, places=2))
ROWS = st.lists(st.fixed_dictionaries({"method": METHODS, "area_m2": SIZES}), max_size=6)


@given(ROWS, st.randoms())
def test_the_order_of_products_changes_nothing(rows, random):
    shuffled = random.sample(rows, len(rows))
    for rule in (rules.released_m2, rules.remaining_m2, rules.status):
        assert rule(area(), rows) == rule(area(), shuffled)


@given(ROWS, st.integers(min_value=0, max_value=5))
def test_taking_a_product_away_never_makes_an_area_safer(rows, index):
    fewer = rows[:index] + rows[index + 1 :]
    assert rules.remaining_m2(area(), fewer) >= rules.remaining_m2(area(), rows)


@pytest.mark.parametrize(
    ("values", "priority"),
    [
        ({"classification": "cha", "recent_casualties": 1}, "high"),
        ({"classification": "sha", "blockages": ("water", "roads")}, "medium"),
        ({"classification": "indication"}, "low"),
        ({"blockages": ("nonsense",)}, "low"),
    ],
)
def test_priority_follows_from_what_an_area_does_to_people(values, priority):
    assert rules.priority(values) == priority
