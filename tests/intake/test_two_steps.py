"""One person verifies, another accepts, where the form asks for it."""

from __future__ import annotations

import json

import pytest

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.intake import accepting, decisions, rules, verifying
from kambila.journal import Draft, append
from kambila.journal.errors import Problem
from kambila.journal.projections import rebuild
from kambila.registry.models import Decision, Report
from tests.intake.door import ACCIDENT, PERSON, VILLAGE, changes, filled, open_door, send
from tests.registry.telling import at

OPERATOR = "00000000-0000-7000-8000-0000000000f1"


@pytest.fixture(autouse=True)
def door(programme):
    at("2014-06-29")
    open_door()
    people.add("operator")
    granting.grant("operator", "operator", Scope(organisation=OPERATOR), "their work", "ana")
    rules.set_two_steps("village", "omar", "the operator answers for its lists")


def refused(code, function, *args, **more):
    with pytest.raises(Problem) as caught:
        function(*args, **more)
    assert caught.value.code == code


def village(**more):
    return send(filled("village", VILLAGE, **more)).report_id


def of_the_operator():
    from kambila.intake.receive import receive

    return receive(filled("village", VILLAGE), author="team", organisation=OPERATOR).report_id


def test_nothing_is_accepted_before_it_was_verified():
    one = village()
    refused("not-verified", decisions.accept, one, "fatou", "seen")
    refused("not-verified", decisions.accept_many, [one], "fatou", "seen")
    assert Report.objects.get(pk=one).status == "waiting"


def test_the_operator_verifies_and_the_programme_accepts():
    one = of_the_operator()
    verifying.verify(one, "operator", "we were there")
    assert Report.objects.get(pk=one).status == "waiting" and not Decision.objects.exists()
    refused("may-not", decisions.accept, one, "operator", "seen")
    assert decisions.accept(one, "fatou", "seen").effective


def test_an_operator_verifies_its_own_reports_only():
    refused("may-not", verifying.verify, village(), "operator", "we were there")


def test_nobody_takes_both_steps():
    one = village()
    verifying.verify(one, "fatou", "checked")
    refused("verified-oneself", decisions.accept, one, "fatou", "seen")
    refused("already-verified", verifying.verify, one, "omar", "again")
    assert decisions.accept(one, "omar", "seen").effective


def test_who_reported_does_not_verify():
    granting.grant("team", "quality-officer", Scope(), "their work", "ana")
    refused("verified-oneself", verifying.verify, village(), "team", "my own")


def test_a_form_without_two_steps_is_not_verified():
    accident = send()
    refused("not-two-steps", verifying.verify, accident.report_id, "omar", "checked")


def test_only_what_waits_is_verified():
    one = village()
    decisions.return_(one, "fatou", "which one?")
    refused("not-waiting", verifying.verify, one, "omar", "checked")


def test_it_may_be_returned_before_any_step():
    assert decisions.return_(village(), "fatou", "which one?").effective


def test_when_the_two_steps_end_one_is_enough():
    one = village()
    [setting] = rules.settings()
    rules.end(setting.entry, "ana", "too slow")
    assert decisions.accept(one, "fatou", "seen").effective


def test_a_rule_does_not_skip_a_step():
    rules.set_rule("village", "omar", "their lists are good")
    one = village()
    accepting.settle()
    assert Report.objects.get(pk=one).status == "waiting"


def test_two_steps_are_asked_for_once():
    refused("rule-in-force", rules.set_two_steps, "village", "omar", "again")


def test_a_verification_survives_a_rebuild():
    one = village()
    verifying.verify(one, "omar", "checked")
    rebuild()
    assert [each.author for each in verifying.verified([one])[one]] == ["omar"]


def test_a_foreign_verification_of_another_shape_is_passed_over():
    append([Draft("decision", "x", {"verb": "verify", "report": 7}), Draft("decision", "x", {"verb": "verify"})])
    assert verifying.verified(["7"]) == {}


def test_an_erasure_takes_the_reason_of_a_verification_too():
    from kambila.journal import read_part
    from kambila.journal.models import EntryRow
    from kambila.journal.parts import named

    rules.end(rules.settings()[0].entry, "ana", "another form")
    rules.set_two_steps("accident", "omar", "as agreed")
    accident = send(filled(answers={**ACCIDENT, "casualties": [{**PERSON, "full_name": "Aminata Invented"}]}))
    step = verifying.verify(accident.report_id, "omar", "Aminata's mother told me")
    commitment = named(json.loads(EntryRow._default_manager.get(id=step.id).sealed), "reason")
    assert read_part(commitment)
    [casualty] = changes(accident, "casualty")
    decisions.erase("casualty", casualty["id"], "ana", "she asked for it", "the law")
    assert read_part(commitment) is None
