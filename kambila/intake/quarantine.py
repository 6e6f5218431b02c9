"""What a known sender sent and could not become a report: kept as it came, for a person to look at, up to a quota."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction
from django.db.models import Sum

from kambila.intake.models import Quarantined, QuarantinedFile
from kambila.journal import clock, erasure
from kambila.journal.errors import Problem

QUOTA = 100 * 1024 * 1024  # bytes for each sender


def keep(
    author: str, xml: bytes, attachments: Mapping[str, bytes | Path], reason: str, instance: str = ""
) -> Quarantined | None:
    """Keep a submission; the same one sent again is kept once. Raises Problem when the sender's room is full.

    What speaks of a record that was erased is not kept: None.
    """
    if _speaks_of(xml, (record for _, record in erasure.erased_records())):
        return None
    digest = hashlib.sha256(xml).hexdigest()
    sizes = (len(each) if isinstance(each, bytes) else each.stat().st_size for each in attachments.values())
    size = len(xml) + sum(sizes)
    with transaction.atomic():
        known = Quarantined.objects.filter(author=author, digest=digest).first()
        used = Quarantined.objects.filter(author=author).aggregate(used=Sum("size"))["used"] or 0
        if known is None and used + size > QUOTA:
            raise Problem("quarantine-full", account=author)
        if known is None:
            known, _ = Quarantined.objects.get_or_create(
                author=author,
                digest=digest,
                defaults={
                    "received": clock.text(clock.now()),
                    "reason": reason,
                    "instance": instance[:250],
                    "size": size,
                    "content": xml,
                },
            )
            for name, each in attachments.items():  # one after the other, so that only one of them is in memory
                content = each if isinstance(each, bytes) else each.read_bytes()
                QuarantinedFile.objects.create(submission=known, name=name[:250], content=content)
    return known


def discard(number: int) -> None:
    """Throw away what a person has looked at."""
    Quarantined.objects.filter(pk=number).delete()


def erase(records: Iterable[str]) -> None:
    """Throw away what speaks of records whose personal values were erased."""
    records = list(records)
    for kept in Quarantined.objects.only("content") if records else ():
        if _speaks_of(bytes(kept.content), records):
            kept.delete()


def _speaks_of(xml: bytes, records: Iterable[str]) -> bool:
    return any(record.encode() in xml.lower() for record in records)
