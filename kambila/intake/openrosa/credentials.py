"""Who a phone is: Basic or Digest with a device password, or the key of an app user in the address.

A person's own password is compared with nothing here. There is no limit on wrong attempts: a secret of 128 random bits
is not found by trying, each attempt costs one question of an index, and a limit by address would lock out a whole
office whose phones share one line.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.http import HttpRequest

from kambila.accounts import keys, roles
from kambila.accounts.keys import REALM, Use
from kambila.accounts.models import Account
from kambila.accounts.presented import by_basic
from kambila.intake.openrosa import digest
from kambila.journal.errors import Problem

_numbers = digest.Numbers()


class Refused(Exception):  # noqa: N818  it is an answer
    """Credentials are asked for; `stale` when only the nonce was too old, so that nobody need be asked again."""

    def __init__(self, stale: bool = False) -> None:
        self.stale = stale


def by_key(token: str) -> Account:
    """The account of an app user's address. Raises Problem for one that does not hold: phones must not then ask."""
    account = keys.signed_in(token, Use.APP)
    if account is None:
        raise Problem("key-ended")
    roles.remember(account)
    return account


def by_password(request: HttpRequest) -> Account:
    """The account of a device password. Raises Refused."""
    scheme, _space, said = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        account = by_basic(said)
    elif scheme.lower() == "digest":
        account = _digest(request, digest.read(said))
    else:
        account = None
    if account is None:
        raise Refused
    roles.remember(account)
    return account


def challenges(domain: str, stale: bool) -> str:
    """What is asked for: Digest first, for it keeps the password off the line; then Basic."""
    return f'{digest.challenge(REALM, domain, stale)}, Basic realm="{REALM}", charset="UTF-8"'


def _digest(request: HttpRequest, said: digest.Fields) -> Account | None:
    nonce = said.get("nonce", "")
    is_here = unquote(urlsplit(said.get("uri", "")).path) == request.path
    if not (digest.is_ours(nonce) and digest.is_accepted(said) and is_here and said.get("realm") == REALM):
        return None
    known = keys.device_keys(said.get("username", ""))
    right = [key for key in known if digest.is_right(key.digest_a1, request.method or "", said)]
    if not right:
        return None
    if not digest.is_fresh(nonce) or (said.get("qop") and not _numbers.is_new(nonce, said.get("nc", ""))):
        raise Refused(stale=True)
    return keys.opened(right[0])
