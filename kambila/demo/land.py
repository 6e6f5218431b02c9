"""Village surveys, hazardous areas, and how some of them are surveyed, cleared, released and handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kambila.demo import cast, words
from kambila.demo.places import Village
from kambila.demo.plan import WAIT, Day, Plan, after, text
from kambila.demo.shapes import Outline, outline

SURVEYED, TWICE, AREAS = 953, 41, 64
FIRST_SURVEY, LAST_SURVEY = date(2013, 2, 12), date(2014, 7, 24)
DEVICES = {"uxo": 10, "axo": 4, "ap_mine": 2, "av_mine": 3, "submunition": 1, "saa": 5, "ied": 1}


@dataclass(frozen=True)
class Area:
    """A hazardous area that was planned: its record, and what later reports about it need."""

    id: str
    title: str
    village: Village
    shape: Outline
    stated_m2: int
    reported: Day
    team: cast.Team
    devices: list[str]
    handed_over: list[tuple[str, Day]] = field(default_factory=list)


def surveys(plan: Plan, villages: list[Village]) -> dict[str, str]:
    """A survey of each of 953 villages, some of them twice; gives the ids of first surveys by village."""
    chosen = plan.dice.sample(villages, SURVEYED)
    found = {}
    for number, village in enumerate(chosen):
        day = plan.day(FIRST_SURVEY, LAST_SURVEY)
        found[village.id] = survey(plan, village, day)
        if number < TWICE and day < date(2014, 4, 1):
            survey(plan, village, after(day, plan.dice.randint(60, 100)))
    return found


def survey(plan: Plan, village: Village, day: Day, **more: Any) -> str:
    """Plan one survey of a village on a day."""
    team = plan.dice.choice(cast.teams_in(village.adm1))
    return plan.send("village_survey", survey_answers(plan, village, day, team), day, team, **more)


def survey_answers(plan: Plan, village: Village, day: Day, team: cast.Team) -> dict[str, Any]:
    dangerous = plan.chance(0.28)
    answers: dict[str, Any] = {
        "date": text(day), "village": village.id, **village.where, "operator": team.organisation,
        "team": team.full_name, "safe_to_record": "yes", "location": village.place,
        "population": plan.dice.randint(80, 2400), "conflict": plan.one_of({"yes": 6, "no": 3, "unknown": 1}),
        "contaminated": "yes" if dangerous else plan.one_of({"no": 9, "unknown": 1}),
        "education_received": plan.one_of({"yes": 3, "no": 6, "unknown": 1}),
        "informants_men": plan.dice.randint(1, 6), "informants_women": plan.dice.randint(0, 4),
    }  # fmt: skip
    if dangerous:
        answers |= {
            "extent": plan.one_of({"spots": 6, "part": 3, "unknown": 1}), "ordnance_seen": "yes",
            "devices": _devices(plan), "marked": "no", "blockages": plan.several(words.BLOCKAGES, 1, 3),
        }  # fmt: skip
    if plan.chance(0.08):
        answers |= {"casualties_reported": "yes", "casualties_total": 2, "casualties_men": 1, "casualties_boys": 1}
    if plan.chance(0.2):
        answers["remarks"] = plan.dice.choice(words.SURVEY_REMARKS)
    return answers


def areas(plan: Plan, villages: list[Village], surveys: dict[str, str]) -> list[Area]:
    """Hazardous areas in villages that were surveyed; the last is still waiting for a decision."""
    known = [village for village in villages if village.id in surveys]
    chosen = plan.dice.sample(known, AREAS)
    days = plan.days(date(2013, 3, 10), date(2014, 6, 20), AREAS)
    found = [area(plan, village, day, surveys[village.id]) for village, day in zip(chosen, days, strict=True)]
    village = next(each for each in known if each.adm1 == "ML07" and each not in chosen)
    area(plan, village, date(2014, 7, 29), surveys[village.id], fate=WAIT, name="unconfirmed", sent=date(2014, 7, 30))
    return found


def area(plan: Plan, village: Village, day: Day, survey: str, **more: Any) -> Area:
    """Plan the report of a hazardous area; its drawn and its stated size agree, unless a `factor` says otherwise."""
    team = plan.dice.choice(cast.teams_in(village.adm1))
    shape = outline(plan, village.place, more.pop("radius", 0))
    stated = 10 * round(shape.m2 * more.pop("factor", 1) / 10)
    more.setdefault("sent", after(day, plan.dice.randint(1, 9)))
    title = f"{village.title} – {plan.dice.choice(words.AREA_NAMES)}"
    confirmed = plan.chance(0.5)
    answers = {
        "title": title, "classification": "cha" if confirmed else "sha", "reported_status": "open",
        "surveyed_on": text(day), "surveyed_by": team.organisation, "team": team.full_name, "village_survey": survey,
        **village.where, "village": village.id, "safe_to_record": "yes", "polygon": shape.points,
        "reference_point": shape.points[0], "area_m2": stated, "devices": _devices(plan),
        "evidence": "direct" if confirmed else "indirect", "evidence_basis": "item_seen" if confirmed else "verbal",
        "recent_casualties": plan.dice.randint(0, 3), "marking": plan.one_of({"none": 5, "improvised": 4}),
        "terrain": plan.several(words.TERRAINS, 1, 2), "vegetation": plan.one_of({"none": 4, "low": 5, "medium": 1}),
        "blockages": plan.several(words.BLOCKAGES, 1, 3), "intended_use": plan.one_of({"grazing": 5, "fields": 4}),
        "returns_expected": plan.one_of({"yes": 2, "no": 4, "unknown": 1}),
        "direct_men": plan.dice.randint(3, 60), "direct_women": plan.dice.randint(3, 60),
        "direct_boys": plan.dice.randint(3, 80), "direct_girls": plan.dice.randint(3, 80),
    }  # fmt: skip
    id = plan.send("hazardous_area", answers, day, team, **more)
    return Area(id, title, village, shape, stated, day, team, answers["devices"])


def in_use(plan: Plan, areas: list[Area]) -> None:
    """The land that was handed over is visited half a year later, or at the end of the story."""
    for area in areas:
        for handover, day in area.handed_over:
            seen = after(day, 183, date(2014, 7, 10))
            half_a_year = (seen - day).days >= 150
            answers = {
                "handover": handover, "date": text(seen), "adm1": area.village.adm1, "adm2": area.village.adm2,
                "round": "six_months" if half_a_year else "other", "used": "yes", "use": "fields", "item_found": "no",
                "definition": "1", "direct_men": 11, "direct_women": 14, "direct_boys": 6, "direct_girls": 7,
                "indirect_unknown": 60,
            }  # fmt: skip
            plan.send("land_use_visit", answers, seen, cast.INSPECTORS, sent=after(seen, 2))


def _devices(plan: Plan) -> list[str]:
    return sorted({plan.one_of(DEVICES) for _ in range(plan.dice.randint(1, 3))})
