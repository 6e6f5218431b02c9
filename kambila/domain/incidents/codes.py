"""The code lists of incidents and casualties."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """Accidents with mines and ERW, and IED attacks: two series that are never added (Landmine Monitor practice)."""

    MINE_ERW = "mine_erw", _("Mine or ERW accident")
    IED = "ied", _("IED attack")
    DEMINING = "demining", _("Demining accident")
    STORED_AMMUNITION = "stored_ammunition", _("Accident with stored ammunition")


class Sex(TextChoices):
    """Sex as reported."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    UNKNOWN = "unknown", _("Unknown")


class AgeGroup(TextChoices):
    """Children are under 18 years (boys, girls, men and women in the IMSMA information model)."""

    CHILD = "child", _("Child")
    ADULT = "adult", _("Adult")
    UNKNOWN = "unknown", _("Age unknown")


class Outcome(TextChoices):
    """What happened to the person (Landmine Monitor: killed, injured, unknown)."""

    KILLED = "killed", _("Killed")
    INJURED = "injured", _("Injured")
    UNKNOWN = "unknown", _("Unknown")
