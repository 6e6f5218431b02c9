"""What a report of a place or a road must satisfy."""

import pytest

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
def test_an_answer_that_cannot_be_relied_on_is_named(found, kind, code, good, bad):
    assert not found(f"{kind.replace('_', '-')}-{code}", kind, good)
    assert found(f"{kind.replace('_', '-')}-{code}", kind, bad)


@pytest.mark.parametrize("before", ["closed", "restricted"])
def test_opening_what_is_known_as_closed_must_be_explained(found, before):
    assert found("route-status-opened-over-closure", "route_status", {"status": "open"}, known={"status": before})
    assert not found("route-status-opened-over-closure", "route_status", {"status": "open"}, known={"status": "open"})
    assert not found("route-status-opened-over-closure", "route_status", {"status": "open"})


def test_an_assessment_says_of_which_place(found):
    assert found("accessibility-of-no-place", "accessibility", {"status": "closed"})
    assert not found("accessibility-of-no-place", "accessibility", {"status": "closed", "adm3": "ML070103"})


def test_a_village_has_a_position_or_a_commune(found):
    assert found("village-without-place", "village", {"title": "Wabaria"})
    assert not found("village-without-place", "village", {"title": "Wabaria", "adm3": "ML070103"})


def test_a_village_that_is_known_already_is_named(found):
    known = {"village": [{"id": uuid(5), "title__iexact": "Wabaria", "adm3": "ML070103", "code": "ML070103002"}]}
    stated = {"title": "Wabaria", "adm3": "ML070103"}
    assert found("village-known-already", "village", stated, others=known) == {
        "title": "Wabaria",
        "code": "ML070103002",
    }
    assert not found("village-known-already", "village", {**stated, "adm3": "ML070104"}, others=known)


def test_a_pcode_has_the_length_of_its_level(found):
    assert found("pcode-of-another-level", "admin_area", {"pcode": "ML0701", "level": "adm1"}) == {"pcode": "ML0701"}
    assert not found("pcode-of-another-level", "admin_area", {"pcode": "ML07", "level": "adm1"})
