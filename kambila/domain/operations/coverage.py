"""Quality visits planned and paid: for each organisation and each office, and which organisations nobody has seen for long.

Coverage by quality visits is restricted: who asks for an account sees it only where `may_see` says so.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kambila.domain.operations.models import QualityVisit, VisitPlan
from kambila.domain.operations.standing import Standing, standings
from kambila.registry import access
from kambila.registry.kinds import model_of

WEEKS = 8
SHOWN = ("operator", "date", "result", "visit_type")


@dataclass(frozen=True)
class Covered:
    """An organisation: its last visit (None: never), whole weeks since, visits planned and done, how it stands."""

    id: str
    code: str
    title: str
    last: datetime.date | None
    weeks_since: int | None
    planned: int
    done: int
    unseen: bool
    standing: Standing


@dataclass(frozen=True)
class Coverage:
    """The weeks up to a day: organisations, those unseen for longest first; (office, planned, done) of each office."""

    first: datetime.date
    last: datetime.date
    operators: list[Covered]
    offices: list[tuple[str, int, int]]


def may_see(account: Any) -> bool:
    """Whether an account sees every quality visit: only then may numbers by organisation be shown to it."""
    return access.may_count(account, QualityVisit, SHOWN)


def coverage(day: datetime.date, weeks: int = WEEKS) -> Coverage:
    """What was planned and done in so many weeks up to a day. A plan counts if its month ends in them or goes on now."""
    first = day - datetime.timedelta(weeks=weeks)
    known = QualityVisit._default_manager.filter(date_last__lte=day)
    visits: list[Any] = list(known.values_list("operator", "office", "date_last"))
    recent = [(operator, office) for operator, office, seen in visits if seen > first]
    plans = VisitPlan._default_manager.filter(period_last__gt=first, period_first__lte=day)
    planned = list(plans.values_list("operator", "office", "visits"))
    last = _last_seen(visits)
    titles = _operators(set(last))
    stand = standings(list(titles), day)
    wanted, done = _sum((row[0], row[2]) for row in planned), Counter(operator for operator, _ in recent)
    rows = [_covered(id, *titles[id], last.get(id), wanted[id], done[id], stand[id], (first, day)) for id in titles]
    return Coverage(first, day, sorted(rows, key=_longest_unseen), _offices(planned, recent))


def _last_seen(visits: list[Any]) -> dict[str, datetime.date]:
    found: dict[str, datetime.date] = {}
    for operator, _office, seen in visits:
        if operator:
            found[operator] = max(seen, found.get(operator, seen))
    return found


def _operators(visited: set[str]) -> dict[str, tuple[str, str]]:
    """(code, title) of every organisation that is an operator or was visited."""
    model: Any = model_of("organisation")
    rows = model._default_manager.values_list("id", "code", "title", "roles")
    concerned = (row for row in rows if row[0] in visited or "operator" in (row[3] or ()))
    return {id: (code or "", title or "") for id, code, title, _roles in concerned}


def _covered(
    id: str,
    code: str,
    title: str,
    last: datetime.date | None,
    planned: int,
    done: int,
    standing: Standing,
    period: tuple[datetime.date, datetime.date],
) -> Covered:
    weeks = (period[1] - last).days // 7 if last else None
    return Covered(id, code, title, last, weeks, planned, done, last is None or last <= period[0], standing)


def _longest_unseen(row: Covered) -> tuple[datetime.date, str]:
    return row.last or datetime.date.min, row.title


def _offices(planned: list[Any], recent: list[Any]) -> list[tuple[str, int, int]]:
    wanted, done = _sum((row[1], row[2]) for row in planned), Counter(office for _, office in recent)
    return [(office, wanted[office], done[office]) for office in sorted(wanted.keys() | done.keys())]


def _sum(rows: Any) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for key, number in rows:
        found[key] += number or 0
    return found
