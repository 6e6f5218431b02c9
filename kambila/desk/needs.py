"""What needs a person: each sort of it, how many there are, and which, as far as the account may see."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kambila.accounts.roles import may
from kambila.intake.returned import still_returned
from kambila.intake.waiting import has_queue, queue, second
from kambila.journal import directory
from kambila.journal.projections import position
from kambila.registry import access, openness
from kambila.registry.dangers import unconfirmed
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Conflict, Report


@dataclass(frozen=True)
class Need:
    """One sort: its name, its title, what there is of it, whether an account deals with it, and the name of the page
    where that is done; without one it is a plain list."""

    name: str
    title: Any
    of: Callable[[Any], QuerySet[Any]]
    concerns: Callable[[Any], bool]
    page: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page) if self.page else reverse("need", args=[self.name])


def dangers(account: Any) -> QuerySet[Report]:
    """Reports of danger that are not confirmed."""
    return openness.reports(account, unconfirmed())


def conflicts(account: Any) -> QuerySet[Conflict]:
    """Fields on which reports disagree, of records that the account sees."""
    present = set(Conflict.objects.values_list("kind", flat=True).distinct())
    seen = [
        Q(kind=kind, record__in=access.visible(account, kinds()[kind]).values("id")) for kind in present & set(kinds())
    ]
    seen += [Q(kind="report", record__in=openness.reports(account).values("id"))] if "report" in present else []
    return Conflict.objects.filter(access.any_of(seen))


def _reads(account: Any) -> bool:
    return may(account, "read")


def _reports(account: Any) -> bool:
    return may(account, "report")


def _signs(account: Any) -> bool:
    return may(account, "countersign")


NEEDS = {
    each.name: each
    for each in (
        Need("dangers", _("Reports of danger, not confirmed yet"), dangers, _reads),
        Need("waiting", _("Reports that wait for you"), queue, has_queue, "review-queue"),
        Need("returned", _("Reports that you must mend"), still_returned, _reports, "my-reports"),
        Need("second", _("Decisions that wait for a second person"), second, _signs, "second"),
        Need("conflicts", _("Fields on which reports disagree"), conflicts, _reads),
    )
}


def needs(account: Any) -> list[dict[str, Any]]:
    """What there is for this account to look at: title, count, address; only of what there is something."""
    found = [
        {"title": need.title, "count": need.of(account).count(), "url": need.url}
        for need in NEEDS.values()
        if need.concerns(account)
    ]
    if sees_everything(account):
        open_links = sum(count for _kind, _field, count in unresolved(FRESH))
        found.append(
            {"title": _("Links to records that are not known"), "count": open_links, "url": reverse("unresolved")}
        )
    return [each for each in found if each["count"]]


def sees_everything(account: Any) -> bool:
    return all(access.sees_all(account, model) for model in kinds().values())


Open = tuple[tuple[str, str, int], ...]
FRESH = 60.0  # seconds for which the first page may show an older count: it looks at every link of every kind
_counted: dict[str, tuple[int, float, Open]] = {}


def unresolved(fresh: float = 0.0) -> Open:
    """(kind, field, how many) of the links that lead to no record that is known; counted anew when something was said.

    A count that is less than `fresh` seconds old will do.
    """
    path, now = str(directory.current().path), time.monotonic()
    known = _counted.get(path)
    if known is None or (known[0] != position() and now - known[1] >= fresh):
        known = _counted[path] = position(), now, _count_unresolved()
    return known[2]


def _count_unresolved() -> Open:
    found = [(kind, field, without_target(kind, field).count()) for kind in kinds() for field in plan_of(kind).links]
    return tuple(each for each in found if each[2])


def without_target(kind: str, field: str) -> QuerySet[Any]:
    """The records of a kind whose link leads nowhere."""
    target = kinds()[plan_of(kind).links[field]]
    known = target._default_manager.filter(pk=OuterRef(f"{field}_id"))
    return kinds()[kind]._default_manager.filter(~Exists(known), **{f"{field}__isnull": False})
