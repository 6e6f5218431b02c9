"""Alerts as the pages show them: what happened, who has seen it, and what was sent to whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from kambila.accounts.roles import may
from kambila.desk.values import moment
from kambila.intake.alerts import addressing, failing, messages, seeing
from kambila.intake.alerts.models import Alert, Channel, Delivery, Sighting
from kambila.journal import clock

FEW = 5


def unseen(account: Any) -> dict[str, Any]:
    """Alerts that are for this account, or for nobody, and that it has not marked as seen: a few, and how many."""
    told = Delivery.objects.filter(alert=OuterRef("pk"), account=account.username, channel=Channel.PAGE)
    looked = Sighting.objects.filter(alert=OuterRef("pk"), account=account.username)
    wanted = Q(Exists(told) & ~Exists(looked))
    if may(account, "decide"):
        wanted |= Q(pk__in=addressing.unheard().values("pk"))
    found = seeing.visible(account, Alert.objects.filter(wanted))
    return {"rows": rows(found.order_by("-urgent", "-id")[:FEW]), "count": found.count()}


def rows(alerts: Iterable[Alert]) -> list[dict[str, Any]]:
    """Alerts for a list, each with those who have seen it."""
    alerts = list(alerts)
    seen: dict[int, list[Sighting]] = {}
    for each in Sighting.objects.filter(alert__in=alerts).order_by("seen"):
        seen.setdefault(each.alert_id, []).append(each)
    nobody = set(addressing.unheard().filter(pk__in=[each.pk for each in alerts]).values_list("pk", flat=True))
    return [
        {
            "id": alert.pk,
            "url": reverse("alert", args=[alert.pk]),
            "told": told,
            "urgent": alert.urgent,
            "unheard": alert.pk in nobody,
            "seen": [
                {"account": each.account, "when": moment(clock.text(each.seen))} for each in seen.get(alert.pk, [])
            ],
        }
        for alert, told in zip(alerts, messages.tell(alerts), strict=True)
    ]


def log(alert: Alert) -> list[dict[str, Any]]:
    """What became of one alert, for each receiver and channel."""
    return [
        {
            "account": each.account,
            "channel": each.get_channel_display(),
            "state": each.get_state_display(),
            "when": moment(clock.text(each.sent or each.due)),
            "attempts": each.attempts,
            "error": failing.why(each.error),
        }
        for each in alert.deliveries.order_by("account", "channel", "subscription")
    ]
