"""The page of duplicates, and joining two records from the review of a report."""

from __future__ import annotations

import pytest

from kambila.accounts import people
from kambila.registry import same
from kambila.registry.models import Decision
from tests.desk.conftest import accepted, said
from tests.desk.reviewing import area, grant, text
from tests.desk.test_alike import village

ADDRESS = "/review/duplicates/"


@pytest.fixture
def two(world):
    """One village under two spellings, both in the registry."""
    pair = [village("Ménaka", code="EX-VIL-1"), village("Minaka", code="EX-VIL-2")]
    for each in pair:
        accepted(said([each]))
    return sorted(each["id"] for each in pair)


def decided(client, kind, pair, verb="same-as", reason="one well, one chief", **more):
    answer = client.post(
        ADDRESS, {"kind": kind, "one": pair[0], "other": pair[1], "verb": verb, "reason": reason, **more}
    )
    return text(client, answer["Location"]) if answer.status_code == 302 else answer


def test_a_pair_is_listed_with_the_reasons_and_both_records(sign_in, two):
    page = text(sign_in("fatou"), f"{ADDRESS}?kind=village")
    assert "EX-VIL-1" in page and "EX-VIL-2" in page and "two spellings" in page
    assert all(f"/record/village/{id}/" in page for id in two)


def test_two_are_joined_with_a_reason_and_listed_no_more(sign_in, two):
    page = decided(sign_in("fatou"), "village", two)
    assert "They are one record from now on" in page and "two spellings" not in page
    assert same.roots_of("village", two) == dict.fromkeys(two, two[0])
    assert Decision.objects.get(verb="same-as").author == "fatou"


def test_two_that_are_told_apart_are_listed_no_more(sign_in, two):
    page = decided(sign_in("fatou"), "village", two, "not-same-as")
    assert "They stay two records" in page and "two spellings" not in page
    assert len(set(same.roots_of("village", two).values()) or two) == 2


def test_without_a_reason_nothing_is_joined_and_the_sentence_is_shown(sign_in, two):
    answer = decided(sign_in("fatou"), "village", two, reason=" ")
    assert answer.status_code == 400 and "reason" in answer.content.decode()
    assert not Decision.objects.filter(verb="same-as").exists()


def test_who_may_not_decide_has_no_such_page_and_no_button(sign_in, two):
    for name in ("auditor", "reporter"):
        client = sign_in(name)
        assert client.get(ADDRESS).status_code == 403
        assert decided(client, "village", two).status_code == 403
    assert not Decision.objects.filter(verb="same-as").exists()


def test_who_decides_in_another_place_joins_nothing_here(sign_in, two):
    people.add("south")
    grant("south", "office-officer", place="ML01")
    assert decided(sign_in("south"), "village", two).status_code == 400
    assert not Decision.objects.filter(verb="same-as").exists()


def test_areas_are_joined_when_a_second_person_has_signed(sign_in, world):
    pair = [area(), area("00000000-0000-4000-8000-0000000000d2", code="EX-HA-2")]
    for each in pair:
        accepted(said([each]))
    page = decided(sign_in("fatou"), "hazardous_area", sorted(each["id"] for each in pair))
    assert "when a second person has signed it" in page
    assert Decision.objects.get(verb="same-as").waits


def test_a_new_record_is_joined_from_the_review_before_its_report_is_accepted(sign_in, world):
    known, new = village("Ménaka", code="EX-VIL-1"), village("Minaka")
    accepted(said([known]))
    report = said([new])
    client = sign_in("fatou")
    page = text(client, f"/review/{report.id}/")
    assert "They are one" in page and f'value="{report.id}"' in page
    page = decided(client, "village", [new["id"], known["id"]], back=report.id)
    assert f"/review/{report.id}/" in page
    accepted(report)
    root = min(known["id"], new["id"])
    assert same.roots_of("village", [known["id"], new["id"]]) == dict.fromkeys((known["id"], new["id"]), root)
