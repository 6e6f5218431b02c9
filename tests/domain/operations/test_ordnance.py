"""What was found is destroyed, moved, left in place or not known: it always adds up, by any group and in any period."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kambila.domain.operations.codes import Category, Disposition
from kambila.domain.operations.ordnance import BY, balance
from kambila.domain.operations.ordnance_findings import disagreements
from tests.intake.tasking import AREA, told, world
from tests.registry.telling import change, decide, report

FIRST = datetime.date(2014, 1, 1)
DAYS = st.integers(0, 60)


def item(number: int, found: int, quantity: int, category: str) -> Any:
    day = FIRST + datetime.timedelta(found)
    return SimpleNamespace(
        id=str(number), category=category, family=None, condition=None, depth_cm=number % 70, disposition="unknown",
        quantity=quantity, found_on_last=day, disposed_on_last=None, task_id=f"T{number % 3}", area_id=None,
        adm1=f"ML0{number % 2}", operator_id=None,
    )  # fmt: skip


FINDS = st.tuples(DAYS, st.integers(1, 50), st.sampled_from(Category.values))
LATER = st.lists(
    st.tuples(
        st.integers(0, 11), st.sampled_from(["dispose", "correct", "withdraw"]), DAYS,
        st.sampled_from(Disposition.values), st.integers(1, 50),
    ),
    max_size=20,
)  # fmt: skip


def played(finds: list[tuple[int, int, str]], later: list[tuple[int, str, int, str, int]]) -> list[Any]:
    """The items after finds, and demolitions, corrections and withdrawals in any order."""
    known = {number: item(number, *each) for number, each in enumerate(finds)}
    for number, what, day, disposition, quantity in later:
        if number not in known:
            continue
        if what == "withdraw":
            del known[number]
        elif what == "correct":
            known[number].quantity = quantity
        else:
            known[number].disposition = disposition
            known[number].disposed_on_last = FIRST + datetime.timedelta(day)
    return list(known.values())


@settings(max_examples=150, deadline=None)
@given(st.lists(FINDS, max_size=12), LATER, DAYS, DAYS, st.sampled_from(BY))
def test_any_story_balances_in_any_period_and_a_period_begins_as_the_one_before_ended(finds, later, one, other, by):
    items = played(finds, later)
    start, end = (FIRST + datetime.timedelta(each) for each in sorted((one, other)))
    eve = (start - datetime.timedelta(1)).isoformat()
    before, during = balance(by, "", eve, items), balance(by, start.isoformat(), end.isoformat(), items)
    assert before.holds and during.holds
    for unit in ("items", "rounds"):
        total = during.total.sums[unit]
        assert total.opening == before.total.sums[unit].closing
        rounds = [each for each in items if (each.category == "saa") == (unit == "rounds")]
        assert total.found == sum(each.quantity for each in rounds if start <= each.found_on_last <= end)
        assert total.closing == sum(row.sums[unit].closing for row in during.rows)


@pytest.fixture
def place(programme: Any) -> None:
    world()


def said_item(**values: Any) -> str:
    base = {"category": "uxo", "quantity": 3, "found_on": "2014-06-01", "disposition": "marked", "area": AREA}
    return told("ordnance_item", base | values)


def test_reports_of_an_area_add_up_and_ammunition_is_apart(place):
    said_item(disposition="destroyed_in_place", disposed_on="2014-06-05")
    said_item(quantity=4)
    said_item(quantity=900, category="saa", disposition="removed", disposed_on="2014-06-02")
    (row,) = balance("area", "", "").rows
    items, rounds = row.sums["items"], row.sums["rounds"]
    assert (row.key, items.found, items.destroyed, items.left, items.closing) == (AREA, 7, 3, 4, 4)
    assert (rounds.found, rounds.moved, rounds.closing) == (900, 900, 0)


def test_what_is_withdrawn_is_counted_no_more(place):
    entry = report(
        change("00000000-0000-7000-8000-300000000001", {
            "category": "uxo", "quantity": 3, "found_on": "2014-06-01", "disposition": "marked", "code": "ORD-1",
        }, "ordnance_item"), date="2014-06-20",
    )  # fmt: skip
    decide("accept", entry)
    assert balance("category", "", "").total.sums["items"].found == 3
    decide("withdraw", entry)
    assert balance("category", "", "").total.sums["items"].found == 0


def test_lists_that_do_not_agree_are_told_with_the_codes_of_their_records(place):
    call = {"requested_on": "2014-06-01", "priority": "minor", "status": "closed", "responded_on": "2014-06-02"}
    told("spot_task", {**call, "outcome": "destroyed_in_place", "code": "EOD-1"})
    found = told("spot_task", {**call, "outcome": "not_found", "code": "EOD-2"})
    said_item(spot_task=found, area=None, disposition="destroyed_in_place", disposed_on="2014-06-02", code="ORD-1")
    said_item(category="ied_victim", code="ORD-2")
    said_item(found_on="2014-06-09", disposition="removed", disposed_on="2014-06-02", code="ORD-3")
    said = {each.code: each.sentence for each in disagreements()}
    assert set(said) == {"destroyed-not-listed", "listed-not-destroyed", "found-not-on-list", "disposed-before-found"}
    assert "EOD-1" in said["destroyed-not-listed"] and "ORD-1" in said["listed-not-destroyed"]
    assert "HA-1" in said["found-not-on-list"] and "ORD-2" in said["found-not-on-list"]
    assert "ORD-3" in said["disposed-before-found"]
