"""Danger shows at once: reports of it are seen from receipt, before any decision."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from kambila.registry.models import Change, Decision, Report

UNDECIDED = (Report.Status.WAITING, Report.Status.RETURNED)


def unconfirmed(kind: str | None = None) -> QuerySet[Report]:
    """Reports of danger that nobody has accepted yet, and accepted ones that would not show otherwise: about a record
    that was retired before them, or dated in the future so that they do not count."""
    restored = Decision.objects.filter(
        verb="restore", effective=True, record=OuterRef("record"), tick__gt=OuterRef("tick")
    )
    retired = Decision.objects.filter(
        ~Exists(restored), verb="retire", effective=True, record=OuterRef("record"), tick__lt=OuterRef("tick")
    )
    about_retired = Change.objects.filter(Exists(retired), entry=OuterRef("pk"), counts=True)
    without_effect = Q(counts=True) & Exists(Change.objects.filter(entry=OuterRef("pk"), counts=False))
    hidden = Exists(about_retired) | without_effect
    reports = Report.objects.filter(is_danger=True).filter(Q(status__in=UNDECIDED) | hidden)
    if kind is not None:
        reports = reports.filter(kinds__contains=f" {kind} ")
    return reports.order_by("-recorded", "-id")
