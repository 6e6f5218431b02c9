"""Alerts as the pages show them: what happened, who has seen it, and what was sent to whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from kambila.accounts.roles import may
from kambila.desk.changes import changes_of
from kambila.desk.values import moment
from kambila.intake.alerts import addressing, failing, messages, phones, seeing
from kambila.intake.alerts.models import Alert, Channel, Delivery, Sighting
from kambila.intake.lookup import entry_of
from kambila.journal import clock
from kambila.registry import openness
from kambila.registry.models import Report

FEW = 5
LISTED = 50  # reports of a file


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


def about(account: Any, alert: Alert) -> dict[str, Any]:
    """What happened, as far as the account may know it: of one report what it says of the danger and how it stands, of a
    file the first reports, of a stolen phone which one and whose."""
    if phone := phones.phone_of(alert):
        opens = phone.account_id == account.pk or may(account, "grant")
        return {"phone": phone, "url": reverse("phone", args=[phone.pk]) if opens else ""}
    if alert.batch:
        found = openness.reports(account).filter(id__in=alert.occurrences.values("report")).order_by("id")
        return {"reports": found[:LISTED], "count": found.count(), "batch": alert.batch}
    report = Report.objects.filter(pk=alert.report).first()
    if report is None:
        return {}
    entry = entry_of(report.id)
    said = changes_of(account, entry, openness.kinds_open(account, report))
    concerned = [each["kind"] == alert.kind for each in entry.body["changes"]]
    return {"report": report, "changes": [each for each, is_it in zip(said, concerned, strict=True) if is_it]}


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
