"""Who could take a task: every team, nearest and free first, with what speaks for it and what forbids it.

The guards are those of the step that issues the task, so that no team is named as possible that they would refuse.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import shapely

from kambila.domain.operations import guards
from kambila.domain.operations.codes import AT_WORK
from kambila.domain.operations.facts import Facts, rows
from kambila.domain.operations.guards import Case
from kambila.domain.operations.models import Task, Team, WorkItem
from kambila.registry.findings import FORBIDS, NEEDS_REASON, Finding
from kambila.registry.geometry import ellipsoid

POSSIBLE, WITH_REASON, FORBIDDEN = "possible", "with_reason", "forbidden"
STATES = (POSSIBLE, WITH_REASON, FORBIDDEN)
FAR = float("inf")


@dataclass(frozen=True)
class Candidate:
    """A team: whether it may take the task, how far it is (km, None: not known), from when on it is free (None: now).

    `busy_with` are the codes of its open tasks; `effort_days` is the planned area by what it does in a day.
    """

    team: Any
    organisation: str
    state: str
    distance_km: float | None
    free_from: datetime.date | None
    busy_with: tuple[str, ...]
    effort_days: int | None
    findings: tuple[Finding, ...]


def candidates(task: Any, day: datetime.date, teams: Iterable[Team] | None = None) -> list[Candidate]:
    """The teams that are not disbanded, best first: possible before forbidden, free before busy, near before far."""
    known = _at_hand(teams, day)
    items = WorkItem._default_manager.filter(task=task.id).values_list("operator_id", flat=True)
    facts = Facts(task, {each.operator_id for each in known} | {id for id in items if id}, day)
    return _sorted(known, facts, guards.about_taking)


def responders(call: Any, day: datetime.date, teams: Iterable[Team] | None = None) -> list[Candidate]:
    """Who could answer an EOD call. The call itself is the danger: other undecided reports do not hold the team back."""
    known = _at_hand(teams, day)
    facts = guards.facts_of_call(call, {each.operator_id for each in known}, day)
    return _sorted(known, facts, guards.about_answering)


def _at_hand(teams: Iterable[Team] | None, day: datetime.date) -> list[Any]:
    known: list[Any] = list(Team._default_manager.all() if teams is None else teams)
    return [each for each in known if not (each.disbanded_on_first and str(each.disbanded_on_first) <= day.isoformat())]


def _sorted(known: list[Any], facts: Facts, asks: Callable[[Case], list[Finding]]) -> list[Candidate]:
    bases, open_tasks, here = _bases(known), _open_tasks(known, facts.task.id), _middle(facts)
    found = [_candidate(each, facts, asks, bases.get(each.id), here, open_tasks[each.id]) for each in known]
    return sorted(found, key=_order)


def _candidate(
    team: Any, facts: Facts, asks: Callable[[Case], list[Finding]], base: Any, here: Any, open_tasks: list[Task]
) -> Candidate:
    findings = tuple(asks(Case(facts.task, team.operator_id, team, facts)))
    organisation = facts.organisations.get(team.operator_id)
    return Candidate(
        team=team,
        organisation=str(organisation.acronym or organisation.title) if organisation else "",
        state=_state(findings),
        distance_km=_km(base, here),
        free_from=_free_from(team, open_tasks, facts.day),
        busy_with=tuple(str(each) for each in open_tasks),
        effort_days=_effort(facts.task, team),
        findings=findings,
    )


def _state(findings: Iterable[Finding]) -> str:
    weights = {each.weight for each in findings}
    return FORBIDDEN if FORBIDS in weights else WITH_REASON if NEEDS_REASON in weights else POSSIBLE


def _order(each: Candidate) -> tuple[Any, ...]:
    far = FAR if each.distance_km is None else each.distance_km
    free = each.free_from or datetime.date.min
    return STATES.index(each.state), each.free_from is not None, far, free, each.team.title or "", each.team.id


def _open_tasks(teams: list[Team], but: str) -> dict[str, list[Task]]:
    """The tasks on which the teams are at work, without the one that is asked about."""
    found: dict[str, list[Task]] = defaultdict(list)
    at_work = Task._default_manager.filter(status__in=AT_WORK, team__in=[each.id for each in teams]).exclude(pk=but)
    for each in at_work.only("id", "code", "team_id", "planned_end", "planned_end_last"):
        found[str(each.team_id)].append(each)
    return found


def _free_from(team: Any, open_tasks: list[Any], day: datetime.date) -> datetime.date | None:
    """The first day on which it is free; None when that is today. A task without a planned end has no end in sight."""
    ends = [each.planned_end_last for each in open_tasks]
    if None in ends:
        return datetime.date.max
    after = [end + datetime.timedelta(days=1) for end in ends]
    first = max([*after, *([team.free_from_last] if team.free_from_last else [])], default=day)
    if open_tasks:  # late, but still at work
        return max(first, day + datetime.timedelta(days=1))
    return first if first > day else None


def _effort(task: Any, team: Any) -> int | None:
    if not task.planned_area_m2 or not team.m2_per_day:
        return None
    return math.ceil(task.planned_area_m2 / team.m2_per_day)


def _bases(teams: list[Team]) -> dict[str, Any]:
    """Where each team starts from: its position, else that of its village."""
    villages = {
        each.id: each.location for each in rows("village", pk__in={t.village_id for t in teams if t.village_id})
    }
    found = {each.id: each.base or villages.get(each.village_id) for each in teams}
    return {id: shapely.from_wkb(bytes(wkb)) for id, wkb in found.items() if wkb}


def _middle(facts: Facts) -> Any:
    return shapely.GeometryCollection(facts.shapes).centroid if facts.shapes else None


def _km(base: Any, here: Any) -> float | None:
    if base is None or here is None or here.is_empty:
        return None
    return round(ellipsoid().inv(base.x, base.y, here.x, here.y)[2] / 1000, 1)
