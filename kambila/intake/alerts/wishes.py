"""What people ask for: subscriptions and periods of duty, at the door."""

from __future__ import annotations

import datetime

from kambila.accounts.people import find
from kambila.accounts.roles import may
from kambila.intake.alerts import hours, messages, seeing, targets, webhook
from kambila.intake.alerts.mail import Mail
from kambila.intake.alerts.models import Channel, Duty, Subscription
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.registry.alerts import all_alerts

LONGEST_DUTY = datetime.timedelta(days=31)


def subscribe(
    username: str, channel: str = Channel.EMAIL, sort: str = "", place: str = "", url: str = "", quiet: str = ""
) -> Subscription:
    """Let a person be told; `quiet` are hours such as 22:00-06:00. The same wish again is the same subscription.

    The secret of a webhook is in the subscription that is given back, to be shown once. Raises Problem for what cannot be
    sent, and where the person could see nothing of it.
    """
    account, place = find(username), place.strip().upper()
    start, end = hours.read(quiet)
    _must_be_open(username, sort, place)
    if channel == Channel.EMAIL and not account.email:
        raise Problem("no-email", account=username)
    if channel == Channel.WEBHOOK:
        try:
            targets.look_up(url)
        except OSError:
            raise Problem("bad-url", url=url[:200]) from None
    said = {"account": username, "channel": channel, "sort": sort, "place": place}
    said |= {"url": url if channel == Channel.WEBHOOK else "", "quiet_from": start, "quiet_until": end}
    known = Subscription.objects.filter(**said).first()
    if known:
        return known
    secret = webhook.new_secret() if channel == Channel.WEBHOOK else ""
    return Subscription.objects.create(**said, secret=secret, created=clock.now())


def unsubscribe(number: int, username: str = "") -> None:
    """End a subscription (of that person, if one is named); what waits for it is dropped. Raises Problem if none."""
    found = Subscription.objects.filter(pk=number)
    found = found.filter(account=username) if username else found
    if not found.delete()[0]:
        raise Problem("no-subscription", number=number)


def put_on_duty(
    username: str, place: str, starts: datetime.datetime, ends: datetime.datetime, author: str = ""
) -> Duty:
    """Let a person be on duty for a place; at a page it takes somebody who decides there, whoever it is for."""
    place = place.strip().upper()
    find(username)
    if not starts < ends <= starts + LONGEST_DUTY or ends <= clock.now():
        raise Problem("bad-duty", start=_minute(starts), end=_minute(ends))
    _must_be_open(username, "", place)
    if author and not may(author, "decide", place=place):
        raise Problem("may-not", account=author, action="decide")
    return Duty.objects.create(account=username, place=place, starts=starts, ends=ends, author=author)


def end_duty(number: int, author: str = "") -> None:
    """Take a period of duty off the list: one's own, or that of a place where one decides."""
    found = Duty.objects.filter(pk=number).first()
    if found is None:
        raise Problem("no-duty", number=number)
    if author and author != found.account and not may(author, "decide", place=found.place):
        raise Problem("may-not", account=author, action="decide")
    found.delete()


def try_out(subscription: Subscription) -> str:
    """Send a test by the way of a subscription, now; gives what went wrong (see `failing`), empty when it went out."""
    told = messages.trial()
    if subscription.channel == Channel.WEBHOOK:
        body = {"type": "alert.test", "timestamp": clock.text(clock.now()), "data": {"sentence": told.sentence}}
        return webhook.post(subscription.url, subscription.secret, f"test-{subscription.pk}", body)
    account = find(subscription.account)
    if subscription.channel == Channel.PAGE or not account.email:
        return ""
    return Mail(account.email, messages.subject([told]), messages.text([told]), ("test",)).send()["test"]


def _must_be_open(username: str, sort: str, place: str) -> None:
    sorts = all_alerts()
    if sort and sort not in sorts:
        raise Problem("no-such-alert", sort=sort, sorts=", ".join(sorts))
    kinds = {sorts[sort].kind} if sort else {each.kind for each in sorts.values()}
    if not seeing.may_be_told(username, kinds, place):
        raise Problem("alert-not-open", account=username)


def _minute(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
