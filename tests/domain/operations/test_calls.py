"""Open EOD calls, and how long calls took to be answered."""

from __future__ import annotations

import datetime

import pytest

from kambila.domain.operations.calls import open_calls, quantile, responses
from tests.intake.tasking import told, world

NOW = datetime.datetime(2014, 6, 20, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def place(programme):
    world()


def call(code, requested, **more):
    values = {"requested_on": requested, "priority": "minor", "status": "requested", "adm1": "ML07", "code": code}
    return told("spot_task", values | more)


def test_calls_that_no_team_has_reached_come_first_the_most_urgent_then_the_longest_waiting():
    call("EOD-1", "2014-06-18")
    call("EOD-2", "2014-06-10")
    call("EOD-3", "2014-06-19", priority="immediate", requested_at="2014-06-20T00:00:00Z")
    call("EOD-4", "2014-06-01", status="closed")
    call("EOD-5", "2014-06-01", status="responded", priority="immediate", responded_on="2014-06-02")
    found = [(str(each.call), each.days) for each in open_calls(NOW)]
    assert found == [("EOD-3", 0.5), ("EOD-2", 10), ("EOD-1", 2), ("EOD-5", None)]


def test_response_is_told_by_month_and_region_without_what_was_not_answered():
    for number, days in enumerate((1, 2, 3, 9)):
        call(f"EOD-{number}", "2014-05-01", status="closed", responded_on=f"2014-05-{1 + days:02}", outcome="not_found")
    call("EOD-8", "2014-05-02")
    call("EOD-9", "2014-06-02", adm1="ML08")
    may, june = responses("", "")
    assert (may.month, may.region, may.calls, may.answered, may.median, may.p90) == ("2014-05", "ML07", 5, 4, 2.5, 7.2)
    assert (june.region, june.calls, june.median) == ("ML08", 1, None)
    assert [each.month for each in responses("2014-06-01", "")] == ["2014-06"]


def test_a_quantile_lies_between_the_values_beside_it():
    assert [quantile([3.0, 1.0], 0.5), quantile([4.0], 0.9), quantile([], 0.5)] == [2.0, 4.0, None]
