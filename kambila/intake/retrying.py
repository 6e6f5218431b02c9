"""What lies in quarantine is taken in after all: once its form is published, a right granted, or a fault mended.

Two that share an id, and a correction of what was corrected before, are taken in as a correction: the page of the report
then shows what differs, and a person decides.
"""

from __future__ import annotations

import re
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kambila.accounts.models import Account
from kambila.accounts.people import find
from kambila.accounts.roles import may
from kambila.intake import instances, quarantine
from kambila.intake.lookup import find_report
from kambila.intake.models import Quarantined
from kambila.intake.receive import Receipt, receive
from kambila.intake.sender import said_of
from kambila.journal import directory
from kambila.journal.errors import CATALOGUE, Problem

NAMES = uuid.UUID("6b616d62-0000-4000-8000-000000000009")  # from which ids follow, so that twice is once
INSTANCE = re.compile(rb"<((?:[\w.-]+:)?)instanceID>\s*([^<]*?)\s*</\1instanceID>")
DEPRECATED = re.compile(rb"<((?:[\w.-]+:)?)deprecatedID>[^<]*</\1deprecatedID>|<(?:[\w.-]+:)?deprecatedID\s*/>")


@dataclass(frozen=True)
class Kept:
    """Something in quarantine; `sentence` and `remedy` are those of its reason, with … for what they would name."""

    number: int
    author: str
    received: str
    reason: str
    instance: str
    size: int
    files: tuple[str, ...]
    sentence: str
    remedy: str


def kept(account: Any, reason: str = "") -> list[Kept]:
    """What may be looked through: of senders for whose office and organisation the account decides. Oldest first."""
    rows = Quarantined.objects.defer("content").order_by("pk")
    rows = rows.filter(reason=reason) if reason else rows
    senders = {each.username: each for each in Account.objects.filter(username__in=rows.values("author"))}
    open_to = {name for name, sender in senders.items() if may(account, "decide", None, *said_of(sender))}
    return [_told(each) for each in rows if each.author in open_to]


def again(number: int, username: str, corrects: str = "") -> Receipt:
    """Through the door again, as its sender sent it; what becomes a report leaves quarantine.

    `corrects` (a report, by id or code) takes it in as a correction of that one: its XML then says so.
    Raises Problem for what still cannot be taken in: it stays, under the new reason.
    """
    row = _open(number, username)
    sender = find(row.author)
    xml = bytes(row.content)
    if corrects:
        xml = _as_correction(xml, find_report(corrects).instance, corrects)
    folder = directory.current().path / "incoming"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as here:
        files = quarantine.files_of(row, Path(here))
        try:
            receipt = receive(xml, files, row.author, *said_of(sender))
        except Problem as problem:
            Quarantined.objects.filter(pk=row.pk).update(reason=problem.code)
            if corrects:
                quarantine.forget(row.author, xml)  # what was sent is kept already
            raise
    quarantine.discard(row.pk)
    return receipt


def discard(numbers: Sequence[int], username: str) -> None:
    """Throw away what a person has looked at. Raises Problem before anything is gone."""
    for row in [_open(number, username) for number in numbers]:
        quarantine.discard(row.pk)


def _open(number: int, username: str) -> Quarantined:
    row = Quarantined.objects.filter(pk=number).first()
    sender = Account.objects.filter(username=row.author).first() if row else None
    if row is None or sender is None or not may(username, "decide", None, *said_of(sender)):
        raise Problem("not-in-quarantine", number=number)
    return row


def _told(row: Quarantined) -> Kept:
    sentence, remedy = (_with_gaps(str(text)) for text in CATALOGUE.get(row.reason, (row.reason, "")))
    names = tuple(dict.fromkeys(row.files.order_by("pk").values_list("name", flat=True)))
    return Kept(row.pk, row.author, row.received, row.reason, row.instance, row.size, names, sentence, remedy)


def _with_gaps(text: str) -> str:
    return re.sub(r"%\(\w+\)s", "…", text).replace("%%", "%")


def _as_correction(xml: bytes, instance: str, report: str) -> bytes:
    """The same answers, as a correction of the submission `instance`; under an id of their own if theirs is taken."""
    found = INSTANCE.search(xml)
    if found is None or not instance:
        raise Problem("cannot-correct", report=report)
    prefix, own = found[1], found[2].decode(errors="replace")
    if own == instance or instances.of(own):
        own = f"uuid:{uuid.uuid5(NAMES, xml.decode(errors='replace'))}"
    said = b"<%binstanceID>%b</%binstanceID><%bdeprecatedID>%b</%bdeprecatedID>" % (
        prefix, own.encode(), prefix, prefix, instance.encode(), prefix,
    )  # fmt: skip
    return INSTANCE.sub(lambda _match: said, DEPRECATED.sub(b"", xml), count=1)
