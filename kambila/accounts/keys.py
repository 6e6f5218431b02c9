"""Keys: what a phone or another system signs in with in place of a person's password.

A key is a random secret of at least 128 bits, shown once and kept as one fast hash; it can do no more than its account,
mostly less, and can be revoked. Keys are of this node alone: what their accounts may do follows from grants.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kambila.accounts import errors  # noqa: F401  the catalogue
from kambila.accounts.models import Account, Grant, Key
from kambila.accounts.people import find
from kambila.accounts.roles import ACTIONS, may
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.journal.repeated import repeated

REALM = "Kambila"  # part of what a device password is hashed with: a new one would end them all
TOUCHED_AFTER = datetime.timedelta(minutes=10)


class Use(TextChoices):
    """What a key is for: an app user's personal address, a device password (Basic and Digest), or the API."""

    APP = "app", _("App user")
    DEVICE = "device", _("Device password")
    API = "api", _("Token for the API")


PHONE_ACTIONS = ("read", "report")
# What is read of each to open something, in the order of their fields.
KEY = (
    "id", "account_id", "use", "title", "actions", "forms", "places", "valid_from", "valid_until", "revoked", "last_used",
)  # fmt: skip
ACCOUNT = ("id", "username", "full_name", "email", "language", "is_active")
GRANT = ("role", "organisation", "office", "place", "kind")
_listeners: list[Callable[[Key], None]] = []


def issue(
    username: str,
    use: str,
    title: str,
    author: str,
    *,
    actions: Sequence[str] = PHONE_ACTIONS,
    forms: Sequence[str] = (),
    places: Sequence[str] = (),
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
) -> tuple[Key, str]:
    """Make a key; gives it with its secret, which nobody can read again.

    `forms` (ids) and `places` (P-codes) limit what it reaches; empty: no further than the account itself.
    Raises Problem when the author may not, or when there is no such account or action.
    """
    account = find(username)
    _must_be_allowed(account, author)
    if unknown := [each for each in actions if each not in ACTIONS]:
        raise Problem("unknown-action", action=unknown[0], actions=", ".join(ACTIONS))
    if valid_from and valid_until and valid_until < valid_from:
        raise Problem("key-ends-first", start=valid_from, end=valid_until)
    secret = _spoken() if use == Use.DEVICE else secrets.token_urlsafe(32)
    key = Key.objects.create(
        account=account,
        use=use,
        title=title,
        digest=_digest(secret),
        digest_a1=_a1(username, secret) if use == Use.DEVICE else "",
        actions=list(actions),
        forms=list(forms),
        places=list(places),
        valid_from=valid_from,
        valid_until=valid_until,
        created=clock.now(),
        created_by=author,
    )
    return key, secret


def tell_of_theft(listener: Callable[[Key], None]) -> None:
    """Let somebody know of each key that is ended because its phone was stolen."""
    _listeners.append(listener)


def revoke(number: int, reason: str, author: str, stolen: bool = False) -> Key:
    """End a key for ever; what a phone holds already stays on it. Raises Problem when the author may not.

    `stolen`: those on duty must know, for the phone holds what it has fetched.
    """
    key = Key.objects.select_related("account").filter(pk=number).first()
    if key is None:
        raise Problem("no-key", number=number)
    _must_be_allowed(key.account, author)
    if not reason.strip():
        raise Problem("reason-missing")
    if key.revoked is None:
        key.revoked, key.revoked_by, key.revoked_because = clock.now(), author, reason.strip()
        with transaction.atomic():
            key.save(update_fields=["revoked", "revoked_by", "revoked_because"])
            for listener in _listeners if stolen else ():
                listener(key)
    return key


def signed_in(secret: str, use: str) -> Account | None:
    """The account that a key opens now, holding no more than the key allows; None for a key that opens nothing."""
    rows = _known(_digest(secret), use)
    key = _key(rows[0]) if rows else None
    if key is None or not key.holds_on(clock.now().date()):
        return None
    key.account = _account(rows[0])
    key.account.granted = [_grant(row) for row in rows if row[-len(GRANT)] is not None]
    return opened(key)


def _known(digest: str, use: str) -> list[tuple[Any, ...]]:
    """All that decides what a secret opens: its key, the account, and each of the grants, in one question.

    Asked for every request of a machine: SQL as it stands, for Django takes ten times as long to put it together.
    """
    return repeated(
        f"SELECT {_named('k', KEY)}, {_named('a', ACCOUNT)}, {_named('g', GRANT)} FROM accounts_key k "
        "JOIN accounts_account a ON a.id = k.account_id "
        "LEFT JOIN accounts_grant g ON g.account = a.username AND g.active WHERE k.digest = %s AND k.use = %s",
        [digest, use],
    )


def _named(table: str, names: Sequence[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


def _key(row: Sequence[Any]) -> Key:
    return Key.from_db(connection.alias, KEY, [_read(*each) for each in zip(KEY, row, strict=False)])


def _account(row: Sequence[Any]) -> Account:
    return Account.from_db(connection.alias, ACCOUNT, row[len(KEY) : -len(GRANT)])


def _grant(row: Sequence[Any]) -> Grant:
    return Grant.from_db(connection.alias, GRANT, row[-len(GRANT) :])


def _read(name: str, value: Any) -> Any:
    """A value of a key as Python has it: lists come as text, moments of SQLite without their zone."""
    if name in ("actions", "forms", "places"):
        return json.loads(value)
    return value.replace(tzinfo=datetime.UTC) if isinstance(value, datetime.datetime) else value


def device_keys(username: str) -> list[Key]:
    """The device passwords of an account that hold now: Digest must try each."""
    known = Key.objects.filter(use=Use.DEVICE, account__username=username).select_related("account")
    return [key for key in known if key.holds_on(clock.now().date())]


def opened(key: Key) -> Account | None:
    """The account of a key that was presented, with the key as its limit; None when the account is disabled."""
    account = key.account
    if not account.is_active:
        return None
    account.key = key
    now = clock.now()
    if key.last_used is None or now - key.last_used > TOUCHED_AFTER:
        Key.objects.filter(pk=key.pk).update(last_used=now)
    return account


def allows_form(account: Account, form: str) -> bool:
    """Whether the key of an account, if it came with one, is for this form too."""
    key: Key | None = getattr(account, "key", None)
    return key is None or not key.forms or form in key.forms


def _must_be_allowed(account: Account, author: str) -> None:
    """People make and end their own keys; for others it needs the right to grant."""
    if author != account.username and not may(author, "grant"):
        raise Problem("may-not", account=author, action="grant")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _a1(username: str, secret: str) -> str:
    """What Digest compares with: MD5 of user, realm and password (RFC 2617, 3.2.2.2)."""
    return hashlib.md5(f"{username}:{REALM}:{secret}".encode(), usedforsecurity=False).hexdigest()


def _spoken() -> str:
    """128 random bits that a person can copy from a page to a phone: 26 letters and digits."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
