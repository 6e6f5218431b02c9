"""Decisions about records: the same or not, retired or restored, which report is right, erased, disclosed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from kambila.intake.authority import known_account, must_with_record
from kambila.intake.lookup import find_record, find_report
from kambila.intake.writing import Result, decide, draft
from kambila.journal import append, clock, erasure
from kambila.journal.errors import Problem
from kambila.registry import history, partial_dates, same
from kambila.registry.kinds import model_of
from kambila.registry.models import Decision, Precision, Report

AUDIENCES = ("partner", "public")


def same_as(kind: str, one: str, other: str, author: str, reason: str) -> Result:
    """Say that two records are one: they fold together under the smaller UUID, and every code stays valid.

    Raises Problem when one of them was erased and the other was not.
    """
    return _pair("same-as", kind, one, other, author, reason)


def not_same_as(kind: str, one: str, other: str, author: str, reason: str) -> Result:
    """Say that two records are two; undoes a `same_as`."""
    return _pair("not-same-as", kind, one, other, author, reason)


def retire(kind: str, record: str, author: str, reason: str, date: str = "") -> Result:
    """End the life of a record: it was true and is no longer. `date` (of information) is today by default.

    Later updates do not bring it back, only `restore`; danger that is reported on it shows all the same.
    """
    id = _decided(kind, record, author, "decide")
    if not model_of(kind)._default_manager.filter(pk=_root(kind, id)).exists():
        raise Problem("not-shown", name=record)
    body = {"verb": "retire", "kind": kind, "record": id, "date": day_of(date)}
    return decide(author, body, reason)


def restore(kind: str, record: str, author: str, reason: str, date: str = "") -> Result:
    """Bring a retired record back."""
    id = _decided(kind, record, author, "decide")
    if not Decision.objects.filter(verb="retire", kind=kind, record=id, effective=True).exists():
        raise Problem("not-retired", name=record)
    return decide(author, {"verb": "restore", "kind": kind, "record": id, "date": day_of(date)}, reason)


def resolve(kind: str, record: str, field: str, chosen: str, author: str, reason: str) -> Result:
    """Say which report is right about a field. `chosen` is a ref (report id/index), or the id or code of a report.

    Every other change that counts and states the field is overruled; what comes later is not.
    """
    id = _decided(kind, record, author, "decide")
    refs = history.shown(kind, id).get(field, [])
    ref = _ref(chosen, refs)
    if ref is None:
        raise Problem("not-a-side", chosen=chosen, field=field, name=record, refs=", ".join(refs))
    body = {"verb": "resolve", "kind": kind, "record": id, "field": field, "chosen": ref}
    return decide(author, body | {"overruled": [each for each in refs if each != ref]}, reason)


def erase(kind: str, record: str, author: str, reason: str, authority: str) -> Result:
    """Erase what identifies a person in a record and in all that are the same: sealed values, raw reports, files.

    It takes them also from reports that come later. What was counted stays counted. It cannot be undone.
    """
    id = _decided(kind, record, author, "erase")
    if not authority.strip():
        raise Problem("no-authority")
    records = [[kind, each] for each in members_of(kind, id)]
    entry = append([draft(author, {"records": records, "authority": authority.strip()}, reason, kind="erase")])[0]
    return Result(entry.id, "erase", effective=True, waits=False)


def disclose(
    kind: str, record: str, author: str, reason: str, audience: str, precision: str = "", until: str = ""
) -> Result:
    """Let partners or the public see a record, until a day (the last) or until it is closed.

    `precision` says how exactly they are told where it is: `commune` (its middle) unless it says `exact`. What is sealed
    stays sealed. Raises Problem for another precision or audience, and for a day that is none.
    """
    id = _decided(kind, record, author, "disclose")
    _must_be_audience(audience)
    precision = precision or Precision.COMMUNE.value
    if precision not in Precision.values:
        raise Problem("unknown-precision", precision=precision)
    if until:
        _must_be_day(until)
    body = {"verb": "disclose", "kind": kind, "record": id, "audience": audience}
    return decide(author, body | {"precision": precision, "until": until}, reason)


def close(kind: str, record: str, author: str, reason: str, audience: str) -> Result:
    """End a disclosure: the record is seen as its kind is."""
    id = _decided(kind, record, author, "disclose")
    _must_be_audience(audience)
    return decide(author, {"verb": "close", "kind": kind, "record": id, "audience": audience}, reason)


def members_of(kind: str, record: str) -> list[str]:
    """The record and all that are the same, by UUID."""
    return sorted(next(iter(same.whole(kind, [record]).values())))


def must_be_erased_alike(kind: str, records: Sequence[str]) -> None:
    """Who was erased must not come back by a merge: all that would be one is erased, or nothing. Raises Problem if not.

    A merge can be undone and an erasure cannot: so the merge does not erase, but waits until somebody has.
    """
    everyone = {member for record in records for member in members_of(kind, record)}
    erased = {record for record in everyone if (kind, record) in erasure.erased_records()}
    if erased and (left := everyone - erased):
        raise Problem("merged-with-erased", erased=min(erased), left=", ".join(sorted(left)), kind=kind)


def _decided(kind: str, record: str, author: str, action: str) -> str:
    """The UUID of the record that is meant. Raises Problem when it is unknown, or the author may not."""
    id = find_record(kind, record)
    must_with_record(known_account(author), action, kind, id)
    return id


def _pair(verb: str, kind: str, one: str, other: str, author: str, reason: str) -> Result:
    records = sorted({_decided(kind, each, author, "decide") for each in (one, other)})
    if len(records) != 2:
        raise Problem("same-record")
    if verb == "same-as":
        must_be_erased_alike(kind, records)
    return decide(author, {"verb": verb, "kind": kind, "records": records}, reason)


def _root(kind: str, record: str) -> str:
    return same.roots_of(kind, [record]).get(record, record)


def _ref(chosen: str, refs: Sequence[str]) -> str | None:
    """The ref that is meant; None when the report states nothing that counts, or more than one thing."""
    if chosen in refs:
        return chosen
    if not Report.objects.filter(pk=chosen).exists() and not Report.objects.filter(code=chosen).exists():
        return None
    meant = [each for each in refs if each.startswith(f"{find_report(chosen).id}/")]
    return meant[0] if len(meant) == 1 else None


def day_of(text: str) -> str:
    """A date of information that may be partial; today when none is given. Raises Problem for what is none."""
    if not text:
        return clock.now().date().isoformat()
    try:
        return partial_dates.read(text)[0]
    except ValueError:
        raise Problem("bad-day", text=text) from None


def _must_be_day(text: str) -> None:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise Problem("bad-day", text=text) from None


def _must_be_audience(audience: str) -> None:
    if audience not in AUDIENCES:
        raise Problem("unknown-audience", audience=audience, audiences=", ".join(AUDIENCES))
