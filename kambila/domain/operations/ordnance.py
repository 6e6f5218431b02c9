"""The balance of ordnance: what lay there + what was found − what was destroyed − what was moved = what is still there.

What is still there was either left in place and marked, or nobody has said what became of it. Small arms ammunition is
counted in rounds, apart from items. A row of items stands in the sums with the days on which it was found and disposed of;
of a date that is not exact the last day counts. IEDs are told by their class only.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from kambila.domain.operations.codes import Category, Disposition
from kambila.domain.operations.models import OrdnanceItem

ITEMS, ROUNDS = "items", "rounds"
DESTROYED = (Disposition.DESTROYED_IN_PLACE, Disposition.REMOVED_DESTROYED)
MOVED = (Disposition.REMOVED, Disposition.HANDED_OVER)
BY = ("category", "family", "condition", "depth", "disposition", "task", "area", "region", "organisation")
COLUMNS = {"task": "task_id", "area": "area_id", "region": "adm1", "organisation": "operator_id"}
DEPTHS = (0, 20, 50, 100)  # cm: on the surface, and the bands below it
NEVER = datetime.date.max


@dataclass
class Sums:
    """Numbers of items, or of rounds, in a period: `left` and `unknown` are what is still there at its end."""

    opening: int = 0
    found: int = 0
    destroyed: int = 0
    moved: int = 0
    left: int = 0
    unknown: int = 0

    @property
    def closing(self) -> int:
        return self.left + self.unknown

    @property
    def holds(self) -> bool:
        """Whether opening + found − destroyed − moved = left + not known."""
        return self.opening + self.found - self.destroyed - self.moved == self.closing


@dataclass(frozen=True)
class Row:
    """The sums of a group, by unit: `items` and `rounds`. The key is a code or a UUID; empty for what is not known."""

    key: str
    sums: dict[str, Sums]


@dataclass(frozen=True)
class Balance:
    """The total and the groups; `undated` are rows that count in no period, `uncounted` those without a number."""

    total: Row
    rows: list[Row]
    undated: list[Any]
    uncounted: list[Any]

    @property
    def holds(self) -> bool:
        return all(sums.holds for row in (self.total, *self.rows) for sums in row.sums.values())


def balance(by: str, first: str, last: str, items: Iterable[Any] | None = None) -> Balance:
    """The balance from `first` to `last` (ISO days; empty: from the beginning, until now) of these items, or of all."""
    since = datetime.date.fromisoformat(first) if first else datetime.date.min
    until = datetime.date.fromisoformat(last) if last else NEVER - datetime.timedelta(days=1)
    total = _empty()
    groups: dict[str, dict[str, Sums]] = defaultdict(_empty)
    undated: list[Any] = []
    uncounted: list[Any] = []
    known: Iterable[Any] = OrdnanceItem._default_manager.all() if items is None else items
    for each in known:
        if each.quantity is None:
            uncounted.append(each)
        elif each.found_on_last is None:
            undated.append(each)
        else:
            unit = ROUNDS if each.category == Category.SAA else ITEMS
            for sums in (total[unit], groups[group_of(each, by)][unit]):
                _count(sums, each, since, until)
    rows = [Row(key, sums) for key, sums in sorted(groups.items()) if any(map(_speaks, sums.values()))]
    return Balance(Row("", total), rows, undated, uncounted)


def group_of(item: Any, by: str) -> str:
    """The key of the group in which a row of items stands; of its depth the lower end of its band, in cm."""
    if by == "depth":
        return "" if item.depth_cm is None else f"{next((d for d in DEPTHS if item.depth_cm <= d), 999):03}"
    return str(getattr(item, COLUMNS.get(by, by)) or "")


def gone_on(item: Any) -> datetime.date:
    """The day from which on a row of items is not where it was found; the day of the find where no later one is stated."""
    if item.disposition not in (*DESTROYED, *MOVED):
        return NEVER
    return max(item.disposed_on_last or item.found_on_last, item.found_on_last)


def _count(sums: Sums, item: Any, since: datetime.date, until: datetime.date) -> None:
    found, gone = item.found_on_last, gone_on(item)
    if found > until or gone < since:
        return
    name = "opening" if found < since else "found"
    setattr(sums, name, getattr(sums, name) + item.quantity)
    if gone <= until:
        name = "destroyed" if item.disposition in DESTROYED else "moved"
    else:
        name = "left" if item.disposition == Disposition.MARKED else "unknown"
    setattr(sums, name, getattr(sums, name) + item.quantity)


def _empty() -> dict[str, Sums]:
    return {ITEMS: Sums(), ROUNDS: Sums()}


def _speaks(sums: Sums) -> bool:
    return any(getattr(sums, each.name) for each in fields(sums))
