"""What is computed of operations: how long a response took, how much of a lot was inspected."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kambila.registry.fields import YesNoUnknown

CENT = Decimal("0.01")


def exact_day(value: Any) -> datetime.date | None:
    """The day of a partial date that is known to the day: (text, first day, last day)."""
    if not value or value[1] != value[2]:
        return None
    return datetime.date.fromisoformat(str(value[1]))


def response_days(values: Mapping[str, Any]) -> Decimal | None:
    """Days from call to response, by the clock if both times are known, else by the calendar; None when unknown."""
    start, end = values.get("requested_at"), values.get("responded_at")
    if start and end:
        took = datetime.datetime.fromisoformat(end) - datetime.datetime.fromisoformat(start)
        days = Decimal(int(took.total_seconds())) / 86400
    else:
        first, last = exact_day(values.get("requested_on")), exact_day(values.get("responded_on"))
        if first is None or last is None:
            return None
        days = Decimal((last - first).days)
    return days.quantize(CENT) if days >= 0 else None


def on_time(values: Mapping[str, Any]) -> str | None:
    """Whether the work was completed by the last planned day; unknown while a partial date leaves it open."""
    planned, completed = values.get("planned_end"), values.get("completed_on")
    if not planned or not completed:
        return None
    if completed[2] <= planned[1]:
        return YesNoUnknown.YES
    return YesNoUnknown.NO if completed[1] > planned[2] else YesNoUnknown.UNKNOWN


def sample_percent(values: Mapping[str, Any]) -> Decimal | None:
    """Share of the lot that was inspected, in percent."""
    lot, sample = values.get("lot_m2"), values.get("sample_m2")
    if not lot or sample is None:
        return None
    return (Decimal(str(sample)) / Decimal(str(lot)) * 100).quantize(CENT)


def lot_decision(values: Mapping[str, Any]) -> str | None:
    """Whether finished land is accepted by its sample (IMAS 07.40; unverified: its table of sample sizes was not read).

    None where nothing was sampled. Anything found, or a visit that failed, rejects the whole lot; it is accepted only where
    the sample was inspected, the number of findings is known to be none and the visit was passed.
    """
    if values.get("visit_type") != "control" and values.get("sample_m2") is None:
        return None
    if (values.get("critical_findings") or 0) > 0 or values.get("result") == "failed":
        return "rejected"
    inspected = (values.get("sample_m2") or 0) > 0 and values.get("critical_findings") == 0
    return "accepted" if inspected and values.get("result") == "passed" else "undecided"


def reclear_m2(values: Mapping[str, Any]) -> Decimal | None:
    """What must be cleared again: the whole lot that was rejected; nothing of one that was accepted; else unknown."""
    lot, decision = values.get("lot_m2"), lot_decision(values)
    if decision == "accepted":
        return Decimal(0)
    return Decimal(str(lot)) if decision == "rejected" and lot is not None else None
