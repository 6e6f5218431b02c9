"""Imports and large downloads are made in a process of their own, one after the other: pages and phones are answered
meanwhile, and what one needed of the memory is given back at its end. Downloads come before imports.

`keep` runs in the server and sees to it that there is such a process while something is due: after an order, and after a
restart. Run as a program, this is that process.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from django.utils import translation

from kambila.desk import errors  # noqa: F401  the catalogue
from kambila.journal import directory
from kambila.journal.errors import Problem

if TYPE_CHECKING:
    from kambila.desk.orders import Order, Progress
    from kambila.desk.uploads import Upload
    from kambila.intake.sheets.importing import Outcome

log = logging.getLogger(__name__)
PAUSE = 3.0  # seconds between two looks, where nobody says that something is due
AFTER_A_FAULT = 30.0  # seconds
ATTEMPTS = 5  # without one row written; then a person has to look
EVERY = 1.0  # seconds between two notes of how far it has come
_ordered = threading.Event()


def soon() -> None:
    """Say that something is due."""
    _ordered.set()


def keep() -> None:
    """See for ever that what is due is carried out, in a thread of its own."""
    from kambila.desk import orders
    from kambila.publish.downloads import orders as downloads

    if directory.current().node.view is not None:
        return  # nothing is taken into a replay
    while True:
        pause = PAUSE
        try:
            with orders.turn() as free:
                downloads.sweep()
                wanted = free and bool(orders.due() or downloads.due())
            if wanted and _run() != 0:
                pause = AFTER_A_FAULT
        except Exception:
            log.exception("What was ordered could not be looked after; it will be tried again in a moment.")
        _ordered.wait(pause)
        _ordered.clear()


def _run() -> int:
    """The process; its answer is 0 when it could do what was due."""
    opened = directory.current()
    said = {"KAMBILA_DATA": str(opened.path), "KAMBILA_DATABASE": opened.database}
    return subprocess.run([sys.executable, "-m", __name__], env={**os.environ, **said}).returncode  # noqa: S603


def carry_out_due() -> None:
    """Carry out what is due, unless another process does."""
    from kambila.desk import orders
    from kambila.publish.downloads.making import make_all

    with orders.turn() as free:
        if free:
            make_all()
        while free and (waiting := orders.due()):
            upload, username = waiting[0]
            order, progress = orders.order_of(upload), orders.progress_of(upload)
            assert order is not None
            with translation.override(order.language):
                _carry_out(upload, username, order, progress)
            make_all()


def _carry_out(upload: Upload, username: str, order: Order, progress: Progress) -> None:
    """One order, from its beginning. What is not its own fault leaves it due; after some attempts it is given up."""
    from kambila.desk import orders

    progress.attempts += 1
    progress.state = orders.GOING
    orders.keep(upload, progress)
    try:
        if progress.attempts > ATTEMPTS:
            raise Problem("import-given-up", attempts=ATTEMPTS)
        outcome = _import(upload, username, order, progress)
    except Problem as problem:
        progress.state, progress.problem = orders.STOPPED, [problem.sentence, problem.remedy]
        orders.keep(upload, progress)
        return
    progress.note(outcome)
    progress.state = orders.DONE
    orders.keep(upload, progress)
    upload.remove_content()


def _import(upload: Upload, username: str, order: Order, progress: Progress) -> Outcome:
    from kambila.desk import orders
    from kambila.intake.sheets import importing, profile
    from kambila.intake.sheets.handing_back import hand_back, shape_of
    from kambila.intake.sheets.rows import Acceptance
    from kambila.intake.sheets.tables import open_table

    last = time.monotonic()

    def heard(outcome: Outcome) -> None:
        nonlocal last
        if outcome.counts["new"] or outcome.counts["changed"]:
            progress.attempts = 0
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            progress.note(outcome)
            orders.keep(upload, progress)

    read = profile.read(order.profile)
    table = open_table(upload.path, read.sheet)
    acceptance = Acceptance(order.reason, order.answer) if order.reason else None
    outcome = importing.import_file(upload.path, read, username, acceptance, heard=heard, table=table, name=upload.name)
    if outcome.bad:
        hand_back(outcome.bad, table, upload.path, upload.folder / f"rejects{shape_of(table)}", read)
    return outcome


def main() -> None:
    """Carry out what is due in the directory that the environment names."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
    django.setup()
    directory.open_directory(settings.DATA)
    os.nice(5)  # who waits for a page comes first
    carry_out_due()


if __name__ == "__main__":
    main()
