"""Links, conflicts and codes follow when records are said to be the same, and when that is taken back."""

from __future__ import annotations

import pytest

from kambila.registry.models import Conflict
from tests.registry.telling import C, H, I, accept, at, change, known, report, say

pytestmark = pytest.mark.usefixtures("programme")
I2 = "00000000-0000-7000-8000-0000000000a2"


@pytest.fixture(autouse=True)
def _two_incidents(programme: object) -> None:
    at("2014-07-01")
    for each in (I, I2):
        accept(report(change(each, {"category": "mine_erw"}, "incident"), date="2014-06-20"))


def merge(verb: str = "same-as") -> None:
    say(verb, kind="incident", records=[I, I2])


def test_a_link_leads_back_when_records_are_parted() -> None:
    accept(report(change(C, {"incident": I2}), date="2014-06-20"))
    merge()
    assert known(C).incident_id == I
    merge("not-same-as")
    assert known(C).incident_id == I2


def test_several_links_follow_a_merge_and_its_end() -> None:
    accept(report(change(H, {"classification": "cha", "incidents": [I2]}, "hazardous_area"), date="2014-06-20"))
    merge()
    assert known(H, "hazardous_area").incidents == (I,)
    merge("not-same-as")
    assert known(H, "hazardous_area").incidents == (I2,)


def test_a_conflict_between_links_ends_when_they_lead_to_one_record() -> None:
    accept(report(change(C, {"incident": I2}), date="2014-06-20"))
    accept(report(change(C, {"incident": I}), date="2014-06-20"))
    assert Conflict.objects.count() == 1
    merge()
    assert Conflict.objects.count() == 0
    merge("not-same-as")
    assert Conflict.objects.count() == 1


def test_verification_finds_a_change_that_was_made_to_count_no_more() -> None:
    from kambila.registry import rederive
    from kambila.registry.models import Change

    Change.objects.filter(record=I).update(counts=False)
    assert {each.table for each in rederive.compare()} == {"registry_change"}
