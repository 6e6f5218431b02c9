"""What a phone is told of reports that were returned: what must be mended, and nobody's name."""

from __future__ import annotations

import pytest

from kambila.accounts.models import Account
from kambila.intake import decisions
from kambila.intake.returned import returned_to, without
from kambila.registry.models import Report
from tests.intake.door import ACCIDENT, PERSON, filled, open_door, send
from tests.registry.telling import at

NAMED = {**ACCIDENT, "casualties": [{**PERSON, "full_name": "Aïssata Wallet-Mohamed"}]}


@pytest.fixture(autouse=True)
def door(programme):
    at("2014-06-29")
    open_door()


def to(name):
    return returned_to(Account.objects.get(username=name))


def test_the_sender_is_told_what_to_mend_and_when_it_was_said():
    one = send()
    decisions.return_(one.report_id, "omar", "Which well was it?")
    [row] = to("team")
    assert (row.report, row.code, row.form, row.mend, row.date) == (
        one.report_id, one.code, "accident", "Which well was it?", "2014-06-29",
    )  # fmt: skip
    assert row.instance
    assert to("omar") == []


def test_only_what_is_still_returned_is_told():
    one = send()
    assert to("team") == []
    decisions.return_(one.report_id, "omar", "Which well?")
    first = Report.objects.get(pk=one.report_id)
    send(filled(deprecated=first.instance, answers={**ACCIDENT, "adm2": "ML0702"}))
    assert to("team") == []


def test_a_name_in_the_reason_does_not_leave():
    one = send(filled(answers=NAMED))
    decisions.return_(one.report_id, "omar", "Ask AISSATA and Mme Wallet’s aunt (+223 76 12 34 56): was it 2014-06-18?")
    [row] = to("team")
    assert row.mend == "Ask … and Mme …’s aunt (…): was it 2014-06-18?"


@pytest.mark.parametrize(
    ("text", "personal", "left"),
    [
        ("Mohamed's age", ["Aïssata Wallet-Mohamed"], "…'s age"),
        ("call 7612", ["7612"], "call …"),
        ("the well of Al", ["Al"], "the well of Al"),
        ("l’Aïssatou", ["Aissatou"], "l’…"),
        ("nothing to hide, 12 of 30", ["Fatou"], "nothing to hide, 12 of 30"),
    ],
)
def test_words_and_numbers_of_people_are_struck_out(text, personal, left):
    assert without(text, personal) == left


def test_where_what_is_sealed_is_gone_no_words_are_handed_out():
    one = send(filled(answers=NAMED))
    record = next(c["id"] for c in _changes(one) if c["kind"] == "casualty")
    decisions.return_(one.report_id, "omar", "Ask Aïssata again")
    decisions.erase("casualty", record, "ana", "she asked for it", "the law")
    [row] = to("team")
    assert "Aïssata" not in row.mend and "Ask the office" in row.mend


def _changes(receipt):
    from tests.intake.door import body

    return body(receipt)["changes"]
