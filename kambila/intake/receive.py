"""The door: a submission becomes a report, exactly once, however often and from however many connections it is sent."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import orjson
from django.db import connection, transaction

from kambila.accounts import roles
from kambila.accounts.models import Account
from kambila.intake import body, codes, forms, quarantine, submissions
from kambila.intake.projection import remember
from kambila.intake.xml import parse
from kambila.journal import Draft, Part, append, clock, read_part
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.registry import sql

Attachments = Mapping[str, bytes | Path]
FILE_NAME = re.compile(r"[^/\\\x00-\x1f]{1,250}")


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: the report, its code, and whether it had been received before."""

    report_id: str
    code: str
    duplicate: bool = False


@dataclass(frozen=True)
class _Arrival:
    """A submission at the door."""

    xml: bytes
    root: Element
    attachments: Attachments
    author: str
    office: str
    organisation: str
    instance: str
    deprecated: str


def receive(
    xml: bytes, attachments: Attachments | None = None, author: str = "", office: str = "", organisation: str = ""
) -> Receipt:
    """Take in a submission; when this returns, it and its files are durable.

    Raises Problem for what cannot be taken in; the bytes are then kept in quarantine if the sender is known.
    """
    attachments = attachments or {}
    if not Account.objects.filter(username=author, is_active=True).exists():
        raise Problem("may-not", account=author, action="report")
    instance = ""
    try:
        if not roles.may(author, "report", office=office or None, organisation=organisation or None):
            raise Problem("may-not", account=author, action="report")
        root = parse(xml)
        instance, deprecated = submissions.instance_of(root)
        return _enter(
            _Arrival(xml, root, attachments, author, office, organisation, _named(instance), deprecated)
        )
    except Problem as problem:
        quarantine.keep(author, xml, attachments, problem.code, instance)
        raise


def _named(instance: str) -> str:
    if not instance or len(instance) > 249:
        raise Problem("no-instance-id")
    return instance


def _enter(arrival: _Arrival) -> Receipt:
    for name in arrival.attachments:
        if not FILE_NAME.fullmatch(name) or name in (".", ".."):
            raise Problem("bad-file-name", name=name)
    definition = forms.definition_of(*submissions.form_of(arrival.root))
    first = _first_instance(arrival.deprecated)
    # Read outside the lock, with a resolver that looks up each code once.
    submission = submissions.read(definition, arrival.root, codes.Resolver(), first)
    if not submission.records:
        raise Problem("no-changes")
    receipts: list[Receipt] = []
    append(lambda: _drafts(arrival, submission, receipts))
    receipt = receipts[-1]
    if receipt.duplicate and _entry(receipt.report_id) is None:
        # The one that it repeats stood in the same transaction and could not be written: this one takes its place.
        append(lambda: _drafts(arrival, submission, receipts))
        receipt = receipts[-1]
    return receipt


def _drafts(arrival: _Arrival, submission: submissions.Submission, receipts: list[Receipt]) -> list[Draft]:
    """What has to be written for an arrival: nothing when it is known. Called while the write lock is held."""
    known = _reports_of(arrival.instance)
    late: set[str] = set()
    if known:
        newest = known[-1]
        if not any(_same(arrival, each) for each in known):
            raise Problem("same-id-other-content", report=newest.code)
        late = set(arrival.attachments) - newest.files
        if not late:
            receipts.append(Receipt(newest.id, newest.code, duplicate=True))
            return []
    edited = known[-1] if known else _edited(arrival.deprecated)
    draft = _draft(arrival, submission, edited, code=known[-1].code if known else "")
    _pending[draft.id] = _Report(draft.id, draft.body["code"], _file_names(draft), arrival.xml)
    transaction.on_commit(lambda: _pending.pop(draft.id, None) and None)
    remember([(draft.id, arrival.instance, draft.body.get("edits", ""))])
    receipts.append(Receipt(draft.id, draft.body["code"]))
    return [draft]


def _draft(
    arrival: _Arrival, submission: submissions.Submission, edited: _Report | None, code: str
) -> Draft:
    kept = _kept(edited, arrival, submission) if edited else ()
    files = {*arrival.attachments, *(each["name"].removeprefix("file/") for each in kept)}
    changes, parts = body.changes(submission, sorted(files))
    said: dict[str, Any] = {
        "form": submission.form,
        "version": submission.version,
        "reporter": arrival.author,
        "office": arrival.office,
        "organisation": arrival.organisation,
        "code": code or codes.give({codes.REPORT: 1})[codes.REPORT][0],
        "date": submission.date or clock.text(clock.now())[:10],
        "instance": arrival.instance,
        "changes": changes,
    }
    if edited:
        said["edits"] = edited.id
    sealed = {"submission": Part("text/xml", arrival.xml), **parts}
    for name, content in arrival.attachments.items():
        sealed[f"file/{name}"] = Part(mimetypes.guess_type(name)[0] or "application/octet-stream", content)
    return Draft("report", arrival.author, said, sealed, kept)


@dataclass(frozen=True)
class _Report:
    """A report that is known, or that stands in the transaction under way."""

    id: str
    code: str
    files: frozenset[str]
    xml: bytes | None
    sealed: tuple[Mapping[str, Any], ...] = ()


# What stands in the transaction under way, and is not in the journal's table yet; guarded by the journal's write lock.
_pending: dict[str, _Report] = {}


def _reports_of(instance: str) -> list[_Report]:
    """The reports that a submission became, oldest first; more than one when files of it came later."""
    ids = sorted(id for (id,) in sql.select("SELECT report FROM intake_instance WHERE instance IN ({keys})", [instance]))
    return [report for id in ids if (report := _pending.get(id) or _entry(id))]


def _entry(id: str) -> _Report | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, sealed FROM journal_entry WHERE id = %s", [id])
        row = cursor.fetchone()
    if row is None:
        return None
    sealed = orjson.loads(row[1])
    files = frozenset(each["name"][5:] for each in sealed if each["name"].startswith("file/"))
    commitment = named(sealed, "submission")
    return _Report(id, orjson.loads(row[0]).get("code", ""), files, commitment and read_part(commitment), tuple(sealed))


def _same(arrival: _Arrival, report: _Report) -> bool:
    """Whether the bytes are the same; of what was erased or is not held here nobody can say otherwise."""
    return report.xml is None or report.xml == arrival.xml


def _file_names(draft: Draft) -> frozenset[str]:
    names = [*draft.parts, *(each["name"] for each in draft.kept)]
    return frozenset(name[5:] for name in names if name.startswith("file/"))


def _edited(deprecated: str) -> _Report | None:
    """The report that a submission corrects. Raises Problem when it is not known, or has been corrected before."""
    if not deprecated:
        return None
    known = _reports_of(deprecated)
    if not known:
        raise Problem("unknown-edited", instance=deprecated)
    newer = sql.select(
        "SELECT report, instance FROM intake_instance WHERE edits IN ({keys})", [each.id for each in known]
    )
    newest = [row for row in newer if row[1] != deprecated]
    if newest:
        report = _pending.get(newest[0][0]) or _entry(newest[0][0])
        raise Problem("superseded", instance=newest[0][1], report=report.code if report else newest[0][0])
    return known[-1]


def _kept(
    edited: _Report, arrival: _Arrival, submission: submissions.Submission
) -> tuple[Mapping[str, Any], ...]:
    """The files of the corrected report that the new one names too and that were not sent again."""
    wanted = {f"file/{name}" for name in submission.files if name not in arrival.attachments}
    return tuple(each for each in edited.sealed if each["name"] in wanted)


def _first_instance(deprecated: str) -> str:
    """The first of a chain of corrections, from which records that the phone gave no id have theirs."""
    first, seen = deprecated, {deprecated}
    while first:
        rows = sql.select(
            "SELECT older.instance FROM intake_instance newer JOIN intake_instance older ON older.report = newer.edits "
            "WHERE newer.instance IN ({keys})",
            [first],
        )
        older = next((instance for (instance,) in rows if instance not in seen), "")
        if not older:
            break
        first = older
        seen.add(older)
    return first
