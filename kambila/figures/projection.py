"""Derives the table of releases from the `release` entries of the journal."""

from __future__ import annotations

from collections.abc import Sequence

from kambila.figures.models import Release
from kambila.journal.entry import Entry

CONTENT = "release.json"


class Releases:
    """Every release is a row; nothing changes one."""

    def reset(self) -> None:
        Release.objects.all().delete()

    def apply(self, entries: Sequence[Entry]) -> None:
        rows = [_row(entry) for entry in entries if entry.kind == "release"]
        if rows:
            Release.objects.bulk_create(rows, ignore_conflicts=True)


def _row(entry: Entry) -> Release:
    body = entry.body
    return Release(
        id=entry.id,
        tick=entry.tick,
        recorded=entry.recorded,
        author=entry.author,
        title=body.get("title", ""),
        as_of=body.get("as_of", ""),
        known_at=body.get("known_at", ""),
        head=body.get("head", {}),
        values=body.get("values", {}),
        hash=body.get("hash", ""),
        content=next((part["commitment"] for part in entry.sealed if part["name"] == CONTENT), ""),
    )
