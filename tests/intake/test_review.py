"""The review of a report: what keeps it from being accepted, and what must be answered."""

from __future__ import annotations

import pytest
from django.utils import translation

from kambila.intake.review import errors, review, warnings
from tests.intake.people import CASUALTY, INCIDENT, area, casualty, incident
from tests.registry.telling import C, I, accept, at, change, report

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def a_day(programme):
    at("2014-06-29")


def codes(entry):
    return {(each.code, each.field) for each in review(entry.id)}


def test_a_good_report_has_nothing_wrong():
    assert review(casualty().id) == []


def test_a_required_field_that_is_silent_keeps_a_new_record_out():
    r = report(change(I, {"category": "mine_erw", "date": "2014-06-18", "adm1": "ML07"}, "incident"), date="2014-06-20")
    assert ("required-missing", "device") in codes(r)
    assert [each.level for each in errors(review(r.id))] == ["error"]


def test_a_record_that_is_known_need_not_be_told_again():
    accept(casualty())
    assert codes(report(change(C, {"age": 10}), date="2014-06-25")) == set()


def test_a_field_stated_unknown_is_answered():
    assert ("required-missing", "device") not in codes(incident(device=None))


def test_a_value_that_cannot_be_read_is_named_with_what_was_expected():
    r = casualty(age="nine")
    found = next(each for each in review(r.id) if each.code == "unreadable")
    assert (found.level, found.index, found.field) == ("error", 1, "age")
    assert found.sentence == "“age at the time, in years” cannot be read: A whole number was expected."


def test_a_code_that_is_not_in_the_list_must_be_answered():
    found = next(each for each in review(casualty(outcome="lost").id) if each.code == "not-in-the-list")
    assert found.level == "warning" and "lost" in found.sentence


def test_a_kind_that_nobody_declares_blocks():
    r = report(change(I, {"depth": 3}, "well"), date="2014-06-20")
    assert [each.code for each in errors(review(r.id))] == ["unknown-kind-reported"]


def test_a_field_that_nobody_declares_must_be_answered():
    assert ("unknown-field", "colour") in codes(casualty(colour="red"))


def test_a_computed_field_cannot_be_stated():
    assert ("derived-stated", "status") in codes(area(status="closed"))


def test_a_date_of_information_in_the_future_is_refused_at_the_door():
    assert ("information-date-in-the-future", "date") in codes(casualty(date="2041-01-01"))
    assert codes(casualty(date="2014")) == set()


def test_a_date_of_information_that_is_no_date_is_refused():
    assert ("information-date-unreadable", "date") in codes(casualty(date="June"))


def test_an_area_of_work_looks_at_the_record_as_it_would_be():
    accept(casualty())
    r = report(change(C, {"date_of_death": "2014-06-01", "outcome": "killed"}), date="2014-06-25")
    assert ("death-before-the-incident", "") in codes(r)


def test_a_check_sees_what_the_same_report_says_of_another_record():
    assert ("casualty-without-incident", "") not in codes(casualty())
    alone = report(change(C, CASUALTY), date="2014-06-20")
    assert ("casualty-without-incident", "") in codes(alone)


def test_errors_come_first():
    r = casualty(age="nine", outcome="lost")
    levels = [each.level for each in review(r.id)]
    assert levels == sorted(levels) and errors(review(r.id)) and warnings(review(r.id))


def test_a_check_that_fails_is_looked_at_by_a_person(monkeypatch):
    from kambila.intake import review as room
    from kambila.registry.checks import Check

    broken = Check("*", "broken", "error", "", "", lambda draft: 1 / 0)
    monkeypatch.setattr(room, "_checks", lambda kind: (broken,))
    assert [each.code for each in warnings(review(incident().id))] == ["check-failed"]


def test_sealed_values_are_never_opened(monkeypatch):
    r = casualty(names={1: {"full_name": "Aïssata"}})
    monkeypatch.setattr("kambila.journal.parts.content_of", lambda part: pytest.fail("a sealed part was opened"))
    assert review(r.id) == []


def test_the_sentences_speak_french():
    found = review(casualty(age="nine").id)[0]
    with translation.override("fr"):
        assert "illisible" in found.sentence or "lu" in found.sentence


def test_a_review_of_many_reports_is_quick():
    import time

    from kambila.intake.drafts import Known

    reports = [
        report(change(f"00000000-0000-7000-8000-0000000{n:05}", INCIDENT, "incident"), date="2014-06-20")
        for n in range(100)
    ]
    known, start = Known(), time.perf_counter()
    for each in reports:
        review(each.id, known)
    assert (time.perf_counter() - start) / len(reports) < 0.02
