"""Times that are asked for, as days: RFC 3339 days and moments, partial dates, intervals with open ends."""

from __future__ import annotations

import datetime

from django.db.models import Q

from kambila.journal.errors import Problem
from kambila.publish.features import errors  # noqa: F401  the catalogue
from kambila.publish.features.collections import INFORMATION_DATE, Collection, is_partial
from kambila.registry import access, partial_dates

Days = tuple[datetime.date | None, datetime.date | None]  # first and last; None: no such end


def days_of(said: str) -> Days:
    """First and last day of a moment or of an interval. Raises ValueError for what is neither.

    >>> days_of("2014-02/..")
    (datetime.date(2014, 2, 1), None)
    """
    first, slash, last = said.partition("/")
    if not slash:
        return moment(said)
    begin = None if first in ("", "..") else moment(first)[0]
    end = None if last in ("", "..") else moment(last)[1]
    if (begin is None and end is None) or (begin and end and begin > end):
        raise ValueError(said)
    return begin, end


def moment(said: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of one moment; a time of day is of the day on which it is in UTC."""
    if "T" in said.upper():
        found = datetime.datetime.fromisoformat(said.upper())
        found = found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
        return found.astimezone(datetime.UTC).date(), found.astimezone(datetime.UTC).date()
    _text, first, last = partial_dates.read(said)
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)


def asked(collection: Collection, said: str, is_any: bool) -> Q:
    """The records whose date, or any date by which one may ask, meets what `datetime` says. Raises Problem."""
    try:
        days = days_of(said)
    except (ValueError, OverflowError):
        raise Problem("bad-parameter", name="datetime", why=said) from None
    names = {collection.date_of(), INFORMATION_DATE} if is_any else {collection.date_of()}
    return access.any_of(meets(collection, name, days) for name in sorted(names))


def ends(collection: Collection, name: str) -> tuple[str, str]:
    """The columns with the first and the last day of a date."""
    if name != INFORMATION_DATE and is_partial(collection.field(name)):
        return f"{name}_first", f"{name}_last"
    return name, name


def meets(collection: Collection, name: str, days: Days) -> Q:
    """A date, known by its first and last day, has a day in common with an interval."""
    first, last = ends(collection, name)
    condition = Q(**{f"{first}__isnull": False})
    condition &= Q() if days[0] is None else Q(**{f"{last}__gte": days[0]})
    return condition & (Q() if days[1] is None else Q(**{f"{first}__lte": days[1]}))
