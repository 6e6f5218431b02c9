"""Quiet hours: from one time of day to another, in the programme's zone, also over midnight."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo

from kambila.journal.errors import Problem

HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)")


def read(text: str) -> tuple[str, str]:
    """(from, until) of ``22:00-06:00``; two empty texts for none. Raises Problem for anything else."""
    if not text.strip():
        return "", ""
    found = HOURS.fullmatch(text.strip())
    if not found or found[1] + found[2] == found[3] + found[4]:
        raise Problem("bad-hours", text=text)
    return f"{found[1]}:{found[2]}", f"{found[3]}:{found[4]}"


def end_of_quiet(moment: datetime.datetime, start: str, end: str, zone: ZoneInfo) -> datetime.datetime:
    """The moment itself, or, when it lies in the quiet hours, the end of these."""
    if not start or not end:
        return moment
    local = moment.astimezone(zone)
    now = local.strftime("%H:%M")
    quiet = start <= now < end if start < end else now >= start or now < end
    if not quiet:
        return moment
    day = local.date() + datetime.timedelta(days=1 if now >= end else 0)
    until = datetime.datetime.combine(day, datetime.time.fromisoformat(end), zone)
    return until.astimezone(datetime.UTC)
