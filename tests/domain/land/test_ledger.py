"""The ledger of square metres: each movement with its reason, and sums that are what overlay finds."""

from kambila.domain.land.balance.ledger import ledger
from kambila.domain.land.balance.lines import Why
from kambila.domain.land.balance.settle import Limits
from tests.domain.land.grounds import extent, register, step, total

SQUARE = (0, 0, 10, 10)  # about 11,800 m²
WHOLE = round(extent(SQUARE).geodesic / 100)
LIMITS = Limits()


def written(*areas, products=(), lives=None):
    return ledger(register(areas, products, lives), LIMITS)


def product(corners, day="2014-03-01", area=0, why=Why.CLEARED, stated=-1, whole=False):
    return (area, day, why, corners, stated, whole)


def near(one, other):
    return abs(one - other) <= 1


def test_an_area_is_new_on_the_day_since_which_it_is_known():
    found = written([step("2014-01-01", SQUARE)])
    assert total(found, Why.NEW, until="2013-12-31") == 0
    assert total(found, Why.NEW) == total(found) == WHOLE


def test_a_product_takes_what_lies_in_its_area():
    found = written([step("2014-01-01", SQUARE)], products=[product((5, 0, 15, 10))])
    assert near(total(found, Why.CLEARED), -WHOLE / 2)
    assert near(total(found), WHOLE / 2)


def test_ground_that_two_products_have_in_common_is_released_once():
    found = written([step("2014-01-01", SQUARE)], products=[product((0, 0, 6, 10)), product((4, 0, 8, 10))])
    assert near(total(found), WHOLE * 0.2)


def test_products_that_fill_an_area_close_it_to_the_last_metre():
    halves = [product((0, 0, 5, 10)), product((5, 0, 10, 10), day="2014-04-01", why=Why.REDUCED)]
    assert total(written([step("2014-01-01", SQUARE)], products=halves)) == 0


def test_a_product_dated_before_its_area_was_known_counts_from_then_on():
    found = written([step("2014-05-01", SQUARE)], products=[product((0, 0, 5, 10), day="2014-02-01")])
    assert total(found, until="2014-04-30") == 0
    assert near(total(found, until="2014-05-01"), WHOLE / 2)


def test_an_area_drawn_larger_is_found_larger_and_what_was_released_stays_so():
    area = [step("2014-01-01", SQUARE), step("2014-06-01", (0, 0, 15, 10))]
    found = written(area, products=[product((0, 0, 5, 10))])
    assert near(total(found, Why.LARGER), WHOLE / 2)
    assert near(total(found), WHOLE)


def test_an_area_drawn_elsewhere_is_both_larger_and_smaller():
    found = written([step("2014-01-01", SQUARE), step("2014-06-01", (5, 0, 15, 10))])
    assert near(total(found, Why.LARGER), WHOLE / 2)
    assert near(total(found, Why.SMALLER), -WHOLE / 2)


def test_a_product_outside_its_area_releases_it_when_the_area_is_drawn_there():
    area = [step("2014-01-01", SQUARE), step("2014-06-01", (0, 0, 15, 10))]
    found = written(area, products=[product((10, 0, 15, 10))])
    assert total(found, Why.CLEARED, until="2014-05-31") == 0
    assert near(total(found, Why.CLEARED), -WHOLE / 2)
    assert near(total(found), WHOLE)


def test_a_split_moves_ground_between_the_two_and_is_nothing_together():
    parent, child = [step("2014-01-01", SQUARE)], [step("2014-06-01", (5, 0, 10, 10), takes=(0,))]
    found = written(parent, child)
    assert near(total(found, Why.SPLIT, area=0), -WHOLE / 2)
    assert total(found, Why.SPLIT) == 0
    assert total(found) == WHOLE
    assert total(found, Why.NEW) == WHOLE


def test_a_part_that_was_released_before_the_split_does_not_pass():
    parent, child = [step("2014-01-01", SQUARE)], [step("2014-06-01", (5, 0, 10, 10), takes=(0,))]
    found = written(parent, child, products=[product((5, 0, 10, 5))])
    assert near(total(found, Why.SPLIT, area=1), WHOLE / 4)
    assert near(total(found, Why.LARGER, area=1), WHOLE / 4)  # drawn as dangerous again


def test_what_is_released_of_the_parent_in_the_ground_of_the_child_releases_nothing():
    parent, child = [step("2014-01-01", SQUARE)], [step("2014-06-01", (5, 0, 10, 10), takes=(0,))]
    found = written(parent, child, products=[product((5, 0, 10, 10), day="2014-07-01")])
    assert total(found) == WHOLE


def test_areas_that_are_joined_pass_all_their_ground_and_common_ground_counts_once():
    one, other = [step("2014-01-01", (0, 0, 6, 10))], [step("2014-01-01", (4, 0, 10, 10))]
    both = [step("2014-06-01", SQUARE, takes=(0, 1))]
    found = written(one, other, both)
    assert total(found, area=0) == total(found, area=1) == 0
    assert near(total(found, Why.OVERLAP), -WHOLE * 0.2)
    assert total(found) == WHOLE


def test_what_the_taker_does_not_cover_stays_with_the_area():
    found = written([step("2014-01-01", SQUARE)], [step("2014-06-01", (0, 0, 5, 10), takes=(0,))])
    assert near(total(found, area=0), WHOLE / 2)


def test_two_areas_that_take_over_from_each_other_both_keep_their_ground():
    found = written([step("2014-01-01", SQUARE, takes=(1,))], [step("2014-01-02", SQUARE, takes=(0,))])
    assert total(found, area=0) == total(found, area=1) == WHOLE


def test_a_retired_area_ends_and_a_retired_product_gives_its_ground_back():
    ended = [step("2014-01-01", SQUARE), step("2014-06-01", None)._replace(extent=None)]
    assert total(written(ended)) == 0
    area = [step("2014-01-01", SQUARE), step("2014-01-02", SQUARE)]
    found = written(area, products=[product((0, 0, 5, 10))], lives={0: [("", True), ("2014-08-01", False)]})
    assert near(total(found, until="2014-07-31"), WHOLE / 2)
    assert total(found) == WHOLE


def test_a_rest_below_the_limit_is_written_off_as_residual():
    found = written([step("2014-01-01", (0, 0, 1, 1))], products=[product((0, 0, 1, 1), stated=11_700)])
    assert total(found) == 0
    sliver = extent((0, 0, 10, 10))
    wide = [step("2014-01-01", None)._replace(extent=sliver)]
    limits = Limits(residual=sliver.geodesic)
    assert total(ledger(register([wide], [product((0, 0, 9, 10))]), limits), Why.RESIDUAL) < 0


def test_whole_is_whole_within_the_tolerance_and_no_further():
    almost, less = product((0, 0, 97, 1), whole=True), product((0, 0, 90, 1), whole=True)
    strip = [step("2014-01-01", (0, 0, 100, 1))]
    assert total(written(strip, products=[almost])) == 0
    assert total(written(strip, products=[almost]), Why.MEASUREMENT) < 0
    assert total(written(strip, products=[less])) > 0


def test_an_area_that_was_not_drawn_is_counted_by_what_was_typed():
    found = written([step("2014-01-01", None, stated=100_000)], products=[product(None, stated=40_000)])
    assert (total(found), total(found, Why.CLEARED)) == (600, -400)


def test_a_stated_size_counts_with_the_share_of_the_polygon_that_was_dangerous():
    found = written([step("2014-01-01", SQUARE)], products=[product((5, 0, 15, 10), stated=1_000_000)])
    assert abs(int(found.stated[found.why == Why.CLEARED].sum()) + 500_000) < 100


def test_typed_numbers_do_not_close_what_overlay_finds_open():
    found = written([step("2014-01-01", SQUARE, stated=10_000)], products=[product((0, 0, 1, 10), stated=999_999)])
    assert total(found) > 0
    assert int(found.stated.sum()) > 0


def test_an_area_of_unknown_size_is_as_large_as_what_was_released_of_it():
    found = written([step("2014-01-01", None)], products=[product(None, stated=40_000)])
    assert (total(found), total(found, Why.LARGER), total(found, Why.CLEARED)) == (0, 400, -400)
