"""Reminders before an accreditation expires."""

from __future__ import annotations

import pytest

from kambila.intake.alerts.expiring import EXPIRING, remind
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
