"""Checks of assistance and referrals, and what is derived."""

import pytest

from kambila.domain.assistance.models import DOMAINS, disability
from tests.domain.conftest import uuid

PEOPLE = {
    "casualty": [{"id": uuid(2), "incident": uuid(3), "outcome": "killed"}],
    "incident": [{"id": uuid(3), "date": "2014-05-10"}],
}


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({}, "unknown"),
        (dict.fromkeys(DOMAINS, "some"), "no"),
        (dict.fromkeys(DOMAINS[1:], "none"), "unknown"),
        ({"walking": "cannot"}, "yes"),
    ],
)
def test_one_great_difficulty_is_a_disability_and_silence_is_not_health(answers, result):
    assert disability(answers) == result


def test_assistance_does_not_end_before_it_starts(found):
    wrong = {"start": "2014-06-02", "end": "2014-06-01"}
    assert found("assistance-ends-before-start", "assistance", wrong) == {"start": "2014-06-02", "end": "2014-06-01"}
    assert not found("assistance-ends-before-start", "assistance", wrong | {"end": "2014-06"})


def test_assistance_does_not_start_before_the_incident(found):
    early = {"casualty": uuid(2), "start": "2014-05-09"}
    assert found("assistance-before-the-incident", "assistance", early, others=PEOPLE)
    assert not found("assistance-before-the-incident", "assistance", early | {"start": "2014-05"}, others=PEOPLE)


def test_a_killed_person_is_no_survivor_but_the_family_may_be_assisted(found):
    given = {"casualty": uuid(2), "beneficiary": "survivor", "service": "economic"}
    assert found("assistance-to-a-killed-person", "assistance", given, others=PEOPLE)
    assert not found("assistance-to-a-killed-person", "assistance", given | {"service": "emergency"}, others=PEOPLE)
    assert not found("assistance-to-a-killed-person", "assistance", given | {"beneficiary": "family"}, others=PEOPLE)


@pytest.mark.parametrize("kind", ["assistance", "referral"])
def test_no_name_without_consent(found, kind):
    assert found("person-without-consent", kind, {"full_name": "0" * 64, "consent": "unknown"})
    assert not found("person-without-consent", kind, {"full_name": "0" * 64, "consent": "yes"})
    assert not found("person-without-consent", kind, {"consent": "no"})


def test_a_casualty_may_be_named_by_the_rules_of_its_own_area(found):
    assert not found("person-without-consent", "casualty", {"full_name": "0" * 64})


def test_what_was_stopped_has_a_reason(found):
    assert found("stopped-without-reason", "assistance", {"status": "interrupted"})
    assert not found("stopped-without-reason", "assistance", {"status": "interrupted", "status_reason": "funds"})


def test_a_cost_has_a_currency(found):
    assert found("cost-without-currency", "assistance", {"cost": "12500.50"})
    assert not found("cost-without-currency", "assistance", {"cost": "12500.50", "currency": "XOF"})


def test_nobody_refers_to_itself(found):
    assert found("referred-to-itself", "referral", {"referred_by": uuid(4), "referred_to": uuid(4)})
    assert not found("referred-to-itself", "referral", {"referred_by": uuid(4), "referred_to": uuid(5)})


def test_an_answer_comes_after_the_question(found):
    assert found("answered-before-asked", "referral", {"date": "2014-06-02", "answered": "2014-06-01"})
