"""What a good report of assistance satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.assistance.codes import Beneficiary, Status
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check, check_order
from kambila.registry.fields import YesNoUnknown

STOPPED = (Status.INTERRUPTED, Status.CANCELLED)


check_order(
    "assistance",
    "assistance-ends-before-start",
    ERROR,
    _("The assistance ends (%(end)s) before it starts (%(start)s)."),
    _("Correct one of the two dates."),
    start="start",
    end="end",
)


@check(
    "assistance",
    "assistance-before-the-incident",
    ERROR,
    _("The assistance starts (%(start)s) before the incident in which the person was hurt (%(incident)s)."),
    _("Correct the date, or link the right person."),
)
def assistance_before_the_incident(draft: Draft) -> Found:
    casualty = draft.record("casualty", draft.values.get("casualty")) or {}
    incident = draft.record("incident", casualty.get("incident")) or {}
    start, event = draft.values.get("start"), incident.get("date")
    return {"start": start[0], "incident": event[0]} if start and event and start[2] < event[1] else None


@check(
    "assistance",
    "assistance-to-a-killed-person",
    ERROR,
    _("The person is recorded as killed, but is said to be the survivor who was assisted."),
    _("If the family was assisted, choose family; otherwise link the right person."),
)
def assistance_to_a_killed_person(draft: Draft) -> Found:
    casualty = draft.record("casualty", draft.values.get("casualty")) or {}
    survivor = draft.values.get("beneficiary") == Beneficiary.SURVIVOR
    service = draft.values.get("service")
    return survivor and casualty.get("outcome") == "killed" and service not in ("emergency", "medical")


@check(
    "assistance",
    "survivor-without-casualty",
    WARNING,
    _("The survivor is not linked to a recorded casualty, and is not counted among survivors assisted."),
    _("Link the casualty, or report the incident first."),
)
def survivor_without_casualty(draft: Draft) -> Found:
    return draft.values.get("beneficiary") == Beneficiary.SURVIVOR and not draft.values.get("casualty")


@check(
    "*",
    "person-without-consent",
    ERROR,
    _("A name or a contact is written down, but the person has not agreed to it."),
    _("Ask the person. Without agreement, leave name and contact empty."),
)
def person_without_consent(draft: Draft) -> Found:
    if draft.kind not in ("assistance", "referral"):
        return None
    named = draft.values.get("full_name") or draft.values.get("contact")
    return bool(named) and draft.values.get("consent") != YesNoUnknown.YES


@check(
    "assistance",
    "stopped-without-reason",
    WARNING,
    _("The assistance was interrupted or cancelled, but not why."),
    _("State the reason."),
)
def stopped_without_reason(draft: Draft) -> Found:
    return draft.values.get("status") in STOPPED and not draft.values.get("status_reason")


@check(
    "assistance",
    "completed-without-end",
    WARNING,
    _("The assistance is completed, but not since when."),
    _("State the last day; the month or the year is enough."),
)
def completed_without_end(draft: Draft) -> Found:
    return draft.values.get("status") == Status.COMPLETED and not draft.values.get("end")


@check(
    "assistance",
    "cost-without-currency",
    ERROR,
    _("A cost of %(cost)s is stated without its currency."),
    _("State the currency by its three letters, such as XOF."),
)
def cost_without_currency(draft: Draft) -> Found:
    cost = draft.values.get("cost")
    return {"cost": cost} if cost is not None and not draft.values.get("currency") else None


@check(
    "referral",
    "referred-to-itself",
    ERROR,
    _("The organisation refers the person to itself."),
    _("Name the other organisation, or report the assistance."),
)
def referred_to_itself(draft: Draft) -> Found:
    by = draft.values.get("referred_by")
    return by is not None and by == draft.values.get("referred_to")


check_order(
    "referral",
    "answered-before-asked",
    ERROR,
    _("The answer (%(end)s) lies before the referral (%(start)s)."),
    _("Correct one of the two dates."),
    start="date",
    end="answered",
)
