"""Which villages of the programme's list were surveyed, when and by whom, and what is left.

A village counts once however often it was surveyed. Only surveys that the account sees are counted, and only for accounts
that see of every survey which village it is about: coverage is not public.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q

from kambila.domain.land.models import VillageSurvey
from kambila.journal.errors import Problem
from kambila.registry import access
from kambila.registry.gazetteer import names_of
from kambila.registry.models import Record

LEVELS = ("adm1", "adm2", "adm3")
UNKNOWN = ""  # the code of villages whose place is not known


@dataclass
class Surveyed:
    """A village of the list with its surveys: how many, the date of the latest (as stated), who surveyed it (codes)."""

    id: str
    code: str
    title: str
    place: str
    surveys: int = 0
    last: str = ""
    last_day: str = ""
    by: list[str] = field(default_factory=list)
    survey: str = ""  # the latest


@dataclass
class Place:
    """An administrative area: its villages, how many were surveyed and are left, the latest survey, by whom."""

    code: str
    title: str
    villages: int = 0
    surveyed: int = 0
    left: int = 0
    last: str = ""
    last_day: str = ""
    by: list[str] = field(default_factory=list)


def may_see(account: Any) -> bool:
    """Whether an account may see which villages were surveyed."""
    return {"village", "date", "operator"} <= set(access.fields(account, VillageSurvey))


def villages(account: Any, level: str, within: str = "") -> list[Surveyed]:
    """The villages of the list that lie in a place (a P-code; everywhere by default), by their names.

    `level` (adm1, adm2, adm3) says by what they are put together in `place`. Raises Problem where the account may not see.
    """
    if not may_see(account):
        raise Problem("may-not", account=getattr(account, "username", ""), action="read")
    found = {row["id"]: _village(row, level) for row in _listed(account, within)}
    _count(account, found)
    return sorted(found.values(), key=lambda each: (each.title.casefold(), each.code))


def places(of: Iterable[Surveyed]) -> list[Place]:
    """The areas in which villages lie, by their names; those of no known place come last."""
    grouped: dict[str, list[Surveyed]] = defaultdict(list)
    for each in of:
        grouped[each.place].append(each)
    names = names_of(grouped)
    found = [_place(code, names.get(code, code), group) for code, group in grouped.items()]
    return sorted(found, key=lambda each: (each.code == UNKNOWN, each.title.casefold()))


def whole(of: Iterable[Surveyed]) -> Place:
    """All of them together."""
    return _place("", "", list(of))


def as_json(of: list[Surveyed], with_villages: bool) -> dict[str, Any]:
    """What `kambila coverage --json` prints."""
    total = whole(of)
    told: dict[str, Any] = {name: getattr(total, name) for name in ("villages", "surveyed", "left")}
    told["places"] = [_plain(each) for each in places(of)]
    return told | ({"list": [_plain(each) for each in of]} if with_villages else {})


def _plain(each: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(each).items() if name != "last_day"}


def _listed(account: Any, within: str) -> Iterator[Mapping[str, Any]]:
    model: Any = VillageSurvey._meta.get_field("village").related_model
    rows = access.visible(account, model)
    if within:
        rows = rows.filter(access.any_of(Q(**{level: within}) for level in LEVELS))
    yield from rows.values("id", "code", "title", *LEVELS).iterator()


def _village(row: Mapping[str, Any], level: str) -> Surveyed:
    return Surveyed(row["id"], row["code"] or row["id"][:8], row["title"] or "", row[level] or UNKNOWN)


def _count(account: Any, found: Mapping[str, Surveyed]) -> None:
    """Lay the surveys beside the villages."""
    rows = list(
        access
        .visible(account, VillageSurvey)
        .exclude(village=None)
        .values_list("id", "village_id", "date", "date_last", "operator_id")
    )  # fmt: skip
    called = _organisations(account, {row[4] for row in rows if row[4]})
    for id, village, date, day, operator in rows:
        each = found.get(village)
        if each is None:
            continue
        each.surveys += 1
        if not each.survey or str(day or "") > each.last_day:
            each.last, each.last_day, each.survey = date or "", str(day or ""), id
        if operator in called and called[operator] not in each.by:
            each.by.append(called[operator])


def _organisations(account: Any, ids: set[str]) -> dict[str, str]:
    model: Any = VillageSurvey._meta.get_field("operator").related_model
    seen: Iterable[Record] = access.visible(account, model).in_bulk(list(ids)).values()
    return {each.pk: str(each) for each in seen}


def _place(code: str, title: str, group: list[Surveyed]) -> Place:
    surveyed = [each for each in group if each.surveys]
    latest = max(surveyed, key=lambda each: each.last_day, default=None)
    by = sorted({name for each in surveyed for name in each.by})
    left = len(group) - len(surveyed)
    last, day = (latest.last, latest.last_day) if latest else ("", "")
    return Place(code, title, len(group), len(surveyed), left, last, day, by)
