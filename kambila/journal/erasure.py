"""Erasure: the only thing that removes a sealed part, for ever and wherever it comes from.

An `erase` entry names records, [kind, id] pairs. It takes the sealed values of every change of these records, the raw
submission and the files of the reports concerned, and the reasons and answers given when these reports or records were
decided about; also of what arrives later, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson
from django.db import connection, transaction

from kambila.journal import parts
from kambila.journal.entry import COLUMNS, Entry
from kambila.journal.soundness import ABOUT_PAIRS, ABOUT_RECORDS, ABOUT_REPORTS, FIRST_STEP, is_sound_body

Key = tuple[str, str]
SPEAKING = ("report", "decision", "countersign")  # the kinds of entries beside which words about a record may lie
AT_ONCE = 100  # names looked for in one reading of the journal


def apply(entries: Sequence[Entry]) -> None:
    """Carry out the erasures among new entries, and what older ones order of the others. In their transaction."""
    concerned = [entry for entry in entries if entry.kind in ("erase", *SPEAKING)]
    erased = erased_records() if concerned else {}
    if not erased:
        return
    taken: dict[str, str] = {}
    for entry in (each for each in concerned if each.is_sound):
        records = dict.fromkeys(_keys(entry), entry.id) if entry.kind == "erase" else erased
        first = _naming({record for _, record in records}) if entry.kind == "erase" else [entry]
        for each in _with_what_hangs_on(first, records):
            taken.update(ordered_of(each, records))
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


def ordered_of(entry: Entry, records: Mapping[Key, str]) -> dict[str, str]:
    """The parts of an entry that the erasure of these records takes, each with the entry that ordered it."""
    by = _ordered_by(entry, records) if entry.is_sound else None
    if by is None:
        return {}
    if entry.kind != "report":
        return {part["commitment"]: by for part in entry.sealed}
    about = [each for each in entry.body["changes"] if (each["kind"], each["id"]) in records]
    own = {part: records[each["kind"], each["id"]] for each in about for part in each.get("sealed", {}).values()}
    return {
        part["commitment"]: own.get(part["name"], by)
        for part in entry.sealed
        if part["name"] in own or part["name"] in ("submission", "reason") or part["name"].startswith("file/")
    }


def _ordered_by(entry: Entry, records: Mapping[Key, str]) -> str | None:
    """The erasure that concerns a report, what was decided about it or about a record, or a signature under that."""
    body, keys, above = entry.body, list[Key](), None
    if entry.kind == "report":
        keys = [(change["kind"], change["id"]) for change in body.get("changes", [])]
    elif entry.kind == "countersign":
        above = _held("decision", body["decision"])
    elif entry.kind == "decision" and body["verb"] in (*ABOUT_REPORTS, FIRST_STEP):
        above = _held("report", body["report"])
    elif entry.kind == "decision" and body["verb"] in ABOUT_PAIRS + ABOUT_RECORDS:
        keys = [(body["kind"], record) for record in body.get("records") or [body["record"]]]
    found = next((records[key] for key in keys if key in records), None)
    return _ordered_by(above, records) if above is not None else found


def _with_what_hangs_on(first: Iterable[Entry], records: Mapping[Key, str]) -> Iterator[Entry]:
    """Those of these entries that the erasure concerns, and what was decided and signed about them."""
    seen: set[str] = set()
    ahead = list(first)
    while ahead := [each for each in ahead if each.id not in seen and _ordered_by(each, records)]:
        yield from ahead
        seen |= {each.id for each in ahead}
        ahead = _naming({each.id for each in ahead if each.kind != "countersign"})


def _keys(entry: Entry) -> list[Key]:
    return [(kind, record) for kind, record in entry.body["records"]]


def _held(kind: str, id: str) -> Entry | None:
    """An entry of this kind that can be read, if it is here."""
    return next(iter(_read("kind = %s AND id = %s", [kind, id])), None)


def _naming(ids: set[str]) -> list[Entry]:
    """What speaks of any of these records or entries. Erasures are rare: the bodies are searched, no index is kept."""
    found: list[Entry] = []
    names = sorted(ids)
    for some in (names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE)):
        named = " OR ".join(["body LIKE %s"] * len(some))
        found += _read(f"kind IN {SPEAKING} AND ({named})", [f'%"{id}"%' for id in some])
    return found


def _read(condition: str, values: Sequence[str]) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS}, arrival FROM journal_entry WHERE {condition}", list(values))
        return [each for each in (Entry(*row) for row in cursor.fetchall()) if each.is_sound]
