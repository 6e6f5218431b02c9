"""People with roles, and reports as the door takes them. For tests only."""

from __future__ import annotations

from typing import Any

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.journal import Entry
from tests.registry.telling import C, H, I, change, report

INCIDENT = {
    "category": "mine_erw",
    "date": "2014-06-18",
    "device": "uxo",
    "adm1": "ML07",
    "adm2": "ML0701",
    "adm3": "ML070101",
}
CASUALTY = {"incident": I, "sex": "female", "age": 9, "outcome": "injured", "status": "civilian"}
AREA = {"classification": "cha", "devices": ["uxo"], "adm1": "ML07"}


def programme_people() -> None:
    """ana manages; omar and fatou decide; team reports; viewer reads; kidal decides in Kidal only."""
    for name in ("ana", "omar", "fatou", "team", "viewer", "kidal"):
        people.add(name)
    granting.grant("ana", "programme-manager", Scope(), "the programme begins", "ana")
    for name, role, scope in (
        ("omar", "information-officer", Scope()),
        ("fatou", "quality-officer", Scope()),
        ("team", "reporter", Scope()),
        ("viewer", "auditor", Scope()),
        ("kidal", "office-officer", Scope(place="ML08")),
    ):
        granting.grant(name, role, scope, "their work", "ana")


def incident(date: str = "2014-06-20", **values: Any) -> Entry:
    """A good report of an incident."""
    return report(change(I, {**INCIDENT, **values}, "incident"), date=date)


def casualty(date: str = "2014-06-20", record: str = C, **values: Any) -> Entry:
    """A report of a casualty with its incident."""
    extra = {name: values.pop(name) for name in ("names", "raw", "code") if name in values}
    changes = [change(I, INCIDENT, "incident"), change(record, {**CASUALTY, **values})]
    return report(*changes, date=date, **extra)


def area(date: str = "2014-06-20", record: str = H, **values: Any) -> Entry:
    """A report of a hazardous area."""
    return report(change(record, {**AREA, **values}, "hazardous_area"), date=date)
