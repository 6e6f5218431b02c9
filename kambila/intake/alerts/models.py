"""What is kept about alerts: raised, for whom, sent, failed, seen. Of this node alone; nothing here is derived again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How somebody is told; whoever is told at all also sees it on the page."""

    PAGE = "page", _("on the page")
    EMAIL = "email", _("by e-mail")
    WEBHOOK = "webhook", _("by webhook")


class Alert(models.Model):
    """Something of a sort happened. `source`: what raised it (a change: report/index), so that it is raised once.

    What one file (`batch`) brings in one place is one alert: its reports are its occurrences, `report` is the first.
    """

    sort = models.CharField(max_length=60)
    source = models.CharField(max_length=150)
    batch = models.CharField(max_length=36, default="", blank=True)
    kind = models.CharField(max_length=60, db_index=True)  # the kind of record; empty when it is about none
    report = models.CharField(max_length=36, db_index=True)
    code = models.CharField(max_length=60)
    office = models.CharField(max_length=36)
    organisation = models.CharField(max_length=36)
    place = models.CharField(max_length=100)  # P-codes, the widest first, with a space around each
    sentence = models.TextField()  # in English; translated for whoever reads it
    link = models.CharField(max_length=500)  # a path of this installation
    urgent = models.BooleanField()
    raised = models.DateTimeField()
    addressed = models.DateTimeField(null=True)  # when it was found out who is to be told

    class Meta:
        db_table = "alerts_alert"
        constraints = [models.UniqueConstraint(fields=["sort", "source"], name="raised_once")]
        indexes = [models.Index(fields=["id"], name="alerts_to_address", condition=models.Q(addressed=None))]

    @property
    def chain(self) -> tuple[str, ...]:
        return tuple(self.place.split())


class Occurrence(models.Model):
    """A report that raised an alert together with others of its file. `source` as that of an alert of its own."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="occurrences")
    source = models.CharField(max_length=100)
    report = models.CharField(max_length=36)
    code = models.CharField(max_length=60)

    class Meta:
        db_table = "alerts_occurrence"
        constraints = [models.UniqueConstraint(fields=["alert", "source"], name="occurred_once")]


class Subscription(models.Model):
    """A person wants to be told of a sort of alert (empty: of every sort) in a place (empty: everywhere)."""

    account = models.CharField(max_length=60, db_index=True)
    sort = models.CharField(max_length=60, default="", blank=True)
    place = models.CharField(max_length=20, default="", blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    url = models.CharField(max_length=500, default="", blank=True)
    secret = models.CharField(max_length=100, default="", blank=True)  # of a webhook; what it signs is checked with it
    quiet_from = models.CharField(max_length=5, default="", blank=True)  # HH:MM in the programme's zone
    quiet_until = models.CharField(max_length=5, default="", blank=True)
    created = models.DateTimeField()

    class Meta:
        db_table = "alerts_subscription"


class Duty(models.Model):
    """A person is on duty for a place (empty: everywhere) from one moment to another."""

    account = models.CharField(max_length=60, db_index=True)
    place = models.CharField(max_length=20, default="", blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(db_index=True)
    author = models.CharField(max_length=60)

    class Meta:
        db_table = "alerts_duty"


class Delivery(models.Model):
    """One alert for one receiver by one channel, written before anything is sent: the outbox, and then the log.

    `id` is the same however often it is tried; `subscription` is 0 unless it goes to a webhook.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waiting")
        SENT = "sent", pgettext_lazy("delivery", "sent")
        FAILED = "failed", pgettext_lazy("delivery", "given up")
        DROPPED = "dropped", pgettext_lazy("delivery", "no longer wanted or allowed")

    id = models.CharField(primary_key=True, max_length=36)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    account = models.CharField(max_length=60, db_index=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    subscription = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    error = models.CharField(max_length=200, default="", blank=True)
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True)

    class Meta:
        db_table = "alerts_delivery"
        constraints = [
            models.UniqueConstraint(fields=["alert", "account", "channel", "subscription"], name="delivered_once")
        ]
        indexes = [models.Index(fields=["due"], name="deliveries_due", condition=models.Q(state="waiting"))]


class Sighting(models.Model):
    """Somebody marked an alert as seen."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="sightings")
    account = models.CharField(max_length=60)
    seen = models.DateTimeField()

    class Meta:
        db_table = "alerts_sighting"
        constraints = [models.UniqueConstraint(fields=["alert", "account"], name="seen_once")]


class Turn(models.Model):
    """One row: how far the journal was read, and which process sends until when."""

    arrival = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=36, default="")
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "alerts_turn"
