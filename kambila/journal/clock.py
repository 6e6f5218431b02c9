"""The clock that entries are dated with. Only the example programme sets it."""

import datetime
from collections.abc import Callable


def _system() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


_source: Callable[[], datetime.datetime] = _system


def now() -> datetime.datetime:
    """The present, in UTC."""
    return _source()


def set_clock(source: Callable[[], datetime.datetime] | None) -> None:
    """Take the time from `source` (UTC), or from the machine again for None."""
    global _source
    _source = source or _system


def text(moment: datetime.datetime) -> str:
    """A moment as entries hold it: 2014-06-29T10:11:12.123456Z, so that the order of texts is the order of time."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
