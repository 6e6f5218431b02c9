"""What became of land after its handover, counted as beneficiaries once for each handover."""

from __future__ import annotations

from kambila.figures.definitions import all_figures
from kambila.figures.evaluate import evaluate
from tests.registry.telling import accept, at, change, report

HO, FIRST, SECOND = (f"00000000-0000-7000-8000-0000000000{each}" for each in ("c1", "a6", "a7"))


def visit(id, round, women):
    values = {"date": "2014-06-01", "handover": HO, "round": round, "used": "yes", "definition": "1"}
    accept(report(change(id, values | {"direct_women": women, "direct_men": 2}, "land_use_visit"), date="2014-06-01"))


def test_a_second_visit_to_the_same_land_counts_nobody_again(programme):
    at("2014-06-29")
    visit(FIRST, "six_months", 5)
    visit(SECOND, "twelve_months", 9)
    figures = all_figures()
    assert evaluate(figures["land-users-direct"]).value == 7
    assert evaluate(figures["land-in-use"]).value == 1
