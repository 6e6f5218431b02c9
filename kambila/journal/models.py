"""The tables of the journal. They are written by raw SQL in `writer.py`, and guarded by triggers (`triggers.py`)."""

from django.db import models


class EntryRow(models.Model):
    """One entry; see `kambila.journal.entry.Entry`."""

    arrival = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=36, unique=True)
    node = models.CharField(max_length=36)
    seq = models.BigIntegerField()
    tick = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=12)
    schema = models.IntegerField()
    recorded = models.CharField(max_length=27)
    author = models.CharField(max_length=100)
    body = models.TextField()
    sealed = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        constraints = [models.UniqueConstraint(fields=["node", "seq"], name="one_entry_for_each_place")]
        indexes = [models.Index(fields=["kind", "arrival"], name="entries_by_kind")]


class SealedPart(models.Model):
    """A sealed part: its 32 bytes, and its content unless that lies in a file named by the commitment."""

    commitment = models.CharField(primary_key=True, max_length=64)
    salt = models.BinaryField()
    content = models.BinaryField(null=True)

    class Meta:
        db_table = "journal_part"


class ErasedPart(models.Model):
    """A part that an erase entry has taken; it is never let in again."""

    commitment = models.CharField(primary_key=True, max_length=64)
    entry = models.CharField(max_length=36)

    class Meta:
        db_table = "journal_erased"


class Position(models.Model):
    """How far the projections have come: the arrival of the last entry applied."""

    arrival = models.BigIntegerField(default=0)

    class Meta:
        db_table = "journal_position"
