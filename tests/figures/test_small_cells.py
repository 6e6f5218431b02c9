"""Somebody who reads everything that was published cannot tell how many people a small cell holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kambila.figures.small_cells import LEAST, merge, moves_enough, next_release

CELLS = st.dictionaries(st.sampled_from("abcdefgh"), st.one_of(st.integers(0, 9), st.integers(0, 200)), max_size=8)


def test_a_small_cell_is_merged_with_the_next_smallest_one():
    shown = merge({"killed": 3, "injured": 20, "unknown": 7})
    assert shown.merged == ("killed", "unknown")
    assert (shown.cells, shown.merged_value) == ({"injured": 20}, 10)


def test_cells_of_five_and_more_are_all_shown():
    shown = merge({"girl": 5, "boy": 12})
    assert (shown.cells, shown.merged) == ({"girl": 5, "boy": 12}, ())


def test_a_breakdown_with_nobody_to_hide_among_is_not_shown():
    assert merge({"killed": 3}) is None
    assert merge({"killed": 1, "injured": 2}) is None


@given(cells=CELLS)
def test_subtraction_from_the_total_gives_no_small_cell(cells):
    shown = merge(cells)
    if shown is None or not shown.merged:
        return
    rest = sum(cells.values()) - sum(shown.cells.values())
    assert rest == shown.merged_value >= LEAST
    assert len(shown.merged) >= 2
    assert all(value >= LEAST for value in shown.cells.values())


@given(people=st.lists(st.tuples(st.sampled_from("fmu"), st.sampled_from("cau"), st.sampled_from("ki")), max_size=60))
def test_several_breakdowns_of_a_figure_together_give_no_small_cell(people):
    """Each public breakdown has one dimension, so equations between them only meet in the total."""
    known = []
    for dimension in range(3):
        cells: dict[str, int] = {}
        for person in people:
            cells[person[dimension]] = cells.get(person[dimension], 0) + 1
        if (shown := merge(cells)) is not None:
            assert shown.total == len(people)
            known += [*shown.cells.values(), *([shown.merged_value] if shown.merged else [])]
    assert all(value >= LEAST for value in known)


@given(before=CELLS, after=CELLS)
def test_two_releases_differ_by_nobody_or_by_five(before, after):
    first = merge(before)
    second = next_release(first, after)
    if first is None or second is None or second == first:
        return
    for cell in first.cells.keys() & second.cells.keys():
        change = abs(second.cells[cell] - first.cells[cell])
        assert change == 0 or change >= LEAST
    if set(first.merged) == set(second.merged):
        change = abs(second.merged_value - first.merged_value)
        assert change == 0 or change >= LEAST


@given(start=CELLS, steps=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(1, 3)), max_size=12))
def test_a_series_of_releases_never_shows_what_one_report_added(start, steps):
    shown, cells = merge(start), dict(start)
    for cell, added in steps:
        cells[cell] = cells.get(cell, 0) + added
        following = next_release(shown, cells)
        if shown is not None and following is not None and following != shown:
            assert moves_enough(shown, following)
            assert abs(following.total - shown.total) == 0 or abs(following.total - shown.total) >= LEAST
        shown = following


def test_a_hidden_cell_stays_hidden_when_it_grows():
    first = merge({"a": 3, "b": 6, "c": 50})
    second = next_release(first, {"a": 9, "b": 6, "c": 50})
    assert second.merged == ("a", "b")
    assert second.merged_value == 15


def test_one_more_casualty_leaves_the_published_breakdown_as_it_was():
    first = merge({"child": 60, "adult": 51})
    assert next_release(first, {"child": 60, "adult": 52}) == first
    assert next_release(first, {"child": 60, "adult": 56}).cells["adult"] == 56
