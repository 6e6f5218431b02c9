"""Steps on the path of an accreditation: written as a report and its acceptance, in their order, by those who may."""

from __future__ import annotations

import pytest

from kambila.intake import stepping
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.journal.projections import rebuild
from kambila.registry import history
from tests.intake.people import programme_people
from tests.registry.telling import accept, at, change, known, report

A = "00000000-0000-7000-8000-0000000000ac"
A2 = "00000000-0000-7000-8000-0000000000ad"
STS = "00000000-0000-7000-8000-0000000000f1"
REQUEST = {"holder": STS, "phase": "organisational", "scopes": ["nts", "eod"], "decision": "submitted", "code": "ACR-1"}
DATES = {"issued_on": "2014-06-20", "expires_on": "2015-06-19"}


@pytest.fixture(autouse=True)
def world(programme):
    at("2014-06-20")
    programme_people()
    accept(report(change(A, REQUEST, "accreditation"), date="2014-06-20"))


def take(step, by="fatou", reason="the board decided", also=None, name="ACR-1", **more):
    return stepping.take("accreditation", name, step, by, reason, also, **more)


def refused(code, *args, **more):
    before = EntryRow.objects.count()
    with pytest.raises(Problem) as caught:
        take(*args, **more)
    assert EntryRow.objects.count() == before
    return caught.value.code == code


def standing():
    return known(A, "accreditation")


def test_a_step_is_a_report_and_its_acceptance_with_who_when_and_why():
    result = take("granted", also=DATES)
    assert result.effective and standing().decision == "granted"
    told = [(each.verb, each.author) for each in history.story("accreditation", A)[-2:]]
    assert told == [("report", "fatou"), ("accept", "fatou")]
    reports = EntryRow.objects.filter(kind="report").order_by("tick")
    assert "step" in reports.last().body


def test_the_whole_path_can_be_gone_and_gives_the_same_registry_when_it_is_derived_again():
    for step, also in (
        ("returned", {}), ("submitted", {}), ("provisional", DATES), ("granted", DATES),
        ("suspended", {"ended_because": "accident"}), ("granted", {}), ("withdrawn", {"ended_because": "request"}),
    ):  # fmt: skip
        take(step, also=also)
    assert (standing().decision, standing().ended_on) == ("withdrawn", "2014-06-20")
    rebuild()
    assert (standing().decision, standing().ended_on) == ("withdrawn", "2014-06-20")


def test_a_suspension_that_is_lifted_no_longer_says_why():
    take("granted", also=DATES)
    take("suspended", also={"ended_because": "accident", "ended_on": "2014-06-19"})
    assert standing().ended_on == "2014-06-19"
    take("granted")
    assert (standing().decision, standing().ended_because, standing().ended_on) == ("granted", None, None)
    assert refused("step-asks", "suspended")


@pytest.mark.parametrize("step", ["suspended", "withdrawn", "submitted", "nonsense"])
def test_only_a_step_that_may_follow_is_taken(step):
    assert refused("not-on-path", step, also={"ended_because": "accident"})


def test_nothing_follows_a_withdrawal():
    take("granted", also=DATES)
    take("withdrawn", also={"ended_because": "request"})
    assert refused("not-on-path", "granted", also=DATES)


def test_a_step_states_what_it_asks_for_and_why():
    assert refused("step-asks", "granted", also={"issued_on": "2014-06-20"})
    assert refused("no-reason", "granted", also=DATES, reason=" ")
    assert refused("unreadable-value", "granted", also={**DATES, "expires_on": "soon"})
    assert refused("report-blocked", "granted", also={**DATES, "expires_on": "2013-01-01"})


@pytest.mark.parametrize("by", ["team", "viewer", "kidal"])
def test_who_may_not_decide_takes_no_step(by):
    assert refused("may-not", "granted", by=by, also=DATES)


def test_a_doubt_about_a_step_is_answered():
    accept(report(change(A2, REQUEST | {"phase": "operational", "code": "ACR-2"}, "accreditation"), date="2014-06-20"))
    assert refused("warnings-unanswered", "granted", name="ACR-2", also=DATES)
    assert take("granted", name="ACR-2", also=DATES, despite="it is granted today as well").effective


def test_what_has_no_path_takes_no_step():
    with pytest.raises(Problem) as caught:
        stepping.take("village", "V-1", "granted", "fatou", "a try")
    assert caught.value.code == "no-path"
