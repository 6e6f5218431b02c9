"""Whether an entry from elsewhere is one at all: its own parts, before anybody looks at what it says.

The hash covers the text of the body as it stands. Only canonical text is let in, so that what is looked for in a body
(an erased record) cannot be hidden by another way of writing it.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

import orjson

from kambila.journal.entry import LARGEST, Entry, canonical

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
KIND = re.compile(r"[a-z-]{1,12}")


def is_entry(entry: Entry) -> bool:
    """Whether every part of an entry has its type and its form."""
    numbers = all(type(each) is int and 0 < each <= LARGEST for each in (entry.seq, entry.tick))
    return (
        numbers
        and type(entry.schema) is int
        and 0 < entry.schema < 2**31
        and all(_fits(UUID, each) for each in (entry.id, entry.node))
        and _fits(KIND, entry.kind)
        and _fits(HASH, entry.hash)
        and (entry.prev == "" or _fits(HASH, entry.prev))
        and isinstance(entry.author, str)
        and len(entry.author) <= 100
        and "\0" not in entry.author
        and _is_moment(entry.recorded)
        and isinstance(_canonical(entry.body_text), dict)
        and _names_parts(_canonical(entry.sealed_text))
    )


def _fits(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_moment(text: Any) -> bool:
    try:
        return _fits(MOMENT, text) and datetime.datetime.fromisoformat(text) is not None
    except ValueError:
        return False


def _canonical(text: Any) -> Any:
    """What a canonical text says; None for any other."""
    if not isinstance(text, str):
        return None
    try:
        said = orjson.loads(text)
        return said if text == canonical(said) else None
    except (ValueError, RecursionError):
        return None


def _names_parts(sealed: Any) -> bool:
    return isinstance(sealed, list) and all(
        isinstance(each, dict) and isinstance(each.get("name"), str) and _fits(HASH, each.get("commitment"))
        for each in sealed
    )
