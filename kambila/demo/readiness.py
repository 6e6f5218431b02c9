"""What lets operators work besides their accreditation: certified people, tested equipment, procedures, insurances.

Everything is in order but for what is about to expire, and for a checklist with a point that was not met.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kambila.demo import cast
from kambila.demo.partners import SCOPES
from kambila.demo.plan import Day, Plan, after, text

OPENING = date(2014, 1, 13)
YEAR_END, SOON = date(2014, 12, 31), date(2014, 8, 20)
PEOPLE = ("Amadou Sarki", "Boubacar Lénou", "Clarisse Adou", "Daouda Témé")
OPERATORS = (cast.CLEAR, cast.GROUND, cast.RIVER)
SHARED = (
    "own_procedures",
    "standards",
    "supervision",
    "qualified",
    "medic",
    "equipment",
    "marking",
    "logs",
    "debriefed",
)
EOD_POINTS = (
    "eod_certified",
    "cordon",
    "protective",
    "explosives_counted",
    "transport_safe",
    "cleared_after",
    "evacuation",
)
MISSED = "Les explosifs rapportés ne sont pas inscrits."


def ready(plan: Plan, teams: dict[str, str]) -> None:
    """Everything of it; `teams` are the ids of the EOD teams by account."""
    for number, team in enumerate(cast.EOD_TEAMS):
        competences(plan, number, team, teams[team.username])
        equipment(plan, number, team, teams[team.username])
        checklist(plan, number, team, teams[team.username])
    for number, operator in enumerate(OPERATORS, 1):
        procedures(plan, number, operator)
        insurance(plan, number, operator)


def competences(plan: Plan, number: int, team: cast.Team, id: str) -> None:
    """An EOD operator and a medic for each team."""
    for skill, last in (("eod2", SOON if number == 0 else YEAR_END), ("medic", YEAR_END)):
        answers = {
            "code": f"EX-CMP-{number + 1}{skill[0].upper()}", "holder": team.organisation, "team": id,
            "full_name": PEOPLE[number] if skill == "eod2" else "", "skill": skill, "valid_until": text(last),
            "certificate": f"EX-{skill.upper()}-{number + 1:02}", "certified_by": "CPADD, Benin",
            "issued_on": text(date(2013, 11, 4)), "practised_on": text(OPENING),
        }  # fmt: skip
        plan.send("competence", answers, OPENING, cast.INSPECTORS)


def equipment(plan: Plan, number: int, team: cast.Team, id: str) -> None:
    """A detector and a vehicle for each team."""
    for sort, until in (("detector", date(2014, 7, 15) if number == 1 else YEAR_END), ("vehicle", YEAR_END)):
        answers = {
            "code": f"EX-EQP-{number + 1}{sort[0].upper()}", "holder": team.organisation, "team": id, "sort": sort,
            "make": "example", "serial": f"EX-{sort[:3].upper()}-{number + 1:03}", "status": "in_use",
            "tested_on": text(OPENING), "tested_until": text(until),
        }  # fmt: skip
        plan.send("equipment", answers, OPENING, cast.INSPECTORS)


def procedures(plan: Plan, number: int, operator: str) -> None:
    """The first version of an operator's procedures is superseded by the second."""
    for edition, status, day in (("1.0", "superseded", date(2013, 1, 8)), ("2.0", "approved", OPENING)):
        answers = {
            "code": f"EX-SOP-{number}{edition[0]}", "holder": operator, "title": "Procédures opérationnelles permanentes",
            "edition": edition, "scopes": SCOPES[operator], "status": status, "submitted_on": text(day),
            "approved_on": text(day), "review_by": text(YEAR_END), "ended_on": text(OPENING) if edition == "1.0" else "",
        }  # fmt: skip
        plan.send("procedure", answers, OPENING, cast.INSPECTORS)


def insurance(plan: Plan, number: int, operator: str) -> None:
    answers = {
        "code": f"EX-INS-{number}", "holder": operator, "covers": "third_party staff", "insurer": "example",
        "policy": f"EX-POL-{number:02}", "starts_on": text(OPENING), "valid_until": text(SOON if number == 3 else YEAR_END),
    }  # fmt: skip
    plan.send("insurance", answers, OPENING, cast.INSPECTORS)


def checklist(plan: Plan, number: int, team: cast.Team, id: str) -> None:
    """A visit to a team by its checklist. In Gao one point was not met; nobody has visited the team of Kidal."""
    if number == 3:
        return
    day = date(2014, 5, 5 + 7 * number)
    missed = number == 2
    answers: dict[str, Any] = {
        "checklist": "eod", "activity": "eod", "date": text(day), "visit_type": "external", "operator": team.organisation,
        "team": id, "adm1": team.adm1[0], "inspector": cast.PROGRAMME, "accredited": "yes",
        "result": "conditional" if missed else "passed", "measures": "advice" if missed else "none",
    }  # fmt: skip
    answers |= dict.fromkeys((*SHARED, *EOD_POINTS), "yes")
    if missed:
        answers |= {"explosives_counted": "no", "failed": "explosives_counted ", "failed_count": 1}
        answers["non_conformities"] = [_not_met(plan, team, day)]
    plan.send("checklist_eod", answers, day, cast.INSPECTORS)


def _not_met(plan: Plan, team: cast.Team, day: Day) -> dict[str, Any]:
    return {
        "__id": plan.new_id(), "point": "explosives_counted", "type": "documents", "severity": "minor",
        "description": MISSED, "action": "Compléter le registre le jour même.", "owner": team.organisation,
        "due_on": text(after(day, 60)), "nc_status": "open", "nc_operator": team.organisation,
    }  # fmt: skip
