"""The balance of the programme that is open: what the journal says, as the registry, the ledger and replays have it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kambila.domain.land.balance.book import book
from kambila.domain.land.balance.lines import Why
from kambila.domain.land.balance.told import balance, uncounted
from kambila.domain.land.models import HazardousArea
from kambila.registry import rederive
from kambila.registry.replay import replayed
from tests.domain.land.grounds import extent
from tests.domain.land.saying import accepted, area, countersign, decide, product, report, uuid

SQUARE = (0, 0, 10, 10)
WHOLE = extent(SQUARE).geodesic


def known(number=1):
    return HazardousArea.objects.get(pk=uuid(number))


def closing(by="programme", **period):
    total, rows = balance(book(), by, **period)
    assert total.holds
    assert all(each.holds for each in rows)
    assert by == "programme" or sum(each.closing[0] for each in rows) == total.closing[0]
    return total.closing[0] if by == "programme" else {each.key: each.closing[0] for each in rows}


def cents(size):
    return int(size * 100)


@pytest.mark.usefixtures("programme")
class TestARecord:
    def test_ground_released_twice_closes_nothing(self):
        accepted(area(1, SQUARE))
        for number in (11, 12):
            accepted(product(number, 1, (0, 0, 5, 10), "2014-06-20", area_m2="6000"))
        assert (known().status, cents(known().remaining_m2) // 100) == ("worked_on", WHOLE // 200)
        assert known().cleared_m2 == Decimal("6000.00")

    def test_what_lies_outside_its_area_releases_nothing(self):
        accepted(area(1, SQUARE), product(11, 1, (10, 0, 20, 10), "2014-06-20", area_m2="11829"))
        assert (known().status, cents(known().remaining_m2)) == ("worked_on", WHOLE)

    def test_an_ordinary_update_that_shrinks_it_is_found_smaller_from_its_day_on(self):
        accepted(area(1, SQUARE))
        accepted(area(1, (0, 0, 5, 10)), date="2014-07-01")
        assert closing(last="2014-06-30") == WHOLE
        moved = balance(book(), first="2014-07-01")[0].moved
        assert list(moved) == [Why.SMALLER] and abs(moved[Why.SMALLER][0] + WHOLE // 2) < 100

    def test_ground_passes_to_another_area_only_when_two_people_have_signed(self):
        accepted(area(1, SQUARE))
        decision = decide("accept", report(area(2, (5, 0, 10, 10), taken_from=[uuid(1)]), date="2014-06-25"))
        assert cents(known().remaining_m2) == WHOLE
        countersign(decision)
        assert abs(cents(known().remaining_m2) - WHOLE // 2) < 100
        assert closing() == WHOLE

    def test_ground_comes_back_when_the_report_that_took_it_is_withdrawn(self):
        accepted(area(1, SQUARE))
        taken = accepted(area(2, SQUARE, taken_from=[uuid(1)]), date="2014-06-25", two=True)
        assert known().status == "joined"
        countersign(decide("withdraw", taken))
        assert (known().status, cents(known().remaining_m2)) == ("open", WHOLE)

    def test_areas_that_name_themselves_or_each_other_keep_their_ground(self):
        accepted(area(1, SQUARE, taken_from=[uuid(1), uuid(2)]), two=True)
        accepted(area(2, SQUARE, taken_from=[uuid(1)]), two=True)
        assert cents(known(1).remaining_m2) == cents(known(2).remaining_m2) == WHOLE
        assert closing() == 2 * WHOLE


@pytest.mark.usefixtures("programme")
class TestAPeriod:
    def test_it_opens_with_what_the_area_was_on_that_day(self):
        accepted(area(1, (0, 0, 5, 10)), date="2014-01-10")
        accepted(area(1, SQUARE), date="2014-04-10")
        accepted(product(11, 1, (0, 0, 5, 10), "2014-05-01"))
        total, _ = balance(book(), first="2014-03-01", last="2014-06-30")
        assert abs(total.opening[0] - WHOLE // 2) < 100
        assert abs(total.closing[0] - WHOLE // 2) < 100

    def test_a_retired_area_is_in_the_balance_until_it_was_retired(self):
        from kambila.journal import Draft, append

        accepted(area(1, SQUARE), date="2014-01-10")
        body = {"verb": "retire", "kind": "hazardous_area", "record": uuid(1), "date": "2014-05-01"}
        countersign(append([Draft("decision", "head", body)])[0].id)
        assert closing(last="2014-04-30") == WHOLE
        assert closing() == 0

    def test_each_organisation_balances_although_one_surveys_and_another_clears(self):
        accepted(area(1, SQUARE, surveyed_by=uuid(91)))
        accepted(product(11, 1, (0, 0, 5, 10), "2014-06-20", operator=uuid(92)))
        _, rows = balance(book(), "organisation")
        held = {each.key: each for each in rows}
        assert held[uuid(92)].closing == (0, 0)
        assert held[uuid(92)].taken_over[0] == -held[uuid(91)].taken_over[0] > 0
        assert abs(held[uuid(91)].closing[0] - WHOLE // 2) < 100

    def test_a_task_has_the_areas_of_which_the_latest_product_names_it(self):
        accepted(area(1, SQUARE))
        accepted(product(11, 1, (0, 0, 5, 10), "2014-06-20", task=uuid(81)))
        assert abs(closing("task")[uuid(81)] - WHOLE // 2) < 100

    def test_it_says_of_which_products_something_was_not_counted_and_why(self):
        accepted(area(1, SQUARE), product(11, 1, (0, 0, 5, 10), "2014-06-20"), date="2014-06-19")
        accepted(product(12, 1, (4, 0, 5, 10), "2014-06-21"), product(13, 1, (9, 0, 11, 10), "2014-06-22"))
        reasons = {each["code"]: set(each["reasons"]) for each in uncounted(book())}
        assert reasons == {"P-12": {"released-before"}, "P-13": {"outside"}}


CORNERS = [(0, 0, 6, 10), (4, 0, 10, 10), SQUARE, (2, 2, 4, 4)]
DAYS = ["2014-01-10", "2014-02", "2014-03-01", "2014-04-10"]
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.booleans()), min_size=2, max_size=8
)


@settings(
    max_examples=max(6, settings.default.max_examples // 100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_record_ledger_and_replay_agree_whatever_comes_and_in_what_order(new_programme, steps):
    new_programme()
    for number, (what, where, day, withdrawn) in enumerate(steps):
        number_of_area = 1 + where % 2
        if what == 0:
            said = area(number_of_area, CORNERS[where], area_m2="9000")
        elif what == 1:
            said = area(3 + number % 2, CORNERS[where], taken_from=[uuid(1)])
        else:
            said = product(20 + number, number_of_area, CORNERS[where], DAYS[day], area_m2="700")
        sent = accepted(said, date=DAYS[day], two=what == 1)
        if withdrawn and number % 3 == 0:
            countersign(decide("withdraw", sent))
    held = closing("area")
    for each in HazardousArea.objects.all():
        drawn_or_stated = max(held.get(each.id, 0), _stated(each.id))
        assert abs(cents(each.remaining_m2 or 0) - drawn_or_stated) <= 2
    before = closing(last="2014-02-28")
    assert rederive.compare() == []
    with replayed(as_of="2014-02-28"):
        assert closing(last="2014-02-28") == before
        assert sum(cents(each.remaining_m2 or 0) for each in HazardousArea.objects.all()) >= 0


def _stated(id):
    _, rows = balance(book(), "area")
    return next((each.closing[1] for each in rows if each.key == id), 0)
