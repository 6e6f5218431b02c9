"""Temporal conditions of a filter, on dates that are known by their first and last day."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kambila.publish.features.collections import INFORMATION_DATE, Collection, is_partial
from kambila.publish.features.comparing import Compared, day_of, wrong
from kambila.publish.features.times import ends, meets

OPERATORS = ("t_after", "t_before", "t_during", "t_intersects", "t_disjoint", "t_equals")
CONTRARY = {"t_after": "t_before", "t_before": "t_after"}


def condition(collection: Collection, name: str, operator: str, node: Any) -> Compared:
    """(condition, that the date is known). Raises Problem where the field is no date, or nothing to compare it with."""
    if name != INFORMATION_DATE and (name in ("id", "geometry") or not is_partial(collection.field(name))):
        raise wrong(_("%(name)s is not a date") % {"name": name})
    begin, end = _interval(node)
    first, last = ends(collection, name)
    known = Q(**{f"{first}__isnull": False})
    if operator in ("t_intersects", "t_disjoint"):
        meeting = meets(collection, name, (begin, end))
        return (meeting if operator == "t_intersects" else known & ~meeting), known
    if operator == "t_after":
        return _there(end) & Q(**{f"{first}__gt": end}), known
    if operator == "t_before":
        return _there(begin) & Q(**{f"{last}__lt": begin}), known
    if operator == "t_equals":
        return _there(begin) & _there(end) & Q(**{first: begin, last: end}), known
    inside = known & (Q(**{f"{first}__gt": begin}) if begin else Q()) & (Q(**{f"{last}__lt": end}) if end else Q())
    return inside, known


def _there(day: datetime.date | None) -> Q:
    return Q(pk__in=[]) if day is None else Q()


def _interval(node: Any) -> tuple[datetime.date | None, datetime.date | None]:
    if isinstance(node, dict) and isinstance(node.get("interval"), list) and len(node["interval"]) == 2:
        begin, end = node["interval"]
        return (None if begin == ".." else day_of(begin)[0], None if end == ".." else day_of(end)[1])
    return day_of(node)
