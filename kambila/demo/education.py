"""Risk education sessions: more than 31,000 people reached."""

from __future__ import annotations

from datetime import date
from typing import Any

from kambila.demo import cast
from kambila.demo.places import Village
from kambila.demo.plan import Day, Plan, text

REACHED, SESSIONS, BROADCASTS = 31_412, 304, 9
LANGUAGES = {"ML04": "bambara", "ML05": "fulfulde", "ML06": "songhaï", "ML07": "songhaï", "ML08": "tamasheq"}
TAUGHT, TRAINED = {"direct_session": 8, "safety_briefing": 2}, {"teachers": 1, "focal_points": 1}
AUDIENCES = ("general", "farmers", "drivers", "displaced")
VENUES = {"community": 6, "school": 5, "market": 2, "camp": 2, "health": 1}


def sessions(plan: Plan, villages: list[Village]) -> None:
    """Sessions that reach the published number of people, and a few broadcasts, whose listeners are never added."""
    sizes = plan.split(REACHED, SESSIONS, 18, 240)
    for day, size in zip(plan.days(date(2013, 3, 1), date(2014, 7, 23), SESSIONS), sizes, strict=True):
        session(plan, plan.dice.choice(villages), day, size)
    for day in plan.days(date(2013, 9, 1), date(2014, 7, 10), BROADCASTS):
        broadcast(plan, plan.dice.choice(villages), day)


def session(plan: Plan, village: Village, day: Day, size: int, **more: Any) -> str:
    """Plan one session with so many people."""
    team = plan.dice.choice(cast.teams_in(village.adm1))
    venue = plan.one_of(VENUES)
    people = _people(plan, size, school=venue == "school")
    training = plan.chance(0.05)
    answers = {
        "date": text(day), "provider": team.organisation, "team": team.full_name,
        "category": "training" if training else "direct",
        "activity": plan.one_of(TRAINED if training else TAUGHT),
        "method": plan.one_of({"group": 6, "house_to_house": 1, "focus_group": 1, "theatre": 1}),
        "audience": "children" if venue == "school" else plan.several(AUDIENCES, 1, 2),
        "venue": venue, "sessions": 1 + size // 120, "minutes": plan.dice.choice((30, 45, 60, 90)),
        "languages": LANGUAGES.get(village.adm1, "bambara"), **village.where, "village": village.id,
        "locality": village.title, "safe_position": "yes", "location": village.place, **people, "total_stated": size,
        "first_time": round(size * plan.dice.uniform(0.5, 0.95)), "brochures": plan.dice.randint(0, size),
        "indirect_unknown": size * plan.dice.randint(1, 3),
    }  # fmt: skip
    return plan.send("risk_education", answers, day, team, **more)


def broadcast(plan: Plan, village: Village, day: Day) -> str:
    """A spot on a local radio."""
    team = plan.dice.choice(cast.teams_in(village.adm1))
    answers = {
        "date": text(day), "provider": team.organisation, "category": "indirect", "activity": "radio", "total_stated": "",
        "method": "broadcast", "audience": "general", "broadcast_from": text(day), "broadcast_until": text(day),
        "languages": LANGUAGES.get(village.adm1, "bambara"), **village.where, "safe_position": "no",
        "indirect_unknown": plan.dice.randint(200, 900),
    }  # fmt: skip
    return plan.send("risk_education", answers, day, team)


def _people(plan: Plan, size: int, school: bool) -> dict[str, int]:
    """Boys, girls, men, women and, now and then, some whom nobody counted by sex and age."""
    unknown = size // 8 if plan.chance(0.1) else 0
    children = round((size - unknown) * (0.9 if school else plan.dice.uniform(0.4, 0.65)))
    boys = round(children * plan.dice.uniform(0.42, 0.58))
    adults = size - unknown - children
    men = round(adults * plan.dice.uniform(0.35, 0.6))
    counted = {"direct_boys": boys, "direct_girls": children - boys, "direct_men": men, "direct_women": adults - men}
    return counted | ({"direct_unknown": unknown} if unknown else {})
