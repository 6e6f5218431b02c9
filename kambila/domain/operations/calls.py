"""EOD calls: which are open, for how long, and how long the programme took to answer them.

A call is open until it is closed or cancelled; it waits until a team was there. Times count by the clock where the call or
the response has one, else by the day.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kambila.domain.operations.codes import Priority, SpotStatus
from kambila.domain.operations.models import SpotTask

OPEN = (SpotStatus.REQUESTED, SpotStatus.ASSIGNED, SpotStatus.RESPONDED)
WAITING = (SpotStatus.REQUESTED, SpotStatus.ASSIGNED)  # nobody was there yet


@dataclass(frozen=True)
class Open:
    """A call that is not closed, and how many days its caller has waited (None: a team was there, or no day is known)."""

    call: Any
    days: float | None


@dataclass(frozen=True)
class Response:
    """The calls of a month (2014-07; empty: not known to the month) in a région (P-code; empty: not known).

    `calls` were received, `answered` have a dated response; `median` and `p90` are days, None where none was answered.
    """

    month: str
    region: str
    calls: int
    answered: int
    median: float | None
    p90: float | None


def open_calls(now: datetime.datetime, calls: Iterable[Any] | None = None) -> list[Open]:
    """The open calls of these (of all): those nobody has reached first, the most urgent, then the longest waiting."""
    known = SpotTask._default_manager.all() if calls is None else calls
    found = [Open(each, _waited(each, now)) for each in known if each.status in OPEN]
    return sorted(found, key=_order)


def responses(first: str, last: str, calls: Iterable[Any] | None = None) -> list[Response]:
    """Days from call to response by month and région, of the calls received from `first` to `last` (ISO days or empty)."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for each in SpotTask._default_manager.all() if calls is None else calls:
        if each.status != SpotStatus.CANCELLED and _lies_within(each, first, last):
            groups[(_month(each), each.adm1 or "")].append(each)
    return [_response(month, region, groups[month, region]) for month, region in sorted(groups)]


def quantile(values: Iterable[float], share: float) -> float | None:
    """The value below which a share of them lies, interpolated as the figures do; None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 2)


def _response(month: str, region: str, calls: list[Any]) -> Response:
    took = [float(each.response_days) for each in calls if each.response_days is not None]
    return Response(month, region, len(calls), len(took), quantile(took, 0.5), quantile(took, 0.9))


def _waited(call: Any, now: datetime.datetime) -> float | None:
    if call.status not in WAITING:
        return None
    if call.requested_at:
        return max(0.0, round((now - datetime.datetime.fromisoformat(call.requested_at)).total_seconds() / 86400, 1))
    return float(max(0, (now.date() - call.requested_on_first).days)) if call.requested_on_first else None


def _order(each: Open) -> tuple[bool, float, float, str]:
    call = each.call
    return call.status not in WAITING, _urgency(call.priority), -(each.days or 0), str(call)


def _urgency(priority: str | None) -> float:
    """An unknown priority comes after the immediate ones, before the others: it may be one."""
    return Priority.values.index(priority) if priority in Priority.values else 0.5


def _lies_within(call: Any, first: str, last: str) -> bool:
    days = call.requested_on_first, call.requested_on_last
    if None in days:
        return not (first or last)
    return str(days[0]) >= first and (not last or str(days[1]) <= last)


def _month(call: Any) -> str:
    days = str(call.requested_on_first)[:7], str(call.requested_on_last)[:7]
    return days[0] if call.requested_on_first and days[0] == days[1] else ""
