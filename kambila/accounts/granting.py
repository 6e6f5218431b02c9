"""Granting and revoking roles, at the door: who may, and what is then written to the journal."""

from __future__ import annotations

from dataclasses import asdict

from django.apps import apps

from kambila.accounts import errors  # noqa: F401  the catalogue
from kambila.accounts.models import Account, Grant
from kambila.accounts.roles import RULES, held
from kambila.accounts.scopes import Scope, kinds_in
from kambila.journal import Draft, Part, append
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem


def grant(username: str, role: str, scope: Scope, reason: str, author: str) -> Entry:
    """Give a role within a scope. Raises Problem when it is not known, not limited as it must be, or not allowed.

    The very first grant of a directory may be made by anyone who can run a command in it: nobody could otherwise.
    """
    _must_be_sound(role, scope)
    if not Account.objects.filter(username=username).exists():
        raise Problem("no-account", account=username)
    return append(lambda: [_draft("grant", username, role, scope, reason, author)])[0]


def revoke(username: str, role: str, scope: Scope, reason: str, author: str) -> Entry:
    """Take a role away that is held in exactly that scope. Raises Problem when it is not held, or not allowed."""
    return append(lambda: [_draft("revoke", username, role, scope, reason, author)])[0]


def _draft(verb: str, username: str, role: str, scope: Scope, reason: str, author: str) -> Draft:
    if not reason.strip():
        raise Problem("reason-missing")
    _must_be_allowed(scope, author)
    if verb == "grant" and username == author and Grant.objects.exists():
        raise Problem("own-grant")
    if verb == "revoke" and not _is_held(username, role, scope):
        raise Problem("not-granted", account=username, role=role)
    body = {"verb": verb, "account": username, "role": role, "scope": scope.body()}
    return Draft("grant", author, body, {"reason": Part("text/plain", reason.strip().encode())})


def _must_be_sound(role: str, scope: Scope) -> None:
    if role not in RULES or role == "public":
        raise Problem("unknown-role", role=role, roles=", ".join(str(each) for each in RULES if each != "public"))
    needs = RULES[role].needs
    if needs and not getattr(scope, needs):
        raise Problem("scope-missing", role=role, needs=needs)
    if scope.kind and kinds_in(scope.kind) == {scope.kind} and not _is_kind(scope.kind):
        raise Problem("unknown-kind-scope", kind=scope.kind)


def _is_kind(name: str) -> bool:
    return any(name in kinds_in(app.label) for app in apps.get_app_configs() if app.label != name)


def _must_be_allowed(scope: Scope, author: str) -> None:
    """Whoever grants or revokes holds the right to grant over the whole scope."""
    if not Grant.objects.exists():
        return
    if not any("grant" in each.rule.actions and each.scope.contains(scope) for each in held(author)):
        raise Problem("may-not", account=author, action="grant")


def _is_held(username: str, role: str, scope: Scope) -> bool:
    return Grant.objects.filter(account=username, role=role, active=True, **asdict(scope)).exists()
