"""What waits for whom, as queries: the reports that an account may decide about, and the decisions it may countersign.

The same rule as `authority` asks of one report, composed into the query: every change of the report lies within the scope
of a role that gives the right.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from kambila.accounts.roles import Held, held, may
from kambila.accounts.scopes import Scope, kinds_in
from kambila.intake.authority import LEVELS
from kambila.intake.models import Verification
from kambila.intake.rules import two_step_forms
from kambila.registry import access, openness
from kambila.registry.kinds import kinds
from kambila.registry.models import Change, Decision, Report

WAITING = Report.Status.WAITING


def queue(account: Any) -> QuerySet[Report]:
    """The reports that wait for this account: to be decided, or to be verified first where the form has two steps."""
    concerned = access.any_of([_may(account, "decide"), _to_verify(account)])
    return openness.reports(account).filter(concerned, status=WAITING)


def decidable(account: Any, action: str = "decide") -> QuerySet[Report]:
    """The reports, whatever became of them, that an account may decide about (or countersign, or verify)."""
    return openness.reports(account).filter(_may(account, action))


def has_queue(account: Any) -> bool:
    """Whether there is a queue for this account at all."""
    return may(account, "decide") or (may(account, "verify") and bool(two_step_forms()))


def own(account: Any) -> QuerySet[Report]:
    """The reports that an account sent, or that were sent for it."""
    return Report.objects.filter(Q(author=account.username) | Q(reporter=account.username))


def second(account: Any) -> QuerySet[Decision]:
    """The decisions of others that wait for a second person, and that this account may countersign, the oldest first.

    Those about records that are not shown now are left to people whose right has no limit.
    """
    waiting = Decision.objects.filter(waits=True).exclude(author=account.username)
    conditions = [Q(kind="", record__in=decidable(account, "countersign").values("id"))]
    for kind in set(waiting.exclude(kind="").values_list("kind", flat=True)) & set(kinds()):
        conditions.append(Q(kind=kind) & _record_within(account, kind))
    return waiting.filter(access.any_of(conditions)).order_by("tick", "id")


def _record_within(account: Any, kind: str) -> Q:
    model = kinds()[kind]
    scope = access.acting_scope(account, model, "countersign")
    if scope == Q():
        return Q(verb__isnull=False)
    seen = model._default_manager.filter(scope).values("id")
    return Q(record__in=seen) & (~Q(verb="same-as") | Q(other__in=seen))


def _to_verify(account: Any) -> Q:
    forms = two_step_forms()
    if not forms:
        return access.NOTHING
    stands = Exists(Verification.objects.filter(report=OuterRef("pk")))
    foreign = ~Q(author=account.username) & ~Q(reporter=account.username)
    return Q(form__in=forms) & ~Q(stands) & foreign & _may(account, "verify")


def _may(account: Any, action: str) -> Q:
    """The reports of which every change lies within the scope of a role that gives the right."""
    roles = [each for each in held(account) if action in each.rule.actions]
    if not roles:
        return access.NOTHING
    if any(role.scope == Scope() for role in roles):
        return Q()
    header = {name: ExpressionWrapper(OuterRef(name), output_field=CharField()) for name in ("office", "organisation")}
    changes = Change.objects.filter(entry=OuterRef("pk")).alias(**{f"of_{name}": each for name, each in header.items()})
    return ~Q(Exists(changes.exclude(access.any_of(_covers(role) for role in roles))))


def _covers(role: Held) -> Q:
    """The changes that lie in the scope of a role."""
    scope, condition = role.scope, Q(kind__isnull=False)
    if scope.office:
        condition &= Q(of_office=scope.office)
    if scope.organisation:
        condition &= Q(of_organisation=scope.organisation)
    if scope.kind:
        condition &= Q(kind__in=sorted(kinds_in(scope.kind)))
    return condition & lies_in(scope.place) if scope.place else condition


def lies_in(place: str) -> Q:
    """The changes that state a place, else whose record lies there, else that come with one that states it."""
    stated = states(place)
    beside = Exists(Change.objects.filter(stated, entry=OuterRef("entry")))
    silent = ~access.any_of(Q(stated__contains=f'"{level}":"') for level in LEVELS)
    known = [Q(kind=kind, record__in=_records_in(kind, place)) for kind in _kinds_waiting()]
    return stated | (silent & access.any_of([Q(beside), *known]))


def states(place: str) -> Q:
    """As `Scope.covers` has it: one of the chain is the place, or the whole chain is one code that begins with it."""
    exact = [Q(stated__contains=f'"{level}":"{place}"') for level in LEVELS]
    alone = []
    for level in LEVELS:
        others = access.any_of(Q(stated__contains=f'"{other}":"') for other in LEVELS if other != level)
        alone.append(Q(stated__contains=f'"{level}":"{place}') & ~others)
    return access.any_of([*exact, *alone])


def _records_in(kind: str, place: str) -> QuerySet[Any]:
    named = access.any_of(Q(**{level: place}) for level in LEVELS)
    return kinds()[kind]._default_manager.filter(named).values("id")


def _kinds_waiting() -> list[str]:
    """The kinds of which anything waits: only their records need to be looked up."""
    signing = Decision.objects.filter(waits=True, kind="").values("record")
    said = Report.objects.filter(Q(status=WAITING) | Q(id__in=signing)).values_list("kinds", flat=True).distinct()
    return sorted({kind for each in said for kind in each.split()} & set(kinds()))
