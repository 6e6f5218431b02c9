"""Who asks: somebody with a session, a token of the API or a device password, or nobody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from kambila.accounts import keys
from kambila.accounts.models import Account
from kambila.accounts.presented import by_basic
from kambila.accounts.roles import remember
from kambila.journal.errors import Problem
from kambila.publish.features import errors  # noqa: F401  the catalogue


def reader_of(request: HttpRequest) -> Any:
    """The account, with what it holds remembered; None for nobody.

    Raises Problem for credentials that open nothing, and for a key that is not for reading.
    """
    scheme, _space, said = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        user = request.user
        if not user.is_authenticated:
            return None
        remember(user)
        return user
    account = _presented(scheme.lower(), said.strip())
    if account is None:
        raise Problem("not-signed-in")
    if account.key is None or "read" not in account.key.actions:
        raise Problem("may-not", account=account.username, action="read")
    remember(account)
    return account


def _presented(scheme: str, said: str) -> Account | None:
    if scheme == "bearer":
        return keys.signed_in(said, keys.Use.API)
    return by_basic(said) if scheme == "basic" else None
