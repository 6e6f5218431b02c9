"""The two sides of a road: either positive is positive, both negative is negative, anything else is unknown."""

import datetime
import itertools

import pytest

from kambila.domain.places.models import RouteStatus
from kambila.domain.places.sectors import sector_result

P, N, U = "positive", "negative", "untested"
DAY = datetime.date(2014, 6, 20)


@pytest.mark.parametrize(
    ("sides", "result"),
    [((P, P), "positive"), ((P, N), "positive"), ((P, U), "positive"), ((P, None), "positive"), ((N, N), "negative"),
     ((N, U), "unknown"), ((U, U), "unknown"), ((N, None), "unknown"), ((U, None), "unknown"), ((None, None), None)],
)  # fmt: skip
def test_the_rule_holds_whichever_side_is_which(sides, result):
    for left, right in itertools.permutations(sides):
        assert sector_result({"left_side": left, "right_side": right}) == result


def route(left, right, on="2014-06-10", until="2014-06-30"):
    return RouteStatus(left_side=left, right_side=right, last_verified_first=on, valid_until_last=until)


@pytest.mark.parametrize("sides", [(P, N), (N, N)])
def test_a_result_that_expired_is_unknown(sides):
    assert route(*sides).sector_on(DAY) == sector_result({"left_side": sides[0], "right_side": sides[1]})
    assert route(*sides, until="2014-06-19").sector_on(DAY) == "unknown"
    assert route(*sides, on="2014-06-21").sector_on(DAY) == "unknown"


def test_a_negative_without_an_end_is_unknown_and_a_positive_stands():
    assert route(N, N, until=None).sector_on(DAY) == "unknown"
    assert route(P, N, until=None).sector_on(DAY) == "positive"


def test_a_road_whose_sides_nobody_spoke_of_has_no_result():
    assert route(None, None).sector_on(DAY) is None


def test_an_open_road_with_a_positive_or_an_untested_side_is_doubted(found):
    assert found("route-open-though-positive", "route_status", {"status": "open", "left_side": P, "right_side": N})
    assert found("route-open-though-untested", "route_status", {"status": "open", "left_side": U, "right_side": N})
    for code in ("route-open-though-positive", "route-open-though-untested"):
        assert not found(code, "route_status", {"status": "open", "left_side": N, "right_side": N})
        assert not found(code, "route_status", {"status": "open"})
        assert not found(code, "route_status", {"status": "closed", "left_side": P, "right_side": U})
