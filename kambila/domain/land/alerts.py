"""What must reach the people on duty at once: a hazardous area that nobody knew of."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.land.codes import ReportedStatus
from kambila.registry.alerts import Values, alert

OVER = (ReportedStatus.RELEASED, ReportedStatus.CLOSED)


@alert(
    "hazardous_area", "hazardous-area", _("New hazardous area"), _("A hazardous area was reported that was not known.")
)
def hazardous_area(values: Values) -> bool:
    return values.get("reported_status") not in OVER
