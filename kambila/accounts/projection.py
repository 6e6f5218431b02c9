"""Derives the table of grants from the `grant` entries of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kambila.accounts.models import Grant
from kambila.accounts.scopes import Scope
from kambila.journal.entry import Entry

Word = tuple[str, str, Scope]


def _word(entry: Entry) -> Word | None:
    """(account, role, scope) of a grant entry; None when it says nothing that can be understood."""
    account, role = entry.body.get("account"), entry.body.get("role")
    if entry.body.get("verb") not in ("grant", "revoke") or not isinstance(account, str) or not isinstance(role, str):
        return None
    return account, role, Scope.of(entry.body.get("scope"))


class Grants:
    """The latest word, in the order of the journal, on each (account, role, scope)."""

    def reset(self) -> None:
        Grant.objects.all().delete()

    def apply(self, entries: Sequence[Entry]) -> None:
        latest: dict[Word, Entry] = {}
        for entry in entries:
            word = _word(entry) if entry.kind == "grant" else None
            if word and (word not in latest or latest[word].order < entry.order):
                latest[word] = entry
        for word, entry in latest.items():
            self._take(word, entry)

    def _take(self, word: Word, entry: Entry) -> None:
        account, role, scope = word
        key: dict[str, Any] = {"account": account, "role": role, **asdict(scope)}
        known = Grant.objects.filter(**key).first()
        if known is None or known.order < entry.order:
            Grant.objects.update_or_create(
                **key,
                defaults={
                    "active": entry.body["verb"] == "grant",
                    "entry": entry.id,
                    "tick": entry.tick,
                    "recorded": entry.recorded,
                    "author": entry.author,
                },
            )
