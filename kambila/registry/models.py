"""What every kind of record shares, and the tables that the registry derives from the journal.

Everything here can be thrown away and derived again; nothing but the projection writes to it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kambila.registry.fields import PARTNER, PUBLIC, RESTRICTED, Stated, Text


class Tier(models.TextChoices):
    """Who may see a record or a field."""

    PUBLIC = PUBLIC, _("Public")
    PARTNER = PARTNER, _("Partners")
    RESTRICTED = RESTRICTED, _("Restricted")


class Precision(models.TextChoices):
    """How exactly a disclosure tells where a record is."""

    COMMUNE = "commune", _("The middle of its commune")
    EXACT = "exact", _("Its own place")


class Record(models.Model):
    """The base of every kind: one hazardous area, casualty, session, course, site …

    A kind says of itself, as class attributes:

    - ``default_tier``: who may see it; restricted unless it says otherwise
    - ``event_date``: for an event, the field that dates it (``date``, or ``incident__date``); empty for a state
    - ``is_danger``: a report of it is shown as unconfirmed from receipt, and rejecting it needs two people
    - ``danger_field``: of such a kind, the field whose safest value says that there is no danger (a place is open)
    - ``two_people``: what makes it stop counting needs two people
    - ``code_prefix``: the middle of its human codes, as in GAO-CAS-00012
    - ``seen_by``: links to organisations whose people may see the record besides the one that reported it
    - ``handed_out``: of what is handed to those whom it concerns (a task), which of them lists for phones and forms hold;
      then they hold only what lies in the scope in which the account reports
    - ``lasting``: of a kind whose danger field is an answer that expires, the columns that say from which day to which
      it holds (:meth:`lasts`)
    - ``title_field``: the field that is shown as its title beside the code, if any
    """

    default_tier: ClassVar[str] = RESTRICTED
    event_date: ClassVar[str] = ""
    is_danger: ClassVar[bool] = False
    danger_field: ClassVar[str] = ""
    two_people: ClassVar[bool] = False
    lasting: ClassVar[tuple[str, ...]] = ()
    code_prefix: ClassVar[str] = ""
    seen_by: ClassVar[tuple[str, ...]] = ()
    title_field: ClassVar[str] = ""
    handed_out: ClassVar[Mapping[str, Any] | None] = None

    # What follows from the reports as a whole, not from a stated value.
    id = models.CharField(primary_key=True, max_length=36)
    record_tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices)
    tier_until = models.DateField(null=True)  # the end of a disclosure; after it the default tier holds again
    # To whom the exact place was disclosed, and until when; none where a disclosure tells no more than the commune.
    place_tier = models.CharField(max_length=10, choices=Tier.choices, null=True)  # noqa: DJ001  none is no tier
    place_until = models.DateField(null=True)
    office = models.CharField(_("office"), max_length=36)
    organisation = models.CharField(_("reporting organisation"), max_length=36)
    information_date = models.DateField(_("date of information"), null=True)
    last_entry = models.CharField(_("last entry"), max_length=36)
    revision = models.BigIntegerField(db_index=True)

    # What any report may state.
    code = Text(_("code"), max_length=60, db_index=True)
    adm1 = Text(_("région"), max_length=20)
    adm2 = Text(_("cercle"), max_length=20)
    adm3 = Text(_("commune"), max_length=20)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code or self.id

    @classmethod
    def lasts(cls, value: str, days: Sequence[Any], day: datetime.date) -> bool:
        """Whether a value of the danger field holds on a day, by what stands in the columns ``lasting``."""
        return True


def kind_of(model: type[Record]) -> str:
    """The name of a kind in the journal and in forms: `VillageSurvey` is ``village_survey``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


def stated_fields(model: type[Record]) -> dict[str, Stated]:
    """The fields that a report may state, by name, in the order of declaration."""
    return {
        field.name: field for field in model._meta.get_fields() if isinstance(field, Stated) and field.derived is None
    }


def derived_fields(model: type[Record]) -> dict[str, Any]:
    """The fields that are computed from others, by name."""
    return {
        field.name: field
        for field in model._meta.get_fields()
        if isinstance(field, Stated) and field.derived is not None
    }


class Report(models.Model):
    """A report as it stands: what it said of itself, and what was decided about it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.CharField(primary_key=True, max_length=36)
    node = models.CharField(max_length=36)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27, db_index=True)
    author = models.CharField(max_length=100)
    code = models.CharField(_("code"), max_length=60, db_index=True)
    form = models.CharField(_("form"), max_length=100)
    version = models.CharField(max_length=250)
    reporter = models.CharField(_("reporter"), max_length=100)
    office = models.CharField(_("office"), max_length=36)
    organisation = models.CharField(_("organisation"), max_length=36)
    instance = models.CharField(max_length=250)
    date = models.CharField(_("date of information"), max_length=10)
    edits = models.CharField(max_length=36, null=True)
    kinds = models.TextField()  # every kind it speaks of, with a space around each
    is_danger = models.BooleanField()
    is_guarded = models.BooleanField()  # it speaks of a kind whose changes stop counting only by two people
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    counts = models.BooleanField(default=False)
    decision = models.CharField(max_length=36, default="")

    class Meta:
        db_table = "registry_report"
        indexes = [
            models.Index(fields=["status", "id"], name="reports_by_status"),
            models.Index(fields=["edits"], name="reports_by_edits", condition=models.Q(edits__isnull=False)),
            models.Index(fields=["instance"], name="reports_by_instance", condition=models.Q(instance__gt="")),
        ]

    def __str__(self) -> str:
        return self.code or self.id


class Change(models.Model):
    """One change of a report; `ref` is ``report/index``. `first` and `last` are the days by which it is folded."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=36, db_index=True)
    entry = models.CharField(max_length=36, db_index=True)
    index = models.IntegerField(db_column="number")
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)
    date = models.CharField(max_length=10)
    first = models.CharField(max_length=10)
    last = models.CharField(max_length=10)
    counts = models.BooleanField(default=False)
    stated = models.TextField()  # JSON: values, sealed (field: commitment), base
    seen = models.TextField(default="")  # JSON: what the person who accepted it was shown

    class Meta:
        db_table = "registry_change"

    @property
    def ref(self) -> str:
        return f"{self.entry}/{self.index}"


class Decision(models.Model):
    """A decision on a matter; without effect until it is countersigned where two people are needed."""

    id = models.CharField(primary_key=True, max_length=36)
    verb = models.CharField(max_length=12)
    kind = models.CharField(max_length=60, default="")
    record = models.CharField(max_length=36, db_index=True)  # the report, or the record, or the smaller of a pair
    other = models.CharField(max_length=36, default="")  # the field, the audience, the greater of a pair
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)
    author = models.CharField(max_length=100)
    body = models.TextField()
    stands = models.CharField(max_length=36, default="")
    effective = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)  # for a second person

    class Meta:
        db_table = "registry_decision"
        # Each of these is rare: the index holds only the rows that have it.
        indexes = [
            models.Index(fields=["other"], name="decisions_by_other", condition=models.Q(other__gt="")),
            models.Index(fields=["stands"], name="decisions_by_stands", condition=models.Q(stands__gt="")),
            models.Index(fields=["id"], name="decisions_that_wait", condition=models.Q(waits=True)),
            models.Index(fields=["verb"], name="resolutions", condition=models.Q(verb="resolve")),
        ]


class Countersign(models.Model):
    """A second person's signature under a decision."""

    id = models.CharField(primary_key=True, max_length=36)
    decision = models.CharField(max_length=36, db_index=True)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)
    author = models.CharField(max_length=100)

    class Meta:
        db_table = "registry_countersign"


class Conflict(models.Model):
    """A field of a record on which counting changes disagree blindly; of kind ``report``: two accepted branches."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=36, db_index=True)
    field = models.CharField(max_length=60)
    sides = models.TextField()  # refs with a space between them; the one that stands comes first

    class Meta:
        db_table = "registry_conflict"


class Code(models.Model):
    """A code of a record besides its present one: it stays valid."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=36, db_index=True)

    class Meta:
        db_table = "registry_code"


class Alias(models.Model):
    """A member of several records that were said to be the same; `root` is the one that bears them all."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=36, db_index=True)
    root = models.CharField(max_length=36, db_index=True)

    class Meta:
        db_table = "registry_alias"


class Gone(models.Model):
    """A record that left the registry, and when, so that copies can follow."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=36)
    revision = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "registry_gone"


class Held(models.Model):
    """An entry that is passed over: of a newer schema than this version knows, so that the registry is incomplete while
    there is one; or not of the shape that its kind lays down."""

    entry = models.CharField(primary_key=True, max_length=36)
    schema = models.IntegerField()

    class Meta:
        db_table = "registry_held"


class Built(models.Model):
    """What the derived tables were built from."""

    key = models.CharField(primary_key=True, max_length=40)
    value = models.TextField()

    class Meta:
        db_table = "registry_built"
