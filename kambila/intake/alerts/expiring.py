"""The alerts that come with time, not with a report: what is about to expire, and a non-conformity that is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kambila.domain.operations.due import overdue
from kambila.domain.operations.models import NonConformity
from kambila.domain.partners.expiry import Expiry, reminders
from kambila.intake.alerts.models import Alert
from kambila.intake.alerts.raising import raise_alert
from kambila.journal import clock
from kambila.registry.alerts import declare_alert

EXPIRING, ALSO_EXPIRING, LATE = "accreditation-expiring", "expiring", "non-conformity-overdue"
SENTENCES = {
    ("accreditation", 14): _("An accreditation expires within 14 days."),
    ("accreditation", 60): _("An accreditation expires within 60 days."),
    ("competence", 14): _("A competence expires within 14 days."),
    ("competence", 60): _("A competence expires within 60 days."),
    ("equipment", 14): _("The test of a piece of equipment expires within 14 days."),
    ("equipment", 60): _("The test of a piece of equipment expires within 60 days."),
    ("procedure", 14): _("Procedures are to be reviewed within 14 days."),
    ("procedure", 60): _("Procedures are to be reviewed within 60 days."),
    ("insurance", 14): _("An insurance expires within 14 days."),
    ("insurance", 60): _("An insurance expires within 60 days."),
}

declare_alert(
    EXPIRING, _("Accreditation expiring"), _("An accreditation expires soon. Without it the organisation may not work.")
)
declare_alert(
    ALSO_EXPIRING, _("Certificate expiring"), _("A competence, a test, procedures or an insurance expires soon.")
)
declare_alert(LATE, _("Non-conformity overdue"), _("A non-conformity was not put right by the day agreed."))


@dataclass(frozen=True)
class _Reminder:
    sort: str
    sentence: object
    link: str
    organisation: str


def remind() -> int:
    """Raise what is due today, each reminder once for each day of expiry; gives how many were new."""
    found = {**_expiring(), **_overdue()}
    known = set(Alert.objects.filter(source__in=list(found)).values_list("source", flat=True))
    for source, each in found.items():
        if source not in known:
            raise_alert(each.sort, "", each.sentence, each.link, organisation=each.organisation, source=source)
    return len(found.keys() - known)


def _expiring() -> Mapping[str, _Reminder]:
    """By source. An accreditation has a reminder of its own; of the rest what ends on one day is one for its holder."""
    found = {}
    for each, days in reminders(clock.now().date()):
        own = each.kind == "accreditation"
        source = f"{each.id if own else f'{each.kind}-{each.holder}'}-{each.last}-{days}"
        sort, link = (EXPIRING, _page(each)) if own else (ALSO_EXPIRING, "/expiring/")
        found[source] = _Reminder(sort, SENTENCES[each.kind, days], link, each.holder)
    return found


def _page(each: Expiry) -> str:
    return f"/record/{each.kind}/{each.id}/"


def _overdue() -> Mapping[str, _Reminder]:
    """By source: a non-conformity whose due day was moved is reminded of anew."""
    late = {each.id: each for each in overdue(clock.now().date())}
    operators = dict(NonConformity._default_manager.filter(pk__in=late).values_list("id", "operator_id"))
    return {
        f"{id}-{each.day}-late": _Reminder(LATE, "", f"/record/non_conformity/{id}/", str(operators.get(id) or ""))
        for id, each in late.items()
    }
