"""Who may know of an alert: those who may see the report, and within it the kind of record, that it is about.

What is about no record is for those who read, or answer for people and their phones, where it happened. Asked for each
receiver when it is found out whom to tell, again before anything is sent, and by every page.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from kambila.accounts.roles import Held, held
from kambila.accounts.scopes import kinds_in
from kambila.intake.alerts.models import Alert
from kambila.registry import access, openness
from kambila.registry.alerts import all_alerts
from kambila.registry.fields import RESTRICTED


def visible(account: Any, alerts: QuerySet[Alert] | None = None) -> QuerySet[Alert]:
    """The alerts that an account may know of."""
    found = Alert.objects.all() if alerts is None else alerts
    kinds = {each.kind for each in all_alerts().values() if each.kind}
    seen = [Q(kind=kind, report__in=openness.reports_about(account, kind).values("id")) for kind in sorted(kinds)]
    house = [Q(kind="") & _within(role) for role in held(account) if _is_concerned(role)]
    return found.filter(access.any_of([*seen, *house]))


def may_be_told(account: Any, kinds: Collection[str], place: str) -> bool:
    """Whether an account could ever be told of one of these kinds (empty: what is about no record) in a place."""
    near = [role for role in held(account) if _touches(role.scope.place, place)]
    return any(_reads(role, kind) if kind else _is_concerned(role) for role in near for kind in kinds)


def _reads(role: Held, kind: str) -> bool:
    speaks_of = not role.scope.kind or kind in kinds_in(role.scope.kind)
    return role.rule.within == RESTRICTED and not role.rule.links_only and speaks_of


def _is_concerned(role: Held) -> bool:
    """Roles that are told of what is about no record."""
    return _reads(role, "") or bool({"grant", "settings"} & role.rule.actions)


def _within(role: Held) -> Q:
    scope, condition = role.scope, Q()
    for name in ("office", "organisation"):
        if getattr(scope, name):
            condition &= Q(**{name: getattr(scope, name)})
    return condition & Q(place__contains=f" {scope.place} ") if scope.place else condition


def _touches(scope: str, place: str) -> bool:
    """Whether one place may lie in the other; P-codes of what lies within begin with that of what is around."""
    return not scope or not place or scope.startswith(place) or place.startswith(scope)
