"""What is accepted without a person: off by default, narrow, in the name of whoever made the rule."""

from __future__ import annotations

import orjson
import pytest

from kambila.accounts import granting
from kambila.accounts.models import Account
from kambila.accounts.scopes import Scope
from kambila.intake import accepting, decisions, rules
from kambila.intake.lookup import entry_of
from kambila.journal import Draft, append
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.journal.projections import rebuild
from kambila.registry.models import Decision, Report
from tests.intake.door import ACCIDENT, PERSON, VILLAGE, filled, open_door, send
from tests.registry.telling import H2, C, H, I, at, change, report

WELL = {**VILLAGE, "title": "Tin Zaouaten"}
DAY = "2014-06-29"


@pytest.fixture(autouse=True)
def door(programme):
    at(DAY)
    open_door()


def refused(code, function, *args, **more):
    with pytest.raises(Problem) as caught:
        function(*args, **more)
    assert caught.value.code == code


def sent(form="village", answers=None, by="team"):
    """Send a form and wait until the rules have been applied; the report as it then stands."""
    receipt = send(filled(form, VILLAGE if answers is None else answers), by=by)
    accepting.settle()
    return Report.objects.get(pk=receipt.report_id)


def allow(form="village", by="omar", **conditions):
    return rules.set_rule(form, by, "their lists are kept by the ministry", **conditions)


def test_nothing_is_accepted_without_a_person_unless_a_rule_says_so():
    assert sent().status == "waiting"


def test_a_rule_accepts_what_has_no_finding_in_the_name_of_its_maker():
    rule = allow()
    accepted = sent()
    assert accepted.status == "accepted"
    decision = Decision.objects.get(record=accepted.id)
    body = orjson.loads(decision.body)
    assert (decision.author, body["rule"]) == ("omar", rule.id)
    assert "base" not in body  # nobody was shown anything


def test_what_is_doubtful_waits():
    allow("accident", dangers=True)
    doubtful = sent(
        "accident", {**ACCIDENT, "casualties": [{**PERSON, "age": 9}, {**PERSON, "age": 9}], "date": "2041"}
    )
    assert doubtful.status == "waiting"


def test_danger_waits_unless_the_rule_names_it():
    rule = allow("accident")
    assert sent("accident", ACCIDENT).status == "waiting"
    rules.end(rule.id, "ana", "too narrow")
    allow("accident", dangers=True)
    assert sent("accident", {**ACCIDENT, "date": "2014-06-12", "casualties": []}).status == "accepted"


def test_only_those_reporters_are_meant_that_the_rule_names():
    granting.grant("viewer", "reporter", Scope(), "helps out", "ana")
    allow(reporters=["viewer"])
    assert sent(by="team").status == "waiting"
    assert sent(answers=WELL, by="viewer").status == "accepted"


def test_changes_to_what_is_known_wait_unless_the_rule_says_so():
    first = report(change(C, {"sex": "female"}), date="2014-06-20", form="village")
    second = report(change(C, {"age": 9}), date="2014-06-21", form="village")
    allow()
    third = report(change(C, {"age": 10}), date="2014-06-22", form="village")
    accepting.apply()
    assert [Report.objects.get(pk=each.id).status for each in (first, second, third)] == ["waiting"] * 3


def test_a_rule_does_not_reach_what_came_before_it():
    before = sent()
    allow()
    sent(answers=WELL)
    assert Report.objects.get(pk=before.id).status == "waiting"


def test_ones_own_report_is_never_accepted_by_ones_own_rule():
    granting.grant("omar", "reporter", Scope(), "helps out", "ana")
    allow(by="omar")
    assert sent(by="omar").status == "waiting"


def test_a_rule_ends_with_the_right_of_its_maker():
    allow()
    granting.revoke("omar", "information-officer", Scope(), "left", "ana")
    assert sent().status == "waiting"


def test_an_ended_rule_accepts_nothing_more():
    rule = allow()
    rules.end(rule.id, "ana", "enough")
    assert rules.rules() == []
    assert sent().status == "waiting"
    refused("no-such-rule", rules.end, rule.id, "ana", "again")


def test_only_those_with_the_right_make_and_end_rules():
    refused("may-not", allow, by="fatou")
    rule = allow()
    refused("may-not", rules.end, rule.id, "fatou", "why")
    refused("no-reason", rules.set_rule, "village", "omar", " ")
    refused("unknown-form", allow, "nothing")


def test_no_rule_makes_a_danger_smaller():
    """A land release product is no danger itself; the area is computed from it."""
    decisions.accept(report(change(H, {"classification": "cha", "devices": ["uxo"], "adm1": "ML07"}, "hazardous_area"),
                            date="2014-06-20").id, "omar", "seen", "seen from the road")  # fmt: skip
    allow("land_release", dangers=True, existing=True)
    product = report(change(I, {"area": H, "kind": "cancelled"}, "land_release_product"), date="2014-06-21")
    lower = report(change(H, {"classification": "sha"}, "hazardous_area"), date="2014-06-22")
    other = report(change(H2, {"classification": "sha"}, "hazardous_area"), date="2014-06-22")
    assert [accepting.may_make_safer(entry_of(each.id)) for each in (product, lower, other)] == [True, True, False]
    [rule], ana = rules.rules(), Account.objects.get(username="omar")
    assert not accepting.passes(rule, ana, Report.objects.get(pk=product.id), entry_of(product.id))


def test_a_report_that_a_person_decided_meanwhile_is_left_alone():
    allow()
    waiting = report(change(C, {"age": 9}), date="2014-06-20", form="village")
    decisions.return_(waiting.id, "fatou", "which girl?")
    assert accepting.apply() == []


def test_what_the_rules_are_follows_from_the_journal_alone():
    rule = allow(dangers=True, reporters=["team"])
    ended = allow()
    rules.end(ended.id, "ana", "one is enough")
    before = rules.rules()
    assert [each.id for each in before] == [rule.id] and before[0].reporters == ("team",)
    rebuild()
    assert rules.rules() == before


def test_a_foreign_setting_of_another_shape_is_passed_over():
    for body in ({"name": "acceptance-rule"}, {"name": "acceptance-rule", "form": 7}, {"name": "alerts", "form": "x"}):
        append([Draft("setting", "somebody", body)])
    append([Draft("setting", "somebody", {"name": "acceptance-rule", "form": "village", "dangers": "yes"})])
    assert [each.dangers for each in rules.rules()] == [False]  # narrower, never wider
    assert sent().status == "waiting"  # nobody is called somebody


def test_the_reason_of_a_rule_is_sealed():
    rule = allow()
    assert "ministry" not in EntryRow._default_manager.get(id=rule.id).body
