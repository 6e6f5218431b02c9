"""The code lists of places."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AdminLevel(TextChoices):
    """Levels of the common operational dataset (COD-AB), in the words of Mali."""

    ADM0 = "adm0", _("Country")
    ADM1 = "adm1", _("Région")
    ADM2 = "adm2", _("Cercle")
    ADM3 = "adm3", _("Commune")


class PlaceClass(TextChoices):
    """Classes 1 to 5 of the settlements of the common operational dataset, and what surveys find besides."""

    CAPITAL = "capital", _("Capital")
    REGION_SEAT = "region_seat", _("Chief town of a région")
    CERCLE_SEAT = "cercle_seat", _("Chief town of a cercle")
    COMMUNE_SEAT = "commune_seat", _("Chief town of a commune")
    VILLAGE = "village", _("Village")
    CAMP = "camp", _("Camp of displaced people or refugees")
    OTHER = "other", _("Other")


class Access(TextChoices):
    """Whether a place or a road can be used (route assessment). Unknown is no value at all."""

    OPEN = "open", pgettext_lazy("place or road", "Open")
    RESTRICTED = "restricted", pgettext_lazy("place or road", "Restricted")
    CLOSED = "closed", pgettext_lazy("place or road", "Closed")


class AccessReason(TextChoices):
    """What keeps a place or a road from being open (proposal)."""

    EXPLOSIVE_THREAT = "explosive_threat", _("Explosive threat")
    SECURITY = "security", _("Security situation")
    SEASON = "season", _("Season: rain or flood")
    ROAD = "road", _("State of the road or bridge")
    PERMISSION = "permission", _("No permission")
    OTHER = "other", _("Other")


class SideResult(TextChoices):
    """What an assessment of a stretch of road found on one side of it (IMSMA road assessment)."""

    POSITIVE = "positive", _("Positive: signs of explosive danger")
    NEGATIVE = "negative", _("Negative: none found")
    UNTESTED = "untested", _("Not tested")


class SectorResult(TextChoices):
    """What both sides of a stretch of road add up to. Unknown is said, because nobody may take it for negative."""

    POSITIVE = "positive", _("Positive")
    NEGATIVE = "negative", _("Negative")
    UNKNOWN = "unknown", _("Unknown")
