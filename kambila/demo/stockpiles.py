"""Storage sites and their assessments, lots, disposal of obsolete stocks, weapons handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kambila.demo import cast, words
from kambila.demo.places import Village
from kambila.demo.plan import Day, Plan, after, text

SITES, ASSESSED_TWICE, HANDED_IN = 14, 4, 9
HEADINGS = (
    "management", "personnel", "licence", "stacking", "compatibility", "distances", "fire", "lightning", "vegetation",
    "security", "inventory", "surveillance", "accident_plan", "backlog",
)  # fmt: skip
MEASURES = ("removal", "segregation", "restacking", "detonators_apart", "firebreak", "extinguishers", "locks", "fence")
WORKS = ("roof", "ventilation", "doors", "fence", "traverse", "lightning", "container")
SITE_TYPES = {"armoury": 4, "storage_area": 4, "depot": 3, "small_unit": 2, "collection": 1}
LOTS = (
    ("EX-LOT-122-A", "122 mm HE", "projectile", "122 mm", "1.1", "e", 640),
    ("EX-LOT-82-B", "82 mm HE", "mortar", "82 mm", "1.1", "e", 900),
    ("EX-LOT-762-C", "7.62 x 39", "saa", "7.62 mm", "1.4", "s", 84_000),
    ("EX-LOT-F1-D", "F1", "grenade", "", "1.1", "f", 450),
    ("EX-LOT-RPG-E", "PG-7", "rocket", "40 mm", "1.1", "e", 300),
    ("EX-LOT-DET-F", "Detonators", "initiator", "", "1.1", "b", 1_200),
)
MISSILES = (30, 30, 25)  # three lots of SA-3, destroyed one after the other
DONE = date(2014, 6, 6)
WEAPONS = {"assault_rifle": 6, "rifle": 3, "pistol": 2, "machine_gun": 1, "grenade": 2, "saa": 3}


@dataclass(frozen=True)
class Site:
    """A storage site and its first storehouse."""

    id: str
    storehouse: str
    village: Village


def sites(plan: Plan, villages: list[Village]) -> list[Site]:
    """Storage sites, their assessments, and the measures, repairs and lots in them."""
    found = [_site(plan, number, village) for number, village in enumerate(plan.dice.sample(villages, SITES), 1)]
    for number, site in enumerate(found):
        day = plan.day(date(2013, 5, 10), date(2014, 2, 20))
        assessment(plan, site, day, second=False)
        if number < ASSESSED_TWICE:
            assessment(plan, site, after(day, 120), second=True)
        if number % 3 == 0:
            _refurbishment(plan, site, after(day, 90))
    for number, lot in enumerate(LOTS):
        _lot(plan, found[number % 4], *lot)
    return found


def _site(plan: Plan, number: int, village: Village) -> Site:
    house = plan.new_id()
    storehouses = [
        {"__id": house, "storehouse_title": "Magasin 1", "building": plan.one_of({"brick": 4, "container": 4, "tent": 1}),
         "traversed": "no", "divisions": "1.1 1.4", "limit_kg": "2000", "held_kg": str(plan.dice.randint(150, 1900))},
    ]  # fmt: skip
    answers = {
        "title": f"Site {number:02} ({village.title})", "site_type": plan.one_of(SITE_TYPES), "owner": cast.FORCES,
        "location": village.place, **village.where, "licensed": "no", "nearest_inhabited_m": plan.dice.randint(60, 900),
        "nearest_road_m": plan.dice.randint(20, 400), "population_near": plan.dice.randint(200, 9000),
        "storehouses": storehouses,
    }  # fmt: skip
    day = plan.day(date(2013, 3, 20), date(2013, 5, 2))
    return Site(plan.send("storage_site", answers, day, cast.STOCKS, sent=after(day, 2)), house, village)


def assessment(plan: Plan, site: Site, day: Day, second: bool) -> str:
    """Plan an assessment: what is bad becomes a finding, and most findings lead to a measure at once."""
    bad = plan.several(words.FINDINGS, 1, 2) if second else plan.several(words.FINDINGS, 2, 5)
    answers: dict[str, Any] = {
        "site": site.id, "date": text(day), "assessor": cast.PROGRAMME, "checklist_version": "1",
        "checklist_verified": "no",
        **{heading: "bad" if heading in bad else plan.one_of({"good": 4, "partly": 5}) for heading in HEADINGS},
        "risk": "medium" if second else plan.one_of({"high": 4, "extreme": 1, "medium": 3}),
        "findings": [_finding(plan, heading, day) for heading in bad],
        "measures": [_measure(plan, day) for _ in bad[1:]],
        "needs": [_need(plan)],
    }  # fmt: skip
    return plan.send("site_assessment", answers, after(day, 40), cast.STOCKS, sent=after(day, 45))


def _need(plan: Plan) -> dict[str, Any]:
    priority = plan.one_of({"high": 2, "normal": 3})
    return {"__id": plan.new_id(), "work_type": plan.dice.choice(WORKS), "priority": priority}


def _finding(plan: Plan, heading: str, day: Day) -> dict[str, Any]:
    return {
        "__id": plan.new_id(), "heading": heading, "severity": plan.one_of({"critical": 2, "major": 4, "minor": 4}),
        "observation": words.FINDINGS[heading], "due": text(after(day, 90, date(2014, 9, 1))), "finding_status": "agreed",
    }  # fmt: skip


def _measure(plan: Plan, day: Day) -> dict[str, Any]:
    done = plan.chance(0.8)
    return {
        "__id": plan.new_id(), "measure": plan.dice.choice(MEASURES), "measure_status": "done" if done else "planned",
        "done_on": text(after(day, 30)) if done else "", "provider": cast.PROGRAMME,
        "planned_for": "" if done else text(after(day, 120, date(2014, 10, 1))),
    }  # fmt: skip


def _refurbishment(plan: Plan, site: Site, day: Day) -> None:
    answers = {
        "site": site.id, "work_type": plan.dice.choice(WORKS), "provider": cast.PROGRAMME, "start": text(day),
        "status": "done", "end": text(after(day, 30)), "handed_over": "yes", "contribution": "EX-CON-07",
    }  # fmt: skip
    plan.send("refurbishment", answers, after(day, 30), cast.STOCKS)


def _lot(plan: Plan, site: Site, *row: Any) -> None:
    number, nature, family, calibre, division, compatibility, quantity = row
    day = plan.day(date(2013, 11, 1), date(2014, 5, 20))
    opening = {
        "__id": plan.new_id(),
        "movement": "opening",
        "to_storehouse": site.storehouse,
        "date": text(day),
        "quantity": quantity,
    }
    answers = {
        "lot_number": number, "nature": nature, "family": family, "calibre": calibre,
        "made": plan.dice.choice(("1978", "1984", "1991-05")),
        "storehouse": site.storehouse, "division": division, "compatibility": compatibility,
        "condition": plan.one_of({"a": 2, "b": 3, "c": 2, "d": 1, "unknown": 2}),
        "restriction": plan.one_of({"none": 5, "constraint": 2}),
        "opening": [opening],
    }  # fmt: skip
    if answers["restriction"] == "constraint":
        answers["restriction_reference"] = "EX-2014/3"
    plan.send("stock_lot", answers, day, cast.STOCKS)


def disposals(plan: Plan, sites: list[Site]) -> None:
    """The 85 SA-3 missiles, finished on 6 June 2014, and a smaller disposal of ammunition that was unsafe."""
    missiles = [
        {"__id": plan.new_id(), "family": "missile", "nature": f"SA-3 ({lot})", "quantity": quantity,
         "gross_kg": quantity * 600, "neq_kg": quantity * 50}
        for lot, quantity in zip("ABC", MISSILES, strict=True)
    ]  # fmt: skip
    _disposal(plan, "EX-DSP-2014-01", "obsolete", date(2014, 5, 19), DONE, sum(MISSILES) * 0.6, sites[0], missiles)
    unsafe = [
        {"__id": plan.new_id(), "family": "mortar", "nature": "82 mm HE", "quantity": 120, "gross_kg": 400, "neq_kg": 60},
        {"__id": plan.new_id(), "family": "saa", "nature": "12.7 mm", "quantity": 2_400, "gross_kg": 300, "neq_kg": 40},
    ]  # fmt: skip
    _disposal(plan, "EX-DSP-2013-01", "unsafe", date(2013, 11, 4), date(2013, 11, 8), 0.7, sites[1], unsafe)


def _disposal(
    plan: Plan, number: str, source: str, start: Day, end: Day, tonnes: float, site: Site, items: list[Any]
) -> None:
    answers = {
        "order_number": number, "authority": cast.FORCES, "authority_reference": f"{number}/MDAC (exemple)",
        "operator": cast.PROGRAMME, "source_of_stock": source, "method": "open_detonation", "treaty": "none",
        "site": site.id, **site.village.where, "safe_position": "no", "status": "done", "started_on": text(start),
        "destroyed_on": text(end), "gross_tonnes": f"{tonnes:.3f}", "witnesses": f"{cast.COMMISSION} {cast.MISSION}",
        "certificate_reference": f"{number}-C", "items": items,
    }  # fmt: skip
    plan.send("disposal", answers, end, cast.STOCKS, sent=after(end, 3))


def handed_in(plan: Plan, sites: list[Site]) -> None:
    """Weapons and ammunition that were handed in during disarmament, looked at by a specialist."""
    for day in plan.days(date(2013, 8, 1), date(2014, 7, 12), HANDED_IN):
        place = sites[plan.dice.randrange(4)].village.title
        giver = plan.one_of({"combatant": 4, "group": 3, "community": 2})
        answers = {
            "day": text(day), "receiver": cast.MISSION, "giver": giver,
            "safe_position": "no", "place": place,
            "weapons": [
                {**_weapons(plan, weapon, day, place), "handed_by": giver}
                for weapon in sorted({plan.one_of(WEAPONS) for _ in range(4)})
            ],
        }  # fmt: skip
        plan.send("weapons_handed_in", answers, day, cast.STOCKS)


def _weapons(plan: Plan, weapon: str, day: Day, place: str) -> dict[str, Any]:
    rounds = weapon == "saa"
    return {
        "__id": plan.new_id(), "date": text(day), "received_by": cast.MISSION, "locality": place, "weapon": weapon,
        "quantity": plan.dice.randint(80, 900) if rounds else plan.dice.randint(1, 14),
        "safe_to_move": "no" if weapon == "grenade" else "yes", "state": "unsafe" if weapon == "grenade" else "unknown",
        "disposition": "destroyed" if weapon == "grenade" else "handed_over",
        "receipt_number": f"EX-{plan.dice.randint(100, 999)}",
    }  # fmt: skip
