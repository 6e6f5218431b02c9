"""The code lists of wells."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WellState(TextChoices):
    """What was found."""

    CLEAR = "clear", _("Nothing was found")
    SUSPECTED = "suspected", _("Something may lie in it")
    CONFIRMED = "confirmed", _("An explosive item was seen")
