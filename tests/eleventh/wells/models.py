"""Wells."""

from django.utils.translation import gettext_lazy as _

from kambila.registry.fields import RESTRICTED, Code, Link, Narrative, PartialDate, Personal, Shape, Text, Whole
from kambila.registry.models import Record
from tests.eleventh.wells import codes


class Well(Record):
    """A well that was looked at, and what was found in it."""

    event_date = "date"
    is_danger = True
    code_prefix = "WEL"
    title_field = "title"

    title = Text(_("what people call it"))
    date = PartialDate(_("date of the visit"), required=True)
    village = Link("places.Village", verbose_name=_("village"))
    location = Shape("Point", verbose_name=_("place"))
    state = Code(
        codes.WellState, _("what the visit found"), required=True, danger=("clear", None, "suspected", "confirmed")
    )
    depth = Whole(_("depth in metres"))
    keeper = Personal(_("name of the keeper"), tier=RESTRICTED)
    remarks = Narrative(_("remarks"), tier=RESTRICTED)

    class Meta:
        verbose_name = _("well")
        verbose_name_plural = _("wells")
