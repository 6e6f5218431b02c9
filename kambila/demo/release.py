"""How hazardous areas are surveyed again, cancelled, reduced, and worked on under a task order."""

from __future__ import annotations

from datetime import date
from typing import Any

from kambila.demo import tasking, words
from kambila.demo.land import Area
from kambila.demo.plan import Plan, after, text


def release(plan: Plan, areas: list[Area]) -> None:
    """Of the older areas, some are cancelled, some reduced, some cleared and handed over; in the others work goes on."""
    old = [each for each in areas if each.reported < date(2013, 12, 1)]
    for number, each in enumerate(old):
        way = ("cancelled", "cleared", "reduced", "working", "nothing")[number % 5]
        if way != "nothing":
            non_technical(plan, each, cancel=way == "cancelled")
        if way == "reduced":
            _reduced(plan, each)
        if way in ("cleared", "working"):
            ends = "closed" if way == "cleared" else "in_progress"
            tasking.work(plan, each, ends, after(each.reported, 112))


def non_technical(plan: Plan, area: Area, cancel: bool) -> None:
    """Plan a non-technical survey of an area, and the product that cancels it where nothing was found."""
    day = after(area.reported, 75)
    answers: dict[str, Any] = {
        "area": area.id, "village": area.village.id, **area.village.where, "operator": area.team.organisation,
        "team": area.team.full_name, "methods": "interviews visit", "started_on": text(day),
        "ended_on": text(after(day, 1)), "status": "completed", "reference_point": area.shape.points[0],
        "evidence": "none" if cancel else "direct", "recommendation": "cancel" if cancel else "clearance",
        "informants_men": plan.dice.randint(1, 5), "informants_women": plan.dice.randint(1, 4),
        "reasons": words.CANCELLED if cancel else words.CONFIRMED,
    }  # fmt: skip
    if cancel:
        answers |= {"cancelled_m2": area.stated_m2, "criteria": "no_evidence in_use"}
    survey = plan.send("non_technical_survey", answers, day, area.team, sent=after(day, 3))
    if cancel:
        tasking.product(
            plan, area, after(day, 20), "cancelled", {"criteria": "no_evidence in_use", "non_technical_survey": survey}
        )


def _reduced(plan: Plan, area: Area) -> None:
    team, day = tasking.team_of(area), after(area.reported, 115)
    answers = {
        "area": area.id, **area.village.where, "operator": team.organisation, "team": team.full_name,
        "methods": "manual", "assets": "deminers detector", "started_on": text(day), "ended_on": text(after(day, 6)),
        "status": "completed", "reference_point": area.shape.points[0], "hours": 180, "depth_cm": 20,
        "processed_m2": round(area.stated_m2 * 0.3), "processed_percent": 30, "evidence_found": "no",
        "recommendation": "nothing", "reduced_searched_m2": round(area.stated_m2 * 0.3),
        "reduced_unsearched_m2": round(area.stated_m2) - round(area.stated_m2 * 0.3), "criteria": "searched no_evidence",
    }  # fmt: skip
    survey = plan.send("technical_survey", answers, after(day, 6), team, sent=after(day, 9))
    tasking.product(plan, area, after(day, 25), "reduced", {"criteria": "searched", "technical_survey": survey})
