"""Reminders before something expires, and when a non-conformity is overdue."""

from __future__ import annotations

import pytest

from kambila.intake.alerts.expiring import ALSO_EXPIRING, EXPIRING, LATE, remind
from kambila.intake.alerts.models import Alert
from tests.intake.test_accreditation_steps import DATES, REQUEST, STS, A
from tests.registry.telling import accept, at, change, report


@pytest.fixture(autouse=True)
def _house(house):
    at("2015-01-01")
    accept(report(change(A, REQUEST | DATES | {"decision": "granted"}, "accreditation"), date="2014-06-20"))


def sources():
    return [each.source for each in Alert.objects.filter(sort=EXPIRING).order_by("id")]


def test_a_reminder_comes_once_sixty_and_once_fourteen_days_before(look):
    found = []
    for day in ("2015-04-19", "2015-04-20", "2015-05-01", "2015-06-04", "2015-06-05", "2015-06-06", "2015-06-19"):
        at(day)
        remind()
        remind()
        found.append(len(sources()))
    assert found == [0, 1, 1, 1, 2, 2, 2]
    alert = Alert.objects.first()
    assert (alert.organisation, alert.link) == (STS, f"/record/accreditation/{A}/")
    assert STS not in alert.sentence


def test_a_server_raises_it_while_it_looks_after_alerts(look):
    at("2015-06-10")
    look()
    assert sources() == [f"{A}-2015-06-19-14"]


@pytest.mark.parametrize("status", ["suspended", "withdrawn", "submitted"])
def test_nobody_is_reminded_of_what_is_not_granted(status):
    accept(report(change(A, {"decision": status}, "accreditation"), date="2015-01-01"))
    at("2015-06-10")
    assert remind() == 0


def test_a_longer_accreditation_is_reminded_of_anew():
    at("2015-06-10")
    remind()
    accept(report(change(A, {"expires_on": "2016-06-19"}, "accreditation"), date="2015-06-10"))
    at("2016-06-10")
    remind()
    assert sources() == [f"{A}-2015-06-19-14", f"{A}-2016-06-19-14"]


def test_what_ends_on_one_day_for_one_holder_is_one_reminder():
    at("2014-06-20")
    for number in (1, 2):
        values = {"holder": STS, "skill": "deminer", "certificate": str(number), "issued_on": "2014-01-01"}
        end = {"valid_until": "2014-08-10"}
        accept(report(change(f"{A[:-3]}{number}ff", values | end, "competence"), date="2014-06-20"))
    assert (remind(), remind()) == (1, 0)
    [alert] = Alert.objects.filter(sort=ALSO_EXPIRING)
    assert (alert.organisation, alert.link, alert.sentence) == (
        STS,
        "/expiring/",
        "A competence expires within 60 days.",
    )


def test_a_non_conformity_that_is_overdue_is_told_once_for_each_day_agreed():
    wrong = {"operator": STS, "severity": "minor", "status": "open", "due_on": "2014-12-30"}
    accept(report(change(A[:-2] + "c1", wrong, "non_conformity"), date="2014-06-20"))
    assert (remind(), remind()) == (1, 0)
    accept(report(change(A[:-2] + "c1", {"due_on": "2014-12-31"}, "non_conformity"), date="2014-12-31"))
    assert remind() == 1
    assert Alert.objects.filter(sort=LATE, organisation=STS).count() == 2
