"""For which office and organisation somebody reports."""

from __future__ import annotations

from typing import Any

from kambila.accounts.roles import held


def said_of(account: Any) -> tuple[str, str]:
    """(office, organisation) of a report: those in which the account may report, each where there is exactly one.

    Who reports for several offices, or for all, names none: a report must not claim what its sender did not say.
    """
    scopes = [each.scope for each in held(account) if "report" in each.rule.actions]
    return _only({each.office for each in scopes}), _only({each.organisation for each in scopes})


def _only(names: set[str]) -> str:
    named = names - {""}
    return named.pop() if len(named) == 1 else ""
