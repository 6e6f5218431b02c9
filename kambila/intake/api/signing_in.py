"""Who asks: a token of the API opens its account, and no more of it than the token allows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from kambila.accounts import keys
from kambila.accounts.models import Account
from kambila.accounts.roles import remember
from kambila.intake.api import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem


class Token(HttpBearer):
    """`Authorization: Bearer TOKEN`."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        account = keys.signed_in(token, keys.Use.API)
        if account is not None:
            remember(account)
        return account


def account_of(request: Any) -> Account:
    """The account that the token of a request opened."""
    account: Account = request.auth
    return account


def must(request: Any, action: str) -> Account:
    """The account, if its token is for this action at all. Raises Problem when not."""
    account = account_of(request)
    if account.key is None or action not in account.key.actions:
        raise Problem("may-not", account=account.username, action=action)
    return account
