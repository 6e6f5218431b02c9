"""What waits to be followed to its end."""

from __future__ import annotations

import datetime

from kambila.domain.operations.due import due
from tests.domain.operations.test_standing import NC, tell, wrong
from tests.registry.telling import at

ACCIDENT, HANDOVER, SEEN = (f"00000000-0000-7000-8000-0000000003{each}" for each in ("a1", "a2", "a3"))


def waits(day):
    return [(each.what, each.code) for each in due(datetime.date.fromisoformat(day))]


def test_a_demining_accident_waits_for_a_lesson_and_the_lesson_for_its_end(programme):
    at("2014-06-29")
    tell(ACCIDENT, "incident", {"category": "demining", "date": "2014-05-01", "device": "uxo", "code": "INC-1"})
    assert waits("2014-05-30") == []
    assert waits("2014-05-31") == [("no_lesson", "INC-1")]
    wrong("minor", incident=ACCIDENT, visit=None, type="lesson")
    assert waits("2014-07-30") == []
    assert waits("2014-07-31") == [("overdue", "NC-3")]
    tell(NC, "non_conformity", {"status": "verified", "verified_on": "2014-06-28"})
    assert waits("2014-07-31") == []


def test_land_is_visited_in_each_round_after_its_handover(programme):
    at("2014-06-29")
    tell(HANDOVER, "handover", {"number": "1", "date": "2014-01-01", "code": "HO-1"})
    assert waits("2014-06-01") == []
    assert waits("2014-06-05") == [("land_use", "HO-1")]
    tell(SEEN, "land_use_visit", {"handover": HANDOVER, "round": "six_months", "date": "2014-06-20"})
    assert waits("2014-07-31") == []
    assert waits("2014-12-15") == [("land_use", "HO-1")]
