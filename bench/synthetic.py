"""Synthetic histories: incidents with three casualties each, reported and accepted."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kambila.journal import directory
from kambila.journal.entry import Entry, canonical, new_id
from kambila.journal.writer import insert

CHANGES_A_REPORT = 4


def bodies(reports: int) -> Iterator[tuple[str, dict[str, object]]]:
    """(kind, body) of alternating reports and acceptances."""
    dice = random.Random(7)  # noqa: S311  a fixed seed is the point
    for number in range(reports):
        report, incident = new_id(), new_id()
        day = f"{dice.choice((2012, 2013, 2014))}-{dice.randint(1, 6):02}-{dice.randint(1, 28):02}"
        place = {"adm1": f"ML0{dice.randint(1, 8)}", "adm2": f"ML0{dice.randint(1, 8)}01"}
        values = {"category": "mine_erw", "date": day, "code": f"B-INC-{number:06}", "locality": "Tabango", **place}
        changes: list[dict[str, object]] = [{"kind": "incident", "id": incident, "values": values}]
        for each in range(CHANGES_A_REPORT - 1):
            person = {"incident": incident, "sex": dice.choice(("female", "male")), "age": dice.randint(1, 80)}
            person |= {"outcome": dice.choice(("killed", "injured")), "code": f"B-CAS-{number:06}-{each}"}
            person |= {"status": "civilian", "activity": "herding", **place}
            changes.append({"kind": "casualty", "id": new_id(), "values": person})
        header = {"form": "accident", "version": "1", "reporter": "team", "office": "GAO", "organisation": ""}
        yield "report:" + report, {**header, "code": f"B-R-{number:06}", "date": day, "changes": changes}
        yield "decision", {"verb": "accept", "report": report}


def fill_journal(reports: int) -> int:
    """Write a chain of reports and acceptances straight into the open directory; gives the number of changes."""
    write_entries(bodies(reports))
    return reports * CHANGES_A_REPORT


def write_entries(said: Iterator[tuple[str, dict[str, object]]]) -> None:
    """Write a chain of entries, (kind or kind:id, body) each, straight into the open directory."""
    node, prev = directory.current().node.id, ""
    batch: list[Entry] = []
    for seq, (what, body) in enumerate(said, 1):
        kind, _, id = what.partition(":")
        recorded = "2014-07-01T00:00:00.000000Z"
        author = "second" if kind == "countersign" else "bench"
        entry = Entry(id or new_id(), node, seq, seq, kind, 1, recorded, author, canonical(body), "[]", prev, "")
        prev = entry.computed_hash()
        batch.append(Entry(**{**vars(entry), "hash": prev}))
        if len(batch) == 5_000:
            _write(batch)
            batch = []
    _write(batch)


def _write(batch: list[Entry]) -> None:
    from django.db import transaction

    with transaction.atomic():
        insert(batch)


def bare_sqlite(path: Path) -> sqlite3.Connection:
    """The floor: a bare database with the same durability."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, body TEXT)")
    return connection
