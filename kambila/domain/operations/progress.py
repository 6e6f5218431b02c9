"""How a task goes: what its progress reports add up to by day, week or month, what was found and destroyed, plan against
actual, and when it may end.

A report of several days is spread evenly over them. Progress reports tell of work; only products release land.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kambila.domain.operations.codes import DESTROYED, Method, SuspensionReason, Unit
from kambila.domain.operations.facts import rows
from kambila.domain.operations.models import OrdnanceItem, Progress

DAY, WEEK, MONTH = "day", "week", "month"
PERIODS = (DAY, WEEK, MONTH)
NONE = Decimal(0)
LONGEST = 366  # days of one report; a longer one is a mistake in a date, and is put on its last day
RECENT, FEWEST = 8, 3  # weeks on which a forecast rests at most and at least
LAND = ("cancelled_m2", "reduced_m2", "cleared_m2")
WORK = ("deminer_days", "machine_hours")


@dataclass
class Period:
    """What was done in a day, week or month, named by its first day. `by_method` has m² by the methods of the reports;
    `found` and `destroyed` are items, without rounds of small arms ammunition."""

    first: datetime.date
    amounts: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys((*LAND, *WORK), NONE))
    by_method: dict[str, Decimal] = field(default_factory=dict)
    stoppages: dict[str, Decimal] = field(default_factory=dict)
    found: int = 0
    destroyed: int = 0
    reports: dict[str, None] = field(default_factory=dict)

    @property
    def m2(self) -> Decimal:
        return sum((self.amounts[each] for each in LAND), NONE)


@dataclass(frozen=True)
class Forecast:
    """When the work may end: a range of days, or none, and the sentence that says what it rests on."""

    earliest: datetime.date | None
    latest: datetime.date | None
    sentence: str


@dataclass(frozen=True)
class Told:
    """The progress of a task: periods and all of them together. `items` are the items by their disposition, without rounds.

    `due_m2` is what would be done by now at an even pace from the planned start to the planned end; None where these or
    the planned area are not known. `by_method` is (planned, done) m² of each method; planned as its work items say.
    """

    periods: list[Period]
    total: Period
    planned_m2: Decimal | None
    done_m2: Decimal
    due_m2: Decimal | None
    by_method: dict[str, tuple[Decimal | None, Decimal]]
    items: dict[str, int]
    forecast: Forecast
    undated: list[Any]


def progress_of(
    task: Any,
    by: str,
    day: datetime.date,
    reports: Sequence[Progress] | None = None,
    items: Sequence[Any] | None = None,
) -> Told:
    """Of the progress reports and items of a task (those given, else all), up to a day."""
    known: list[Any] = list(Progress._default_manager.filter(task=task.id) if reports is None else reports)
    dated = [each for each in known if each.period_end_last]
    counted = [each for each in (items_of(task) if items is None else items) if each.category != "saa"]
    done = sum((_m2(each) for each in known), NONE)
    planned = task.planned_area_m2
    periods = _periods(dated, counted, by)
    total = _together(periods, day)
    return Told(
        periods=periods,
        total=total,
        planned_m2=planned,
        done_m2=done,
        due_m2=_due(task, day),
        by_method=_against_plan(task, total),
        items=_items(counted),
        forecast=_forecast(_periods(dated, (), WEEK), planned, done, day),
        undated=[each for each in known if not each.period_end_last],
    )


def items_of(task: Any, items: Any = None) -> list[Any]:
    """The items found by a task: those that name it, one of its progress reports, or one of its EOD calls."""
    known = OrdnanceItem._default_manager.all() if items is None else items
    return list(known.filter(Q(task=task.id) | Q(progress__task=task.id) | Q(spot_task__task=task.id)).distinct())


def words_of(methods: str) -> str:
    """The methods of a row in words; a report with several is not divided between them."""
    labels = dict(Method.choices)
    return " + ".join(str(labels.get(each, each)) for each in methods.split()) or _("method not stated")


def cause_of(reason: str) -> str:
    """The cause of a stoppage in words."""
    return str(dict(SuspensionReason.choices).get(reason, reason)) if reason else _("cause not stated")


def _periods(reports: Sequence[Any], items: Sequence[Any], by: str) -> list[Period]:
    found: dict[datetime.date, Period] = {}

    def period(day: datetime.date) -> Period:
        return found.setdefault(_first(day, by), Period(_first(day, by)))

    for report in reports:
        days = list(_days(report))
        for each in days:
            _add(period(each), report, len(days))
    for item in items:
        if item.found_on_last:
            period(item.found_on_last).found += item.quantity or 0
        if item.disposition in DESTROYED and item.disposed_on_last:
            period(item.disposed_on_last).destroyed += item.quantity or 0
    return [found[first] for first in sorted(found)]


def _together(periods: Sequence[Period], day: datetime.date) -> Period:
    """All periods as one."""
    total = Period(periods[0].first if periods else day)
    for each in periods:
        for own, added in (
            (total.amounts, each.amounts),
            (total.by_method, each.by_method),
            (total.stoppages, each.stoppages),
        ):
            for name, amount in added.items():
                own[name] = own.get(name, NONE) + amount
        total.found, total.destroyed = total.found + each.found, total.destroyed + each.destroyed
        total.reports |= each.reports
    return total


def _due(task: Any, day: datetime.date) -> Decimal | None:
    first, last = task.planned_start_first, task.planned_end_last
    if task.planned_area_m2 is None or not first or not last or last < first:
        return None
    gone = min(max((day - first).days + 1, 0), (last - first).days + 1)
    return Decimal(task.planned_area_m2 * gone / ((last - first).days + 1))


def _against_plan(task: Any, total: Period) -> dict[str, tuple[Decimal | None, Decimal]]:
    planned: dict[str, Decimal] = {}
    for each in rows("work_item", task=task.id, unit=Unit.M2):
        planned[each.method or ""] = planned.get(each.method or "", NONE) + (each.planned_quantity or NONE)
    methods = dict.fromkeys([*planned, *total.by_method])
    return {each: (planned.get(each), total.by_method.get(each, NONE)) for each in methods}


def _add(period: Period, report: Any, days: int) -> None:
    """The share of one day of a report."""
    for name in period.amounts:
        period.amounts[name] += (getattr(report, name) or NONE) / days
    if m2 := _m2(report):
        methods = " ".join(sorted(report.methods or ()))
        period.by_method[methods] = period.by_method.get(methods, NONE) + m2 / days
    if report.stoppage_hours:
        cause = report.stoppage_reason or ""
        period.stoppages[cause] = period.stoppages.get(cause, NONE) + report.stoppage_hours / days
    period.reports[str(report)] = None


def _m2(report: Any) -> Decimal:
    return sum((getattr(report, name) or NONE for name in LAND), NONE)


def _days(report: Any) -> Iterator[datetime.date]:
    last = report.period_end_last
    first = report.period_start_first or last
    if not 0 <= (last - first).days < LONGEST:
        first = last
    return (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))


def _first(day: datetime.date, by: str) -> datetime.date:
    if by == MONTH:
        return day.replace(day=1)
    return day - datetime.timedelta(days=day.weekday()) if by == WEEK else day


def _items(items: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in items:
        found[each.disposition or ""] = found.get(each.disposition or "", 0) + (each.quantity or 0)
    return found


def _forecast(weeks: Sequence[Period], planned: Decimal | None, done: Decimal, day: datetime.date) -> Forecast:
    """From the slower and the faster half of the last weeks, those without work included: stoppages come again."""
    if planned is None:
        return Forecast(None, None, _("Without a planned area nothing can be said of the end."))
    left = planned - done
    if left <= 0:
        return Forecast(None, None, _("The planned area is done; what is left is completion and quality control."))
    rates = sorted(_last_weeks(weeks, day))
    if len(rates) < FEWEST:
        said = _("Fewer than %(weeks)d weeks of work are reported; that is too little for a forecast.")
        return Forecast(None, None, said % {"weeks": FEWEST})
    half = len(rates) // 2
    slow, fast = _mean(rates[:half]), _mean(rates[-half:])
    values = {
        "left": f"{left:.0f}", "planned": f"{planned:.0f}", "weeks": len(rates),
        "slow": f"{slow:.0f}", "fast": f"{fast:.0f}",
    }  # fmt: skip
    if not slow:
        said = _(
            "In half of the last %(weeks)d weeks nothing was done: the work has no end in sight. Left: %(left)s m²."
        )
        return Forecast(None, None, said % values)
    said = _(
        "It rests on the last %(weeks)d weeks: %(slow)s m² a week in the slower half, %(fast)s m² in the faster half, "
        "stoppages included. Left are %(left)s of %(planned)s m² planned."
    )
    return Forecast(_after(day, left / fast), _after(day, left / slow), said % values)


def _last_weeks(weeks: Sequence[Period], day: datetime.date) -> list[Decimal]:
    """m² of each whole week from the first report on, the last ones only."""
    known = {each.first: each.m2 for each in weeks}
    this = _first(day, WEEK)
    if not known:
        return []
    count = (this - min(known)).days // 7
    whole = [this - datetime.timedelta(weeks=n) for n in range(1, count + 1)]
    return [known.get(each, NONE) for each in whole[:RECENT]]


def _mean(rates: Sequence[Decimal]) -> Decimal:
    return sum(rates, NONE) / len(rates)


def _after(day: datetime.date, weeks: Decimal) -> datetime.date | None:
    """So many weeks later; None when that is further than anybody plans."""
    return day + datetime.timedelta(days=math.ceil(weeks * 7)) if weeks < 520 else None
