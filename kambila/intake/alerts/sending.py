"""Sending what is due: each person's mail and each webhook in a thread of its own, so that none waits for a slow one.

What is due for one person goes into one mail. Whatever happens is written down as it happens; what was sent just before the
process died is sent once more, under the same id.
"""

from __future__ import annotations

import datetime
import queue
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import translation

from kambila.accounts.models import Account
from kambila.intake.alerts import failing, messages, seeing
from kambila.intake.alerts.mail import Mail
from kambila.intake.alerts.models import Alert, Channel, Delivery, Subscription
from kambila.intake.alerts.webhook import Calls
from kambila.journal import clock

MOST = 500  # deliveries taken up at a time
AT_ONCE = 16  # mails and webhooks on their way
FIRST_PAUSE = datetime.timedelta(seconds=30)
LONGEST_PAUSE = datetime.timedelta(hours=1)
GIVEN_UP = 30  # attempts, the last of them a day after the first
Key = tuple[str, str, int]  # channel, account, subscription
State = Delivery.State


class Sender:
    """Sends from this process; to be called from one thread."""

    def __init__(self) -> None:
        self._flying: set[Key] = set()
        self._landed: queue.Queue[tuple[Key, dict[str, str]]] = queue.Queue()

    def send_due(self, wait: float = 0.0) -> int:
        """Start what is due, note what has come back, waiting at most so many seconds; gives how many were started."""
        self._note_landed(0.0)
        due = Delivery.objects.filter(state=State.WAITING, due__lte=clock.now()).select_related("alert")
        for channel, account, subscription in self._flying:
            due = due.filter(~Q(channel=channel, account=account, subscription=subscription))
        parcels: dict[Key, list[Delivery]] = defaultdict(list)
        for each in due.order_by("-alert__urgent", "attempts", "due", "id")[:MOST]:
            parcels[each.channel, each.account, each.subscription].append(each)
        started = 0
        for key, deliveries in parcels.items():
            if len(self._flying) < AT_ONCE and (letter := _letter(key, deliveries)):
                self._flying.add(key)
                started += len(letter.ids)
                threading.Thread(target=self._fly, args=(key, letter), name=f"alert by {key[0]}", daemon=True).start()
        self._note_landed(wait)
        return started

    def _fly(self, key: Key, letter: Mail | Calls) -> None:
        outcome = dict.fromkeys(letter.ids, failing.FAILED)
        try:
            outcome = letter.send()
        finally:
            self._landed.put((key, outcome))

    def _note_landed(self, wait: float) -> None:
        """Write down what became of what was sent; goes on until `wait` seconds have passed or nothing is on its way."""
        until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=wait)
        while self._flying:
            left = (until - datetime.datetime.now(datetime.UTC)).total_seconds()
            try:
                key, outcome = self._landed.get(timeout=left) if left > 0 else self._landed.get_nowait()
            except queue.Empty:
                return
            note(outcome)
            self._flying.discard(key)


def note(outcome: Mapping[str, str]) -> None:
    """Write down for deliveries what went wrong (empty: nothing): sent, to be tried again, or given up."""
    now = clock.now()
    for each in Delivery.objects.filter(pk__in=outcome, state=State.WAITING):
        each.attempts += 1
        each.error = outcome[each.pk][:200]
        if not each.error:
            each.state, each.sent = State.SENT, now
        elif each.attempts >= GIVEN_UP:
            each.state = State.FAILED
        else:
            each.due = now + min(FIRST_PAUSE * 2 ** min(each.attempts - 1, 10), LONGEST_PAUSE)
        each.save(update_fields=["attempts", "error", "state", "sent", "due"])


def _letter(key: Key, deliveries: Sequence[Delivery]) -> Mail | Calls | None:
    """What one receiver is sent by one channel; what is no longer wanted or allowed is dropped."""
    channel, username, number = key
    account = Account.objects.filter(username=username, is_active=True).first()
    subscription = Subscription.objects.filter(pk=number).first() if number else None
    reachable = account is not None and (subscription is not None if number else bool(account.email))
    seen: set[Any] = set()
    if reachable:
        wanted = Alert.objects.filter(pk__in=[each.alert_id for each in deliveries])
        seen = set(seeing.visible(account, wanted).values_list("pk", flat=True))
    dropped = [each.pk for each in deliveries if each.alert_id not in seen]
    if dropped:
        Delivery.objects.filter(pk__in=dropped, state=State.WAITING).update(state=State.DROPPED)
    left = [each for each in deliveries if each.alert_id in seen]
    if not left or account is None:
        return None
    with translation.override(account.language):
        told = messages.tell(each.alert for each in left)
        if channel == Channel.EMAIL:
            return Mail(account.email, messages.subject(told), messages.text(told), tuple(each.pk for each in left))
        assert subscription is not None
        bodies = [(each.pk, messages.payload(each.alert, said)) for each, said in zip(left, told, strict=True)]
        return Calls(subscription.url, subscription.secret, bodies)
