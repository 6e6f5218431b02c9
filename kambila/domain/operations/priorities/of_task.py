"""The priority of a task at the time when it was ordered: the score of the most urgent of its areas, kept with its parts.

It is stated with the step that prioritises a task; with the step that issues it where it was drafted without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kambila.domain.operations.codes import TaskStatus
from kambila.domain.operations.priorities.scenarios import Criterion, current
from kambila.domain.operations.priorities.scores import Part, rankings
from kambila.journal import clock

FEW = 8  # records that a part names
WRITTEN = re.compile(r"(\w+) ([0-9.]+)/([0-9.]+)((?: \S+)*)")
POINTS, SCENARIO, VERSION, PARTS = "priority_points", "priority_scenario", "priority_version", "priority_parts"


def stated(task: Any, step: str, also: Mapping[str, Any], account: Any) -> dict[str, str]:
    """What a step states of the priority of a task; nothing where none of its areas is open and seen whole by the account.

    `also` may name the scenario; without, it is the one of the task, else the first. Raises Problem for one that is not
    there.
    """
    late = step == TaskStatus.ISSUED and task.priority_points is None
    if step != TaskStatus.PRIORITISED and not late:
        return {}
    names = [str(also.get(SCENARIO) or "")]
    ranking = rankings(account, names, clock.now().date(), only=tuple(task.objectives or ()))[0]
    if not ranking.scores:
        return {}
    most = ranking.scores[0]
    return {
        POINTS: str(most.points),
        SCENARIO: ranking.scenario.name,
        VERSION: ranking.version,
        PARTS: "; ".join(_written(each) for each in most.parts if each.points),
    }


def choices() -> list[tuple[str, str]]:
    """The scenarios by which a task can be prioritised: (name, title)."""
    return [(each.name, each.title) for each in current().all]


def title_of(scenario: str) -> str:
    """The title of a scenario, as it is in force; the name of one that is no longer there."""
    return dict(choices()).get(scenario, scenario)


def parts_of(task: Any) -> list[tuple[str, Decimal, Decimal, list[str]]]:
    """The parts that a task keeps: (criterion in words, points, of how many, codes of the records); none where they
    cannot be read."""
    labels = dict(Criterion.choices)
    found = [WRITTEN.fullmatch(each) for each in (task.priority_parts or "").split("; ")]
    return [
        (str(labels.get(each[1], each[1])), Decimal(each[2]), Decimal(each[3]), each[4].split())
        for each in found
        if each is not None
    ]


def _written(part: Part) -> str:
    codes = [code for _kind, _id, code in part.records[:FEW]]
    return " ".join([part.criterion, f"{part.points}/{part.of}", *codes])
