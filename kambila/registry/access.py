"""The one access rule. Pages, API, tiles, exports, counts and search all ask here.

A record is visible by its tier: public records to everyone, partner records to those who hold a role of a partner or of
the staff, restricted records to those within whose scope they lie. A disclosure opens a record to more people, and its
exact place only where it says so. The rule is composed into the query, never applied to what a query has already found.
A scope is narrowed by office, organisation (also one that the record names in a link
of its kind's `seen_by`), place (région, cercle or commune) and kind.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from kambila.accounts.roles import Held, held
from kambila.accounts.scopes import Scope, kinds_in
from kambila.journal import clock
from kambila.registry.fields import PARTNER, PUBLIC, RESTRICTED, Links, Shape, Stated
from kambila.registry.models import Record, derived_fields, kind_of, stated_fields

TIERS = (PUBLIC, PARTNER, RESTRICTED)
NOTHING = Q(pk__in=[])
R = TypeVar("R", bound=Record)


def visible(account: Any, model: type[R], queryset: QuerySet[R] | None = None) -> QuerySet[Any]:
    """The records of a kind that an account may see, of those in `queryset`. None is somebody who is not signed in.

    Each record says in `shown_tier` how far its fields may be shown to this account (see :func:`fields`), and in
    `shown_place` how far its geometries may.
    """
    queryset = model._default_manager.all() if queryset is None else queryset
    roles = [each for each in held(account) if _speaks_of(each.scope, model)]
    near = [each for each in roles if each.rule.within == RESTRICTED]
    partner = any(each.rule.everywhere == PARTNER for each in roles)
    if any(_is_unlimited(each) for each in near):
        everything = Value(RESTRICTED, CharField())
        return queryset.annotate(shown_tier=everything, shown_place=everything)
    within = any_of(within_scope(each, model) for each in near)
    tiers = any_of([_has_tier(model, PUBLIC), *([_has_tier(model, PARTNER)] if partner else [])])
    far = PARTNER if partner else PUBLIC
    scoped = [When(within, then=Value(RESTRICTED))] if near else []
    placed = [When(_place_is_open(far), then=Value(model.default_tier))] if _is_beyond(model, far) else []
    return queryset.filter(tiers | within).annotate(
        shown_tier=_graded(scoped, far), shown_place=_graded([*scoped, *placed], far)
    )


def handed_out(account: Any, model: type[R]) -> QuerySet[Any]:
    """Of what :func:`visible` gives, the records that lists for phones and forms hold.

    Of a kind that is handed to those whom it concerns (see :class:`Record`), only those in the scope in which the account
    reports: partners may read each other's tasks on a page, but the phones of a team carry its own organisation's.
    """
    found = visible(account, model)
    if model.handed_out is None:
        return found
    return found.filter(acting_scope(account, model, "report"), **model.handed_out)


def within_scope(role: Held, model: type[Record]) -> Q:
    """The records of a kind that lie in the scope of a role."""
    scope, condition = role.scope, Q()
    if not _speaks_of(scope, model):
        return NOTHING
    if scope.office:
        condition &= Q(office=scope.office)
    if scope.organisation:
        own = NOTHING if role.rule.links_only else Q(organisation=scope.organisation)
        condition &= any_of([own, *(_names(model, link, scope.organisation) for link in model.seen_by)])
    if scope.place:
        condition &= _lies_in(model, scope.place)
    return condition


def acting_scope(account: Any, model: type[Record], action: str) -> Q:
    """The records of a kind to which an account may do something; to be used beside :func:`visible`."""
    roles = [each for each in held(account) if action in each.rule.actions and _speaks_of(each.scope, model)]
    if any(_is_unlimited(each) for each in roles):
        return Q()
    return any_of(within_scope(each, model) for each in roles)


def fields(account: Any, model: type[Record], record: Record | None = None) -> tuple[str, ...]:
    """The names of the fields that may be shown, in the order of declaration.

    Without a record: those that may be shown of every record that the account sees. With one that :func:`visible` gave:
    those of this record. What identifies a person is never among them: it is opened with a reason, by `open_name`.
    """
    shown, place = _shown(account, model, record)
    return open_fields(model, shown, None if record is None else tier_now(record), place)


@cache
def open_fields(model: type[Record], shown: str, tier: str | None, place: str) -> tuple[str, ...]:
    """The fields that may be shown of a record of a tier (None: of any) to somebody who is shown so much of it, and so
    much of its place."""
    declared = {**stated_fields(model), **derived_fields(model)}
    return tuple(
        name
        for name, field in declared.items()
        if not field.personal
        and TIERS.index(_tier_within(field, model, tier)) <= TIERS.index(place if isinstance(field, Shape) else shown)
    )


def personal_fields(model: type[Record]) -> tuple[str, ...]:
    """The fields that identify a person."""
    return tuple(name for name, field in stated_fields(model).items() if field.personal)


def tier_of(field: Stated, model: type[Record], record: Record | None = None) -> str:
    """Who may see a field: as it is declared, else as its kind, else (where a record was disclosed) as the record.

    A geometry of a disclosed record keeps the tier of its kind: whom its exact place is opened to, `shown_place` says.
    """
    return _tier_within(field, model, None if record is None else tier_now(record))


def _tier_within(field: Stated, model: type[Record], tier: str | None) -> str:
    if field.tier:
        return field.tier
    if tier is None or isinstance(field, Shape) or field.sealed:
        return model.default_tier
    return min(tier, model.default_tier, key=TIERS.index)


def tier_now(record: Record) -> str:
    """The tier of a record today: that to which it is disclosed, else that of its kind."""
    until = record.tier_until
    return record.default_tier if until is not None and until < _today() else record.record_tier


def place_tier_now(record: Record) -> str | None:
    """The tier of those to whom a disclosure opens the exact place of a record today."""
    until = record.place_until
    return None if until is not None and until < _today() else record.place_tier


def figures(account: Any) -> frozenset[str]:
    """The tiers of the figures that an account may see; a restricted one only if nothing limits what it sees."""
    tiers = {PUBLIC}
    for each in held(account):
        tiers.add(each.rule.everywhere)
        if each.rule.within == RESTRICTED and each.scope == Scope():
            tiers.add(RESTRICTED)
    return frozenset(tiers)


def may_count(account: Any, model: type[Record], by: Iterable[str] = ()) -> bool:
    """Whether numbers over the records of a kind, filtered or broken down by fields, may be shown to an account.

    Only to those who may see every field concerned of every record: other numbers leave as figures and nothing else.
    Counting what :func:`visible` gives, without further filters, tells nobody more than the list itself.
    """
    return sees_all(account, model) and set(by) <= set(fields(account, model))


def sees_all(account: Any, model: type[Record]) -> bool:
    """Whether every record of a kind is visible to an account, with all its fields."""
    roles = [each for each in held(account) if each.rule.within == RESTRICTED and _speaks_of(each.scope, model)]
    return any(_is_unlimited(each) for each in roles)


def shown_tiers(account: Any, model: type[Record]) -> tuple[str, ...]:
    """How far records of a kind may be shown to an account: each `shown_tier` that :func:`visible` may give."""
    roles = [each for each in held(account) if _speaks_of(each.scope, model)]
    if sees_all(account, model):
        return (RESTRICTED,)
    far = PARTNER if any(each.rule.everywhere == PARTNER for each in roles) else PUBLIC
    return (far, RESTRICTED) if any(each.rule.within == RESTRICTED for each in roles) else (far,)


def place_tiers(account: Any, model: type[Record]) -> tuple[str, ...]:
    """How far geometries of a kind may be shown to an account: each `shown_place` that :func:`visible` may give."""
    tiers = shown_tiers(account, model)
    opened = {model.default_tier} if _is_beyond(model, tiers[0]) else set()
    return tuple(sorted(opened.union(tiers), key=TIERS.index))


def access_class(account: Any) -> tuple[Any, ...]:
    """What decides what an account sees today; whoever has an equal one sees the same, so it is a key of caches."""
    return _today(), frozenset((each.rule, each.scope) for each in held(account))


def any_of(conditions: Iterable[Q]) -> Q:
    """Conditions joined by "or"; nothing at all for none. (Django's empty Q would let everything through.)"""
    joined = NOTHING
    for each in conditions:
        joined = Q() if each == Q() or joined == Q() else each if joined == NOTHING else joined | each
    return joined


def _is_unlimited(role: Held) -> bool:
    """Whether a role reaches every record of the kinds that it speaks of."""
    return role.scope in (Scope(), Scope(kind=role.scope.kind))


def _speaks_of(scope: Scope, model: type[Record]) -> bool:
    return not scope.kind or kind_of(model) in kinds_in(scope.kind)


def _names(model: type[Record], link: str, organisation: str) -> Q:
    """The records whose link, or one of whose several links, is this organisation."""
    if isinstance(model._meta.get_field(link), Links):
        return Q(**{f"{link}__contains": f" {organisation} "})
    return Q(**{link: organisation})


def _lies_in(model: type[Record], place: str) -> Q:
    """The records in a place; an event dated by another record (a casualty by its incident) may lie where that does."""
    own = _chain("", place)
    parent = model.event_date.rpartition("__")[0]
    return own | (Q(adm1=None, adm2=None, adm3=None) & _chain(f"{parent}__", place)) if parent else own


def _chain(prefix: str, place: str) -> Q:
    """Région, cercle or commune is the place, or (where the région was not stated) begins with its code."""
    levels = ("adm1", "adm2", "adm3")
    below = any_of(Q(**{f"{prefix}{level}__startswith": place}) for level in levels[1:])
    return any_of(Q(**{f"{prefix}{level}": place}) for level in levels) | (Q(**{f"{prefix}adm1": None}) & below)


def _has_tier(model: type[Record], tier: str) -> Q:
    """The records of a tier today: where a disclosure has ended, the tier of the kind holds again."""
    ended = Q(tier_until__isnull=False, tier_until__lt=_today())
    holds = Q(record_tier=tier) & (Q(tier_until=None) | Q(tier_until__gte=_today()))
    return holds | ended if tier == model.default_tier else holds


def _today() -> datetime.date:
    return clock.now().date()


def _place_is_open(far: str) -> Q:
    """The records of which a disclosure opens the exact place, today, to somebody who is shown so much of every record."""
    audiences = TIERS[: TIERS.index(far) + 1]
    return Q(place_tier__in=audiences) & (Q(place_until=None) | Q(place_until__gte=_today()))


def _is_beyond(model: type[Record], far: str) -> bool:
    """Whether the records of a kind are kept from somebody who is shown so much, unless they are disclosed."""
    return TIERS.index(model.default_tier) > TIERS.index(far)


def _graded(conditions: list[When], far: str) -> Case | Value:
    if not conditions:
        return Value(far, CharField())
    return Case(*conditions, default=Value(far), output_field=CharField())


def _shown(account: Any, model: type[Record], record: Record | None) -> tuple[str, str]:
    """(`shown_tier`, `shown_place`) of a record; without one, how much may be shown of every record."""
    if record is None:
        least = shown_tiers(account, model)[0]
        return least, least
    seen: Any = record if hasattr(record, "shown_tier") else visible(account, model).filter(pk=record.pk).first()
    return (PUBLIC, PUBLIC) if seen is None else (seen.shown_tier, seen.shown_place)
