"""Areas that are split, joined and extended: reports that wait, that two people accept, and that balance to nothing."""

from __future__ import annotations

import pytest

from kambila.accounts import people
from kambila.domain.land.balance.book import book
from kambila.domain.land.balance.lines import Why
from kambila.domain.land.balance.told import balance
from kambila.domain.land.models import HazardousArea
from kambila.intake import decisions
from kambila.intake.land import redraw
from kambila.journal import Draft, append
from kambila.journal.errors import Problem
from tests.domain.land.grounds import extent
from tests.domain.land.saying import accepted, area, drawn, product, uuid

SQUARE = (0, 0, 10, 10)
WHOLE = extent(SQUARE).geodesic
BECAUSE = "the road divides it"


@pytest.fixture(autouse=True)
def _people(programme):
    for name in ("fatou", "moussa"):
        people.add(name, full_name=name)
        body = {"verb": "grant", "account": name, "role": "programme-manager", "scope": {}}
        append([Draft("grant", "head", body)])
    accepted(area(1, SQUARE, area_m2="12000", adm1="ML07", evidence="direct"))


def accept(entry):
    """Two people accept it; nothing about it may need an answer."""
    result = decisions.accept(entry.id, "fatou", "checked")
    if result.waits:
        decisions.countersign(result.id, "moussa", "checked too")
    return result


def moved():
    total, rows = balance(book(), "area")
    assert total.holds
    assert all(each.holds for each in rows)
    return total


def remaining(id):
    return int(HazardousArea.objects.get(pk=id).remaining_m2)


def test_a_split_needs_two_people_and_balances_to_nothing():
    entry = redraw.split("HA-1", drawn((5, 0, 10, 10)), "fatou", BECAUSE)
    assert remaining(uuid(1)) == 12_000
    assert accept(entry).waits
    part = HazardousArea.objects.exclude(pk=uuid(1)).get()
    assert (part.classification, part.adm1, part.taken_from) == ("cha", "ML07", (uuid(1),))
    assert (remaining(uuid(1)), remaining(part.id)) == (6_000, 6_000)
    assert moved().closing[0] == WHOLE
    assert abs(moved().closing[1] - 1_200_000) <= 2


def test_only_ground_that_is_still_dangerous_passes_in_a_split():
    accepted(product(11, 1, (5, 0, 10, 5), "2014-06-20"))
    accept(redraw.split("HA-1", drawn((5, 0, 10, 10)), "fatou", BECAUSE))
    assert abs(moved().moved[Why.CLEARED][0] + WHOLE // 4) < 100
    assert moved().moved.get(Why.LARGER, (0, 0))[0] <= 100


@pytest.mark.parametrize("part", [(20, 20, 30, 30), SQUARE])
def test_a_part_that_is_none_cannot_be_split_off(part):
    with pytest.raises(Problem) as problem:
        redraw.split("HA-1", drawn(part), "fatou", BECAUSE)
    assert problem.value.code == "no-part"


def test_areas_that_are_joined_become_one_as_dangerous_as_the_most_dangerous():
    accepted(area(2, (10, 0, 20, 10), classification="sha", devices=["ap_mine"]))
    accept(redraw.join(["HA-2", "HA-1"], "fatou", BECAUSE))
    joined = HazardousArea.objects.exclude(pk__in=[uuid(1), uuid(2)]).get()
    assert (joined.classification, set(joined.devices)) == ("cha", {"uxo", "ap_mine"})
    assert {each.status for each in HazardousArea.objects.exclude(pk=joined.id)} == {"joined"}
    assert abs(moved().closing[0] - 2 * WHOLE) <= 2


def test_an_area_that_is_extended_is_found_larger():
    accept(redraw.extend("HA-1", drawn((8, 0, 15, 10)), "fatou", BECAUSE))
    assert abs(moved().moved[Why.LARGER][0] - WHOLE // 2) < 100
    with pytest.raises(Problem):
        redraw.extend("HA-1", drawn((0, 0, 5, 5)), "fatou", BECAUSE)


def test_ground_does_not_become_less_dangerous_by_passing(programme):
    from tests.domain.land.saying import report

    entry = report(area(2, (5, 0, 10, 10), classification="sha", taken_from=[uuid(1)]))
    with pytest.raises(Problem) as problem:
        decisions.accept(entry, "fatou", "checked")
    assert "CHA" in problem.value.sentence


def test_who_may_not_see_an_area_cannot_draw_it_anew():
    people.add("kidal", full_name="Kidal")
    body = {"verb": "grant", "account": "kidal", "role": "office-officer", "scope": {"office": "KID"}}
    append([Draft("grant", "head", body)])
    with pytest.raises(Problem) as problem:
        redraw.extend("HA-1", drawn((8, 0, 15, 10)), "kidal", BECAUSE)
    assert problem.value.code == "may-not"
