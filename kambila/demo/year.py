"""A year of operations: areas found from July 2013 to July 2014, and sixty tasks in every state in which a task can be."""

from __future__ import annotations

from datetime import date
from typing import Any

from kambila.demo import cast, land, quality, tasking, words
from kambila.demo.land import Area
from kambila.demo.places import Village
from kambila.demo.plan import Plan, after, before, text

# How far a task came; how many; between which days it was drafted; why it was suspended, if it was; cleared twice
WAYS = (
    ("closed", 3, date(2013, 7, 20), date(2013, 12, 20), "", False),
    ("closed", 1, date(2013, 8, 1), date(2013, 11, 20), "weather", False),
    ("closed", 2, date(2013, 9, 1), date(2014, 1, 10), "", True),
    ("handed_over", 3, date(2014, 3, 17), date(2014, 3, 24), "", False),
    ("checked", 3, date(2014, 4, 1), date(2014, 4, 9), "", False),
    ("completed", 4, date(2014, 4, 16), date(2014, 4, 24), "", False),
    ("in_progress", 6, date(2014, 5, 16), date(2014, 6, 12), "", False),
    ("suspended", 1, date(2014, 4, 18), date(2014, 5, 10), "security", False),
    ("suspended", 1, date(2014, 4, 18), date(2014, 5, 10), "access", False),
    ("suspended", 1, date(2014, 5, 2), date(2014, 5, 12), "funds", False),
    ("suspended", 1, date(2014, 5, 2), date(2014, 5, 12), "equipment", False),
    ("accepted", 3, date(2014, 6, 16), date(2014, 6, 28), "", False),
    ("issued", 3, date(2014, 7, 1), date(2014, 7, 13), "", False),
    ("drafted", 2, date(2014, 7, 1), date(2014, 7, 20), "", False),
)
SURVEYS = (("closed", 5, date(2013, 8, 1), date(2013, 12, 1)), ("in_progress", 3, date(2014, 5, 16), date(2014, 6, 10)))
UNTASKED, WANTED = 20, 3
STOPPED = date(2014, 6, 17)


def operations(plan: Plan, villages: list[Village], surveys: dict[str, str], known: list[Area]) -> list[Area]:
    """Plan the year; gives the areas that were found in it."""
    taken = {each.village.id for each in known}
    free = [
        each for each in villages if each.id in surveys and each.code and each.id not in taken and each.adm1 != "ML07"
    ]
    plan.dice.shuffle(free)
    found = []
    for ends, number, first, last, why, again in WAYS:
        for day in plan.days(first, last, number):
            area = _found(plan, free.pop(), surveys, before(day, plan.dice.randint(25, 90)))
            able = tasking.team_of(area).organisation != cast.RIVER
            type = "clearance" if able and plan.chance(0.4) else "battle_area"
            tasking.work(plan, area, ends, day, type=type, why=why, again=again)
            found.append(area)
    found += _surveyed_again(plan, free, surveys)
    found += _of_the_stopped(plan, free, surveys)
    found += [_found(plan, free.pop(), surveys, day) for day in plan.days(date(2013, 7, 5), date(2014, 7, 8), UNTASKED)]
    _wanted(plan, found[-WANTED:])
    return found


def _found(plan: Plan, village: Village, surveys: dict[str, str], day: date) -> Area:
    """An area of a size between a house's yard and a battlefield, reported to the office at once."""
    radius = plan.dice.choice((28, 40, 55, 70, 85, 110))
    return land.area(
        plan, village, day, surveys[village.id], radius=radius, sent=after(day, 2), name=f"area-{village.code}"
    )


def _surveyed_again(plan: Plan, free: list[Village], surveys: dict[str, str]) -> list[Area]:
    """Non-technical surveys that were tasked; the last of them to the operator whose accreditation then expired."""
    found = []
    for ends, number, first, last in SURVEYS:
        for turn, day in enumerate(plan.days(first, last, number)):
            area = _found(plan, free.pop(), surveys, before(day, 40))
            expired = ends == "closed" and turn % 2 == 0
            team = cast.TRACKS if expired else cast.teams_in(area.village.adm1)[0]
            tasking.work(plan, area, ends, day, team=team, type="non_technical_survey")
            found.append(area)
    return found


def _of_the_stopped(plan: Plan, free: list[Village], surveys: dict[str, str]) -> list[Area]:
    """An operator whose work is stopped in June: one task is closed before, two are suspended with it."""
    found = []
    days = ((date(2013, 10, 3), "closed"), (date(2014, 4, 22), "suspended"), (date(2014, 4, 24), "suspended"))
    for day, ends in days:
        area = _found(plan, free.pop(), surveys, before(day, 60))
        why = "quality" if ends == "suspended" else ""
        tasking.work(plan, area, ends, day, team=cast.SAVANNA, type="clearance", why=why)
        found.append(area)
    quality.stopped(plan, cast.STOPPED, STOPPED)
    plan.at(date(2014, 6, 20), 14, lambda builder: builder.step(
        "accreditation", f"EX-ACR-{cast.STOPPED[-3:]}OP", "suspended", words.SUSPENDED["quality"],
        author=cast.MANAGER, despite=words.SEEN, ended_because="non_conformity",
    ))  # fmt: skip
    return found


def _wanted(plan: Plan, areas: list[Area]) -> None:
    """Tasks that nobody has been asked to do yet, and one that was given up."""
    for number, area in enumerate(areas):
        day = after(date(2014, 7, 9), number)
        answers: dict[str, Any] = {
            "number": f"EX-TO-2014-{area.id[:4].upper()}", "title": area.title, "type": "battle_area", "depth_cm": 20,
            "objectives": area.id, **area.village.where, "planned_area_m2": area.stated_m2, "priority": "indirect",
            "status": "identified", "status_date": text(day),
        }  # fmt: skip
        id = plan.send("task_order", answers, day, cast.HQ, sent=day)
        if number:
            status = ("prioritised", "cancelled")[number - 1]
            plan.at(date(2014, 7, 16), 14, tasking.stepping(id, status, words.STEPS[status]))
