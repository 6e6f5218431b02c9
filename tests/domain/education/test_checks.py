"""Checks and sums of risk education."""

import pytest

from kambila.domain.education.models import EducationSession, total_of
from kambila.figures.definitions import all_figures
from kambila.registry.models import stated_fields
from tests.domain.conftest import uuid

KIND = "education_session"
SESSION = {"category": "direct", "activity": "direct_session", "direct_boys": 12, "direct_women": 8}


def test_unknown_counts_are_not_zero():
    assert total_of("direct")({"direct_boys": 3, "direct_girls": None}) == 3
    assert total_of("direct")({}) is None


def test_the_total_is_the_sum_of_its_parts(found):
    assert found("participants-do-not-add-up", KIND, SESSION | {"total_stated": 21}) == {"sum": 20, "total": 21}
    assert not found("participants-do-not-add-up", KIND, SESSION | {"total_stated": 20})


def test_those_who_come_first_are_a_part_of_all(found):
    assert found("first-time-more-than-total", KIND, SESSION | {"first_time": 21}) == {"part": 21, "total": 20}
    assert not found("first-time-more-than-total", KIND, SESSION | {"first_time": 20})


def test_people_with_a_disability_are_a_part_of_all(found):
    assert found("disability-more-than-total", KIND, SESSION | {"with_disability": 21})


def test_a_session_has_people_and_a_broadcast_need_not(found):
    assert found("session-without-people", KIND, {"category": "direct"})
    assert not found("session-without-people", KIND, {"category": "indirect"})


def test_an_activity_belongs_to_its_category(found):
    assert found("activity-of-another-category", KIND, SESSION | {"activity": "radio"})
    assert not found("activity-of-another-category", KIND, SESSION)
    assert not found("activity-of-another-category", KIND, SESSION | {"category": "of_tomorrow"})


def test_media_reach_nobody_directly(found):
    assert found("media-counted-as-direct", KIND, SESSION | {"category": "indirect"}) == {"total": 20}


def test_a_crowd_is_doubted_unless_there_were_many_sessions(found):
    assert found("group-very-large", KIND, SESSION | {"direct_men": 600})
    assert not found("group-very-large", KIND, SESSION | {"direct_men": 500, "sessions": 4})


def test_a_session_sent_twice_is_noticed(found):
    session = {**SESSION, "date": "2014-05-02", "provider": uuid(7), "locality": "EX-Tessit"}
    assert found("session-perhaps-known", KIND, session, others={KIND: [{"id": uuid(2), **session}]})
    other = {**session, "direct_boys": 13}
    assert not found("session-perhaps-known", KIND, other, others={KIND: [{"id": uuid(2), **session}]})


def test_only_direct_participants_make_the_headline():
    figure = all_figures()["education-reached"]
    assert set(figure.measure.paths) == {f"direct_{group}" for group in ("boys", "girls", "men", "women", "unknown")}
    assert (figure.headline, figure.since, figure.persons) == (13, "2013-01-01", True)


def test_names_are_restricted_though_sessions_are_for_partners():
    fields = stated_fields(EducationSession)
    assert EducationSession.default_tier == "partner"
    assert {fields[name].tier for name in ("focal_point", "focal_contact", "remarks")} == {"restricted"}


@pytest.mark.parametrize(
    ("accreditation", "doubted"),
    [
        ({"decision": "granted", "issued_on": "2013", "expires_on": "2014-12-31"}, False),
        ({"decision": "granted", "issued_on": "2013", "expires_on": "2014-05-01"}, True),
        ({"decision": "granted"}, True),
        ({"decision": "suspended", "issued_on": "2013"}, True),
        ({"decision": "suspended", "issued_on": "2013", "ended_on": "2014-06"}, False),
        ({"decision": "granted", "issued_on": "2013", "scopes": ["nts"]}, True),
    ],
)
def test_who_teaches_is_accredited_on_that_day(found, accreditation, doubted):
    row = {"id": uuid(2), "holder": uuid(7), "scopes": ["risk_education"], **accreditation}
    session = {"date": "2014-05-02", "provider": uuid(7)}
    assert bool(found("teacher-not-accredited", KIND, session, others={"accreditation": [row]})) is doubted
