"""Settling the national criteria of land release: one person proposes them, another signs; then all areas follow."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kambila.accounts.roles import may
from kambila.domain.land import criteria
from kambila.intake import errors  # noqa: F401  the catalogue
from kambila.intake.authority import known_account
from kambila.journal import Draft, Part, append
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.registry import settled


def propose(file: Path, author: str, reason: str) -> Entry:
    """Write the criteria of a file to the journal; without effect until another person signs.

    Raises Problem for what are no criteria, and when their version is that of those in force.
    """
    _must(author, "rules", reason)
    try:
        value = tomllib.loads(file.read_text())
        new = criteria.read(value)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem("bad-criteria", why=str(error)) from None
    with settled.in_force():
        if new.version == criteria.current().version:
            raise Problem("bad-criteria", why=f"version {new.version}")
    return append([Draft("setting", author, {"name": criteria.SETTING, "value": value}, _reason(reason))])[0]


def sign(setting: str, author: str, reason: str) -> Entry:
    """Sign criteria that another person proposed; from then on they are in force. Raises Problem for one's own."""
    _must(author, "countersign", reason)
    row = EntryRow._default_manager.filter(kind="setting", id=setting).first()
    if row is None or f'"name":"{criteria.SETTING}"' not in row.body:
        raise Problem("no-such-decision", name=setting)
    if row.author == author:
        raise Problem("own-countersign", account=author, name=setting)
    return append([Draft("countersign", author, {"decision": setting}, _reason(reason))])[0]


def _must(author: str, action: str, reason: str) -> None:
    if not may(known_account(author), action):
        raise Problem("may-not", account=author, action=action)
    if not reason.strip():
        raise Problem("no-reason")


def _reason(reason: str) -> dict[str, Part]:
    return {"reason": Part("text/plain", reason.strip().encode())}
