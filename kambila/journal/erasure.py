"""Erasure: the only thing that removes a sealed part, for ever and wherever it comes from.

An `erase` entry names records, [kind, id] pairs. It takes the sealed values of every change of these records, and the raw
submission and the files of the reports concerned, also of reports that arrive later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import orjson
from django.db import connection, transaction

from kambila.journal import parts
from kambila.journal.entry import COLUMNS, Entry
from kambila.journal.soundness import is_sound_body

Key = tuple[str, str]


def apply(entries: Sequence[Entry]) -> None:
    """Carry out the erasures among new entries, and those that older ones order of new reports. In their transaction."""
    concerned = [entry for entry in entries if entry.kind in ("erase", "report")]
    erased = erased_records() if concerned else {}
    if not erased:
        return
    taken: dict[str, str] = {}
    for entry in (each for each in concerned if each.is_sound):
        if entry.kind == "erase":
            for report in _reports_about(_keys(entry)):
                taken.update(dict.fromkeys(_concerned(report, set(_keys(entry))), entry.id))
        else:
            taken.update({part: erased[key] for key in erased for part in _concerned(entry, {key})})
    remove(taken)


def remove(taken: dict[str, str]) -> None:
    """Take parts away, by commitment, naming the erase entry of each; files go when the transaction has committed."""
    if not taken:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO journal_erased (commitment, entry) VALUES (%s, %s) ON CONFLICT (commitment) DO NOTHING",
            list(taken.items()),
        )
        cursor.executemany("DELETE FROM journal_part WHERE commitment = %s", [(each,) for each in taken])
    # What was written stays written whatever becomes of the cleaning: its writer must not be told otherwise.
    transaction.on_commit(lambda: _clean(list(taken)), robust=True)


def _clean(commitments: list[str]) -> None:
    """Leave no copy behind: neither a file nor what the database keeps of a deleted row."""
    for commitment in commitments:
        parts.file_of(commitment).unlink(missing_ok=True)
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM FULL journal_part")


def erased_records() -> dict[Key, str]:
    """(kind, id) of every erased record, with the entry that ordered it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, body FROM journal_entry WHERE kind = 'erase' ORDER BY arrival")
        rows = cursor.fetchall()
    sound = [(entry, body) for entry, text in rows if is_sound_body("erase", body := orjson.loads(text))]
    return {(kind, record): entry for entry, body in sound for kind, record in body["records"]}


def erased_by(commitments: Sequence[str]) -> dict[str, str]:
    """Which of these parts were erased, and by which entry."""
    if not commitments:
        return {}
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(commitments))
        cursor.execute(
            f"SELECT commitment, entry FROM journal_erased WHERE commitment IN ({places})",
            list(commitments),
        )
        return dict(cursor.fetchall())


def to_be_erased(entries: Iterable[Entry]) -> dict[str, str]:
    """Parts of entries that are about to come in, which an erasure known here has taken beforehand."""
    erased = erased_records()
    reports = [entry for entry in entries if entry.kind == "report" and entry.is_sound]
    return {part: erased[key] for key in erased for entry in reports for part in _concerned(entry, {key})}


def ordered_of(entry: Entry, records: Mapping[Key, str]) -> list[str]:
    """The parts of an entry that an erasure of these records takes."""
    return _concerned(entry, set(records)) if entry.kind == "report" and entry.is_sound else []


def _keys(entry: Entry) -> list[Key]:
    return [(kind, record) for kind, record in entry.body["records"]]


def _reports_about(keys: Iterable[Key]) -> Iterable[Entry]:
    """Reports that speak of any of these records. Erasures are rare: the bodies are searched, no index is kept."""
    for _kind, record in keys:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {COLUMNS}, arrival FROM journal_entry WHERE kind = 'report' AND body LIKE %s",
                [f'%"id":"{record}"%'],
            )
            rows = cursor.fetchall()
        yield from (entry for row in rows if (entry := Entry(*row)).is_sound)


def _concerned(report: Entry, keys: set[Key]) -> list[str]:
    """The commitments that an erasure of `keys` takes from a report: its raw bytes, its files, the records' values."""
    changes = report.body.get("changes", [])
    about = [change for change in changes if (change["kind"], change["id"]) in keys]
    if not about:
        return []
    own = {name for change in about for name in change.get("sealed", {}).values()}
    return [
        part["commitment"]
        for part in report.sealed
        if part["name"] in own or part["name"] in ("submission", "reason") or part["name"].startswith("file/")
    ]
