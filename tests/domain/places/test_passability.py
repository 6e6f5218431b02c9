"""Missing or expired is unknown, never open."""

import datetime
import itertools

import pytest

from kambila.domain.places.models import ACCESS_DANGER, Accessibility, Passable, RouteStatus
from kambila.registry.models import stated_fields

DAY = datetime.date(2014, 6, 20)


def seen(status, on="2014-06-10", until="2014-06-30", model=Accessibility):
    return model(status=status, last_verified_first=on, valid_until_last=until)


@pytest.mark.parametrize("model", [Accessibility, RouteStatus])
@pytest.mark.parametrize(
    ("day", "status"), [("2014-06-09", None), ("2014-06-10", "open"), ("2014-06-30", "open"), ("2014-07-01", None)]
)
def test_open_holds_from_the_visit_to_the_last_day_of_validity(model, day, status):
    assert seen("open", model=model).status_on(datetime.date.fromisoformat(day)) == status


def test_open_without_an_end_is_unknown():
    assert seen("open", until=None).status_on(DAY) is None


@pytest.mark.parametrize("status", ["restricted", "closed"])
def test_a_closure_without_an_end_stands(status):
    assert seen(status, until=None).status_on(DAY) == status


def test_an_expired_closure_is_unknown_and_uncovers_nothing():
    assert Passable.status_of([seen("open", on="2014-06-01"), seen("closed", until="2014-06-15")], DAY) is None


def test_the_latest_visit_counts_and_of_one_day_the_more_dangerous():
    assert Passable.status_of([seen("closed", on="2014-06-01"), seen("open")], DAY) == "open"
    for order in itertools.permutations([seen("open"), seen("closed"), seen(None)]):
        assert Passable.status_of(order, DAY) == "closed"


def test_a_place_that_nobody_visited_is_unknown():
    assert Passable.status_of([], DAY) is None


def test_unknown_is_more_dangerous_than_open_and_closed_is_the_most_dangerous():
    assert ACCESS_DANGER == ("open", None, "restricted", "closed")
    rank = stated_fields(RouteStatus)["status"].rank
    assert sorted(["closed", "open", None, "restricted", "barred"], key=rank) == [*ACCESS_DANGER, "barred"]


def test_the_status_of_a_route_is_restricted():
    assert RouteStatus.default_tier == "restricted"
