"""Explosives for demolitions: the store's ledger, and use against what was drawn."""

from __future__ import annotations

import pytest

from kambila.domain.stockpiles.explosives import demolitions, disagreeing, ledger
from tests.intake.tasking import TASK, told, world


@pytest.fixture
def lot(programme):
    world()
    return told(
        "lot", {"lot_number": "L-1", "nature": "Block", "family": "explosive", "neq_each_kg": "0.2", "code": "LOT-1"}
    )


def moved(lot, movement, quantity, date, **more):
    told("movement", {"lot": lot, "movement": movement, "quantity": quantity, "date": date, **more})


def call(code, kg):
    return told("spot_task", {"requested_on": "2014-05-01", "status": "closed", "explosives_kg": kg, "code": code})


def test_the_ledger_of_a_period_begins_with_what_was_there_and_adds_up(lot):
    moved(lot, "opening", 100, "2014-01-01")
    moved(lot, "issue", 10, "2014-02-01")
    moved(lot, "receipt", 20, "2014-05-02")
    moved(lot, "issue", 8, "2014-05-03")
    moved(lot, "return", 3, "2014-05-04")
    moved(lot, "loss", 1, "2014-05-05")
    moved(lot, "issue", 50, "2014-06-05")
    (row,) = ledger("2014-05-01", "2014-05-31")
    assert (row.opening, row.received, row.issued, row.returned, row.otherwise, row.closing) == (90, 20, 8, 3, -1, 104)
    assert row.holds


def test_what_a_call_used_is_held_against_what_was_issued_less_what_came_back(lot):
    agrees, differs = call("EOD-1", "1.0"), call("EOD-2", "2.0")
    assert disagreeing() == []  # the store books no issue for any call yet
    moved(lot, "issue", 7, "2014-05-01", spot_task=agrees)
    moved(lot, "return", 2, "2014-05-02", spot_task=agrees)
    moved(lot, "issue", 5, "2014-05-01", spot_task=differs)
    assert [(str(each.record), each.holds) for each in demolitions()] == [("EOD-1", True), ("EOD-2", False)]
    assert [str(each.record) for each in disagreeing()] == ["EOD-2"]


def test_what_a_task_used_is_what_its_reports_say_together(lot):
    moved(lot, "issue", 10, "2014-06-01", task=TASK)
    for first, kg in (("2014-06-02", "1.2"), ("2014-06-09", "0.8")):
        done = {"cancelled_m2": "0", "reduced_m2": "0", "cleared_m2": "10", "explosives_kg": kg}
        told("progress", {"task": TASK, "period_start": first, "period_end": first, **done})
    assert [(str(each.record), each.used_kg, each.drawn_kg) for each in demolitions()] == [("TO-1", 2, 2)]
    moved(lot, "return", 1, "2014-06-10", task=TASK)
    assert [str(each.record) for each in disagreeing()] == ["TO-1"]
