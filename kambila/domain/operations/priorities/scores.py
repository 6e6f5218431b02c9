"""The score of each open area by a scenario: its parts add up to it, and each part names its records."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kambila.domain.operations.priorities.parts import share_of
from kambila.domain.operations.priorities.scenarios import Criterion, Scenario, Scenarios, current
from kambila.domain.operations.priorities.surroundings import Surroundings
from kambila.registry.models import kind_of

TENTH = Decimal("0.1")
Ref = tuple[str, str, str]  # kind, id, code


@dataclass(frozen=True)
class Part:
    """What one criterion brings: points, of how many it could bring, and the records it rests on."""

    criterion: str
    points: Decimal
    of: Decimal
    records: tuple[Ref, ...]

    @property
    def label(self) -> str:
        return str(Criterion(self.criterion).label)


@dataclass(frozen=True)
class Score:
    """An area with its parts; the score, of at most 100 points, is what they add up to."""

    area: Any
    parts: tuple[Part, ...]

    @property
    def points(self) -> Decimal:
        return sum((each.points for each in self.parts), Decimal("0.0"))


@dataclass(frozen=True)
class Ranking:
    """All scores by one scenario on a day, the most urgent first; alike ones in the order of their codes."""

    scenario: Scenario
    version: str
    day: datetime.date
    scores: tuple[Score, ...]


def rankings(
    account: Any,
    names: Sequence[str],
    day: datetime.date,
    scenarios: Scenarios | None = None,
    only: Collection[str] | None = None,
) -> list[Ranking]:
    """The open areas that an account sees, by each scenario, of those in force unless others are given; `only` these.

    Raises Problem for a scenario that is not there.
    """
    scenarios = scenarios or current()
    chosen = [scenarios.named(name) for name in names]
    around = Surroundings(account, day, scenarios, only)
    return [Ranking(each, scenarios.version, day, _scored(each, around)) for each in chosen]


def _scored(scenario: Scenario, around: Surroundings) -> tuple[Score, ...]:
    found = [Score(area, _parts(scenario, area, around)) for area in around.areas]
    return tuple(sorted(found, key=lambda score: (-score.points, str(score.area), score.area.id)))


def _parts(scenario: Scenario, area: Any, around: Surroundings) -> tuple[Part, ...]:
    whole = sum(weight for _name, weight in scenario.weights)
    parts = []
    for name, weight in scenario.weights:
        share, records = share_of(name, area, around)
        most = Decimal(str(100 * weight / whole))
        parts.append(Part(name, _tenths(most * Decimal(str(share))), _tenths(most), tuple(map(_ref, records))))
    return tuple(parts)


def _tenths(points: Decimal) -> Decimal:
    return points.quantize(TENTH, ROUND_HALF_UP)


def _ref(record: Any) -> Ref:
    return kind_of(type(record)), record.id, str(record)


def as_json(ranking: Ranking) -> dict[str, Any]:
    """{scenario, title, version, day, areas: [{id, code, title, score, parts: [{criterion, points, of, records}]}]}."""
    return {
        "scenario": ranking.scenario.name,
        "title": ranking.scenario.title,
        "version": ranking.version,
        "day": ranking.day.isoformat(),
        "areas": [_area(each) for each in ranking.scores],
    }


def _area(score: Score) -> Mapping[str, Any]:
    parts = [
        {
            "criterion": part.criterion,
            "points": float(part.points),
            "of": float(part.of),
            "records": [{"kind": kind, "id": id, "code": code} for kind, id, code in part.records],
        }
        for part in score.parts
    ]
    area = score.area
    return {"id": area.id, "code": str(area), "title": area.title or "", "score": float(score.points), "parts": parts}
