"""What becomes of a submission at the door."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.receive import receive
from kambila.journal.errors import Problem
from kambila.registry.models import Report


@pytest.fixture
def team(programme):
    """A programme with its forms published, and an account that may report."""
    people.add("team")
    people.add("boss")
    granting.grant("boss", "programme-manager", Scope(), "first", "boss")
    granting.grant("team", "reporter", Scope(), "works here", "boss")
    forms.publish_forms("boss")
    return "team"


def accident(**more):
    answers = {"category": "mine_erw", "date": "2014-06", "device": "ap", "anyone_hurt": "yes",
               "source": ["witness"], "verification": "not_verified",
               "casualties": [{"outcome": "killed", "sex": "female", "status": "civilian", "full_name": "Aminata"}]}
    return fill(forms.in_box("accident"), answers | more)


def test_an_accident_becomes_a_report(team):
    receipt = receive(accident(), {}, team)
    print(Report.objects.get(pk=receipt.report_id).__dict__)
    print(receipt)
    from kambila.intake.lookup import entry_of
    print(entry_of(receipt.report_id).body)
    print(entry_of(receipt.report_id).sealed)


def test_the_same_from_eight_threads(team):
    xml = accident()

    def send(_):
        try:
            return receive(xml, {}, team)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(send, range(8)))
    assert len({each.report_id for each in receipts}) == 1
    assert Report.objects.count() == 1
    assert [each.duplicate for each in receipts].count(False) == 1
