"""The reports behind records: which ones said what counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.db import connection

from kambila.journal.uncollected import uncollected

BATCH = 20_000


@uncollected()
def reports_behind(kind: str, ids: Sequence[str]) -> dict[str, list[str]]:
    """{record: [report]} of the counting reports that speak of each record, or of one that was said to be the same."""
    found: dict[str, list[str]] = {id: [] for id in ids}
    members = _members(kind)
    owner = {member: root for root, each in members.items() if root in found for member in each}
    asked = sorted({*found, *owner})  # neighbours in the index are read together
    for start in range(0, len(asked), BATCH):
        for record, entry in _changes(kind, asked[start : start + BATCH]):
            root = record if record in found else owner[record]
            if entry not in found[root]:
                found[root].append(entry)
    for reports in found.values():
        reports.sort()
    return found


def _changes(kind: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    sqlite = connection.vendor == "sqlite"
    among = "IN (SELECT value FROM json_each(%s))" if sqlite else "= ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record, entry FROM registry_change WHERE record {among} AND kind = %s AND counts",
            [json.dumps(ids) if sqlite else list(ids), kind],
        )
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _members(kind: str) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT root, record FROM registry_alias WHERE kind = %s", [kind])
        members: dict[str, list[str]] = {}
        for root, record in cursor.fetchall():
            members.setdefault(root, []).append(record)
    return members
