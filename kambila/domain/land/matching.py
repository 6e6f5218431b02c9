"""How hazardous areas and village surveys are known to be the same, and how registers of areas are compared."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.land.codes import ReportedStatus, Status
from kambila.registry.likeness import NearName, NearPoint, Overlap, SameCode, SameDay, SameLink, SameText
from kambila.registry.matching import Compared, matched, reconciled, way

PLACE = NearPoint("polygon", "location", "reference_point", within_m=250)

matched(
    "hazardous_area",
    0.5,
    way(0.9, SameCode("code")),
    way(0.95, Overlap("polygon")),
    way(0.6, PLACE),
    way(0.6, NearName("title"), SameText("adm3")),
    way(0.5, NearName("title"), SameLink("village")),
)
matched("village_survey", 0.6, way(0.8, SameLink("village"), SameDay("date")))

# An area is closed here by products alone, so what a register says of its status is compared with what follows from them.
reconciled(
    "hazardous_area",
    {
        "reported_status": Compared(
            "status",
            {
                ReportedStatus.OPEN: Status.OPEN,
                ReportedStatus.WORKED_ON: Status.WORKED_ON,
                ReportedStatus.CLOSED: Status.CLOSED,
                ReportedStatus.RELEASED: Status.CLOSED,
            },
            frozenset({ReportedStatus.CLOSED, ReportedStatus.RELEASED}),
            _("Only an accepted land-release product closes an area here: send it with the completion report."),
        )
    },
)
