"""The ledger of the programme that is open, written once and kept until the registry moves on."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from django.db import connections

from kambila.domain.land import criteria
from kambila.domain.land.balance.ledger import ledger
from kambila.domain.land.balance.lines import Lines
from kambila.domain.land.balance.reading import AREA, PRODUCT, Known, known
from kambila.domain.land.balance.settle import limits
from kambila.journal import directory
from kambila.journal.uncollected import uncollected
from kambila.registry import settled, sql
from kambila.registry.kinds import plan_of

MANY = 5_000  # areas and products of which a ledger takes longer to write than a page should be waited for
_lock = threading.Lock()
_kept: dict[tuple[object, ...], Book] = {}
_writing: list[threading.Thread] = []


@dataclass(frozen=True)
class Book:
    """What is known of areas and products, and every movement of ground."""

    known: Known
    lines: Lines
    version: str  # of the national criteria


def book() -> Book:
    """The ledger as the registry stands."""
    with _lock, settled.in_force():
        key = _key()
        if key not in _kept:
            _kept.clear()
            with uncollected():
                found = known()
                _kept[key] = Book(found, ledger(found.register, limits()), criteria.current().version)
        return _kept[key]


def waited_for() -> int:
    """Of how many areas and products the ledger is being written meanwhile; 0 when `book` may be asked, since it is kept,
    takes no time, or did not come about: then whoever asks is told why."""
    with settled.in_force():
        key = _key()
    many = _many()
    if key in _kept or many < MANY or (_writing and not _writing[0].is_alive()):
        _writing.clear()
        return 0
    if not _writing:
        _writing.append(threading.Thread(target=_write, daemon=True))
        _writing[0].start()
    return many


def _write() -> None:
    try:
        book()
    finally:
        connections.close_all()


def _many() -> int:
    return sum(int(sql.run(f"SELECT COUNT(*) FROM {plan_of(kind).table}")[0][0]) for kind in (AREA, PRODUCT))


def _key() -> tuple[object, ...]:
    """What the ledger depends on: where it is, how far its records have come, what has gone, when it was built."""
    tables = [plan_of(kind).table for kind in (AREA, PRODUCT)] + ["registry_gone"]
    reached = [sql.run(f"SELECT COUNT(*), MAX(revision) FROM {table}")[0] for table in tables]
    built = sql.run("SELECT value FROM registry_built WHERE key = 'built'")
    return (str(directory.current().path), *reached, *built, criteria.current().version)
