"""Exchange between offices: a file with entries, and those sealed parts that the other office is entitled to.

The file is a ZIP: `manifest.json` (format, heads), `entries.jsonl` (one canonical entry a line, in the order of arrival)
and `parts/COMMITMENT` (32 bytes, then the content).
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

from kambila.journal import directory, erasure, heads, parts, projections, writer
from kambila.journal.entry import Draft, Entry
from kambila.journal.envelope import is_entry
from kambila.journal.errors import Problem
from kambila.journal.heads import Head
from kambila.journal.nodes import known_nodes

FORMAT = "kambila-journal-1"
NAMES = tuple(each.name for each in fields(Entry) if each.name != "arrival")
LEAP = 1_000_000  # how far a tick may run ahead of those that are held
Entitled = Callable[[Entry], bool]


@dataclass
class Brought:
    """What a file brought: new entries by kind, and parts."""

    entries: dict[str, int] = field(default_factory=dict)
    parts: int = 0
    known: int = 0


def everything(_entry: Entry) -> bool:
    return True


def nothing(_entry: Entry) -> bool:
    return False


def of_office(office: str) -> Entitled:
    """Entitles to the sealed parts of reports of one office."""
    return lambda entry: entry.kind == "report" and entry.body.get("office") == office


def export(to: Path, since: Head, entitled: Entitled = nothing) -> int:
    """Write the entries after a head to a file, with forms and the sealed parts that `entitled` allows; gives how many."""
    written, done, head = 0, set(), dict(since)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        commitments: list[str] = []
        with file.open("entries.jsonl", "w", force_zip64=True) as lines:
            for entry in after(since):
                lines.write(json.dumps([getattr(entry, name) for name in NAMES], ensure_ascii=False).encode() + b"\n")
                written += 1
                head[entry.node] = [entry.seq, entry.hash]
                if entry.kind == "form" or entitled(entry):  # a form is nobody's secret, and nothing is read without it
                    commitments += [part["commitment"] for part in entry.sealed]
        for commitment in commitments:
            if commitment not in done and (part := parts.held_part(commitment)) is not None:
                content = parts.content_of(part)
                if content is not None:
                    done.add(commitment)
                    file.writestr(f"parts/{commitment}", part.salt + content)
        signed = [vars(line) for node, line in heads.newest_signed().items() if line.seq <= head.get(node, [0])[0]]
        file.writestr("manifest.json", json.dumps({"format": FORMAT, "since": since, "head": head, "signed": signed}))
    return written


def after(since: Head) -> Iterator[Entry]:
    """The entries that a holder of `since` lacks, in the order of arrival here; none that comes meanwhile.

    Nothing is ever changed or taken from the journal, so no transaction is needed, and writers are not kept waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(arrival), 0) FROM journal_entry")
        last = cursor.fetchone()[0]
    for batch in projections.read_since(0, until=last):
        yield from (entry for entry in batch if entry.seq > since.get(entry.node, [0])[0])


def bring_in(path: Path, receipt: bool = True) -> Brought:
    """Take the entries and parts of a file in. Raises Problem when a chain does not follow what is known; then nothing
    of it is taken.

    Afterwards one `receive` entry says which heads are held, unless nothing but such entries came (or `receipt` is off,
    for a restore: what a node continues counts as its own).
    """
    brought = Brought()
    with _opened(path) as file, writer.turn, transaction.atomic():
        writer.lock()
        chains, named = _Chains(), set[str]()
        for batch in _batches(file):
            new = [entry for entry in batch if chains.takes(entry)]
            brought.known += len(batch) - len(new)
            named |= {part["commitment"] for entry in batch for part in entry.sealed}
            written = _insert(new)
            for entry in written:
                brought.entries[entry.kind] = brought.entries.get(entry.kind, 0) + 1
            erasure.apply(written)
            if written:
                projections.apply_new(written)
        brought.parts = _bring_parts(file, named)
        witnessed = _witnessed(file)
        if receipt and set(brought.entries) - {"receive"}:
            writer.append([Draft("receive", "", {"heads": heads.head()})])
    heads.keep(witnessed)
    heads.sign_if_due()
    return brought


def _witnessed(file: zipfile.ZipFile) -> list[heads.SignedHead]:
    """The signed heads that came along and are new here; Problem when one contradicts the entries."""
    known, nodes = heads.newest_signed(), known_nodes()
    found = []
    for said in json.loads(file.read("manifest.json")).get("signed", []):
        try:
            line = heads.SignedHead(**said)
        except TypeError:  # a line of another format: it bears witness to nothing here
            continue
        if line.node not in nodes or not line.is_signed_by(nodes[line.node].key):
            continue
        if _hash_at(line.node, line.seq) != line.hash:
            raise Problem("foreign-entry", what=f"{line.node} {line.seq}")
        if line.node not in known or known[line.node].seq < line.seq:
            found.append(line)
    return found


class _Chains:
    """Follows each node's chain, from what is held here."""

    def __init__(self) -> None:
        self.ends: dict[str, writer.ChainEnd] = {}
        self.own = directory.current().node.id
        self.tick = writer.chain_end(self.own).tick

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is new; Problem when it contradicts what is known, or leaves a gap."""
        if not is_entry(entry):
            raise Problem("foreign-entry", what=f"{entry.node} {entry.seq}")
        end = self.ends.get(entry.node) or writer.chain_end(entry.node)
        if entry.seq <= end.seq:
            if _hash_at(entry.node, entry.seq) != entry.hash:
                raise Problem("foreign-entry", what=f"{entry.node} {entry.seq}")
            return False
        if entry.seq != end.seq + 1:
            raise Problem("gap", node=entry.node, seq=entry.seq - 1)
        follows = entry.prev == end.hash and entry.recorded >= end.recorded
        # Nobody else can have written for this node, and a tick far ahead would leave no room for those that follow.
        possible = entry.node != self.own and entry.tick <= self.tick + LEAP
        if not follows or not possible or entry.computed_hash() != entry.hash:
            raise Problem("foreign-entry", what=f"{entry.node} {entry.seq}")
        self.tick = max(self.tick, entry.tick)
        self.ends[entry.node] = writer.ChainEnd.at(entry)
        return True


def _hash_at(node: str, seq: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM journal_entry WHERE node = %s AND seq = %s", [node, seq])
        row = cursor.fetchone()
    return row[0] if row else ""


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        file = zipfile.ZipFile(path)
        if json.loads(file.read("manifest.json"))["format"] == FORMAT:
            return file
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        pass
    raise Problem("not-an-export", path=path)


def _batches(file: zipfile.ZipFile) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    with file.open("entries.jsonl") as lines:
        for line in lines:
            batch.append(_entry(line))
            if len(batch) == projections.BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _entry(line: bytes) -> Entry:
    try:
        return Entry(**dict(zip(NAMES, json.loads(line), strict=True)))
    except (ValueError, TypeError, RecursionError):
        raise Problem("foreign-entry", what=line[:80].decode(errors="replace")) from None


def _insert(new: list[Entry]) -> list[Entry]:
    """Write new entries; an id that another entry bears already is no new entry."""
    try:
        return writer.insert(new)
    except DatabaseError as error:
        raise Problem("foreign-entry", what=str(error)) from error


def _bring_parts(file: zipfile.ZipFile, named: set[str]) -> int:
    """Take in the parts that entries of the file name and that nobody has erased: no erasure could reach any other.
    One that is not what was committed to is left out.
    """
    taken = 0
    for name in file.namelist():
        commitment = name.removeprefix("parts/")
        if commitment not in named or not _is_wanted(commitment):
            continue
        salt_and_content = file.read(name)
        if parts.take_in(commitment, salt_and_content[:32], salt_and_content[32:]):
            taken += 1
    return taken


def _is_wanted(commitment: str) -> bool:
    return parts.held_part(commitment) is None and not erasure.erased_by([commitment])


def read_manifest(path: Path) -> dict[str, Any]:
    """What a file says of itself."""
    with _opened(path) as file:
        return json.loads(file.read("manifest.json"))
