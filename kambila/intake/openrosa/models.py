"""What the door for phones keeps: chains of offline changes, what phones fetched, and forms that are being tried.

Chains follow from the journal; the rest is of this node alone, and never counts in a figure.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kambila.accounts.models import Key


class Link(models.Model):
    """A change that a phone made without a network, as a step of a chain; see `kambila.intake.openrosa.chains`."""

    id = models.BigAutoField(primary_key=True)
    entry = models.CharField(max_length=36)
    number = models.IntegerField()
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=36, db_index=True)
    branch = models.CharField(max_length=60)
    step = models.BigIntegerField()
    from_creation = models.BooleanField()

    class Meta:
        db_table = "openrosa_link"
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_link_for_each_change")]


class Fetched(models.Model):
    """What a phone fetched last with its key: a form, or a list with so many rows. Revoking a key cannot wipe it."""

    id = models.BigAutoField(primary_key=True)
    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="fetched")
    what = models.CharField(max_length=10)  # form, list, media
    name = models.CharField(max_length=250)
    version = models.CharField(max_length=250)
    rows = models.IntegerField(null=True)
    moment = models.DateTimeField()

    class Meta:
        db_table = "openrosa_fetched"
        constraints = [models.UniqueConstraint(fields=["key", "what", "name"], name="fetched_last")]


class FormDraft(models.Model):
    """A version of a form that is being tried, with the digest of the address for testing it."""

    form = models.CharField(_("form"), max_length=250, unique=True)
    version = models.CharField(_("version"), max_length=250)
    author = models.CharField(_("author"), max_length=60)
    created = models.DateTimeField(_("created"))
    xform = models.BinaryField()
    xlsform = models.BinaryField()
    media = models.JSONField(default=dict)  # name: base64
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "openrosa_draft"


class TestSubmission(models.Model):
    """What was sent to a draft, and what was answered; never in the journal."""

    draft = models.ForeignKey(FormDraft, on_delete=models.CASCADE, related_name="submissions")
    instance = models.CharField(max_length=250)
    received = models.DateTimeField(_("received"))
    content = models.BinaryField()
    files = models.JSONField(default=list)  # names only
    said = models.JSONField(default=list)  # [{kind, id, values}]
    findings = models.JSONField(default=list)  # [{level, sentence}]

    class Meta:
        db_table = "openrosa_test"
        constraints = [models.UniqueConstraint(fields=["draft", "instance"], name="tested_once")]
