"""Dates of which the day or the month may be unknown. They compare by days, never as text."""

import calendar
import datetime
import re
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def read(stated: Any) -> tuple[str, str, str]:
    """(text, first day, last day) of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ValueError with a sentence otherwise.

    >>> read("2014-02")
    ('2014-02', '2014-02-01', '2014-02-28')
    """
    return _read(stated if isinstance(stated, str) else "")


@lru_cache(maxsize=100_000)
def _read(stated: str) -> tuple[str, str, str]:
    found = PATTERN.fullmatch(stated)
    if not found:
        raise ValueError(_("A date was expected: 2014, 2014-06 or 2014-06-20."))
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if month == 0 or day == 0:
            raise ValueError
        if day:
            datetime.date(year or 0, month or 0, day)
            return stated, stated, stated
        last_month = month or 12
        last_day = calendar.monthrange(year or 0, last_month)[1]
        datetime.date(year or 0, last_month, last_day)
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(_("There is no such day in the calendar.")) from None
    return stated, f"{year:04}-{month or 1:02}-01", f"{year:04}-{last_month:02}-{last_day:02}"
