"""Verification: hashes are computed again, chains followed, signed heads looked for, sealed parts opened.

What an owner of the database *and* of the node's key can still do: write another history and sign it. A head that is held
elsewhere (in a published release, at another office, in a letter) is what catches it: `verify_against`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kambila.journal import directory, erasure, heads, parts, projections
from kambila.journal.entry import Entry
from kambila.journal.heads import Head, SignedHead
from kambila.journal.nodes import known_nodes

SENTENCES = {
    "hash": _("Entry %(seq)s of node %(node)s was altered: its hash is not that of its content."),
    "chain": _("Entry %(seq)s of node %(node)s does not follow the one before it."),
    "gap": _("Entry %(seq)s of node %(node)s is missing."),
    "order": _("Entry %(seq)s of node %(node)s is dated before the one that it follows."),
    "head": _("The head signed on %(at)s is not in the history: entry %(seq)s of node %(node)s, %(hash)s."),
    "signature": _("The line of %(at)s in heads.log was not signed by node %(node)s."),
    "held-elsewhere": _("Entry %(seq)s of node %(node)s is not the one that was seen elsewhere: %(hash)s."),
    "part": _("The sealed part “%(part)s” of entry %(entry)s was altered."),
    "part-missing": _("The sealed part “%(part)s” of entry %(entry)s is missing, and no entry has erased it."),
    "unreadable": _("Entry %(seq)s of node %(node)s cannot be read."),
}


@dataclass(frozen=True)
class Finding:
    """Something that differs: a code, and what fills its sentence."""

    code: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.values


@dataclass
class Verified:
    """The result: what was looked at and what was found. `parts` counts held, absent (not held here) and erased ones."""

    entries: int = 0
    parts: dict[str, int] = field(default_factory=lambda: {"held": 0, "absent": 0, "erased": 0})
    findings: list[Finding] = field(default_factory=list)


def verify_since_checkpoint() -> list[Finding]:
    """Check what was written since the last signed head of this node, and that this head is still there."""
    own = directory.current().node.id
    lines = [line for line in heads.signed_heads() if line.node == own]
    result = Verified()
    since = 0
    if lines:
        result.findings += _signed([lines[-1]])
        since = _arrival_of(lines[-1].node, lines[-1].seq)
    _follow(_entries(since), result, _ends_before(since))
    return result.findings


def verify_all() -> Verified:
    """Check every entry, every signed head, every sealed part."""
    result = Verified()
    result.findings += _signed(heads.signed_heads())
    _follow(_with_received(_with_parts(_entries(0), result), result), result, {})
    return result


def verify_against(head: Head) -> list[Finding]:
    """Check that a head seen elsewhere is still in the history of this directory."""
    found = []
    for node, (seq, hash) in head.items():
        if _hash_at(node, seq) != hash:
            found.append(Finding("held-elsewhere", {"node": node, "seq": seq, "hash": hash}))
    return found


def _entries(since: int) -> Iterator[Entry]:
    for batch in projections.read_since(since):
        yield from batch


def _follow(entries: Iterable[Entry], result: Verified, ends: dict[str, tuple[int, str, str]]) -> None:
    """Follow the chains; entries of one node come in their order."""
    for entry in entries:
        result.entries += 1
        seq, recorded, hash = ends.get(entry.node, (0, "", ""))
        where = {"node": entry.node, "seq": entry.seq}
        if entry.seq != seq + 1:
            result.findings.append(Finding("gap", {"node": entry.node, "seq": seq + 1}))
        elif entry.prev != hash:
            result.findings.append(Finding("chain", where))
        if entry.computed_hash() != entry.hash:
            result.findings.append(Finding("hash", where))
        if entry.recorded < recorded:
            result.findings.append(Finding("order", where))
        ends[entry.node] = (entry.seq, entry.recorded, entry.hash)


def _ends_before(arrival: int) -> dict[str, tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.node, e.seq, e.recorded, e.hash FROM journal_entry e JOIN (SELECT node, MAX(seq) AS seq "
            "FROM journal_entry WHERE arrival <= %s GROUP BY node) last ON last.node = e.node AND last.seq = e.seq",
            [arrival],
        )
        return {node: (seq, recorded, hash) for node, seq, recorded, hash in cursor.fetchall()}


def _signed(lines: Sequence[SignedHead]) -> list[Finding]:
    keys = {node: known.key for node, known in known_nodes().items()}
    opened = directory.current()
    keys[opened.node.id] = directory.public_key(opened)
    found = []
    for line in lines:
        if not line.is_signed_by(keys.get(line.node, "")):
            found.append(Finding("signature", vars(line)))
        elif _hash_at(line.node, line.seq) != line.hash:
            found.append(Finding("head", vars(line)))
    return found


def _hash_at(node: str, seq: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM journal_entry WHERE node = %s AND seq = %s", [node, seq])
        row = cursor.fetchone()
    return row[0] if row else ""


def _arrival_of(node: str, seq: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT arrival FROM journal_entry WHERE node = %s AND seq = %s", [node, seq])
        row = cursor.fetchone()
    return row[0] if row else 0


def _with_received(entries: Iterator[Entry], result: Verified) -> Iterator[Entry]:
    """Hand the entries on; what this node said that it had received must still be there."""
    own = directory.current().node.id
    for entry in entries:
        if entry.kind == "receive" and entry.node == own:
            try:
                heads_held = entry.body["heads"].items()
            except (ValueError, KeyError, AttributeError):
                heads_held = ()
            for node, (seq, hash) in heads_held:
                if _hash_at(node, seq) != hash:
                    said = {"at": entry.recorded, "node": node, "seq": seq, "hash": hash}
                    result.findings.append(Finding("head", said))
        yield entry


def _with_parts(entries: Iterator[Entry], result: Verified) -> Iterator[Entry]:
    """Hand the entries on, having opened the sealed parts of each batch.

    The list of erased parts can be altered like any table: what it names must have been ordered by an erase entry.
    """
    own = directory.current().node.id
    records, ordered, said_erased = erasure.erased_records(), set[str](), dict[str, dict[str, Any]]()
    for entry in entries:
        if entry.sealed_text != "[]":
            gone = _open_parts(entry, entry.node == own, result)
            said_erased |= gone
            if gone:
                ordered.update(erasure.ordered_of(entry, records))
        yield entry
    for commitment, where in said_erased.items():
        if commitment not in ordered:
            result.findings.append(Finding("part-missing", where))


def _open_parts(entry: Entry, is_own: bool, result: Verified) -> dict[str, dict[str, Any]]:
    """Look at each part; gives those that are said to be erased, and where they stood."""
    gone: dict[str, dict[str, Any]] = {}
    try:
        sealed = entry.sealed
        erased = erasure.erased_by([part["commitment"] for part in sealed])
    except (ValueError, TypeError, KeyError):
        result.findings.append(Finding("unreadable", {"node": entry.node, "seq": entry.seq}))
        return gone
    for part in sealed:
        held = parts.held_part(part["commitment"])
        where = {"entry": entry.id, "part": part["name"]}
        if held is None and part["commitment"] in erased:
            result.parts["erased"] += 1
            gone[part["commitment"]] = where
        elif held is None:
            result.parts["absent"] += 1
            if is_own:
                result.findings.append(Finding("part-missing", where))
        else:
            result.parts["held"] += 1
            if not parts.matches(held):
                missing = held.content is None and not parts.file_of(held.commitment).exists()
                result.findings.append(Finding("part-missing" if missing else "part", where))
    return gone
