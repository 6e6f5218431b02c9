"""Codes are given with the node's prefix, once, and lead to their records for ever."""

from __future__ import annotations

from kambila.intake import codes
from kambila.journal import append
from kambila.journal.entry import Draft
from tests.intake.door import ACCIDENT, PERSON, VILLAGE, changes, filled, open_door, send
from tests.registry.telling import change, report


def given(**wanted: int) -> list[str]:
    found: list[str] = []

    def drafts() -> list[Draft]:
        found.extend(code for each in codes.give(wanted).values() for code in each)
        return []

    append(drafts)
    return found


def test_each_series_counts_for_itself(programme):
    assert given(CAS=2) == ["BKO-CAS-00001", "BKO-CAS-00002"]
    assert given(CAS=1, HA=1) == ["BKO-CAS-00003", "BKO-HA-00001"]


def test_a_code_that_was_written_by_hand_is_not_given_again(programme):
    report(change("00000000-0000-7000-8000-0000000000b9", {"code": "BKO-VIL-00002"}, "village"), date="2014")
    assert given(VIL=3) == ["BKO-VIL-00001", "BKO-VIL-00003", "BKO-VIL-00004"]


def test_codes_of_an_example_begin_so_that_nobody_takes_them_for_real(new_programme):
    new_programme("Example", "BKO", example=True)
    assert given(CAS=1) == ["EX-BKO-CAS-00001"]
    new_programme("Example", "EX-BKO", example=True)
    assert given(CAS=1) == ["EX-BKO-CAS-00001"]


def test_every_record_of_a_submission_has_its_own_code(programme):
    open_door()
    receipt = send(filled(answers=ACCIDENT | {"casualties": [PERSON] * 3}))
    assert [each["values"]["code"] for each in changes(receipt, "casualty")] == [f"BKO-CAS-0000{n}" for n in (1, 2, 3)]


def test_a_code_that_was_answered_is_kept(programme):
    open_door()
    receipt = send(filled("village", VILLAGE | {"code": "OLD-7"}))
    assert changes(receipt, "village")[0]["values"]["code"] == "OLD-7"


def test_the_p_code_of_a_place_is_its_code(programme):
    open_door()
    receipt = send(filled("village", VILLAGE | {"pcode": "ML080301001"}))
    assert changes(receipt, "village")[0]["values"]["code"] == "ML080301001"
    assert codes.resolve("village", "ML080301001") == changes(receipt, "village")[0]["id"]


def test_a_code_that_two_records_bear_leads_nowhere(programme):
    open_door()
    for _ in range(2):
        send(filled("village", VILLAGE | {"code": "OLD-7"}))
    assert codes.resolve("village", "OLD-7") is None
