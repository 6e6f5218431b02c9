"""What is computed of operations: how long a response took, whether work was on time."""

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
