"""Quality visits planned and paid: for each organisation and office, and which organisations and teams nobody has seen.

Coverage by quality visits is restricted: who asks for an account sees it only where `may_see` says so.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from kambila.domain.operations import planning
from kambila.domain.operations.codes import VisitRisk
from kambila.domain.operations.models import QualityVisit, Team, VisitPlan
from kambila.domain.operations.standing import Standing, standings
from kambila.registry import access
from kambila.registry.kinds import model_of

WEEKS = 8
SHOWN = ("operator", "team", "date", "result", "visit_type")


@dataclass(frozen=True)
class Covered:
    """An organisation: its last visit (None: never), whole weeks since, visits planned and done, how it stands.

    `risk` is what speaks for visiting it more often, and `asked` how many visits a month that asks for.
    """

    id: str
    code: str
    title: str
    last: datetime.date | None
    weeks_since: int | None
    planned: int
    done: int
    unseen: bool
    standing: Standing
    risk: VisitRisk

    @property
    def asked(self) -> int:
        return planning.PER_MONTH[self.risk]


@dataclass(frozen=True)
class CoveredTeam:
    """A team that is not disbanded: its last visit (None: never), whole weeks since. Only visits that name it count."""

    id: str
    code: str
    title: str
    operator: str
    last: datetime.date | None
    weeks_since: int | None
    unseen: bool


@dataclass(frozen=True)
class Coverage:
    """The weeks up to a day: organisations and teams, those unseen for longest first; (office, planned, done)."""

    first: datetime.date
    last: datetime.date
    operators: list[Covered]
    teams: list[CoveredTeam]
    offices: list[tuple[str, int, int]]


def may_see(account: Any) -> bool:
    """Whether an account sees every quality visit: only then may numbers by organisation be shown to it."""
    return access.may_count(account, QualityVisit, SHOWN)


def coverage(day: datetime.date, weeks: int = WEEKS) -> Coverage:
    """What was planned and done in so many weeks up to a day. A plan counts if its month ends in them or goes on now."""
    first = day - datetime.timedelta(weeks=weeks)
    known = QualityVisit._default_manager.filter(date_last__lte=day)
    visits: list[Any] = list(known.values_list("operator", "office", "date_last", "team"))
    recent = [(operator, office) for operator, office, seen, _team in visits if seen > first]
    plans = VisitPlan._default_manager.filter(period_last__gt=first, period_first__lte=day)
    planned = list(plans.values_list("operator", "office", "visits"))
    last = _last_seen((operator, seen) for operator, _office, seen, _team in visits)
    titles = _operators(set(last))
    stand = standings(list(titles), day)
    risk = planning.risks(stand, day)
    wanted, done = _sum((row[0], row[2]) for row in planned), Counter(operator for operator, _ in recent)
    rows = [
        _covered(id, titles[id], last.get(id), wanted[id], done[id], (stand[id], risk[id]), first, day) for id in titles
    ]
    teams = _teams(_last_seen((team, seen) for *_rest, seen, team in visits), titles, first, day)
    return Coverage(first, day, sorted(rows, key=_longest_unseen), teams, _offices(planned, recent))


def _last_seen(visits: Iterable[tuple[str | None, datetime.date]]) -> dict[str, datetime.date]:
    """The last day on which each organisation, or team, was seen."""
    found: dict[str, datetime.date] = {}
    for seen_one, seen in visits:
        if seen_one:
            found[seen_one] = max(seen, found.get(seen_one, seen))
    return found


def _teams(
    last: Mapping[str, datetime.date], titles: Mapping[str, tuple[str, str]], first: datetime.date, day: datetime.date
) -> list[CoveredTeam]:
    gone = Q(disbanded_on_first__lte=day)
    rows = Team._default_manager.exclude(gone).values_list("id", "code", "title", "operator_id")
    found = [
        CoveredTeam(
            id,
            code or "",
            title or "",
            titles.get(operator or "", ("", ""))[1],
            last.get(id),
            _weeks(last.get(id), day),
            _is_unseen(last.get(id), first),
        )
        for id, code, title, operator in rows
    ]
    return sorted(found, key=_longest_unseen)


def _weeks(last: datetime.date | None, day: datetime.date) -> int | None:
    return (day - last).days // 7 if last else None


def _is_unseen(last: datetime.date | None, first: datetime.date) -> bool:
    return last is None or last <= first


def _operators(visited: set[str]) -> dict[str, tuple[str, str]]:
    """(code, title) of every organisation that is an operator or was visited."""
    model: Any = model_of("organisation")
    rows = model._default_manager.values_list("id", "code", "title", "roles")
    concerned = (row for row in rows if row[0] in visited or "operator" in (row[3] or ()))
    return {id: (code or "", title or "") for id, code, title, _roles in concerned}


def _covered(
    id: str,
    named: tuple[str, str],
    last: datetime.date | None,
    planned: int,
    done: int,
    stands: tuple[Standing, VisitRisk],
    first: datetime.date,
    day: datetime.date,
) -> Covered:
    return Covered(id, *named, last, _weeks(last, day), planned, done, _is_unseen(last, first), *stands)


def _longest_unseen(row: Covered | CoveredTeam) -> tuple[datetime.date, str]:
    return row.last or datetime.date.min, row.title


def _offices(planned: list[Any], recent: list[Any]) -> list[tuple[str, int, int]]:
    wanted, done = _sum((row[1], row[2]) for row in planned), Counter(office for _, office in recent)
    return [(office, wanted[office], done[office]) for office in sorted(wanted.keys() | done.keys())]


def _sum(rows: Any) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for key, number in rows:
        found[key] += number or 0
    return found
