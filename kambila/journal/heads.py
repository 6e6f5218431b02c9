"""Heads: {node: [number, hash]} of what a directory holds, and the signed lines that bear witness outside the database."""

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import Error, connection

from kambila.journal import clock, directory
from kambila.journal.entry import canonical
from kambila.journal.errors import Problem

log = logging.getLogger(__name__)
Head = dict[str, list[Any]]
EVERY = datetime.timedelta(minutes=5)
_last_signed: dict[Path, datetime.datetime] = {}


@dataclass(frozen=True)
class SignedHead:
    """A line of heads.log."""

    at: str
    node: str
    seq: int
    hash: str
    signature: str

    def said(self) -> bytes:
        return canonical({"at": self.at, "hash": self.hash, "node": self.node, "seq": self.seq}).encode()

    def is_signed_by(self, public_key: str) -> bool:
        """Whether the signature is that of the key (hex)."""
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
                bytes.fromhex(self.signature), self.said()
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def head() -> Head:
    """The head of the open directory."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.node, e.seq, e.hash FROM journal_entry e JOIN "
            "(SELECT node, MAX(seq) AS seq FROM journal_entry GROUP BY node) last "
            "ON last.node = e.node AND last.seq = e.seq ORDER BY e.node"
        )
        return {node: [seq, hash] for node, seq, hash in cursor.fetchall()}


def read_head(text: str) -> Head:
    """A head from JSON or from a file of it. Raises Problem when it is none."""
    try:
        if not text.lstrip().startswith("{"):
            text = Path(text).read_text()
        read = json.loads(text)
        return {str(node): [int(seq), str(hash)] for node, (seq, hash) in read.get("head", read).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        raise Problem("bad-head") from None


def sign() -> SignedHead | None:
    """Sign the head of this node and write it to heads.log; None when the node has said nothing yet."""
    opened = directory.current()
    place = head().get(opened.node.id)
    if place is None:
        return None
    line = SignedHead(clock.text(clock.now()), opened.node.id, place[0], place[1], "")
    signed = SignedHead(line.at, line.node, line.seq, line.hash, opened.key().sign(line.said()).hex())
    keep([signed])
    _last_signed[opened.path] = clock.now()
    return signed


def keep(lines: Sequence[SignedHead]) -> None:
    """Write lines to heads.log: own ones, and those of other nodes, which bear witness here to what they had said."""
    with directory.current().heads_log.open("a+b") as file:
        file.seek(-1, 2) if file.tell() else None
        cut_off = file.read(1) not in (b"", b"\n")  # by a crash: it must not spoil the next line too
        file.write(b"\n" * cut_off + b"".join(canonical(vars(line)).encode() + b"\n" for line in lines))


def newest_signed() -> dict[str, SignedHead]:
    """The last line of each node."""
    return {line.node: line for line in signed_heads()}


def sign_if_due() -> None:
    """Sign when the last signed head is more than a few minutes old."""
    if connection.in_atomic_block:
        return  # what is not committed yet may still be taken back
    path = directory.current().path
    last = _last_signed.get(path)
    if last is None or not datetime.timedelta() <= clock.now() - last < EVERY:
        try:
            sign()
        except (OSError, Error):  # what was written is durable, and its writer must not be told otherwise
            log.exception("The head could not be signed; it will be tried again at the next entry.")


def signed_heads() -> list[SignedHead]:
    """The lines of heads.log, oldest first; a line that was cut off in the writing is left out."""
    file = directory.current().heads_log
    lines = file.read_text().splitlines() if file.exists() else []
    found = []
    for line in lines:
        try:
            found.append(SignedHead(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found
