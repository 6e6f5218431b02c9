"""The door: a submission becomes a report, exactly once, however often and from however many connections it is sent."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from kambila.accounts import keys, roles
from kambila.accounts.models import Account
from kambila.intake import accepting, body, codes, forms, instances, quarantine, submissions
from kambila.intake.instances import FILE, Known
from kambila.intake.openrosa import chains
from kambila.intake.submissions import Submission
from kambila.intake.xml import parse
from kambila.journal import Draft, Entry, Part, append, clock
from kambila.journal.errors import Problem

Attachments = Mapping[str, bytes | Path]
FILE_NAME = re.compile(r"(?!\.{1,2}$)[^/\\\x00-\x1f]{1,200}")
LONGEST_ID = 249
INSTANCE = re.compile(rb"instanceID>\s*([^<]*?)\s*<")


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: the report, its code, and whether it had been received before.

    `missing` are the files that the form names and that have not come yet; `refused` those that came and that it does
    not name, or whose name leads elsewhere: they are not kept.
    """

    report_id: str
    code: str
    duplicate: bool = False
    missing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    entry: Entry | None = field(default=None, compare=False, repr=False)  # where it was written just now


@dataclass(frozen=True)
class Incoming:
    """A submission at the door: its XML, the files that came with it, who sent it, from which office and for whom.

    `account` is the author as signed in, perhaps with a key that limits it; without one it is looked up by name.
    `sent` is the moment (UTC) at which the phone sent it by its own clock, where it said so.
    """

    xml: bytes
    attachments: Attachments = field(default_factory=dict)
    author: str = ""
    office: str = ""
    organisation: str = ""
    account: Account | None = None
    sent: str = ""


@dataclass
class _Arrival:
    """A submission that could be read, and what becomes of it."""

    incoming: Incoming
    instance: str
    deprecated: str
    said: Submission
    files: Attachments
    outcome: Receipt | Problem | None = None

    def receipt(self, report: str, code: str, held: Collection[str] = (), duplicate: bool = False) -> Receipt:
        missing = (name for name in self.said.files if name not in self.files and name not in held)
        refused = (name for name in self.incoming.attachments if name not in self.files)
        return Receipt(report, code, duplicate, tuple(dict.fromkeys(missing)), tuple(refused))


def receive(
    xml: bytes,
    attachments: Attachments | None = None,
    author: str = "",
    office: str = "",
    organisation: str = "",
    account: Account | None = None,
    sent: str = "",
) -> Receipt:
    """Take in a submission; when this returns, it and its files are durable.

    Raises Problem for what cannot be taken in; the bytes are then kept in quarantine if the sender is known.
    """
    outcome = receive_all([Incoming(xml, attachments or {}, author, office, organisation, account, sent)])[0]
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


def receive_all(incoming: Sequence[Incoming]) -> list[Receipt | Problem]:
    """Take in many submissions in one transaction: for each its receipt, or the problem that kept it out."""
    senders = _senders(incoming)
    found = [_attempt(_read, each, sender) for each, sender in zip(incoming, senders, strict=True)]
    arrivals = [each for each in found if isinstance(each, _Arrival)]
    _write(arrivals)
    # One that repeats another of the same transaction, which then could not be written, takes its place.
    _write([each for each in arrivals if _is_lost(each)])
    accepting.soon()
    outcomes: list[Any] = [each.outcome if isinstance(each, _Arrival) else each for each in found]
    for each, sender, outcome in zip(incoming, senders, outcomes, strict=True):
        if isinstance(outcome, Problem) and sender and sender.is_active:
            quarantine.keep(each.author, each.xml, each.attachments, outcome.code, _instance_of(each.xml))
    return outcomes


def _senders(incoming: Sequence[Incoming]) -> list[Account | None]:
    """The account behind each submission, with what it holds looked up once."""
    named = {each.author for each in incoming if each.account is None}
    accounts = {name: Account.objects.filter(username=name).first() for name in named}
    senders = [each.account or accounts.get(each.author) for each in incoming]
    for account in {id(each): each for each in senders if each is not None}.values():
        if getattr(account, "held_now", None) is None:
            roles.remember(account)
    return senders


def _attempt(step: Any, *given: Any) -> Any:
    try:
        return step(*given)
    except Problem as problem:
        return problem


def _read(incoming: Incoming, account: Account | None) -> _Arrival:
    """Everything that can be said of a submission without the journal's write lock."""
    _must_be_allowed(incoming, account)
    root: Element = parse(incoming.xml)
    instance, deprecated = submissions.instance_of(root)
    if not instance or len(instance) > LONGEST_ID:
        raise Problem("no-instance-id")
    form, version = submissions.form_of(root)
    if account is not None and not keys.allows_form(account, form):
        raise Problem("form-not-allowed", form=form, account=incoming.author)
    definition = forms.definition_of(form, version)
    first = instances.first_of(deprecated) if deprecated else ""
    said = submissions.read(definition, root, codes.Resolver(), first)
    if not said.records:
        raise Problem("no-changes")
    _must_be_allowed(incoming, account, {each.kind for each in said.records})
    named = {name for name in said.files if FILE_NAME.fullmatch(name)}
    files = {name: content for name, content in incoming.attachments.items() if name in named}
    return _Arrival(incoming, instance, deprecated, said, files)


def _must_be_allowed(incoming: Incoming, account: Account | None, kinds: Collection[str | None] = (None,)) -> None:
    """Where a danger lies does not matter: whoever may report its kind may report it anywhere."""
    office, organisation = incoming.office or None, incoming.organisation or None
    if not all(roles.may(account, "report", kind, office, organisation) for kind in kinds):
        raise Problem("may-not", account=incoming.author, action="report")


def _write(arrivals: Sequence[_Arrival]) -> None:
    if not arrivals:
        return
    tried: list[str] = []

    def drafts() -> list[Draft]:
        found = [draft for each in arrivals for draft in _attempt_draft(each)]
        tried.extend(draft.id for draft in found)
        return found

    entries: dict[str, Entry] = {}
    try:
        entries = {each.id: each for each in append(drafts)}
    finally:
        instances.forget(set(tried) - set(entries))  # a transaction that was taken back wrote none of them
    for each in arrivals:
        if isinstance(each.outcome, Receipt) and not each.outcome.duplicate:
            each.outcome = replace(each.outcome, entry=entries.get(each.outcome.report_id))


def _attempt_draft(arrival: _Arrival) -> list[Draft]:
    try:
        return _drafts(arrival)
    except Problem as problem:
        arrival.outcome = problem
        return []


def _drafts(arrival: _Arrival) -> list[Draft]:
    """What has to be written for an arrival: nothing when it is known. Called while the write lock is held."""
    known, incoming = instances.of(arrival.instance), arrival.incoming
    if known and not any(each.xml in (None, incoming.xml) for each in known):
        raise Problem("same-id-other-content", report=known[-1].code)
    if known and not set(arrival.files) - known[-1].files:
        arrival.outcome = arrival.receipt(known[-1].id, known[-1].code, known[-1].files, duplicate=True)
        return []
    if not known and forms.is_closed(arrival.said.form, arrival.said.version):
        raise Problem("form-closed", form=arrival.said.form, version=arrival.said.version)
    # Further files of a submission that is known are a report that restates it, under its own code.
    edited = known[-1] if known else instances.corrected(arrival.deprecated)
    draft = _draft(arrival, edited, known[-1].code if known else codes.give({codes.REPORT: 1})[codes.REPORT][0])
    instances.note(draft, incoming.xml)
    arrival.outcome = arrival.receipt(
        draft.id, draft.body["code"], {each["name"].removeprefix(FILE) for each in draft.kept}
    )
    return [draft, *chains.restated(draft, _restated)]


def _restated(id: str, body: dict[str, Any]) -> Draft | None:
    """An earlier report with another base: the same submission, under the same code."""
    earlier = instances.written(id)
    if earlier is None:
        return None
    again = Draft("report", body["reporter"], body, {}, earlier.sealed)
    instances.note(again, earlier.xml)
    return again


def _draft(arrival: _Arrival, edited: Known | None, code: str) -> Draft:
    incoming, said = arrival.incoming, arrival.said
    kept = _kept(arrival, edited) if edited else ()
    files = {*arrival.files, *(each["name"].removeprefix(FILE) for each in kept)}
    changes, parts = body.changes(said, files)
    stated: dict[str, Any] = {
        "form": said.form,
        "version": said.version,
        "reporter": incoming.author,
        "office": incoming.office,
        "organisation": incoming.organisation,
        "code": code,
        "date": said.date or clock.text(clock.now())[:10],
        "instance": arrival.instance,
        "changes": changes,
    }
    phone = said.phone | ({"sent": incoming.sent} if incoming.sent else {})
    if phone:
        stated["phone"] = phone
    if edited:
        stated["edits"] = edited.id
    sealed = {"submission": Part("text/xml", incoming.xml), **parts}
    for name, content in arrival.files.items():
        sealed[FILE + name] = Part(mimetypes.guess_type(name)[0] or "application/octet-stream", content)
    return Draft("report", incoming.author, stated, sealed, kept)


def _kept(arrival: _Arrival, edited: Known) -> tuple[Mapping[str, Any], ...]:
    """The files of the earlier report that this one names too and that were not sent again."""
    wanted = {FILE + name for name in arrival.said.files} - {FILE + name for name in arrival.files}
    return tuple(each for each in edited.sealed if each["name"] in wanted)


def _instance_of(xml: bytes) -> str:
    """The instanceID of what was kept out, as far as it can be seen: what is hostile is not read a second time."""
    found = INSTANCE.search(xml)
    return found[1].decode(errors="replace").replace("\0", "") if found else ""


def _is_lost(arrival: _Arrival) -> bool:
    outcome = arrival.outcome
    return isinstance(outcome, Receipt) and outcome.duplicate and instances.written(outcome.report_id) is None
