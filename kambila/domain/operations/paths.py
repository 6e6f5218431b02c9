"""The paths of operations: of a task, of an EOD call, and of a non-conformity (proposals; IMAS 07.40 unverified)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kambila.domain.operations import guards
from kambila.domain.operations.codes import NAMES_TEAM
from kambila.domain.operations.codes import TaskStatus as S
from kambila.domain.operations.priorities import of_task
from kambila.registry.paths import path

STOPS: dict[str, tuple[str, ...]] = {S.CANCELLED: ()}


def _implied(task: Any, step: str, stated: Mapping[str, Any], account: Any) -> Mapping[str, Any]:
    """Who chooses a team chooses its organisation; the priority of the day is kept with the order."""
    team = guards.team_of(stated.get("team"))
    chosen = {"operator": team.operator_id} if team is not None else {}
    return chosen | of_task.stated(task, step, stated, account)


TASK = path(
    "task",
    "status",
    {
        S.IDENTIFIED: {S.PRIORITISED: (), **STOPS},
        S.PRIORITISED: {S.DRAFTED: (), **STOPS},
        S.DRAFTED: {S.ISSUED: (), **STOPS},
        S.ISSUED: {S.ACCEPTED: (), S.DRAFTED: (), **STOPS},  # an operator that declines: it is drafted again
        S.ACCEPTED: {S.IN_PROGRESS: (), **STOPS},
        S.IN_PROGRESS: {S.COMPLETED: (), S.SUSPENDED: ("suspension_reason",), **STOPS},
        S.SUSPENDED: {S.IN_PROGRESS: (), **STOPS},
        S.COMPLETED: {S.CHECKED: (), S.IN_PROGRESS: ()},  # quality control that fails sends people back to work
        S.CHECKED: {S.HANDED_OVER: (), S.IN_PROGRESS: ()},
        S.HANDED_OVER: {S.CLOSED: ()},
        S.CLOSED: {},
        S.CANCELLED: {},
    },
    begins=(S.IDENTIFIED, S.CANCELLED),  # whatever was done under a status that is not known, it begins anew
    offers={S.PRIORITISED: (of_task.SCENARIO,), **dict.fromkeys(NAMES_TEAM, ("team",))},
    choices={of_task.SCENARIO: of_task.choices},
    implied=_implied,
    today={S.ISSUED: "issued_on", S.COMPLETED: "completed_on"},
    keeps=("issued_on",),
    dated="status_date",
    clears={S.IN_PROGRESS: ("suspension_reason",), S.CANCELLED: ("suspension_reason",)},
    guards=guards.guards_of,
    works=(S.ISSUED, S.ACCEPTED, S.IN_PROGRESS),
)

CALL = path(
    "spot_task",
    "status",
    {
        "requested": {"assigned": ("operator",), "cancelled": ()},
        "assigned": {"responded": (), "requested": (), "cancelled": ()},  # requested: the organisation gave it back
        "responded": {"closed": ("outcome",), "assigned": ("operator",)},
        "closed": {"responded": ()},
        "cancelled": {"requested": ()},
    },
    today={"responded": "responded_on"},
    clears={"requested": ("operator", "team")},
    guards=guards.guards_of_call,
    reported=True,
)

NON_CONFORMITY = path(
    "non_conformity",
    "status",
    {
        "open": {"agreed": (), "corrected": (), "escalated": ()},
        "agreed": {"corrected": (), "escalated": ()},
        "corrected": {"verified": ("verified_on",), "open": (), "escalated": ()},  # open: it was looked at and is not
        "escalated": {"agreed": (), "corrected": ()},
        "verified": {"open": ()},  # it came back
    },
    today={"verified": "verified_on"},
    clears={"open": ("verified_on",), "agreed": ("verified_on",), "corrected": ("verified_on",)},
)
