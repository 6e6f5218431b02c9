"""The values of the figures, kept for as long as nothing new has been said and the day is the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.desk.values import number, partial_date
from kambila.figures.definitions import Figure, all_figures
from kambila.figures.evaluate import Amount, evaluate_all
from kambila.journal import clock, directory
from kambila.journal.errors import Problem
from kambila.journal.projections import position
from kambila.registry import access


def values() -> dict[str, Amount]:
    """The value of every figure now, by id; none while another process is counting."""
    try:
        return _values(str(directory.current().path), position(), clock.now().date().isoformat())
    except Problem:
        return {}


@lru_cache(maxsize=4)
def _values(path: str, position: int, day: str) -> dict[str, Amount]:
    """What is counted depends on the directory, on how far the registry has come, and on the day."""
    return {each.figure.id: each.value for each in evaluate_all()}


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
