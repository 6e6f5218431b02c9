"""How much is searched with how much work, by organisation, asset, terrain or method: sums of progress reports.

m² are those reduced and cleared; what is cancelled is not searched. A rate is the sum of m² over the sum of days or hours
of those reports that state both, never a mean of rates. A report belongs to a period with its last day, and is not divided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kambila.domain.operations.codes import Asset
from kambila.domain.operations.facts import rows
from kambila.domain.operations.models import Progress, Task, WorkItem
from kambila.domain.operations.progress import words_of
from kambila.registry.kinds import model_of, plan_of

OPERATOR, ASSET, TERRAIN, METHOD = BY = ("operator", "asset", "terrain", "method")
SEARCHED = ("reduced_m2", "cleared_m2")
NONE = Decimal(0)


@dataclass
class Rate:
    """What the reports of a group add up to. `key` is a UUID, or codes with spaces between them; empty: not known."""

    key: str
    title: str = ""
    reports: int = 0
    m2: Decimal = NONE
    deminer_days: Decimal = NONE
    machine_hours: Decimal = NONE
    stoppage_hours: Decimal = NONE
    m2_with_days: Decimal = NONE
    m2_with_hours: Decimal = NONE

    @property
    def m2_per_day(self) -> Decimal | None:
        """m² that a deminer searches in a day; None where no report says how many days."""
        return self.m2_with_days / self.deminer_days if self.deminer_days else None

    @property
    def m2_per_hour(self) -> Decimal | None:
        """m² that a machine searches in an hour; None where no report says how many hours."""
        return self.m2_with_hours / self.machine_hours if self.machine_hours else None


def productivity(
    by: str,
    first: str = "",
    last: str = "",
    reports: Iterable[Progress] | None = None,
    areas: Iterable[Any] | None = None,
) -> list[Rate]:
    """The groups, those that searched most first; reports up to and from days (YYYY-MM-DD; empty: no limit).

    `reports` and `areas` (whose terrain may be told) are those of an account; None: all.
    """
    known: list[Any] = list(Progress._default_manager.all() if reports is None else reports)
    chosen = [each for each in known if _lies_in(each, first, last)]
    keys = _Keys(by, chosen, areas)
    found: dict[str, Rate] = {}
    for each in chosen:
        key = keys.of(each)
        _add(found.setdefault(key, Rate(key)), each)
    titles = keys.titles(found)
    for key, rate in found.items():
        rate.title = titles.get(key) or (key if key else _("not known"))
    return sorted(found.values(), key=lambda each: (-each.m2, each.title))


def _lies_in(report: Any, first: str, last: str) -> bool:
    day = str(report.period_end_last or "")
    return (not first or day >= first) and (not last or (bool(day) and day <= last))


def _add(rate: Rate, report: Any) -> None:
    m2 = sum((getattr(report, each) or NONE for each in SEARCHED), NONE)
    rate.reports += 1
    rate.m2 += m2
    rate.stoppage_hours += report.stoppage_hours or NONE
    if report.deminer_days:
        rate.deminer_days, rate.m2_with_days = rate.deminer_days + report.deminer_days, rate.m2_with_days + m2
    if report.machine_hours:
        rate.machine_hours, rate.m2_with_hours = rate.machine_hours + report.machine_hours, rate.m2_with_hours + m2


class _Keys:
    """To which group a report belongs: by what it says itself, else by what its task says."""

    def __init__(self, by: str, reports: Iterable[Any], areas: Iterable[Any] | None) -> None:
        self.by = by
        ids = {each.task_id for each in reports} - {None}
        tasks: Any = Task._default_manager.filter(pk__in=ids).only("id", "operator_id", "objectives")
        self.tasks = {each.id: each for each in tasks}
        self.items: dict[str, Any] = {}
        self.terrain: Mapping[str, str] = {}
        if by == ASSET:
            self.items = {each.id: each for each in WorkItem._default_manager.filter(task__in=ids)}
        if by == TERRAIN:
            known = rows("hazardous_area") if areas is None else areas
            self.terrain = {each.id: " ".join(sorted(each.terrain or ())) for each in known}

    def of(self, report: Any) -> str:
        return str(getattr(self, f"_{self.by}")(report) or "")

    def _operator(self, report: Any) -> str | None:
        return report.operator_id or getattr(self.tasks.get(report.task_id), "operator_id", None)

    def _method(self, report: Any) -> str:
        return " ".join(sorted(report.methods or ()))

    def _asset(self, report: Any) -> str | None:
        """Of its work item; without one, of the task where all its work items have the same."""
        item = self.items.get(report.work_item_id)
        if item is not None:
            return item.asset or None
        of_task = {each.asset for each in self.items.values() if each.task_id == report.task_id}
        return of_task.pop() if len(of_task) == 1 else None

    def _terrain(self, report: Any) -> str | None:
        """Of its area; without one, of the only objective of the task."""
        objectives = list(getattr(self.tasks.get(report.task_id), "objectives", None) or ())
        only = objectives[0] if len(objectives) == 1 else ""
        return self.terrain.get(report.area_id or only)

    def titles(self, keys: Iterable[str]) -> dict[str, str]:
        if self.by == OPERATOR:
            known = model_of("organisation")._default_manager.filter(pk__in=list(keys))
            return {each.id: str(vars(each)["acronym"] or vars(each)["title"] or each) for each in known}
        if self.by == METHOD:
            return {key: words_of(key) for key in keys}
        listed: Any = Asset if self.by == ASSET else plan_of("hazardous_area").stated["terrain"].codes  # type: ignore[attr-defined]
        labels = {str(value): str(label) for value, label in listed.choices}
        return {key: " + ".join(labels.get(each, each) for each in key.split()) for key in keys}
