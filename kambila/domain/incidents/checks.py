"""What a good report of an incident and of its casualties satisfies."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.incidents.codes import Category, Device
from kambila.domain.incidents.person_codes import Outcome, Status
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check
from kambila.registry.people import AgeGroup

ATTACK_ONLY = (Device.IED_COMMAND, Device.IED_TIME, Device.IED_SUICIDE)
REMNANTS = (Device.AP, Device.AV, Device.SUBMUNITION, Device.UXO, Device.AXO)


def casualties_of(draft: Draft) -> list[Mapping[str, Any]]:
    """The casualties of an incident: those in the same report, and those known that it does not restate."""
    here = {each.id: each.values for each in draft.siblings("casualty") if each.values.get("incident") == draft.id}
    known = [row for row in draft.rows("casualty", incident=draft.id) if row.get("id") not in here]
    return [*here.values(), *known]


@check(
    "casualty",
    "casualty-without-incident",
    WARNING,
    _("This casualty belongs to no incident that is known."),
    _("Name the incident, or send the report of the incident."),
)
def casualty_without_incident(draft: Draft) -> Found:
    return draft.record("incident", draft.values.get("incident")) is None


@check(
    "casualty",
    "age-out-of-range",
    ERROR,
    _("An age of %(age)s years cannot be right."),
    _("State the age in years, or leave it unknown."),
)
def age_out_of_range(draft: Draft) -> Found:
    age = draft.stated.get("age")
    return {"age": age} if age is not None and not 0 <= age <= 115 else None


@check(
    "casualty",
    "age-and-group-differ",
    ERROR,
    _("The age is %(age)s years, but the person is reported as the other of child and adult."),
    _("A child is under 18. Correct the age or the group."),
)
def age_and_group_differ(draft: Draft) -> Found:
    age, group = draft.values.get("age"), draft.values.get("age_group_stated")
    if age is None or group not in (AgeGroup.CHILD, AgeGroup.ADULT):
        return None
    return {"age": age} if (age < 18) != (group == AgeGroup.CHILD) else None


@check(
    "casualty",
    "death-of-an-injured-person",
    ERROR,
    _("A date or a place of death is stated, but the outcome is not killed."),
    _("State the outcome as killed, also when the person died later, or remove what is said of the death."),
)
def death_of_an_injured_person(draft: Draft) -> Found:
    died = draft.values.get("date_of_death") or draft.values.get("place_of_death")
    return bool(died) and draft.values.get("outcome") != Outcome.KILLED


@check(
    "casualty",
    "death-before-the-incident",
    ERROR,
    _("The death (%(death)s) lies before the incident (%(incident)s)."),
    _("Correct one of the two dates."),
)
def death_before_the_incident(draft: Draft) -> Found:
    incident = draft.record("incident", draft.values.get("incident")) or {}
    death, event = draft.values.get("date_of_death"), incident.get("date")
    return {"death": death[0], "incident": event[0]} if death and event and death[2] < event[1] else None


@check(
    "casualty",
    "casualty-perhaps-known",
    WARNING,
    _("A casualty of the same sex, age and outcome is already recorded for this incident."),
    _("Compare the two. If it is the same person, correct the first report instead of adding a casualty."),
)
def casualty_perhaps_known(draft: Draft) -> Found:
    values = draft.values
    if not draft.is_new or values.get("age") is None or not values.get("incident"):
        return None
    same = {name: values.get(name) for name in ("incident", "sex", "age", "outcome")}
    return bool(draft.rows("casualty", **same))


@check(
    "casualty",
    "deminer-in-another-accident",
    WARNING,
    _("A deminer at work was hurt, but the incident is not a demining accident."),
    _("Correct the category of the incident, or the status of the person."),
)
def deminer_in_another_accident(draft: Draft) -> Found:
    incident = draft.record("incident", draft.values.get("incident"))
    return bool(
        incident and draft.values.get("status") == Status.DEMINER and incident.get("category") != Category.DEMINING
    )


@check(
    "incident",
    "casualties-differ-from-total",
    WARNING,
    _("%(stated)s killed or injured are stated, but %(rows)s casualties are recorded one by one."),
    _("Add the casualties that are missing, or correct the totals."),
)
def casualties_differ_from_total(draft: Draft) -> Found:
    killed, injured = draft.values.get("killed_stated"), draft.values.get("injured_stated")
    if killed is None and injured is None:
        return None
    stated, rows = (killed or 0) + (injured or 0), casualties_of(draft)
    return {"stated": stated, "rows": len(rows)} if stated != len(rows) else None


@check(
    "incident",
    "killed-differ-from-total",
    WARNING,
    _("%(stated)s killed are stated, but %(rows)s of the casualties are recorded as killed."),
    _("Correct the total, or the outcome of a casualty."),
)
def killed_differ_from_total(draft: Draft) -> Found:
    stated, outcomes = draft.values.get("killed_stated"), [row.get("outcome") for row in casualties_of(draft)]
    killed = outcomes.count(Outcome.KILLED)
    unknown = sum(outcome not in (Outcome.KILLED, Outcome.INJURED) for outcome in outcomes)
    differ = stated is not None and outcomes and not killed <= stated <= killed + unknown
    return {"stated": stated, "rows": killed} if differ else None


@check(
    "incident",
    "negative-total",
    ERROR,
    _("A number of killed or injured is below zero."),
    _("State 0 when there are none; leave it empty when the number is unknown."),
)
def negative_total(draft: Draft) -> Found:
    return any((draft.stated.get(name) or 0) < 0 for name in ("killed_stated", "injured_stated"))


@check(
    "incident",
    "report-before-the-event",
    ERROR,
    _("The report is dated %(report)s, but the incident happened later, on %(event)s."),
    _("Correct the date of the incident, or the date of the report."),
)
def report_before_the_event(draft: Draft) -> Found:
    event = draft.stated.get("date")
    late = event and draft.information[2] and event[1] > draft.information[2]
    return {"report": draft.information[0], "event": event[0]} if event and late else None


@check(
    "incident",
    "attack-among-accidents",
    ERROR,
    _("An attack with an improvised device is reported as an accident with a mine or remnant of war."),
    _("Choose the category IED attack. The two are counted apart and never added."),
)
def attack_among_accidents(draft: Draft) -> Found:
    return draft.values.get("category") == Category.MINE_ERW and draft.values.get("device") in ATTACK_ONLY


@check(
    "incident",
    "remnant-among-attacks",
    WARNING,
    _("A mine or a remnant of war is reported as an attack with an improvised device."),
    _("If nobody attacked, choose the category mine or ERW accident."),
)
def remnant_among_attacks(draft: Draft) -> Found:
    return draft.values.get("category") == Category.IED and draft.values.get("device") in REMNANTS


@check(
    "incident",
    "attack-without-target",
    WARNING,
    _("For an IED attack, the class of event and the target are not stated."),
    _("State both, or choose unknown."),
)
def attack_without_target(draft: Draft) -> Found:
    values = draft.values
    return values.get("category") == Category.IED and not (values.get("event_class") and values.get("target"))


@check(
    "incident",
    "demining-accident-without-work",
    WARNING,
    _("For a demining accident, the work that was being done is not stated."),
    _("State the work; it is needed to learn from the accident."),
)
def demining_accident_without_work(draft: Draft) -> Found:
    return draft.values.get("category") == Category.DEMINING and not draft.values.get("workplace_activity")


@check(
    "incident",
    "incident-without-place",
    WARNING,
    _("Nothing says where it happened."),
    _("State coordinates, a village, or at least the commune."),
)
def incident_without_place(draft: Draft) -> Found:
    places = ("location", "village", "locality", "adm3", "adm2", "adm1")
    return not any(draft.values.get(name) for name in places)


@check(
    "incident",
    "incident-perhaps-known",
    WARNING,
    _("An incident of the same category on the same day in the same commune is already recorded."),
    _("Compare the two. If it is the same incident, correct the first report instead of sending another."),
)
def incident_perhaps_known(draft: Draft) -> Found:
    values, date = draft.values, draft.values.get("date")
    if not draft.is_new or not date or date[1] != date[2] or not values.get("adm3"):
        return None
    return bool(draft.rows("incident", category=values.get("category"), date=date[0], adm3=values["adm3"]))
