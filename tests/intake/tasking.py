"""A programme with an operator, its accreditation, a team, a place and a task. For tests only."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from kambila.intake.lookup import current
from kambila.intake.stepping import take
from kambila.journal.errors import Problem
from tests.registry.telling import accept, at, change, report

_numbers = itertools.count(1)
DAY = "2014-06-20"
OPERATOR, OTHER, VILLAGE, AREA, TASK, TEAM = (f"00000000-0000-7000-8000-0000000009{n:02}" for n in range(1, 7))
CERTIFICATE = {
    "holder": OPERATOR, "phase": "operational", "scopes": ["manual_clearance", "bac", "nts"], "decision": "granted",
    "issued_on": "2014-01-01", "expires_on": "2014-12-31", "code": "ACR-1",
}  # fmt: skip
OPEN = {
    "village": VILLAGE,
    "status": "open",
    "last_verified": "2014-06-01",
    "valid_until": "2014-12-31",
    "code": "ACC-1",
}
ORDER = {
    "number": "TO/1", "title": "Tin Hama", "type": "clearance", "operator": OPERATOR, "objectives": [AREA], "code": "TO-1",
    "planned_start": "2014-06-21", "planned_end": "2014-08-31", "standard": "NMAS 09.10", "depth_cm": 20,
    "adm1": "ML07", "adm2": "ML0701", "adm3": "ML070101",
}  # fmt: skip
LAND = {"classification": "cha", "devices": ["uxo"], "village": VILLAGE, "adm1": "ML07", "adm2": "ML0701", "code": "HA-1",
        "adm3": "ML070101", "title": "Tin Hama", "area_m2": "1000"}  # fmt: skip
CONTROL = {
    "visit_type": "control", "activity": "clearance", "task": TASK, "operator": OPERATOR, "inspector": OTHER,
    "result": "passed", "measures": ["none"],
}  # fmt: skip


def told(kind: str, values: dict[str, Any], record: str = "", date: str = DAY) -> str:
    """An accepted report of one record; gives its UUID."""
    id = record or f"00000000-0000-7000-8000-1{next(_numbers):011}"
    accept(report(change(id, values, kind), date=date))
    return id


def waiting(kind: str, values: dict[str, Any], date: str = DAY) -> Any:
    """A report of one record that nobody has decided about."""
    return report(change(f"00000000-0000-7000-8000-2{next(_numbers):011}", values, kind), date=date, code="R-DANGER")


def world(status: str = "drafted", **more: Any) -> None:
    """Everything that lets a clearance task be issued, in a place that is open."""
    at(DAY)
    for id, name in ((OPERATOR, "Sahel Clear"), (OTHER, "Inspectors")):
        told("organisation", {"title": name, "roles": ["operator"], "organisation_type": "22"}, id)
    told(
        "village", {"title": "Tin Hama", "adm1": "ML07", "adm2": "ML0701", "adm3": "ML070101", "code": "VIL-1"}, VILLAGE
    )
    told("hazardous_area", LAND, AREA)
    told("accreditation", CERTIFICATE)
    told("accessibility", OPEN)
    told("team", {"title": "Team 1", "operator": OPERATOR, "methods": ["manual"], "code": "TM-1"}, TEAM)
    told("task", {**ORDER, "status": status, **more}, TASK)


def step(status: str, author: str = "omar", reason: str = "as agreed", despite: str = "", **also: Any) -> Any:
    return take("task", TASK, status, author, reason, also, despite)


def refusal(status: str, **more: Any) -> Problem:
    """The Problem with which a step is refused."""
    try:
        step(status, **more)
    except Problem as problem:
        return problem
    raise AssertionError(f"the step {status} was taken")


def status() -> str | None:
    return current("task", TASK).status


def today() -> datetime.date:
    return datetime.date.fromisoformat(DAY)
