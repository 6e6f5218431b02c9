"""The alerts that come with time, not with a report: an accreditation that is about to expire."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kambila.domain.partners.expiry import reminders
from kambila.intake.alerts.models import Alert
from kambila.intake.alerts.raising import raise_alert
from kambila.journal import clock
from kambila.registry.alerts import declare_alert

EXPIRING = "accreditation-expiring"
SENTENCES = {
    14: _("An accreditation expires within 14 days."),
    60: _("An accreditation expires within 60 days."),
}

declare_alert(
    EXPIRING, _("Accreditation expiring"), _("An accreditation expires soon. Without it the organisation may not work.")
)


def remind() -> int:
    """Raise what is due today, each reminder once for each day of expiry; gives how many were new."""
    due = {}
    for accreditation, days in reminders(clock.now().date()):
        due[f"{accreditation.id}-{vars(accreditation)['expires_on_first']}-{days}"] = accreditation, days
    known = set(Alert.objects.filter(sort=EXPIRING, source__in=list(due)).values_list("source", flat=True))
    for source, (accreditation, days) in due.items():
        if source not in known:
            link = f"/record/accreditation/{accreditation.id}/"
            holder = str(vars(accreditation)["holder_id"] or "")
            raise_alert(EXPIRING, "", SENTENCES[days], link, organisation=holder, source=source)
    return len(due.keys() - known)
