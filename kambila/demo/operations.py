"""Task orders, their progress, EOD spot tasks with the items found, quality visits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kambila.demo import cast, words
from kambila.demo.places import Village
from kambila.demo.plan import Day, Plan, after, before, text

if TYPE_CHECKING:
    from kambila.demo.land import Area

UXO, SAA = 1_331, 46_360
CALLS, UXO_ROWS, SAA_ROWS = 214, 176, 84
OTHER_ROWS = 34  # items that are neither, and items that were only marked
MOST = 0.02
MODELS = {
    "projectile": ("obus de 122 mm", "obus de 130 mm", "obus de 100 mm"), "mortar": ("obus de mortier 82 mm",),
    "rocket": ("roquette RPG-7", "roquette 122 mm"), "grenade": ("grenade F1", "grenade RGD-5"),
    "bomb": ("bombe aérienne",), "fuze": ("fusée d’obus",),
}  # fmt: skip
FAMILIES = {"projectile": 6, "mortar": 6, "rocket": 5, "grenade": 4, "bomb": 1, "fuze": 2}
OTHERS = (("axo", "mortar"), ("av_mine", "mine"), ("ap_mine", "mine"), ("axo", "projectile"), ("submunition", "other"))
Row = dict[str, Any]


def spot_tasks(plan: Plan, villages: list[Village]) -> None:
    """Calls and what teams did: together they destroy all items of the published totals."""
    days = plan.days(date(2013, 2, 5), date(2014, 7, 18), CALLS)
    rows: list[list[Row]] = [[] for _ in days]
    for row in _rows(plan):
        rows[plan.dice.randrange(10, CALLS)].append(row)
    for day, found in zip(days, rows, strict=True):
        spot_task(plan, plan.dice.choice(villages), day, found)


def _rows(plan: Plan) -> list[Row]:
    found: list[Row] = []
    for quantity in plan.split(UXO, UXO_ROWS, 1, int(UXO * MOST)):
        family = plan.one_of(FAMILIES)
        found.append(
            {"category": "uxo", "family": family, "model": plan.dice.choice(MODELS[family]), "quantity": quantity}
        )
    for quantity in plan.split(SAA, SAA_ROWS, 40, int(SAA * MOST)):
        found.append({"category": "saa", "family": "cartridge", "model": "cartouches 7,62 mm", "quantity": quantity})
    for _ in range(OTHER_ROWS):
        category, family = plan.dice.choice(OTHERS)
        found.append({"category": category, "family": family, "quantity": plan.dice.randint(1, 6)})
    return found


def spot_task(plan: Plan, village: Village, day: Day, rows: list[Row], **more: Any) -> str:
    """Plan a call of a day, and the answer to it; `rows` are what the team found and destroyed."""
    team = plan.dice.choice(cast.teams_in(village.adm1, cast.EOD_TEAMS))
    responded = after(day, plan.dice.randint(0, 9), date(2014, 7, 27))
    answers: dict[str, Any] = {
        "requested_on": text(day), "priority": plan.one_of({"immediate": 3, "indirect": 4, "minor": 3}),
        "channel": plan.one_of({"community": 5, "security_forces": 4, "mission": 3, "authority": 2, "survey": 2}),
        "reported_item": plan.dice.choice(words.CALLS), **village.where, "village": village.id,
        "locality": village.title, "location": _beside(plan, village), "operator": team.organisation,
        "team": team.full_name, "level_needed": plan.one_of({"1": 3, "2": 5, "3": 2}),
        "direct_men": plan.dice.randint(1, 30), "direct_women": plan.dice.randint(1, 30),
        "direct_boys": plan.dice.randint(1, 40), "direct_girls": plan.dice.randint(1, 40),
    }  # fmt: skip
    if rows:
        how = plan.one_of({"destroyed_in_place": 6, "removed_destroyed": 4})
        answers |= {"status": "closed", "outcome": how, "explosives_kg": "0.8", "evacuation_m": 300}
        answers["items"] = [_item(plan, row, how, responded, answers) for row in rows]
    else:
        answers |= plan.dice.choice(
            ({"status": "closed", "outcome": "not_found"}, {"status": "responded", "outcome": "no_access"})
        )
    answers["responded_on"] = text(responded)
    return plan.send("spot_task", answers, responded, team, **more)


def _item(plan: Plan, row: Row, how: str, day: Day, around: Row) -> Row:
    """A row of the items, with what the phone copies into it."""
    return {
        "__id": plan.new_id(), **row, "condition": plan.one_of({"intact": 4, "damaged": 4, "fired": 5}),
        "found_on": text(day), "disposition": how, "disposed_on": text(day), "item_adm1": around["adm1"],
        "item_adm2": around["adm2"], "item_operator": around["operator"], "item_task": around.get("task", ""),
        "item_area": around.get("area", ""),
    }  # fmt: skip


def _beside(plan: Plan, village: Village) -> tuple[float, float]:
    return tuple(round(each + plan.dice.uniform(-0.02, 0.02), 5) for each in village.place)  # type: ignore[return-value]


def task(plan: Plan, area: Area, team: cast.Team, start: Day, finished: bool) -> str:
    """A task order for an area, with its work items."""
    issued = before(start, 12)
    method = {
        "__id": plan.new_id(),
        "method": "bac_subsurface",
        "asset": "deminers",
        "work_operator": team.organisation,
    }
    answers = {
        "number": f"EX-TO-{issued.year}-{area.id[:4].upper()}", "title": area.title, "type": "battle_area",
        "objectives": area.id, **area.village.where, "operator": team.organisation, "issued_on": text(issued),
        "planned_start": text(start), "planned_end": text(after(start, 40, date(2014, 12, 31))),
        "priority": plan.one_of({"immediate": 3, "indirect": 5, "minor": 2}), "planned_area_m2": area.stated_m2,
        "depth_cm": 20, "standard": words.STANDARD, "scope": words.SCOPE, "quality_plan": "yes",
        "contribution": "EX-CON-01", "status": "issued" if not finished else "accepted", "status_date": text(issued),
        "work_items": [{**method, "work_area": area.id, "planned_quantity": area.stated_m2, "unit": "m2"}],
    }  # fmt: skip
    return plan.send("task_order", answers, issued, cast.HQ, sent=issued)


def progress(plan: Plan, area: Area, task: str, team: cast.Team, start: Day) -> None:
    """Two reports of a fortnight each; what they found was marked, and is destroyed in spot tasks."""
    for first in (start, after(start, 17)):
        last, cleared = after(first, 14), round(area.stated_m2 / 2)
        answers = {
            "task": task, "area": area.id, **area.village.where, "operator": team.organisation,
            "period_start": text(first), "period_end": text(last), "methods": "bac_surface bac_subsurface",
            "cancelled_m2": 0, "reduced_m2": 0, "cleared_m2": cleared, "total_m2": cleared, "depth_cm": 20,
            "deminer_days": 84, "found": "no",
        }  # fmt: skip
        if plan.chance(0.4):
            row = {
                "__id": plan.new_id(), "category": "uxo", "family": "mortar", "quantity": 1, "condition": "fired",
                "found_on": text(last), "disposition": "marked", "item_adm1": area.village.adm1,
                "item_adm2": area.village.adm2, "item_operator": team.organisation, "item_task": task, "item_area": area.id,
            }  # fmt: skip
            answers |= {"found": "yes", "items": [row]}
        plan.send("clearance_progress", answers, last, team, sent=after(last, 3))


def control(plan: Plan, area: Area, task: str, team: cast.Team, day: Day) -> str:
    """The quality control of finished land, passed."""
    answers = {
        "date": text(day), "visit_type": "control", "activity": "battle_area", "task": task, "area": area.id,
        **area.village.where, "operator": team.organisation, "inspector": cast.PROGRAMME, "lot_m2": area.stated_m2,
        "sample_m2": round(area.stated_m2 * 0.1), "sample_method": "manual", "critical_findings": 0, "result": "passed",
        "measures": "none", "anything_wrong": "no",
    }  # fmt: skip
    return plan.send("quality_visit", answers, day, cast.INSPECTORS, sent=after(day, 1))


def quality_visits(plan: Plan, areas: list[Area]) -> None:
    """Visits to teams at work; one in three finds something wrong."""
    for number, area in enumerate(areas[:42]):
        day = after(area.reported, plan.dice.randint(5, 60), date(2014, 7, 15))
        wrong = [words.NON_CONFORMITIES[number // 3 % len(words.NON_CONFORMITIES)]] if number % 3 == 0 else []
        critical = any(each[1] == "critical" for each in wrong)
        answers = {
            "date": text(day), "visit_type": "external", "activity": "non_technical_survey", "area": area.id,
            **area.village.where, "operator": area.team.organisation, "inspector": cast.PROGRAMME, "accredited": "yes",
            "own_procedures": "yes", "standards": "yes", "supervision": "yes", "qualified": "yes",
            "medic": "no" if critical else "yes", "debriefed": "yes",
            "result": "failed" if critical else "conditional" if wrong else "passed",
            "measures": "suspension" if critical else "advice" if wrong else "none",
            "anything_wrong": "yes" if wrong else "no",
            "non_conformities": [_non_conformity(plan, area, day, *each) for each in wrong],
        }  # fmt: skip
        plan.send("quality_visit", answers, day, cast.INSPECTORS)


def teams(plan: Plan) -> dict[str, str]:
    """The EOD teams as they can be tasked, each with the région that it works in; gives their ids by account."""
    ids = {}
    for each in cast.EOD_TEAMS:
        answers: Row = {
            "title": each.full_name,
            "operator": each.organisation,
            "methods": "eod manual bac_surface marking",
        }
        answers |= {"eod_level": "2", "size": 8, "m2_per_day": 400, "adm1": each.adm1[0]}
        ids[each.username] = plan.send("team", answers, date(2014, 1, 6), each)
    return ids


def visit_plans(plan: Plan) -> None:
    """Two visits a month to each of the operators that survey and clear."""
    for month in range(1, 8):
        for operator in (cast.CLEAR, cast.GROUND, cast.RIVER):
            answers = {"period": f"2014-{month:02}-01", "operator": operator, "visit_type": "external", "visits": 2}
            plan.send("visit_plan", {**answers, "risk": "routine"}, date(2014, month, 1), cast.INSPECTORS)


def _non_conformity(plan: Plan, area: Area, day: Day, type: str, severity: str, what: str, action: str) -> Row:
    verified = day < date(2014, 5, 1)
    return {
        "__id": plan.new_id(), "type": type, "severity": severity, "description": what, "action": action,
        "owner": area.team.organisation, "nc_operator": area.team.organisation,
        "due_on": text(after(day, 30, date(2014, 9, 1))),
        "correction_status": "verified" if verified else "open", "verified_on": text(day) if verified else "",
    }  # fmt: skip
