"""Every declared figure and breakdown: the engine and the plain count agree on random registries."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kambila.figures import columns
from kambila.figures.definitions import Quantile, Ratio, all_figures
from kambila.figures.evaluate import dimensions, evaluate, parts, records
from kambila.figures.paths import date_of, needed
from tests.figures import plain
from tests.figures.made_up import fill

SHARED = HealthCheck.function_scoped_fixture
DAYS = ["", "2013-06-30", "2013-12-31", "2014-07-31"]
CALM = settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def close(one, other) -> bool:
    if one is None or other is None:
        return one is other
    return abs(Decimal(str(one)) - Decimal(str(other))) <= Decimal("0.005")


@CALM
@given(
    seed=st.integers(0, 2**32),
    size=st.integers(0, 60),
    day=st.sampled_from(DAYS),
)
def test_values_cells_and_contributions_agree_with_the_plain_count(bare, seed, size, day):
    fill(random.Random(seed), size)
    figures = all_figures()
    rows = plain.read_registry(needed(figures.values()))
    with columns.opened() as using:
        for figure in figures.values():
            as_of = day if all(date_of(each) for each in parts(figure)) else ""
            agree(figures, rows, figure, as_of, using)


def agree(figures, rows, figure, as_of, using):
    found = evaluate(figure, as_of, using=using)
    assert close(found.value, plain.value(figures, rows, figure, as_of)), figure.id
    if not isinstance(figure.measure, Ratio):
        said = {(each.id, Decimal(str(each.amount))) for each in records(figure, as_of, using=using)}
        wanted = {(row["id"], Decimal(str(amount))) for row, amount in plain.contributions(rows, figure, as_of)}
        assert said == wanted, figure.id
    for by in dimensions(figure):
        cells = evaluate(figure, as_of, by, using).cells
        for cell, amount in cells.items():
            assert close(amount, plain.value(figures, rows, figure, as_of, by, cell)), (figure.id, by, cell)
        if not isinstance(figure.measure, Ratio | Quantile):
            assert sum(cells.values()) == found.value, (figure.id, by)
