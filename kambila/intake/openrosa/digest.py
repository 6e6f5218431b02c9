"""Digest authentication (RFC 2617, as OpenRosa narrows it): the arithmetic, and nonces that need no table.

Accepted are algorithm MD5 or none, and qop `auth` or none. A nonce is signed and dated by this programme's secret, so
that any of its processes knows it; after an hour it is stale, which a phone answers by itself without asking a person.
A number (nc) is good once for each nonce, within one process; a submission that is replayed is one report anyway.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from threading import Lock
from urllib.request import parse_http_list

from django.utils.crypto import constant_time_compare, salted_hmac

LIFETIME = 3600  # seconds
REMEMBERED = 10_000  # nonces whose numbers are remembered
NUMBERS = 5_000  # requests with one nonce

Fields = dict[str, str]


def read(header: str) -> Fields:
    """The fields of an Authorization header after the word Digest; those that cannot be read are left out."""
    pairs = (each.partition("=") for each in parse_http_list(header))
    return {name.strip().lower(): value.strip().strip('"') for name, equals, value in pairs if equals}


def response(a1: str, method: str, said: Fields) -> str:
    """What a client that knows the password answers; `a1` is MD5(user:realm:password) in hex (RFC 2617, 3.2.2)."""
    a2 = _md5(f"{method}:{said.get('uri', '')}")
    if not said.get("qop"):
        return _md5(f"{a1}:{said.get('nonce', '')}:{a2}")
    middle = ":".join(said.get(name, "") for name in ("nonce", "nc", "cnonce", "qop"))
    return _md5(f"{a1}:{middle}:{a2}")


def is_right(a1: str, method: str, said: Fields) -> bool:
    """Whether an answer is that of somebody who knows the password. Takes as long for a wrong one."""
    return constant_time_compare(response(a1, method, said), said.get("response", ""))


def is_accepted(said: Fields) -> bool:
    """Whether an answer keeps to what was offered."""
    return said.get("algorithm", "MD5").upper() == "MD5" and said.get("qop", "auth") == "auth"


def challenge(realm: str, domain: str, stale: bool) -> str:
    """The value of WWW-Authenticate."""
    fields = {"realm": realm, "domain": domain, "nonce": new_nonce(), "opaque": _opaque(realm), "qop": "auth"}
    said = ", ".join(f'{name}="{value}"' for name, value in fields.items())
    return f"Digest {said}, algorithm=MD5{', stale=true' if stale else ''}"


def new_nonce() -> str:
    """A new nonce: when it was made, a random part, a signature."""
    said = f"{int(time.time()):x}-{secrets.token_hex(8)}"
    return f"{said}-{_signature(said)}"


def is_ours(nonce: str) -> bool:
    """Whether a nonce was made here, however long ago."""
    said, _dash, signature = nonce.rpartition("-")
    return constant_time_compare(_signature(said), signature)


def is_fresh(nonce: str) -> bool:
    """Whether a nonce of ours still holds."""
    return 0 <= time.time() - int(nonce.partition("-")[0], 16) < LIFETIME


class Numbers:
    """The numbers that were used with each nonce."""

    def __init__(self) -> None:
        self._used: OrderedDict[str, set[str]] = OrderedDict()
        self._lock = Lock()

    def is_new(self, nonce: str, number: str) -> bool:
        """Whether a number was not used yet; from now on it is. Many requests with one nonce use it up."""
        with self._lock:
            used = self._used.setdefault(nonce, set())
            self._used.move_to_end(nonce)
            while len(self._used) > REMEMBERED:
                self._used.popitem(last=False)
            if number in used or len(used) >= NUMBERS:
                return False
            used.add(number)
            return True


def _opaque(realm: str) -> str:
    return salted_hmac("openrosa.opaque", realm).hexdigest()[:32]


def _signature(said: str) -> str:
    return salted_hmac("openrosa.nonce", said, algorithm="sha256").hexdigest()[:32]


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
