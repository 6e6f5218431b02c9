"""Explosives for demolitions: the ledger of the store, and what each demolition used against what was drawn for it.

Opening + received − issued + returned − otherwise gone = closing, for each lot of explosives and initiators, in items.
What a call or a task drew is counted in kg: items × net explosive quantity of one (accounts after IATG 03.10; unverified).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kambila.domain.stockpiles.stock import SIGNS, Lot, Movement
from kambila.domain.stockpiles.stock_codes import Family, MovementKind
from kambila.registry.kinds import model_of

FOR_DEMOLITION = (Family.EXPLOSIVE, Family.INITIATOR)
COLUMN = {
    MovementKind.OPENING: "received", MovementKind.RECEIPT: "received", MovementKind.ISSUE: "issued",
    MovementKind.RETURN: "returned", MovementKind.GAIN: "otherwise", MovementKind.LOSS: "otherwise",
    MovementKind.DISPOSAL: "otherwise",
}  # fmt: skip
TOLERANCE_KG, NONE = Decimal("0.001"), Decimal(0)
DRAWN_BY = ("spot_task", "task")


@dataclass
class Ledger:
    """A lot of explosives in a period, in items. `otherwise`: disposals and adjustments, negative when they took away.

    `closing` is the sum of every movement until the end of the period, counted apart from the other columns.
    """

    lot: Any
    opening: int = 0
    received: int = 0
    issued: int = 0
    returned: int = 0
    otherwise: int = 0
    closing: int = 0

    @property
    def holds(self) -> bool:
        return self.opening + self.received - self.issued + self.returned + self.otherwise == self.closing


@dataclass(frozen=True)
class Drawn:
    """What a call or a task used, and what was issued for it less what came back, in kg; None where it is not known."""

    kind: str
    record: Any
    used_kg: Decimal | None
    drawn_kg: Decimal | None

    @property
    def holds(self) -> bool:
        known = self.used_kg is not None and self.drawn_kg is not None
        return known and abs(self.used_kg - self.drawn_kg) <= TOLERANCE_KG  # type: ignore[operator]


def ledger(first: str, last: str) -> list[Ledger]:
    """The lots of explosives from `first` to `last` (ISO days or empty), by code. A movement without a number, a kind or a
    day is in no sum: the check of its report asks for it."""
    lots = {each.pk: Ledger(each) for each in Lot._default_manager.filter(family__in=FOR_DEMOLITION).order_by("code")}
    moved: Iterable[Any] = Movement._default_manager.filter(lot__in=list(lots))
    for each in moved:
        if each.quantity is None or each.movement not in SIGNS or each.date_last is None:
            continue
        day, sign = str(each.date_last), SIGNS[each.movement]
        row = lots[each.lot_id]
        if last and day > last:
            continue
        row.closing += sign * each.quantity
        if first and day < first:
            row.opening += sign * each.quantity
        elif column := COLUMN.get(MovementKind(each.movement)):
            amount = sign * each.quantity if column == "otherwise" else each.quantity
            setattr(row, column, getattr(row, column) + amount)
    return list(lots.values())


def demolitions() -> list[Drawn]:
    """The calls and tasks that used explosives or for which some were issued, by code. What a task used is what its
    progress reports say together."""
    return [*_demolitions("spot_task", _used_by_calls()), *_demolitions("task", _used_by_tasks())]


def disagreeing() -> list[Drawn]:
    """The calls and tasks whose use is not what was drawn for them; of a kind only where the store books issues to it."""
    booked = {kind for kind in DRAWN_BY if Movement._default_manager.exclude(**{kind: None}).exists()}
    return [each for each in demolitions() if each.kind in booked and not each.holds]


def _demolitions(kind: str, used: Mapping[str, Decimal | None]) -> list[Drawn]:
    drawn = _drawn(kind)
    found: Any = model_of(kind)._default_manager.filter(pk__in=[*drawn, *used]).order_by("code", "id")
    return [Drawn(kind, each, used.get(each.pk, NONE), drawn.get(each.pk, NONE)) for each in found]


def _used_by_calls() -> dict[str, Decimal | None]:
    """A call that says nothing of explosives is not known to have used none."""
    calls: Any = model_of("spot_task")._default_manager
    known = calls.filter(explosives_kg__gt=0) | calls.filter(pk__in=list(_drawn("spot_task")))
    return dict(known.values_list("pk", "explosives_kg"))


def _used_by_tasks() -> dict[str, Decimal | None]:
    reports: Any = model_of("progress")._default_manager
    used: dict[str, Decimal | None] = defaultdict(Decimal)
    for task, kg in reports.filter(explosives_kg__gt=0).exclude(task=None).values_list("task_id", "explosives_kg"):
        used[task] = (used[task] or NONE) + kg
    return used


def _drawn(kind: str) -> dict[str, Decimal | None]:
    """What was issued for each record of a kind less what came back, in kg; None where a weight or a number is missing."""
    moved = Movement._default_manager.filter(movement__in=(MovementKind.ISSUE, MovementKind.RETURN))
    weights = dict(Lot._default_manager.values_list("pk", "neq_each_kg"))
    drawn: dict[str, Decimal | None] = defaultdict(Decimal)
    for each in moved.exclude(**{kind: None}):
        id, kg = str(getattr(each, f"{kind}_id")), weights.get(str(each.lot_id))
        before = drawn[id]
        if kg is None or each.quantity is None or before is None:
            drawn[id] = None
        else:
            drawn[id] = before - SIGNS[str(each.movement)] * each.quantity * kg
    return drawn
