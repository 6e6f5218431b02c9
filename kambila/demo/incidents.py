"""Accidents with mines and explosive remnants of war since 2012, attacks with improvised devices since 2013."""

from __future__ import annotations

from datetime import date
from typing import Any

from kambila.demo import cast, words
from kambila.demo.places import Village
from kambila.demo.plan import FIRST_DAY, Day, Plan, text

CIVILIANS, CHILDREN, UNKNOWN_AGE = 111, 63, 9
TWICE = 2  # of these casualties, children, are reported by two organisations and merged; see `life`
ACCIDENTS, SOLDIERS = 46, 5
ATTACKS = 74
# The page gives the total of 261 for these five; how many of each is invented.
ATTACKED = {"mdsf": 98, "minusma": 76, "french_forces": 21, "civilian": 54, "other": 12}
TARGET = {
    "mdsf": "mdsf",
    "minusma": "minusma",
    "french_forces": "other_military",
    "civilian": "civilian",
    "other": "unknown",
}
DEVICES = {"uxo": 10, "axo": 4, "ap": 1, "av": 3, "unknown": 2}
ACTIVITY = {
    "child": {"playing": 5, "tampering": 3, "herding": 4},
    "adult": {"farming": 4, "travelling": 4, "scrap": 2, "herding": 3},
}
Row = dict[str, Any]


def accidents(plan: Plan, villages: list[Village]) -> list[str]:
    """Accidents that hurt 111 civilians, and a few soldiers; gives the casualties who were injured before autumn 2013."""
    people = ["child"] * (CHILDREN - TWICE) + ["unknown"] * UNKNOWN_AGE
    people += ["adult"] * (CIVILIANS - TWICE - len(people))
    plan.dice.shuffle(people)
    sizes = plan.split(len(people), ACCIDENTS, 1, 6)
    days = plan.days(date(2012, 1, 20), date(2014, 7, 20), ACCIDENTS)
    injured: list[str] = []
    for number, (size, day) in enumerate(zip(sizes, days, strict=True)):
        hurt = [person(plan, group, "civilian") for group in people[:size]]
        people = people[size:]
        if number % (ACCIDENTS // SOLDIERS) == 4:
            hurt.append(person(plan, "adult", "mdsf"))
        village = plan.dice.choice(villages)
        plan.send("accident", accident(plan, village, day, hurt), day, plan.dice.choice(cast.teams_in(village.adm1)))
        if day < date(2013, 8, 1):
            injured += [each["__id"] for each in hurt if each["outcome"] == "injured"]
    return injured


def accident(plan: Plan, village: Village, day: Day, hurt: list[Row]) -> Row:
    """What is said of one accident. Of early ones often only the month or the year is known: partners told of them."""
    early = day < FIRST_DAY
    return {
        "category": "mine_erw", "date": _date(plan, day),
        "time_of_day": plan.one_of({"morning": 4, "afternoon": 4, "unknown": 2}),
        "device": plan.one_of(DEVICES), "device_certainty": plan.one_of({"confirmed": 4, "suspected": 5}),
        "cause": plan.one_of({"handled": 5, "struck": 2, "driven_over": 2, "unknown": 2}), **village.where,
        "village": village.id, "locality": village.title, "safe_position": "yes", "location": village.place,
        "location_accuracy": "village", "area_type": plan.one_of({"field": 4, "grazing": 3, "road": 2, "house": 1}),
        "marked_before": "no", **_hurt(hurt),
        "source": "partner" if early else plan.several(("witness", "health", "authority"), 1, 2),
        "verification": "partly" if early else "verified", "circumstances": plan.dice.choice(words.CIRCUMSTANCES),
    }  # fmt: skip


def attacks(plan: Plan, villages: list[Village]) -> None:
    """Attacks that killed or injured 261 people, and some devices that were found in time."""
    victims = [status for status, number in ATTACKED.items() for _ in range(number)]
    sizes = plan.split(len(victims), ATTACKS, 1, 9)
    days = plan.days(date(2013, 1, 25), date(2014, 7, 22), ATTACKS)
    plan.dice.shuffle(days)
    north = [each for each in villages if each.adm1 != "ML04"]
    for size, day in zip(sizes, days, strict=True):
        hurt = [_attacked(plan, status) for status in victims[:size]]
        victims = victims[size:]
        attack(plan, plan.dice.choice(north), day, "explosion", hurt)
    for day in plan.days(date(2013, 3, 1), date(2014, 7, 15), 22):
        attack(plan, plan.dice.choice(north), day, plan.one_of({"found": 6, "turned_in": 2, "false": 2}), [])


def attack(plan: Plan, village: Village, day: Day, event: str, hurt: list[Row]) -> str:
    team = plan.dice.choice(cast.teams_in(village.adm1, cast.EOD_TEAMS))
    target = TARGET[hurt[0]["status"]] if hurt else plan.one_of({"mdsf": 4, "minusma": 4, "unknown": 2})
    answers = {
        "category": "ied", "date": text(day), "event_class": event, "target": target,
        "device": plan.one_of({"ied_victim": 5, "ied_command": 3, "ied_suicide": 1, "ied_unknown": 2}),
        "device_certainty": "suspected", **village.where, "village": village.id, "locality": village.title,
        "safe_position": "no", "area_type": plan.one_of({"road": 8, "military": 2, "market": 1}), **_hurt(hurt),
        "source": "forces mission", "verification": plan.one_of({"verified": 6, "partly": 4}),
    }  # fmt: skip
    if hurt:
        answers["circumstances"] = plan.dice.choice(words.ATTACKS)
    return plan.send("ied_incident", answers, day, team)


def _hurt(hurt: list[Row]) -> Row:
    killed = sum(each["outcome"] == "killed" for each in hurt)
    if not hurt:
        return {"anyone_hurt": "no"}
    return {"anyone_hurt": "yes", "killed_stated": killed, "injured_stated": len(hurt) - killed, "casualties": hurt}


def person(plan: Plan, group: str, status: str) -> Row:
    """A person hurt in an accident; of some only that they are a child or an adult is known, of others not even that."""
    row = _anyone(plan, status)
    if group != "unknown":
        row["activity"] = plan.one_of(ACTIVITY[group])
    if group == "child" and plan.chance(0.9):
        row["age"] = plan.dice.randint(4, 17)
    elif group == "adult" and plan.chance(0.85):
        row["age"] = plan.dice.randint(18, 67)
    else:
        row["age_group_stated"] = group
    if status == "civilian" and plan.chance(0.6):
        names = words.WOMEN if row["sex"] == "female" else words.MEN
        row["full_name"] = f"{plan.dice.choice(names)} {plan.dice.choice(words.FAMILIES)} (EX)"
    return row


def _attacked(plan: Plan, status: str) -> Row:
    row = _anyone(plan, status)
    if plan.chance(0.6):
        row["age"] = plan.dice.randint(19, 52)
    else:
        row["age_group_stated"] = (
            "adult" if status != "civilian" else plan.one_of({"adult": 6, "child": 2, "unknown": 2})
        )
    return row


def _anyone(plan: Plan, status: str) -> Row:
    outcome = plan.one_of({"killed": 3, "injured": 7})
    sex = plan.one_of({"male": 8, "female": 3}) if status == "civilian" else plan.one_of({"male": 19, "female": 1})
    row: Row = {"__id": plan.new_id(), "outcome": outcome, "sex": sex, "status": status}
    if outcome == "injured":
        row |= {"injuries": plan.several(("head", "eyes", "arms", "legs", "chest"), 1, 2), "referred": "yes"}
        row |= {
            "transport": plan.one_of({"private": 5, "ambulance": 2, "military": 2}),
            "minutes_to_care": plan.dice.randint(20, 600),
        }
    else:
        row |= {"place_of_death": plan.one_of({"spot": 6, "way": 2, "facility": 2})}
    return row


def _date(plan: Plan, day: Day) -> str:
    """A date as far as it is known."""
    known = plan.one_of({"day": 3, "month": 5, "year": 1}) if day < FIRST_DAY else plan.one_of({"day": 19, "month": 1})
    whole = text(day)
    if known == "month" and day > date(2014, 5, 31):
        return whole
    return {"day": whole, "month": whole[:7], "year": whole[:4]}[known]
