"""The long code on a certificate: which record it is of, that we printed it, and what it said.

48 characters of Crockford's base 32: the UUID, 6 bytes that prove that the code is ours, 8 that what is known now is what
was printed. Nobody can make one without the secret of this programme.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans("OIL", "011", " -\t\r\n\u2013\u2014")
BYTES, OURS, SAID = 30, 6, 8
LENGTH = BYTES * 8 // 5


@dataclass(frozen=True)
class Read:
    """A code as it was typed. What cannot be a code reads as one of nothing."""

    id: str
    ours: bytes
    said: bytes


def make(secret: bytes, kind: str, id: str, content: str) -> str:
    """The code of a certificate, in groups of four."""
    number = int.from_bytes(uuid.UUID(id).bytes + ours(secret, kind, id) + said(secret, kind, id, content), "big")
    text = "".join(ALPHABET[number >> shift & 31] for shift in range(BYTES * 8 - 5, -1, -5))
    return "-".join(text[i : i + 4] for i in range(0, LENGTH, 4))


def read(text: str) -> Read:
    """Read what somebody typed: spaces, dashes and small letters do not matter, O is 0, I and L are 1."""
    plain = text[:200].upper().translate(ALIKE)
    good = len(plain) == LENGTH and set(plain) <= set(ALPHABET)
    number = 0
    for each in plain if good else "0" * LENGTH:
        number = number << 5 | ALPHABET.index(each)
    raw = number.to_bytes(BYTES, "big")
    return Read(str(uuid.UUID(bytes=raw[:16])), raw[16 : 16 + OURS], raw[16 + OURS :])


def ours(secret: bytes, kind: str, id: str) -> bytes:
    """What proves that the code of a record is ours."""
    return _mac(secret, "ours", kind, id)[:OURS]


def said(secret: bytes, kind: str, id: str, content: str) -> bytes:
    """What proves that a certificate said this."""
    return _mac(secret, "said", kind, id, content)[:SAID]


def _mac(secret: bytes, *words: str) -> bytes:
    return hmac.new(secret, "\n".join(words).encode(), hashlib.sha256).digest()
