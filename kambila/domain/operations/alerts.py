"""What must reach the people on duty at once: a call for an EOD team."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.operations.codes import SpotStatus
from kambila.registry.alerts import Values, alert

DEALT_WITH = (SpotStatus.RESPONDED, SpotStatus.CLOSED, SpotStatus.CANCELLED)


@alert("spot_task", "eod-call", _("EOD call"), _("Somebody called for an EOD team."))
def eod_call(values: Values) -> bool:
    return values.get("status") not in DEALT_WITH
