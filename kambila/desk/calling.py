"""Open EOD calls as a page tells them: how urgent, how long the caller has waited, and the nearest teams that could go."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse

from kambila.desk.tasking import candidate_row
from kambila.desk.values import number
from kambila.domain.operations.calls import Open, open_calls
from kambila.domain.operations.candidates import FORBIDDEN, Candidate, responders
from kambila.domain.operations.codes import SpotStatus
from kambila.domain.operations.models import SpotTask, Team
from kambila.intake import stepping
from kambila.journal import clock
from kambila.registry import access
from kambila.registry.fields import RESTRICTED
from kambila.registry.findings import hidden_from

MOST, NEAREST = 40, 3
KIND = "spot_task"
Row = dict[str, Any]


def seen_calls(account: Any) -> Any:
    """The calls of which the account sees every field; response times and places of others leave as figures only."""
    return access.visible(account, SpotTask).filter(shown_tier=RESTRICTED)


def call_rows(account: Any) -> tuple[list[Row], int]:
    """The open calls in the order of `open_calls`, and how many more there are."""
    now = clock.now()
    found = open_calls(now, seen_calls(account))
    teams = list(access.visible(account, Team))
    return [_row(account, each, teams, now.date()) for each in found[:MOST]], max(len(found) - MOST, 0)


def may_send(account: Any, call: SpotTask) -> bool:
    """Whether the account may send a team to this call now."""
    waits = call.status in (SpotStatus.REQUESTED, SpotStatus.RESPONDED)
    return waits and stepping.may_step(account, call)


def team_rows(account: Any, call: SpotTask) -> list[Row]:
    """Who could answer a call, of the teams that the account may see."""
    found = responders(call, clock.now().date(), access.visible(account, Team))
    hidden = hidden_from(account, [said for each in found for said in each.findings])
    return [candidate_row(each, hidden) for each in found]


def _row(account: Any, each: Open, teams: list[Any], today: datetime.date) -> Row:
    call = each.call
    asked = call.status == SpotStatus.REQUESTED
    able = [one for one in responders(call, today, teams) if one.state != FORBIDDEN][:NEAREST] if asked else []
    return {
        "call": call,
        "url": reverse("record", args=[KIND, call.id]),
        "waits": "" if each.days is None else number(each.days),
        "place": call.locality or call.adm3 or call.adm2 or call.adm1 or "",
        "sent": call.team or "",
        "teams": [_told(one) for one in able],
        "asked": asked,
        "who": reverse("call-who", args=[call.id]) if may_send(account, call) else "",
    }


def _told(each: Candidate) -> Row:
    return {"title": each.team.title or str(each.team), "distance_km": each.distance_km, "state": each.state}
