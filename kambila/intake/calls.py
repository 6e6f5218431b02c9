"""Sending a team to an EOD call, and what came of it: steps of the call, with what speaks against a team told first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kambila.domain.operations.candidates import FORBIDDEN, WITH_REASON, Candidate, responders
from kambila.domain.operations.models import SpotTask, Team
from kambila.intake import errors, stepping  # noqa: F401  the catalogue
from kambila.intake.authority import known_account, must_with_record
from kambila.intake.lookup import current, find_record
from kambila.intake.writing import Result
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.registry.findings import FORBIDS, NEEDS_REASON, hidden_from, of_weight

KIND = "spot_task"


def assign(call: str, team: str, author: str, reason: str, *, despite: str = "", answer: str = "") -> Result:
    """Send a team to a call. Raises Problem when a guard forbids it, or asks for a signed reason (`despite`).

    `answer` is why it is right all the same where a check of the report finds something doubtful.
    """
    found, account = current(KIND, call), known_account(author)
    for action in ("report", "decide"):
        must_with_record(account, action, KIND, found.id)
    chosen = _candidate(found, find_record("team", team))
    hidden = hidden_from(account, list(chosen.findings))
    weights = {FORBIDDEN: FORBIDS, WITH_REASON: NEEDS_REASON}
    sentences = of_weight(chosen.findings, weights.get(chosen.state, ""), hidden)
    told = {"call": found, "team": chosen.team, "sentences": sentences}
    if chosen.state == FORBIDDEN:
        raise Problem("call-not-for-team", **told)
    if chosen.state == WITH_REASON and not despite.strip():
        raise Problem("call-needs-reason", **told)
    also = {"operator": chosen.team.operator_id, "team": chosen.team.title or str(chosen.team)}
    signed = " ".join(dict.fromkeys(each.strip() for each in (despite, answer) if each.strip()))
    return stepping.take(KIND, found.id, "assigned", author, reason, also, signed)


def record(call: str, status: str, author: str, reason: str, values: Mapping[str, Any], answer: str = "") -> Result:
    """Take any other step with a call: a team was there, it is closed with its outcome, given back, cancelled."""
    return stepping.take(KIND, current(KIND, call).id, status, author, reason, values, answer)


def _candidate(call: SpotTask, team: str) -> Candidate:
    found = responders(call, clock.now().date(), Team._default_manager.filter(pk=team))
    if not found:
        raise Problem("no-such-record", name=team)
    return found[0]
