"""Who sees which reports and entries, and who opens what is sealed in them: the access rule of the journal's side.

A report is for its author, and for those within whose scope it lies, with the kinds of record that they may see. What
identifies a person is opened with a stated reason, and the opening is kept.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kambila.accounts import errors  # noqa: F401  the catalogue
from kambila.accounts.models import Opening
from kambila.accounts.roles import Held, held, may
from kambila.accounts.scopes import Scope, kinds_in
from kambila.journal import clock, read_part
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.journal.parts import named
from kambila.registry import access
from kambila.registry.fields import RESTRICTED, Narrative
from kambila.registry.kinds import kinds, model_of
from kambila.registry.models import Change, Countersign, Decision, Report, stated_fields

OPEN, WITH_REASON, CLOSED = "open", "with-reason", "closed"
LEVELS = ("adm1", "adm2", "adm3")
HOUSE_KINDS = ("node", "receive", "form")


def reports(account: Any, queryset: QuerySet[Report] | None = None, kind: str = "") -> QuerySet[Report]:
    """The reports that an account may see: its own, and those within the scope of its roles.

    With `kind`: those of which it may see what they state of that kind (see :func:`kinds_open`).
    """
    queryset = Report.objects.all() if queryset is None else queryset
    conditions = [_of_role(role) for role in _readers(account) if not kind or _opens_kind(role, kind)]
    return queryset.filter(access.any_of([_own(account), *conditions]))


def reports_about(account: Any, kind: str) -> QuerySet[Report]:
    """The reports of which an account may see what they say of one kind."""
    roles = [role for role in _readers(account) if not role.scope.kind or kind in kinds_in(role.scope.kind)]
    return Report.objects.filter(access.any_of([_own(account), *map(_of_role, roles)]), kinds__contains=f" {kind} ")


def entries(account: Any) -> QuerySet[EntryRow]:
    """The entries of the journal that an account may see: reports as above, the decisions on them, house matters.

    A release holds the records behind its figures: as an entry it is for those who see everything.
    """
    everything = EntryRow._default_manager.all()
    if any(role.scope == Scope() for role in _readers(account)):
        return everything
    seen = reports(account).values("id")
    decisions = Decision.objects.filter(record__in=seen).values("id")
    signatures = Countersign.objects.filter(decision__in=decisions).values("id")
    conditions = [Q(author=_name(account)) if _name(account) else access.NOTHING]
    conditions += [Q(kind="report", id__in=seen), Q(kind="decision", id__in=decisions)]
    conditions += [Q(kind="countersign", id__in=signatures)]
    conditions += [Q(kind__in=HOUSE_KINDS)] if held(account) else []
    conditions += [Q(kind="grant")] if may(account, "grant") else []
    conditions += [Q(kind="setting")] if may(account, "settings") else []
    return everything.filter(access.any_of(conditions))


def kinds_open(account: Any, report: Report) -> frozenset[str]:
    """The kinds of a report whose values an account may see; all for its author, none for a stranger."""
    said = frozenset(report.kinds.split())
    if _is_own(account, report):
        return said
    found: set[str] = set()
    for role in _readers(account):
        if Report.objects.filter(_of_role(role), pk=report.pk).exists():
            found |= said & kinds_in(role.scope.kind) if role.scope.kind else said
    return frozenset(found)


def part_rule(account: Any, entry: Entry, report: Report | None, name: str) -> str:
    """How a sealed part of an entry that the account sees may be opened: open, with-reason or closed."""
    if report is None:
        return OPEN
    changes = {f"change-{index}": change["kind"] for index, change in enumerate(entry.body.get("changes", []))}
    concerned = {changes[name]} if name in changes else set(report.kinds.split())
    if _is_own(account, report):
        return OPEN
    if not concerned <= kinds_open(account, report):
        return CLOSED
    if name.startswith("file/") or not any(_identifies(kind) for kind in concerned):
        return OPEN
    return WITH_REASON if _opens_names(account, entry, report, concerned) else CLOSED


def open_part(account: Any, entry: Entry, report: Report | None, name: str, reason: str = "") -> bytes | None:
    """The content of a sealed part; None when it is not held here or was erased.

    Raises Problem when the account may not open it, or must say why and does not. An opening with a reason is kept.
    """
    rule, commitment = part_rule(account, entry, report, name), named(entry.sealed, name)
    if rule == CLOSED:
        raise Problem("may-not", account=_name(account), action="open-names")
    if rule == WITH_REASON:
        _log(account, "report", entry.id, name, reason)
    return None if commitment is None else read_part(commitment)


def open_name(account: Any, kind: str, id: str, field: str, reason: str) -> str | None:
    """The value of a field that identifies a person; None when it is not known, not held here or was erased.

    Raises Problem when there is no such record for this account, when it may not open names, or without a reason.
    """
    model = model_of(kind)
    record = access.visible(account, model).filter(pk=id).first()
    if record is None or field not in access.personal_fields(model):
        raise Problem("no-such-record", name=id)
    if not may_open(account, kind, id):
        raise Problem("may-not", account=_name(account), action="open-names")
    _log(account, kind, id, field, reason)
    return unseal(getattr(record, field), field)


def open_all_names(account: Any, reason: str) -> dict[str, frozenset[str]]:
    """Open what identifies people in every record in which an account may, for an export: the ids by kind.

    Each opening is kept. Raises Problem for an account that may open no names at all, and without a reason.
    """
    if not any("open-names" in role.rule.actions for role in held(account)):
        raise Problem("may-not", account=_name(account) or "–", action="open-names")
    if not reason.strip():
        raise Problem("reason-missing")
    opened: dict[str, frozenset[str]] = {}
    said = {"account": _name(account), "reason": reason.strip(), "opened": clock.now()}
    for kind, model in kinds().items():
        if not (names := access.personal_fields(model)):
            continue
        may = access.visible(account, model).filter(access.acting_scope(account, model, "open-names"))
        rows = list(may.values_list("pk", *names))
        opened[kind] = frozenset(row[0] for row in rows)
        Opening.objects.bulk_create(
            Opening(kind=kind, record=id, field=name, **said)
            for id, *values in rows
            for name, value in zip(names, values, strict=True)
            if value is not None
        )
    return opened


def open_words(account: Any, kind: str, id: str, field: str, reason: str) -> str | None:
    """What was told in a sealed field that identifies nobody by itself; as :func:`open_name`, and kept like it."""
    model = model_of(kind)
    if not isinstance(stated_fields(model).get(field), Narrative):
        raise Problem("no-such-record", name=field)
    record = access.visible(account, model).filter(pk=id).first()
    if record is None:
        raise Problem("no-such-record", name=id)
    if not may_open(account, kind, id):
        raise Problem("may-not", account=_name(account), action="open-names")
    _log(account, kind, id, field, reason)
    return unseal(getattr(record, field), field)


def may_open(account: Any, kind: str, id: str) -> bool:
    """Whether an account may open the names in a record."""
    model = model_of(kind)
    return model._default_manager.filter(access.acting_scope(account, model, "open-names"), pk=id).exists()


def unseal(commitment: str | None, field: str) -> str | None:
    """The value of a sealed field from the part that its column names."""
    content = read_part(commitment) if commitment else None
    value = None if content is None else json.loads(content).get(field)
    return None if value is None else str(value)


def _log(account: Any, kind: str, record: str, field: str, reason: str) -> None:
    if not reason.strip():
        raise Problem("reason-missing")
    Opening.objects.create(
        account=_name(account), kind=kind, record=record, field=field, reason=reason.strip(), opened=clock.now()
    )


def _opens_kind(role: Held, kind: str) -> bool:
    return not role.scope.kind or kind in kinds_in(role.scope.kind)


def _readers(account: Any) -> list[Held]:
    """Roles within whose scope restricted matters are read; a donor reads records, not reports."""
    return [role for role in held(account) if role.rule.within == RESTRICTED and not role.rule.links_only]


def _opens_names(account: Any, entry: Entry, report: Report, concerned: set[str]) -> bool:
    """Whether an account may open names of all these kinds, where the report was made and in the places it speaks of."""
    stated = [change.get("values", {}) for change in entry.body.get("changes", [])]
    place = tuple({str(values[level]) for values in stated for level in LEVELS if values.get(level)})
    return all(
        may(account, "open-names", kind, office=report.office, organisation=report.organisation, place=place)
        for kind in concerned
    )


def _of_role(role: Held) -> Q:
    """The reports that lie in the scope of a role."""
    scope, condition = role.scope, Q()
    if scope.office:
        condition &= Q(office=scope.office)
    if scope.organisation:
        condition &= Q(organisation=scope.organisation)
    if scope.kind:
        condition &= access.any_of(Q(kinds__contains=f" {kind} ") for kind in sorted(kinds_in(scope.kind)))
    if scope.place:
        condition &= Q(Exists(_changes_in(scope.place)))
    return condition


def _changes_in(place: str) -> QuerySet[Change]:
    """Changes that state the place as région, cercle or commune."""
    stated = access.any_of(Q(stated__contains=f'"{level}":"{place}"') for level in LEVELS)
    return Change.objects.filter(stated, entry=OuterRef("pk"))


def _own(account: Any) -> Q:
    name = _name(account)
    return Q(author=name) | Q(reporter=name) if name else access.NOTHING


def _is_own(account: Any, report: Report) -> bool:
    return bool(_name(account)) and _name(account) in (report.author, report.reporter)


def _name(account: Any) -> str:
    """The user name; empty for somebody who is not signed in, or whose account is disabled."""
    return account.username if getattr(account, "is_active", False) else ""


def _identifies(kind: str) -> bool:
    return kind in kinds() and bool(access.personal_fields(kinds()[kind]))
