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


def page(queryset: QuerySet[Any], key: str, before: str, size: int = SIZE, oldest_first: bool = False) -> Page:
    """A page, the latest first, by a whole number `key` and the primary key; a `before` that is no key is ignored.

    With `oldest_first` the other way round: `before` is then the key after which the page begins.
    """
    started = re.fullmatch(r"(-?\d{1,18})_([0-9a-f-]{1,36})", before)
    beyond, sign = ("gt", "") if oldest_first else ("lt", "-")
    if started:
        number, pk = int(started[1]), started[2]
        queryset = queryset.filter(Q(**{f"{key}__{beyond}": number}) | Q(**{key: number, f"pk__{beyond}": pk}))
    rows = list(queryset.order_by(f"{sign}{key}", f"{sign}pk")[: size + 1])
    older = f"{getattr(rows[size - 1], key)}_{rows[size - 1].pk}" if len(rows) > size else ""
    return Page(rows[:size], older, not started)
