"""What is derived of stock, and that nothing unverified reads as safe."""

import pytest

from kambila.domain.stockpiles import models
from kambila.domain.stockpiles.conditions import TABLE, Row, serviceable
from kambila.domain.stockpiles.models import risk_level
from kambila.domain.stockpiles.stock import on_hand, variance
from kambila.domain.stockpiles.stock_codes import Condition, Restriction
from kambila.figures.definitions import all_figures


def test_the_table_of_conditions_ships_unverified():
    assert not [row for row in TABLE.values() if row.verified]


@pytest.mark.parametrize("condition", [*Condition.values, None, "z"])
@pytest.mark.parametrize("restriction", [*Restriction.values, None])
def test_no_lot_is_serviceable_by_an_unverified_table(condition, restriction):
    assert serviceable({"condition": condition, "restriction": restriction}) != "yes"


def test_a_verified_row_may_say_yes_only_without_restriction():
    table = {"a": Row("a", True, "IATG 03.10", "2021", verified=True)}
    assert serviceable({"condition": "a", "restriction": "none"}, table) == "yes"
    assert serviceable({"condition": "a"}, table) == "unknown"
    assert serviceable({"condition": "a", "restriction": "ban"}, table) == "no"


def test_stock_is_what_the_movements_leave():
    rows = [
        {"movement": "opening", "quantity": 100},
        {"movement": "issue", "quantity": 30},
        {"movement": "transfer", "quantity": 20},
        {"movement": "loss", "quantity": 1},
    ]
    assert on_hand({}, rows) == 69


@pytest.mark.parametrize("rows", [[], [{"movement": "receipt", "quantity": None}], [{"movement": "?", "quantity": 1}]])
def test_stock_is_unknown_when_a_movement_is(rows):
    assert on_hand({}, rows) is None


def test_a_variance_needs_both_numbers():
    assert variance({"counted": 3, "book": 5}) == -2
    assert variance({"counted": 3}) is None


@pytest.mark.parametrize(
    ("stated", "level"),
    [
        ({}, None),
        ({"reported_level": "2"}, "unverified"),
        ({"reported_level": "2", "checklist_verified": "unknown"}, "unverified"),
        ({"reported_level": "2", "checklist_verified": "yes"}, "2"),
        ({"reported_level": "0"}, "0"),
    ],
)
def test_a_good_level_shows_only_from_a_verified_checklist(stated, level):
    assert risk_level(stated) == level


def test_every_kind_of_stock_is_restricted():
    kinds = [getattr(models, title) for title in models.__all__]
    assert {kind.default_tier for kind in kinds} == {"restricted"}


def test_missiles_count_when_their_disposal_is_finished():
    figure = all_figures()["missiles-destroyed"]
    assert figure.where == {"family": "missile", "disposal_order__status": "done"}
    assert (figure.headline, figure.measure.paths) == (14, ("quantity",))


def test_rounds_and_items_are_counted_apart():
    figures = all_figures()
    assert figures["stock-items-destroyed"].where["family__not"] == "saa"
    assert figures["stock-saa-destroyed"].where["family"] == "saa"
    assert "saa" not in figures["weapons-handed-in"].where["weapon__in"]
