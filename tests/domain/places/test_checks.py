"""What a report of a place or a road must satisfy."""

import pytest

from kambila.registry.checks import all_checks
from tests.domain.conftest import uuid


@pytest.mark.parametrize("kind", ["accessibility", "route_status"])
@pytest.mark.parametrize(
    ("code", "good", "bad"),
    [
        ("open-without-end", {"status": "open", "valid_until": "2014-07"}, {"status": "open"}),
        ("expired-before-verified", {"last_verified": "2014-06-20", "valid_until": "2014-06"},
         {"last_verified": "2014-06-20", "valid_until": "2014-05"}),
        ("verified-in-future", {"last_verified": "2014-06"}, {"last_verified": "2014-07-01"}),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_relied_on_is_named(change, kind, code, good, bad):
    test = all_checks()[f"{kind.replace('_', '-')}-{code}"].test
    assert not test(change(kind, good))
    assert test(change(kind, bad))


@pytest.mark.parametrize("before", ["closed", "restricted"])
def test_opening_what_is_known_as_closed_must_be_explained(change, before):
    test = all_checks()["route-status-opened-over-closure"].test
    assert test(change("route_status", {"status": "open"}, known={"status": before}))
    assert not test(change("route_status", {"status": "open"}, known={"status": "open"}))
    assert not test(change("route_status", {"status": "open"}))


def test_an_assessment_says_of_which_place(change):
    test = all_checks()["accessibility-of-no-place"].test
    assert test(change("accessibility", {"status": "closed"}))
    assert not test(change("accessibility", {"status": "closed", "adm3": "ML070103"}))


def test_a_village_has_a_position_or_a_commune(change):
    test = all_checks()["village-without-place"].test
    assert test(change("village", {"title": "Wabaria"}))
    assert not test(change("village", {"title": "Wabaria", "adm3": "ML070103"}))


def test_a_village_that_is_known_already_is_named(change):
    test = all_checks()["village-known-already"].test
    known = {"village": [{"id": uuid(5), "title__iexact": "Wabaria", "adm3": "ML070103", "code": "ML070103002"}]}
    stated = {"title": "Wabaria", "adm3": "ML070103"}
    assert test(change("village", stated, others=known)) == {"title": "Wabaria", "code": "ML070103002"}
    assert not test(change("village", {**stated, "adm3": "ML070104"}, others=known))


def test_a_pcode_has_the_length_of_its_level(change):
    test = all_checks()["pcode-of-another-level"].test
    assert test(change("admin_area", {"pcode": "ML0701", "level": "adm1"})) == {"pcode": "ML0701"}
    assert not test(change("admin_area", {"pcode": "ML07", "level": "adm1"}))
