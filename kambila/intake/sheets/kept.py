"""What of the journal is remembered for files: saved profiles, batches, and which report is which row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson

from kambila.journal.entry import Entry
from kambila.journal.parts import named
from kambila.registry import sql

PROFILE, BATCH = "import-profile", "import-batch"
COUNTS = ("rows", "new", "changed", "known", "left_out", "bad", "doubtful")
KNOWN = "ON CONFLICT DO NOTHING"
# Whatever comes first, a report of a row or the closing entry, and in whatever order: the same line.
BEGUN = (
    "ON CONFLICT (id) DO UPDATE SET begun = CASE WHEN excluded.begun < intake_batch.begun THEN excluded.begun "
    "ELSE intake_batch.begun END"
)
CLOSED = (
    "ON CONFLICT (id) DO UPDATE SET closing = excluded.closing, name = excluded.name, counts = excluded.counts, "
    "begun = CASE WHEN excluded.begun < intake_batch.begun THEN excluded.begun ELSE intake_batch.begun END "
    "WHERE excluded.closing > intake_batch.closing"
)
COLUMNS = ("id", "profile", "author", "begun", "closing", "name", "counts")


def apply(entries: Sequence[Entry]) -> None:
    """Note what entries say of profiles and batches."""
    settings = [entry for entry in entries if entry.kind == "setting"]
    profiles = [row for entry in settings for row in _profile(entry)]
    sql.insert("intake_profile", ("entry", "name", "text", "author", "tick", "recorded"), profiles, KNOWN)
    rows = [
        (entry.id, entry.body["batch"], entry.body["row"], entry)
        for entry in entries
        if entry.kind == "report" and '"batch":' in entry.body_text and _is_row(entry)
    ]
    sql.insert("intake_batch_row", ("report", "batch", "row"), [row[:3] for row in rows], KNOWN)
    begun = {row[1]: _begun(row[3]) for row in reversed(rows)}
    sql.insert("intake_batch", COLUMNS, list(begun.values()), BEGUN)
    sql.insert("intake_batch", COLUMNS, [row for entry in settings for row in _closed(entry)], CLOSED)


def _profile(entry: Entry) -> Iterator[tuple[str | int, ...]]:
    value = entry.body.get("value")
    if entry.body.get("name") == PROFILE and isinstance(value, dict):
        name, text = value.get("name"), value.get("text")
        if isinstance(name, str) and isinstance(text, str) and len(name) <= 80 and "\x00" not in name + text:
            yield entry.id, name, text, entry.author, entry.tick, entry.recorded


def _is_row(entry: Entry) -> bool:
    batch, row = entry.body.get("batch"), entry.body.get("row")
    return entry.is_sound and isinstance(batch, str) and 0 < len(batch) <= 36 and isinstance(row, int)


def _begun(entry: Entry) -> tuple[str, ...]:
    profile = str(entry.body.get("form") or "").removeprefix("import:")
    return entry.body["batch"], profile, entry.author, entry.recorded, "", "", "{}"


def _closed(entry: Entry) -> Iterator[tuple[str, ...]]:
    value = entry.body.get("value")
    if entry.body.get("name") != BATCH or not isinstance(value, dict):
        return
    said = [value.get(each) for each in ("batch", "profile")]
    counts = value.get("counts")
    if all(isinstance(each, str) and len(each) <= 100 for each in said) and isinstance(counts, dict):
        told = {name: counts[name] for name in COUNTS if isinstance(counts.get(name), int)}
        name = named(entry.sealed, "file-name") or ""
        yield str(said[0])[:36], str(said[1]), entry.author, entry.recorded, entry.id, name, orjson.dumps(told).decode()
