"""A programme whose forms are published, and submissions as phones send them. For tests only."""

from __future__ import annotations

from typing import Any

from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.receive import Receipt, receive
from tests.intake.people import programme_people

PERSON = {"outcome": "injured", "sex": "female", "age": 9, "status": "civilian"}
ACCIDENT: dict[str, Any] = {
    "category": "mine_erw",
    "date": "2014-06-18",
    "device": "uxo",
    "adm1": "ML07",
    "adm2": "ML0701",
    "anyone_hurt": "yes",
    "casualties": [PERSON],
    "source": ["witness"],
    "verification": "not_verified",
}
VILLAGE = {"title": "Tin Essako", "adm1": "ML08", "adm2": "ML0803", "adm3": "ML080301"}


def open_door() -> None:
    """People, and the forms of the box."""
    programme_people()
    forms.publish_forms("ana")


def filled(form: str = "accident", answers: dict[str, Any] | None = None, **more: Any) -> bytes:
    """The XML of a form of the box."""
    return fill(forms.in_box(form), ACCIDENT if answers is None else answers, **more)


def send(xml: bytes | None = None, files: dict[str, bytes] | None = None, by: str = "team") -> Receipt:
    """Send a submission; an accident unless another is given."""
    return receive(filled() if xml is None else xml, files or {}, by)


def body(receipt: Receipt) -> dict[str, Any]:
    """The body of the report that a submission became."""
    return entry_of(receipt.report_id).body


def changes(receipt: Receipt, kind: str) -> list[dict[str, Any]]:
    """What it states of the records of a kind."""
    return [each for each in body(receipt)["changes"] if each["kind"] == kind]
