"""What is derived from the journal: rooms register projections, which are applied in the transaction that appends."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from django.db import InterfaceError, OperationalError, connection, transaction

from kambila.journal.entry import COLUMNS, Entry

log = logging.getLogger(__name__)
BATCH = 5_000
OF_THE_MACHINE = (OperationalError, InterfaceError, OSError, MemoryError)  # not the fault of any entry


class Projection(Protocol):
    """Tables that follow from the entries, whatever order they come in."""

    def reset(self) -> None:
        """Empty what was derived."""

    def apply(self, entries: Sequence[Entry]) -> None:
        """Take more entries in. The result depends only on the set of entries, not on order or batches."""


_projections: dict[str, Projection] = {}
_listeners: list[Callable[[Entry], None]] = []


def register(name: str, projection: Projection) -> None:
    """Take a projection up; the order of registration is the order of application."""
    _projections[name] = projection


def tell_of_faults(listener: Callable[[Entry], None]) -> None:
    """Let somebody know of each entry that could not be applied and was passed over."""
    _listeners.append(listener)


def position() -> int:
    """The arrival of the last entry that was applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT arrival FROM journal_position WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def apply_new(entries: Sequence[Entry]) -> None:
    """Apply entries that were just written, in their transaction.

    What was said must never be lost to a fault in what is derived: on an exception the entries stay; those that are at
    fault are passed over. Where the fault is the machine's, the projections stay behind, and the next call (or `kambila
    check`) catches up. Raises when the whole transaction went with it: the database is away, or its disk full.
    """
    try:
        behind = position() < entries[0].arrival - 1 and _unapplied(entries[0].arrival)
        for batch in read_since(position()) if behind else [entries]:
            _follow(batch)
    except Exception:
        if connection.needs_rollback or connection.closed_in_transaction:
            raise  # the transaction is lost, and the entries with it: nobody may be told that they were written
        log.exception("The registry could not follow the journal; it will try again at the next entry.")


def _follow(batch: Sequence[Entry]) -> None:
    """Apply a batch; when something in it cannot be applied, each entry alone, and pass over what is at fault."""
    try:
        with transaction.atomic():
            _apply([batch])
    except OF_THE_MACHINE:
        raise
    except Exception:
        log.exception("Entries could not be applied together; each is tried alone.")
        for entry in batch:
            _apply_alone(entry)


def _apply_alone(entry: Entry) -> None:
    for name, projection in _projections.items():
        try:
            with transaction.atomic():
                projection.apply([entry])
        except OF_THE_MACHINE:
            raise
        except Exception:
            log.exception("Entry %s is passed over by %s.", entry.id, name)
            for listener in _listeners:
                listener(entry)
    _set_position(entry.arrival)


def is_behind() -> bool:
    """Whether there are entries that have not been applied."""
    return next(read_since(position()), None) is not None


def catch_up() -> None:
    """Apply what has not been applied yet."""
    with transaction.atomic():
        for batch in read_since(position()):
            _follow(batch)


def rebuild() -> None:
    """Throw away all that was derived and derive it again."""
    # SQLite changes tables only while it does not look after constraints, which cannot be said inside a transaction.
    with connection.constraint_checks_disabled(), transaction.atomic():
        for projection in _projections.values():
            projection.reset()
        _set_position(0)
        for batch in read_since(0):
            _follow(batch)


def _unapplied(before: int) -> bool:
    """Arrival numbers may have gaps on PostgreSQL; only entries count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM journal_entry WHERE arrival > %s AND arrival < %s LIMIT 1", [position(), before])
        return cursor.fetchone() is not None


def _apply(batches: Iterable[Sequence[Entry]]) -> None:
    for batch in batches:
        with _uncollected(len(batch)):
            for projection in _projections.values():
                projection.apply(batch)
        _set_position(batch[-1].arrival)


@contextmanager
def _uncollected(entries: int) -> Iterator[None]:
    """A large batch makes many objects and no rings of them: looking for rings meanwhile would take a third of the time."""
    if entries < 1_000 or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _set_position(arrival: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_position (id, arrival) VALUES (1, %s) "
            "ON CONFLICT (id) DO UPDATE SET arrival = excluded.arrival",
            [arrival],
        )


def read_since(arrival: int, until: int | None = None) -> Iterator[list[Entry]]:
    """Entries after an arrival (and up to another), in batches, in the order in which they arrived here."""
    until = 2**62 if until is None else until
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {COLUMNS}, arrival FROM journal_entry WHERE arrival > %s AND arrival <= %s "
                "ORDER BY arrival LIMIT %s",
                [arrival, until, BATCH],
            )
            entries = [Entry(*row) for row in cursor.fetchall()]
        if not entries:
            return
        yield entries
        arrival = entries[-1].arrival
