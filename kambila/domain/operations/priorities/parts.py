"""The criteria: each gives an area a share from 0 to 1, and names the records that the share rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from kambila.domain.operations.guards import accesses
from kambila.domain.operations.priorities.scenarios import Criterion
from kambila.domain.operations.priorities.surroundings import Surroundings

YES = "yes"
HEARD = 0.5  # what the village says of itself, where nothing is said of the area
REACHED = (("closed", 0.0), ("restricted", 0.5), ("open", 1.0))  # the share by access; where it is not known:
UNKNOWN = 0.25


class Part(NamedTuple):
    """A share, and the records that it rests on."""

    share: float
    records: tuple[Any, ...] = ()


def share_of(criterion: str, area: Any, around: Surroundings) -> Part:
    """What a criterion says of an area."""
    return CRITERIA[criterion](area, around)


def _casualties(area: Any, around: Surroundings) -> Part:
    """Killed and injured in accidents near it, as many as the scenarios say for the whole share."""
    hurt = {each: _hurt(each) for each in around.incidents(area)}
    counted = {each: number for each, number in hurt.items() if number}
    return Part(min(1.0, sum(counted.values()) / around.scenarios.casualties), tuple(counted))


def _hurt(incident: Any) -> int:
    """Of what was reported and what was recorded one by one the greater: neither is less than what happened."""
    stated = (incident.killed_stated or 0) + (incident.injured_stated or 0)
    return max(stated, (incident.killed_recorded or 0) + (incident.injured_recorded or 0))


def _blocked(*codes: str) -> Callable[[Any, Surroundings], Part]:
    def blocked(area: Any, around: Surroundings) -> Part:
        if set(codes) & set(area.blockages or ()):
            return Part(1.0, (area,))
        survey = around.survey(area)
        heard = survey is not None and set(codes) & set(survey.blockages or ())
        return Part(HEARD, (survey,)) if heard else Part(0.0)

    return blocked


def _returns(area: Any, around: Surroundings) -> Part:
    if area.returns_expected == YES:
        return Part(1.0, (area,))
    survey = around.survey(area)
    if survey is not None and (survey.returns == YES or survey.returned):
        return Part(1.0, (survey,))
    displaced = survey is not None and (survey.displaced or survey.camp == YES)
    return Part(HEARD, (survey,)) if displaced else Part(0.0)


def _school(area: Any, around: Surroundings) -> Part:
    if "infrastructure" in (area.blockages or ()):
        return Part(1.0, (area,))
    found = around.schools(area)
    return Part(1.0, tuple(found)) if found else Part(0.0)


def _access(area: Any, around: Surroundings) -> Part:
    """Closed, restricted, open, unknown, the gravest that holds on the day: what has expired is never open."""
    found = around.assessments(area)
    now = {status for _record, status in accesses(found, around.day)}
    share = next((share for status, share in REACHED if status in now), UNKNOWN)
    return Part(share, tuple(found))


def _development(area: Any, around: Surroundings) -> Part:
    return Part(1.0, (area,)) if area.project_planned == YES or area.contribution_id else Part(0.0)


CRITERIA: dict[str, Callable[[Any, Surroundings], Part]] = {
    Criterion.CASUALTIES: _casualties,
    Criterion.WATER: _blocked("water"),
    Criterion.FIELDS: _blocked("agriculture"),
    Criterion.ROADS: _blocked("roads"),
    Criterion.RETURNS: _returns,
    Criterion.SCHOOL: _school,
    Criterion.ACCESS: _access,
    Criterion.DEVELOPMENT: _development,
}
