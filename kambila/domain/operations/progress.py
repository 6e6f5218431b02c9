"""How a task goes: what its progress reports add up to by day, week or month, plan against actual, and when it may end.

A report of several days is spread evenly over them. Progress reports tell of work; only products release land.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kambila.domain.operations.codes import Method, SuspensionReason
from kambila.domain.operations.facts import rows
from kambila.domain.operations.models import Progress

DAY, WEEK, MONTH = "day", "week", "month"
PERIODS = (DAY, WEEK, MONTH)
NONE = Decimal(0)
LONGEST = 366  # days of one report; a longer one is a mistake in a date, and is put on its last day
RECENT, FEWEST = 8, 3  # weeks on which a forecast rests at most and at least
LAND = ("cancelled_m2", "reduced_m2", "cleared_m2")
WORK = ("deminer_days", "machine_hours")


@dataclass
class Period:
    """What was done in a day, week or month, named by its first day. `by_method` has m² by the methods of the reports."""

    first: datetime.date
    amounts: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys((*LAND, *WORK), NONE))
    by_method: dict[str, Decimal] = field(default_factory=dict)
    stoppages: dict[str, Decimal] = field(default_factory=dict)
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
    """The progress of a task. `items` are the items found and destroyed by their disposition, without rounds."""

    periods: list[Period]
    planned_m2: Decimal | None
    done_m2: Decimal
    items: dict[str, int]
    forecast: Forecast
    undated: list[Any]


def progress_of(task: Any, by: str, day: datetime.date, reports: Sequence[Progress] | None = None) -> Told:
    """Of the progress reports of a task (those given, else all), up to a day."""
    known: list[Any] = list(Progress._default_manager.filter(task=task.id) if reports is None else reports)
    dated = [each for each in known if each.period_end_last]
    done = sum((_m2(each) for each in known), NONE)
    planned = task.planned_area_m2
    return Told(
        periods=_periods(dated, by),
        planned_m2=planned,
        done_m2=done,
        items=_items(task),
        forecast=_forecast(_periods(dated, WEEK), planned, done, day),
        undated=[each for each in known if not each.period_end_last],
    )


def words_of(methods: str) -> str:
    """The methods of a row in words; a report with several is not divided between them."""
    labels = dict(Method.choices)
    return " + ".join(str(labels.get(each, each)) for each in methods.split()) or _("method not stated")


def cause_of(reason: str) -> str:
    """The cause of a stoppage in words."""
    return str(dict(SuspensionReason.choices).get(reason, reason)) if reason else _("cause not stated")


def _periods(reports: Sequence[Any], by: str) -> list[Period]:
    found: dict[datetime.date, Period] = {}
    for report in reports:
        days = list(_days(report))
        for each in days:
            period = found.setdefault(_first(each, by), Period(_first(each, by)))
            _add(period, report, len(days))
    return [found[first] for first in sorted(found)]


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


def _items(task: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in rows("ordnance_item", task=task.id):
        if each.category != "saa":
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
