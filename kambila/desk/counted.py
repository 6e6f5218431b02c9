"""The values of the figures, kept for as long as nothing new has been said and the day is the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections
from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.desk.values import number, partial_date
from kambila.figures import columns
from kambila.figures.definitions import Figure, Ratio, all_figures
from kambila.figures.evaluate import Amount, Connection, Contribution, evaluate, records
from kambila.journal import clock, directory
from kambila.journal.errors import Problem
from kambila.journal.projections import position
from kambila.registry import access

MOST = 1_000  # answers kept
AT_ONCE = 20  # questions, in counting ahead: readers may come between
State = tuple[str, int, str]
Question = tuple[str | int, ...]
_lock = threading.Lock()
_kept: dict[State, dict[Question, Any]] = {}


def values(figures: Iterable[Figure]) -> dict[str, Amount]:
    """The values of figures now, by id; those are left out that cannot be had while another process counts."""
    asked = {("value", figure.id): figure.id for figure in figures}
    known = answers(asked)
    return {id: known[question] for question, id in asked.items() if question in known}


def contributions(figure: Figure, after: str, limit: int) -> list[Contribution]:
    """A page of what each record adds to a figure, in the order of their ids."""
    question: Question = ("records", figure.id, after, limit)
    return answers([question]).get(question, [])


def cells(figure: Figure, by: str) -> Mapping[str, Amount]:
    """A figure by one of its dimensions."""
    question: Question = ("cells", figure.id, by)
    return answers([question]).get(question, {})


def answers(questions: Iterable[Question]) -> dict[Question, Any]:
    """What several questions come to: what is not known yet is counted in one opening of the columns.

    A question is ("value", figure), ("cells", figure, dimension) or ("records", figure, after, limit).
    """
    asked, known = list(questions), _known()
    missing = [question for question in asked if question not in known]
    if missing:
        with suppress(Problem), columns.opened() as using:
            known.update({question: _count(question, using) for question in missing})
    return {question: known[question] for question in asked if question in known}


def count_ahead(size: int) -> None:
    """Ask beforehand what the pages of the figures will ask, a few at a time, so that no reader waits for it.

    Ends as soon as something new is said: what is counted from then on would be counted again.
    """
    state = _state()
    figures = list(all_figures().values())
    questions: list[Question] = [("value", each.id) for each in figures]
    questions += [("records", each.id, "", size) for each in figures if not isinstance(each.measure, Ratio)]
    for start in range(0, len(questions), AT_ONCE):
        if _state() != state:
            return
        answers(questions[start : start + AT_ONCE])


def keep_counted(size: int, every: float = 2.0) -> None:
    """Look for ever whether something new was said, and count it ahead; for a thread beside a server's.

    Only once it has become quiet: while phones send, counting would take the time that answering them needs.
    """
    seen: State | None = None
    before: State | None = None
    while True:
        try:
            if (state := _state()) == before and state != seen:
                count_ahead(size)
                seen = state
            before = state
        except (OperationalError, InterfaceError):
            close_old_connections()  # it is busy, or was away
        time.sleep(every)


def _count(question: Question, using: Connection) -> Any:
    what, figure, *rest = question
    found = all_figures()[str(figure)]
    if what == "value":
        return evaluate(found, using=using).value
    if what == "cells":
        return evaluate(found, by=str(rest[0]), using=using).cells or {}
    return records(found, after=str(rest[0]), limit=int(rest[1]), using=using)


def _known() -> dict[Question, Any]:
    """What has been counted since the registry last changed; a new entry, or a new day, begins anew."""
    state = _state()
    with _lock:
        if state not in _kept or len(_kept[state]) > MOST:
            _kept.clear()
        return _kept.setdefault(state, {})


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
