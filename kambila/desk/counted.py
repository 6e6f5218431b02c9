"""The values of the figures, kept for as long as nothing new has been said and the day is the same."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.desk.values import number, partial_date
from kambila.figures.definitions import Figure, all_figures
from kambila.figures.evaluate import Amount, Contribution, evaluate, evaluate_all, records
from kambila.journal import clock, directory
from kambila.journal.errors import Problem
from kambila.journal.projections import position
from kambila.registry import access

State = tuple[str, int, str]
_lock = threading.Lock()
_kept: dict[State, dict[str, Amount]] = {}


def values(figures: Iterable[Figure]) -> dict[str, Amount]:
    """The values of figures now, by id; those are left out that cannot be had while another process counts."""
    state = _state()
    with _lock:
        if state not in _kept:
            _kept.clear()
        known = _kept.setdefault(state, {})
    missing = [figure for figure in figures if figure.id not in known]
    if missing:
        try:
            known.update({each.figure.id: each.value for each in evaluate_all(figures=missing)})
        except Problem:
            return dict(known)
    return dict(known)


def contributions(figure: Figure, after: str, limit: int) -> tuple[Contribution, ...]:
    """A page of what each record adds to a figure, in the order of their ids."""
    return _contributions(_state(), figure.id, after, limit)


@lru_cache(maxsize=256)
def _contributions(state: State, id: str, after: str, limit: int) -> tuple[Contribution, ...]:
    return tuple(records(all_figures()[id], after=after, limit=limit))


def cells(figure: Figure, by: str) -> Mapping[str, Amount]:
    """A figure by one of its dimensions."""
    return _cells(_state(), figure.id, by)


@lru_cache(maxsize=256)
def _cells(state: State, id: str, by: str) -> Mapping[str, Amount]:
    return evaluate(all_figures()[id], by=by).cells or {}


def _state() -> State:
    """What a count depends on: the directory, how far the registry has come, and the day."""
    return str(directory.current().path), position(), clock.now().date().isoformat()


def open_figures(account: Any) -> list[Figure]:
    """The figures of the tiers that an account may see: headlines first, in their order."""
    tiers = access.figures(account)
    found = [figure for figure in all_figures().values() if figure.tier in tiers]
    return sorted(found, key=lambda figure: (figure.headline == 0, figure.headline))


def told(figure: Figure, known: dict[str, Amount]) -> dict[str, Any]:
    """A figure as a page shows it: title, value, unit, since when, and where its own page is."""
    return {
        "id": figure.id,
        "title": figure.title,
        "unit": figure.unit,
        "value": amount(figure, known.get(figure.id)),
        "since": since(figure),
        "url": reverse("figure", args=[figure.id]),
    }


def amount(figure: Figure, value: Amount) -> str:
    """A value as it is read; a dash where there is nothing to tell."""
    if value is None:
        return "–"
    return f"{number(value)} %" if figure.unit == "%" else number(value)


def since(figure: Figure) -> str:
    """`since January 2012`, or nothing for what has no beginning."""
    if not figure.since:
        return ""
    text = figure.since.removesuffix("-01-01") if figure.since.endswith("-01-01") else figure.since
    return _("since %(day)s") % {"day": partial_date(text)}
