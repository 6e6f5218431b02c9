"""How often somebody may ask: enough for whoever holds a paper, too little for whoever tries codes."""

from __future__ import annotations

import time
from collections import OrderedDict, deque

TIMES, SECONDS, ADDRESSES = 20, 600, 10_000
_asked: OrderedDict[str, deque[float]] = OrderedDict()


def may_ask(address: str, now: float | None = None) -> bool:
    """Whether an address may ask now; what it asks is counted. Each process of a server counts for itself."""
    now = time.monotonic() if now is None else now
    times = _asked.pop(address, deque())
    while times and times[0] <= now - SECONDS:
        times.popleft()
    allowed = len(times) < TIMES
    if allowed:
        times.append(now)
    _asked[address] = times
    while len(_asked) > ADDRESSES:
        _asked.popitem(last=False)
    return allowed


def forget() -> None:
    """Begin to count anew."""
    _asked.clear()
