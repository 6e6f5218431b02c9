"""Makes the files that were asked for, one after the other, in whatever process calls it."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.utils import translation

from kambila.accounts.people import find
from kambila.accounts.roles import remember
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.publish.downloads import formats, orders
from kambila.publish.downloads.orders import Order, Progress
from kambila.publish.downloads.reading import Reading
from kambila.publish.models import Download

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two notes of how far it has come
ATTEMPTS = 3
MAP, DOSSIER = "map", "dossier"  # what is taken besides lists and figures
LONGEST = 2_000  # letters that are kept of a filter


def make_all() -> None:
    """Make whatever was asked for."""
    while _make_next():
        pass


def _make_next() -> bool:
    """Make the file that was asked for first; whether there was one. What breaks off stays due, a few times."""
    order = next(iter(orders.due()), None)
    if order is None:
        return False
    progress = orders.progress_of(order)
    progress.state, progress.attempts = orders.GOING, progress.attempts + 1
    orders.keep(order, progress)
    try:
        if progress.attempts > ATTEMPTS:
            raise Problem("download-given-up", attempts=ATTEMPTS)
        with translation.override(order.language):
            _make(order, progress)
    except Problem as problem:
        progress.state, progress.problem = orders.STOPPED, (problem.sentence, problem.remedy)
    except Exception:
        log.exception("A file could not be made; it is tried again.")
        return True
    orders.keep(order, progress)
    return True


def _make(order: Order, progress: Progress) -> None:
    account = find(order.username)
    remember(account)
    # What its maker might see is noted before it is read: what changes meanwhile is noticed when the file is taken.
    progress.standing = orders.standing(account, order.wanted)
    reading = Reading(account, order.wanted)
    last = time.monotonic()

    def heard(done: int) -> None:
        nonlocal last
        progress.done = done
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            orders.keep(order, progress)

    formats.write(reading, order.to, order.file, heard)
    progress.state = orders.DONE


def note(account: Any, what: str, filter: str, format: str) -> None:
    """Keep who took what away: a list, a figure, MAP or DOSSIER; `filter` is what it was chosen by."""
    name = account.username if account is not None else ""
    chosen = filter.replace("\x00", "")[:LONGEST]
    Download.objects.create(account=name, what=what, filter=chosen, format=format, taken=clock.now())
