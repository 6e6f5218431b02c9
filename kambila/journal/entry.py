"""An entry of the journal, what is needed to write one, and how it is hashed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
import rfc8785
import uuid_utils

from kambila.journal.soundness import CHECKS, is_sound_body

KINDS = ("node", "report", "decision", "countersign", "release", "receive", "grant", "form", "setting", "erase")
SCHEMA = 1
LARGEST = 2**53 - 1  # whole number that JSON carries safely


@dataclass(frozen=True)
class Part:
    """Content to be sealed: bytes, or the path of a file that is copied."""

    media_type: str
    content: bytes | Path


@dataclass(frozen=True)
class Draft:
    """An entry to be written. `kept` names parts that the journal holds already, by commitment."""

    kind: str
    author: str
    body: Mapping[str, Any]
    parts: Mapping[str, Part] = field(default_factory=dict)
    kept: tuple[Mapping[str, Any], ...] = ()
    id: str = field(default_factory=lambda: new_id())


@dataclass(frozen=True)
class Entry:
    """One line of the journal, as `journal.md` lays it out. `arrival` is local: the order in which this node got it."""

    id: str
    node: str
    seq: int
    tick: int
    kind: str
    schema: int
    recorded: str
    author: str
    body_text: str
    sealed_text: str
    prev: str
    hash: str
    arrival: int = 0

    @cached_property
    def body(self) -> dict[str, Any]:
        return orjson.loads(self.body_text)

    @cached_property
    def sealed(self) -> list[dict[str, Any]]:
        return orjson.loads(self.sealed_text)

    @cached_property
    def is_sound(self) -> bool:
        """Whether the body has the shape that its kind lays down, so that it can be read."""
        # A NUL is the one character that a text may hold and a database not.
        return self.kind not in CHECKS or ("\\u0000" not in self.body_text and is_sound_body(self.kind, self.body))

    @property
    def order(self) -> tuple[int, str, str]:
        """What "later" means: (tick, recorded, id)."""
        return (self.tick, self.recorded, self.id)

    def computed_hash(self) -> str:
        """SHA-256 of the canonical JSON (RFC 8785) of everything but the hash itself."""
        written = (
            f'{{"author":{canonical(self.author)},"body":{self.body_text},"id":"{self.id}",'
            f'"kind":"{self.kind}","node":"{self.node}","prev":"{self.prev}","recorded":"{self.recorded}",'
            f'"schema":{self.schema},"sealed":{self.sealed_text},"seq":{self.seq},"tick":{self.tick}}}'
        )
        return hashlib.sha256(written.encode()).hexdigest()


COLUMNS = "id, node, seq, tick, kind, schema, recorded, author, body, sealed, prev, hash"


def new_id() -> str:
    """A UUIDv7 as text."""
    return str(uuid_utils.uuid7())


def new_salt() -> bytes:
    return secrets.token_bytes(32)


def canonical(value: Any) -> str:
    """Canonical JSON (RFC 8785). Raises ValueError where there is none."""
    try:
        if _is_plain(value):
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except (TypeError, RecursionError):  # half a character, or nested deeply
        pass
    return rfc8785.dumps(value).decode()


def _is_plain(value: Any) -> bool:
    """Whether orjson, which is many times faster, writes a value as RFC 8785 wants it.

    They differ in the order of keys beyond U+FFFF, in numbers like 1.0, 1e16, 1e-6, NaN or 2^53, and in the types taken.
    """
    sort = type(value)
    if sort is str or sort is bool or value is None:
        return True
    if sort is dict or sort is list or sort is tuple:
        if sort is dict:
            if not "".join(value).isascii():
                return False
            value = value.values()
        for each in value:
            sort = type(each)
            if sort is not str and sort is not bool and each is not None and not _is_plain(each):
                return False
        return True
    if sort is int:
        return -LARGEST <= value <= LARGEST
    return sort is float and not value.is_integer() and 1e-5 <= abs(value) <= LARGEST
