"""What intake keeps: forms and codes as the journal tells of them, and what could not be taken in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.Model):
    """A word of the journal about a version of a form. What was answered with a version can be read for ever."""

    entry = models.CharField(primary_key=True, max_length=36)
    form = models.CharField(_("form"), max_length=100, db_index=True)
    version = models.CharField(_("version"), max_length=250)
    title = models.CharField(_("title"), max_length=250)
    digest = models.CharField(max_length=64)  # SHA-256 of the XForm
    xform = models.CharField(max_length=64)  # commitment of the part; empty where the version was retired
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)

    class Meta:
        db_table = "intake_form"
        ordering = ["tick", "recorded", "entry"]

    def __str__(self) -> str:
        return f"{self.form} {self.version}"


class TakenCode(models.Model):
    """A human code that some report has stated, accepted or not: it is never given again."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60, db_index=True)
    stem = models.CharField(max_length=60)  # GAO-CAS of GAO-CAS-00012
    number = models.BigIntegerField()
    kind = models.CharField(max_length=60)  # empty for the code of a report
    record = models.CharField(max_length=36, db_index=True)

    class Meta:
        db_table = "intake_code"
        indexes = [models.Index(fields=["stem", "number"], name="codes_by_number")]


class Quarantined(models.Model):
    """What a known sender sent and what could not be taken in, for a person to look at. Local to this node."""

    id = models.BigAutoField(primary_key=True)
    at = models.CharField(max_length=27)
    author = models.CharField(_("sender"), max_length=100, db_index=True)
    why = models.CharField(max_length=60)
    sentence = models.TextField()
    instance = models.CharField(max_length=250, db_index=True)
    name = models.CharField(max_length=250)  # of the file; empty for the submission itself
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "intake_quarantine"
