"""Making accounts, changing passwords, disabling. Nothing is deleted: the journal names its authors for ever."""

from __future__ import annotations

import re
from typing import Any

from axes.utils import reset as axes_reset
from django.contrib.auth import password_validation as validation
from django.core.exceptions import ValidationError

from kambila.accounts import errors  # noqa: F401  the catalogue
from kambila.accounts.models import Account
from kambila.journal.errors import Problem

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")
VALIDATORS: list[Any] = [
    validation.MinimumLengthValidator(10),
    validation.CommonPasswordValidator(),
    validation.NumericPasswordValidator(),
    validation.UserAttributeSimilarityValidator(("username", "full_name", "email")),
]


def add(
    username: str, password: str | None = None, full_name: str = "", email: str = "", language: str = "en"
) -> Account:
    """Make an account. Without a password nobody can sign in with it. Raises Problem for a bad or a taken name."""
    must_be_good(username, password)
    if Account.objects.filter(username=username).exists():
        raise Problem("account-exists", account=username)
    account = Account(username=username, full_name=full_name, email=email, language=language)
    if password is None:
        account.set_unusable_password()
        account.save()
    else:
        _set_password(account, password)
    return account


def change_password(username: str, password: str) -> None:
    """Set a password; every session of the account ends with it, and so does being shut out for wrong passwords."""
    _set_password(find(username), password)
    axes_reset(username=username)


def change_email(username: str, address: str) -> None:
    """Set the e-mail address of an account, or take it away (an empty text). Raises Problem for what is none."""
    account = find(username)
    account.email = address.strip()
    try:
        account.clean_fields(exclude=[each.name for each in account._meta.fields if each.name != "email"])
    except ValidationError:
        raise Problem("bad-email", address=address) from None
    account.save(update_fields=["email"])


def disable(username: str, active: bool = False) -> None:
    """Keep an account from signing in and from doing anything; or let it again."""
    account = find(username)
    account.is_active = active
    account.save(update_fields=["is_active"])


def find(username: str) -> Account:
    """The account of a user name. Raises Problem when there is none."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Problem("no-account", account=username)
    return account


def must_be_good(username: str, password: str | None) -> None:
    """Whether an account could be called that, and have that password; looks at no database. Raises Problem if not."""
    if not USERNAME.fullmatch(username):
        raise Problem("bad-username", account=username)
    if password is not None:
        _must_be_strong(Account(username=username), password)


def _must_be_strong(account: Account, password: str) -> None:
    try:
        validation.validate_password(password, account, VALIDATORS)
    except ValidationError as error:
        raise Problem("weak-password", why=" ".join(error.messages)) from None


def _set_password(account: Account, password: str) -> None:
    _must_be_strong(account, password)
    account.set_password(password)
    account.save()
