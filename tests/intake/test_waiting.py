"""The queue asks in its query what the door asks of one report: they must agree."""

from __future__ import annotations

import pytest

from kambila.accounts import granting, people
from kambila.accounts.models import Account
from kambila.accounts.scopes import Scope
from kambila.intake import decisions, waiting
from kambila.intake.authority import may_with_report
from kambila.intake.lookup import entry_of
from kambila.registry import openness
from kambila.registry.models import Report
from tests.intake.people import AREA, CASUALTY, INCIDENT, area, casualty, incident, programme_people
from tests.registry.telling import C2, H2, C, H, I, V, at, change, report

ORGANISATION = "00000000-0000-7000-8000-0000000000f1"
SCOPES = [
    Scope(),
    Scope(office="GAO"),
    Scope(organisation=ORGANISATION),
    Scope(place="ML07"),
    Scope(place="ML0701"),
    Scope(place="ML08"),
    Scope(kind="casualty"),
    Scope(kind="incidents"),
    Scope(office="GAO", place="ML07"),
    Scope(office="GAO", kind="incidents", place="ML08"),
]


@pytest.fixture(autouse=True)
def told(programme):
    """Reports of several kinds, places, offices and organisations, some about records that are known."""
    at("2014-06-29")
    programme_people()
    decisions.accept(incident().id, "omar", "seen")
    decisions.accept(area(adm1="ML08").id, "omar", "seen", "seen from the road")
    day, gao = "2014-06-21", {"office": "GAO"}
    north = {**INCIDENT, "adm1": "ML08", "adm2": "ML0801", "adm3": "ML080101"}
    report(change(V, INCIDENT, "incident"), date=day, **gao)
    report(change(V, north, "incident"), date=day, office="KID")
    report(change(C, CASUALTY), date=day, **gao)
    report(change(I, {"locality": "Bourem"}, "incident"), date=day)
    report(change(H, {"devices": ["uxo"]}, "hazardous_area"), date=day, **gao)
    report(change(H2, AREA, "hazardous_area"), change(C2, CASUALTY), date=day, organisation=ORGANISATION)
    report(change(V, INCIDENT, "incident"), change(H2, {**AREA, "adm1": "ML08"}, "hazardous_area"), date=day, **gao)
    report(change(C2, {"age": 9, "adm2": "ML0701"}), date=day, **gao)
    report(change(C2, {"age": None, "adm1": None}), date=day, organisation=ORGANISATION)
    casualty(names={1: {"full_name": "Aminata"}})


def let_through(account, action):
    """The reports that the account sees and that the door would let it decide about."""
    return {each.id for each in openness.reports(account) if may_with_report(account, action, entry_of(each.id))}


@pytest.mark.parametrize("action", ["decide", "countersign"])
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_the_query_finds_what_the_door_lets_through(scope, action):
    people.add("salif")
    granting.grant("salif", "office-officer", scope, "their work", "ana")
    salif = Account.objects.get(username="salif")
    found = set(waiting.decidable(salif, action).values_list("id", flat=True))
    assert found == let_through(salif, action)


def test_two_roles_together_reach_what_neither_reaches_alone():
    people.add("salif")
    for scope in (Scope(kind="incident"), Scope(kind="hazardous_area")):
        granting.grant("salif", "office-officer", scope, "their work", "ana")
    salif = Account.objects.get(username="salif")
    found = set(waiting.decidable(salif).values_list("id", flat=True))
    assert found == let_through(salif, "decide")
    assert any(each.kinds == " hazardous_area incident " for each in waiting.decidable(salif))


def test_nobody_has_a_queue_without_a_role():
    for name in ("team", "viewer"):
        account = Account.objects.get(username=name)
        assert not waiting.queue(account).exists() and not waiting.has_queue(account)


def test_only_what_waits_is_in_the_queue():
    omar = Account.objects.get(username="omar")
    before = waiting.queue(omar).count()
    first = waiting.queue(omar).order_by("tick").first()
    decisions.return_(first.id, "omar", "which one?")
    assert waiting.queue(omar).count() == before - 1


def test_a_decision_that_waits_is_for_others_within_their_scope():
    [accepted] = Report.objects.filter(status="accepted", kinds__contains="hazardous_area")
    decisions.withdraw(accepted.id, "omar", "a mistake")
    for name, waits in (("omar", 0), ("fatou", 1), ("viewer", 0), ("kidal", 1)):
        assert waiting.second(Account.objects.get(username=name)).count() == waits, name


def test_a_decision_about_records_waits_for_those_within_whose_scope_both_lie():
    decisions.accept(area(record=H2).id, "omar", "seen", "seen from the road")
    decisions.same_as("hazardous_area", H, H2, "omar", "one place")
    assert waiting.second(Account.objects.get(username="fatou")).count() == 1
    assert not waiting.second(Account.objects.get(username="kidal")).exists()  # H2 lies elsewhere
