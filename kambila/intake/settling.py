"""Settling what the programme lays down: one person proposes a file, another signs it; then it is in force."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kambila.accounts.roles import may
from kambila.domain.land import criteria
from kambila.domain.operations.priorities import scenarios
from kambila.intake import errors  # noqa: F401  the catalogue
from kambila.intake.authority import known_account
from kambila.journal import Draft, Part, append
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.registry import settled


class Setting(NamedTuple):
    """What can be settled: its name, how its file is read and written, what is in force, how a file that is none is
    refused."""

    name: str
    read: Callable[[Mapping[str, Any]], Any]
    written: Callable[[Any], Mapping[str, Any]]
    current: Callable[[], Any]
    refused: Callable[[str], Problem]


CRITERIA = Setting(
    criteria.SETTING, criteria.read, criteria.written, criteria.current, lambda why: Problem("bad-criteria", why=why)
)
SCENARIOS = Setting(
    scenarios.SETTING,
    scenarios.read,
    scenarios.written,
    scenarios.current,
    lambda why: Problem("bad-scenarios", why=why),
)
SETTINGS = {"criteria": CRITERIA, "scenarios": SCENARIOS}  # by the command that settles them


def propose(setting: Setting, file: Path, author: str, reason: str) -> Entry:
    """Write a file to the journal; without effect until another person signs.

    Raises Problem for what is no such file, and when its version is that of the one in force.
    """
    _must(author, "rules", reason)
    try:
        value = tomllib.loads(file.read_text())
        new = setting.read(value)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise setting.refused(str(error)) from None
    with settled.in_force():
        if new.version == setting.current().version:
            raise setting.refused(f"version {new.version}")
    return append([Draft("setting", author, {"name": setting.name, "value": value}, _reason(reason))])[0]


def sign(setting: Setting, entry: str, author: str, reason: str) -> Entry:
    """Sign what another person proposed; from then on it is in force. Raises Problem for one's own."""
    _must(author, "countersign", reason)
    row = EntryRow._default_manager.filter(kind="setting", id=entry).first()
    if row is None or f'"name":"{setting.name}"' not in row.body:
        raise Problem("no-such-decision", name=entry)
    if row.author == author:
        raise Problem("own-countersign", account=author, name=entry)
    return append([Draft("countersign", author, {"decision": entry}, _reason(reason))])[0]


def _must(author: str, action: str, reason: str) -> None:
    if not may(known_account(author), action):
        raise Problem("may-not", account=author, action=action)
    if not reason.strip():
        raise Problem("no-reason")


def _reason(reason: str) -> dict[str, Part]:
    return {"reason": Part("text/plain", reason.strip().encode())}
