"""Paging by key: a page begins after the last row of the one before, however long the list is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

SIZE = 50


@dataclass(frozen=True)
class Page:
    """Rows of one page; `older` is the key with which the next begins, empty on the last; `first` on the first."""

    rows: list[Any]
    older: str
    first: bool


def page(queryset: QuerySet[Any], key: str, before: str, size: int = SIZE) -> Page:
    """A page, the latest first, by a whole number `key` and the primary key; a `before` that is no key is ignored."""
    started = re.fullmatch(r"(-?\d{1,18})_([0-9a-f-]{1,36})", before)
    if started:
        number, pk = int(started[1]), started[2]
        queryset = queryset.filter(Q(**{f"{key}__lt": number}) | Q(**{key: number, "pk__lt": pk}))
    rows = list(queryset.order_by(f"-{key}", "-pk")[: size + 1])
    older = f"{getattr(rows[size - 1], key)}_{rows[size - 1].pk}" if len(rows) > size else ""
    return Page(rows[:size], older, not started)
