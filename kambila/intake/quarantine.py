"""What a known sender sent and could not become a report: kept as it came, for a person to look at, up to a quota."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from kambila.intake.models import Quarantined, QuarantinedFile
from kambila.journal import clock, directory, erasure
from kambila.journal.errors import Problem

PIECE = 1024 * 1024  # a file lies in rows of this size, so that none of them is ever in memory as a whole


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
    with directory.small_cache(), transaction.atomic():
        known = Quarantined.objects.filter(author=author, digest=digest).first()
        used = Quarantined.objects.filter(author=author).aggregate(used=Sum("size"))["used"] or 0
        if known is None and used + size > settings.QUARANTINE:
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
            for name, each in attachments.items():
                for piece in _pieces(each):
                    QuarantinedFile.objects.create(submission=known, name=name[:250], content=piece)
    return known


def files_of(kept: Quarantined, folder: Path) -> dict[str, Path]:
    """The files that came with it, put together in a folder, by the names under which they were sent."""
    found: dict[str, Path] = {}
    for piece in kept.files.order_by("pk").iterator(chunk_size=1):
        path = found.setdefault(piece.name, folder / str(len(found)))  # a name may lead elsewhere
        with path.open("ab") as file:
            file.write(piece.content)
    return found


def discard(number: int) -> None:
    """Throw away what a person has looked at."""
    Quarantined.objects.filter(pk=number).delete()


def forget(author: str, xml: bytes) -> None:
    """Keep these bytes of a sender no longer."""
    Quarantined.objects.filter(author=author, digest=hashlib.sha256(xml).hexdigest()).delete()


def erase(records: Iterable[str]) -> None:
    """Throw away what speaks of records whose personal values were erased."""
    records = list(records)
    for kept in Quarantined.objects.only("content") if records else ():
        if _speaks_of(bytes(kept.content), records):
            kept.delete()


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _speaks_of(xml: bytes, records: Iterable[str]) -> bool:
    return any(record.encode() in xml.lower() for record in records)
