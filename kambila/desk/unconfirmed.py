"""Danger that was reported and has not been decided yet: shown on lists from the moment of receipt."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from kambila.desk.telling import kinds_said
from kambila.registry import openness
from kambila.registry.dangers import unconfirmed

MOST = 20


def unconfirmed_of(account: Any, kind: str = "") -> list[dict[str, Any]]:
    """Unconfirmed reports of danger that the account may see, of a kind or of all, the latest first."""
    return [
        {
            "url": reverse("review", args=[report.id]),
            "code": str(report),
            "about": kinds_said(report.kinds.split()),
            "date": report.date,
            "office": report.office,
        }
        for report in openness.reports(account, unconfirmed(kind or None))[:MOST]
    ]
