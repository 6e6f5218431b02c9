"""Whom an alert is for: those on duty for its place, and those who asked for it; each only if they may see it.

Whoever is on duty is told at once, on the page and by e-mail. Who merely subscribed keeps quiet hours, unless the alert is
urgent. A danger whose place nobody stated concerns everyone who may see it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import uuid_utils
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kambila.accounts.models import Account
from kambila.accounts.roles import remember
from kambila.accounts.scopes import Scope
from kambila.intake.alerts import hours, seeing
from kambila.intake.alerts.models import Alert, Channel, Delivery, Duty, Subscription
from kambila.intake.models import Batch
from kambila.journal import clock
from kambila.registry import programme

BATCH = 200  # alerts that are addressed in one transaction
STILL_COMING = datetime.timedelta(seconds=30)  # that a file may take to come in before what it brought so far is told


@dataclass(frozen=True)
class Wish:
    """One way in which one person is to be told of some alerts."""

    channel: str
    place: str
    sort: str = ""
    subscription: int = 0
    quiet: tuple[str, str] = ("", "")

    def wants(self, alert: Alert) -> bool:
        near = not self.place or not alert.chain or Scope(place=self.place).covers(place=alert.chain)
        return near and self.sort in ("", alert.sort)

    def due(self, alert: Alert, now: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
        return now if alert.urgent else hours.end_of_quiet(now, *self.quiet, zone)


def address() -> int:
    """Write down for every alert that is new whom it is for; gives how many there were."""
    found = 0
    while alerts := list(_new(clock.now())[:BATCH]):
        now, zone = clock.now(), programme.zone()
        deliveries = [each for account, wishes in _people(now) for each in _for(account, wishes, alerts, now, zone)]
        with transaction.atomic():
            Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
            Alert.objects.filter(pk__in=[each.pk for each in alerts]).update(addressed=now)
        found += len(alerts)
    return found


def _new(now: datetime.datetime) -> QuerySet[Alert]:
    """What nobody was told of; of a file that is coming in only what is urgent, so that one message has all of it."""
    whole = Batch.objects.filter(pk=OuterRef("batch")).exclude(closing="")
    ripe = Q(batch="") | Q(urgent=True) | Q(raised__lte=now - STILL_COMING) | Exists(whole)
    return Alert.objects.filter(ripe, addressed=None).order_by("id")


def on_duty(now: datetime.datetime) -> QuerySet[Duty]:
    """The periods of duty that a moment lies in."""
    return Duty.objects.filter(starts__lte=now, ends__gt=now).order_by("place", "account")


def unheard() -> QuerySet[Alert]:
    """Alerts that were for nobody, and that nobody has looked at since."""
    told = Delivery.objects.filter(alert=OuterRef("pk"))
    return Alert.objects.filter(~Exists(told), addressed__isnull=False, sightings=None)


def _people(now: datetime.datetime) -> Iterable[tuple[Account, list[Wish]]]:
    wishes: dict[str, list[Wish]] = defaultdict(list)
    for duty in on_duty(now):
        wishes[duty.account] += [Wish(Channel.PAGE, duty.place), Wish(Channel.EMAIL, duty.place)]
    for each in Subscription.objects.order_by("id"):
        quiet = each.quiet_from, each.quiet_until
        own = each.pk if each.channel == Channel.WEBHOOK else 0
        wishes[each.account].append(Wish(Channel.PAGE, each.place, each.sort))
        if each.channel != Channel.PAGE:
            wishes[each.account].append(Wish(each.channel, each.place, each.sort, own, quiet))
    for account in Account.objects.filter(username__in=wishes, is_active=True).order_by("username"):
        remember(account)
        yield account, [each for each in wishes[account.username] if each.channel != Channel.EMAIL or account.email]


def _for(
    account: Account, wishes: Sequence[Wish], alerts: Sequence[Alert], now: datetime.datetime, zone: ZoneInfo
) -> list[Delivery]:
    """What one person gets of some alerts: each by each way once, as early as the earliest wish has it."""
    wanted = [each for each in alerts if any(wish.wants(each) for wish in wishes)]
    open_to = seeing.visible(account, Alert.objects.filter(pk__in=[each.pk for each in wanted]))
    seen = set(open_to.values_list("pk", flat=True)) if wanted else set()
    due: dict[tuple[int, str, int], datetime.datetime] = {}
    for alert in (each for each in wanted if each.pk in seen):
        for wish in (each for each in wishes if each.wants(alert)):
            way = alert.pk, wish.channel, wish.subscription
            due[way] = min(due.get(way, wish.due(alert, now, zone)), wish.due(alert, now, zone))
    return [_delivery(account.username, *way, moment, now) for way, moment in due.items()]


def _delivery(
    account: str, alert: int, channel: str, subscription: int, due: datetime.datetime, now: datetime.datetime
) -> Delivery:
    """On the page an alert is as soon as it is written down."""
    shown = channel == Channel.PAGE
    return Delivery(
        id=str(uuid_utils.uuid7()),
        alert_id=alert,
        account=account,
        channel=channel,
        subscription=subscription,
        state=Delivery.State.SENT if shown else Delivery.State.WAITING,
        due=due,
        created=now,
        sent=now if shown else None,
    )
