"""What the door keeps: forms as published, submissions as received, codes as given, and what it could not take in.

Forms, their settings, verifications, instances and codes follow from the journal; counters and quarantine are of this
node alone.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedForm(models.Model):
    """An entry that publishes a version of a form (with the commitment of its XForm) or retires it."""

    entry = models.CharField(primary_key=True, max_length=36)
    form = models.CharField(_("form"), max_length=250, db_index=True)
    version = models.CharField(_("version"), max_length=250)
    verb = models.CharField(max_length=10)
    commitment = models.CharField(max_length=64)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)

    class Meta:
        db_table = "intake_form"


class Instance(models.Model):
    """The report that a submission became; several when files of it came later. `edits`: the report it corrects."""

    report = models.CharField(primary_key=True, max_length=36)
    instance = models.CharField(max_length=250, db_index=True)
    edits = models.CharField(max_length=36, db_index=True)

    class Meta:
        db_table = "intake_instance"


class GivenCode(models.Model):
    """A code that a report states for a record, whether or not the report has been accepted."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=36, db_index=True)

    class Meta:
        db_table = "intake_code"
        constraints = [models.UniqueConstraint(fields=["code", "kind", "record"], name="one_line_for_each_code")]


class Counter(models.Model):
    """The last number that was given in a series of codes, such as GAO-CAS."""

    series = models.CharField(primary_key=True, max_length=60)
    number = models.BigIntegerField()

    class Meta:
        db_table = "intake_counter"


class FormSetting(models.Model):
    """A `setting` entry about how the reports of a form are decided, or one that ends such an entry (`ends`)."""

    entry = models.CharField(primary_key=True, max_length=36)
    name = models.CharField(max_length=30)
    form = models.CharField(max_length=250)
    ends = models.CharField(max_length=36)
    author = models.CharField(max_length=100)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)
    body = models.TextField()

    class Meta:
        db_table = "intake_form_setting"


class Verification(models.Model):
    """A `verify` entry: the first of two steps, which changes nothing of what counts."""

    entry = models.CharField(primary_key=True, max_length=36)
    report = models.CharField(max_length=36, db_index=True)
    author = models.CharField(max_length=100)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)

    class Meta:
        db_table = "intake_verification"


class Quarantined(models.Model):
    """A submission of a known sender that could not become a report, as it came."""

    author = models.CharField(_("sender"), max_length=60)
    received = models.CharField(_("received"), max_length=27)
    reason = models.CharField(_("reason"), max_length=60)
    instance = models.CharField(max_length=250)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "intake_quarantine"
        constraints = [models.UniqueConstraint(fields=["author", "digest"], name="quarantined_once")]


class QuarantinedFile(models.Model):
    """A file that came with it, or a piece of it: those of one name follow each other."""

    submission = models.ForeignKey(Quarantined, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=250)
    content = models.BinaryField()

    class Meta:
        db_table = "intake_quarantine_file"


class SavedProfile(models.Model):
    """A version of a profile for spreadsheets and map files, from a `setting` entry."""

    entry = models.CharField(primary_key=True, max_length=36)
    name = models.CharField(_("profile"), max_length=80, db_index=True)
    text = models.TextField()
    author = models.CharField(_("author"), max_length=100)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)

    class Meta:
        db_table = "intake_profile"


class Batch(models.Model):
    """A file that was taken in: derived from its reports, and from the entry that closes it."""

    id = models.CharField(primary_key=True, max_length=36)
    profile = models.CharField(_("profile"), max_length=100)
    author = models.CharField(_("author"), max_length=100)
    begun = models.CharField(_("begun"), max_length=27)
    closing = models.CharField(max_length=36, default="")  # the entry; empty as long as the file is not wholly in
    name = models.CharField(max_length=64, default="")  # the commitment of the file's name
    counts = models.TextField(default="{}")  # JSON: rows, new, changed, known, left_out, bad, doubtful

    class Meta:
        db_table = "intake_batch"


class BatchRow(models.Model):
    """The report of a row of a batch."""

    report = models.CharField(primary_key=True, max_length=36)
    batch = models.CharField(max_length=36)
    row = models.BigIntegerField()

    class Meta:
        db_table = "intake_batch_row"
        indexes = [models.Index(fields=["batch", "row"], name="rows_of_a_batch")]
