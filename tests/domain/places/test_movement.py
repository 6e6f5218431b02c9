"""Freedom of movement: the latest answer that holds, the gravest first, and nothing that has expired."""

from __future__ import annotations

import datetime

import pytest

from kambila.accounts import people
from kambila.domain.places.movement import movement
from tests.intake.tasking import VILLAGE, told
from tests.registry.telling import at
from tests.registry.test_access import grant

DAY = datetime.date(2014, 7, 1)
ROAD = {"route": "RN16", "title": "Gao – Bourem", "last_verified": "2014-06-01"}


@pytest.fixture
def fatou(programme):
    at("2014-07-01")
    for name, place in (("fatou", ""), ("kidal", "ML08")):
        people.add(name)
        grant(name, "office-officer", place=place)
    return people.find("fatou")


def seen(account, day=DAY) -> dict[str, str | None]:
    return {each.title: each.status for each in movement(account, day)}


def test_an_answer_holds_until_its_end_and_is_unknown_after_it(fatou):
    told("route_status", ROAD | {"status": "open", "valid_until": "2014-07-31"})
    assert seen(fatou) == {"RN16 Gao – Bourem": "open"}
    assert seen(fatou, datetime.date(2014, 8, 1)) == {"RN16 Gao – Bourem": None}


def test_of_two_answers_about_one_road_the_later_one_counts(fatou):
    told("route_status", ROAD | {"status": "closed", "code": "RTE-1"})
    told("route_status", ROAD | {"status": "open", "last_verified": "2014-06-20", "valid_until": "2014-07-31"})
    assert seen(fatou) == {"RN16 Gao – Bourem": "open"}


def test_what_is_closed_comes_before_what_is_unknown_and_what_is_open(fatou):
    told("village", {"title": "Tin Hama", "adm1": "ML07", "code": "VIL-1"}, VILLAGE)
    told("accessibility", {"village": VILLAGE, "status": "closed", "last_verified": "2014-06-01"})
    told("route_status", ROAD | {"status": "open", "valid_until": "2014-07-31"})
    told("route_status", ROAD | {"title": "Bourem – Kidal", "status": "open"})
    assert list(seen(fatou).items()) == [
        ("Tin Hama", "closed"), ("RN16 Bourem – Kidal", None), ("RN16 Gao – Bourem", "open"),
    ]  # fmt: skip


def test_roads_of_another_place_are_not_told(fatou):
    told("route_status", ROAD | {"status": "closed", "adm1": "ML07"})
    assert seen(people.find("kidal")) == {} and len(seen(fatou)) == 1


def test_places_that_are_stated_only_by_their_region_are_not_one(fatou):
    for adm1, status in (("ML07", "closed"), ("ML08", "open")):
        told(
            "accessibility",
            {"adm1": adm1, "status": status, "last_verified": "2014-06-01", "valid_until": "2014-07-31"},
        )
    assert sorted(each.status for each in movement(fatou, DAY)) == ["closed", "open"]
