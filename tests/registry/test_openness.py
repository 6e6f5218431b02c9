"""Who sees which reports and entries, and who opens what is sealed in them."""

import json
import uuid

import pytest

from kambila.accounts import people
from kambila.accounts.models import Opening
from kambila.journal import Draft, Part, append
from kambila.journal.errors import Problem
from kambila.registry import openness
from kambila.registry.models import Report

NAME = "Aminata Invented"


@pytest.fixture
def ahmed(programme):
    return people.add("ahmed")


def grant(role, **scope):
    append([Draft("grant", "head", {"verb": "grant", "account": "ahmed", "role": role, "scope": scope})])


def send(office="GAO", place="ML07", author="team"):
    """A report of an accident and its casualty: (entry, report, id of the casualty), accepted."""
    accident, person = str(uuid.uuid4()), str(uuid.uuid4())
    first = {"category": "mine_erw", "date": "2014-06-18", "adm1": place}
    changes = [
        {"kind": "incident", "id": accident, "values": first},
        {"kind": "casualty", "id": person, "values": {"incident": accident}, "sealed": {"full_name": "change-1"}},
    ]
    body = {"form": "f", "version": "1", "reporter": author, "office": office, "organisation": "", "code": "R"}
    body |= {"date": "2014-06-20", "instance": "", "changes": changes}
    parts = {
        "submission": Part("text/xml", NAME.encode()),
        "change-1": Part("application/json", json.dumps({"full_name": NAME}).encode()),
        "file/sketch.png": Part("image/png", b"png"),
    }
    [entry] = append([Draft("report", author, body, parts)])
    append([Draft("decision", "head", {"verb": "accept", "report": entry.id}, {"reason": Part("text/plain", b"ok")})])
    return entry, Report.objects.get(pk=entry.id), person


def sees(account):
    return set(openness.reports(account).values_list("id", flat=True))


def test_reports_lie_in_offices_places_and_kinds(ahmed):
    gao, kidal = send()[0].id, send("KID", "ML08")[0].id
    assert sees(ahmed) == set()
    grant("office-officer", office="GAO")
    assert sees(ahmed) == {gao}
    grant("quality-officer", place="ML08")
    assert sees(ahmed) == {gao, kidal}


def test_who_reports_sees_his_own(ahmed):
    grant("reporter")
    own, _other = send(author="ahmed")[0].id, send()
    assert sees(ahmed) == {own}


@pytest.mark.parametrize("role", ["administrator", "reporter"])
def test_those_without_data_see_no_report_and_no_decision(ahmed, role):
    grant(role)
    send()
    kinds = set(openness.entries(ahmed).values_list("kind", flat=True))
    assert not kinds & {"report", "decision", "release"}


def test_donors_see_no_reports(ahmed):
    grant("donor", organisation="")
    grant("donor", organisation=str(uuid.uuid4()))
    send()
    assert sees(ahmed) == set()


def test_an_officer_sees_the_decisions_on_the_reports_of_the_office(ahmed):
    grant("office-officer", office="GAO")
    send()
    send("KID", "ML08")
    kinds = list(openness.entries(ahmed).values_list("kind", flat=True))
    assert kinds.count("report") == kinds.count("decision") == 1


def test_only_the_kinds_of_a_scope_are_open(ahmed):
    grant("assistance-officer", kind="casualty")
    entry, report, _person = send()
    assert openness.kinds_open(ahmed, report) == {"casualty"}
    assert openness.part_rule(ahmed, entry, report, "change-1") == openness.WITH_REASON
    assert openness.part_rule(ahmed, entry, report, "submission") == openness.CLOSED


def test_names_open_only_where_the_role_that_opens_names_holds(ahmed):
    grant("quality-officer")
    grant("office-officer", place="ML08")
    entry, report, person = send()
    assert openness.part_rule(ahmed, entry, report, "submission") == openness.CLOSED
    assert not openness.may_open(ahmed, "casualty", person)
    assert openness.part_rule(ahmed, entry, report, "file/sketch.png") == openness.OPEN


def test_opening_a_name_takes_a_reason_and_is_kept(ahmed):
    grant("programme-manager")
    _entry, _report, person = send()
    with pytest.raises(Problem, match="reason"):
        openness.open_name(ahmed, "casualty", person, "full_name", " ")
    assert not Opening.objects.exists()
    assert openness.open_name(ahmed, "casualty", person, "full_name", "Family asks") == NAME
    kept = Opening.objects.get()
    assert (kept.account, kept.kind, kept.record, kept.reason) == ("ahmed", "casualty", person, "Family asks")


def test_only_personal_fields_are_opened_so(ahmed):
    grant("programme-manager")
    _entry, _report, person = send()
    with pytest.raises(Problem):
        openness.open_name(ahmed, "casualty", person, "age", "curious")


def test_an_auditor_opens_names_too_and_a_quality_officer_does_not(ahmed):
    _entry, _report, person = send()
    grant("quality-officer")
    with pytest.raises(Problem, match="open-names"):
        openness.open_name(ahmed, "casualty", person, "full_name", "why not")
    grant("auditor")
    assert openness.open_name(ahmed, "casualty", person, "full_name", "audit") == NAME


def test_a_disabled_account_no_longer_sees_its_own_reports(ahmed):
    entry, report, _person = send(author="ahmed")
    assert sees(ahmed) == {entry.id}
    ahmed.is_active = False
    assert sees(ahmed) == set()
    assert openness.kinds_open(ahmed, report) == frozenset()
