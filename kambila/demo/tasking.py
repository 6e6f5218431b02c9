"""The life of a task in the example: ordered, issued, accepted, worked on week by week, checked, handed over, closed.

Orders and outcomes are reports like any other; from the draft on every step is taken as an officer takes it, on the days on
which the programme meets, and its guards are asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kambila.demo import cast, quality, words
from kambila.demo.land import Area
from kambila.demo.plan import LAST_DAY, Day, Plan, after, before, decided, text

if TYPE_CHECKING:
    from kambila.demo.build import Builder

PATH = ("drafted", "issued", "accepted", "in_progress", "completed", "checked", "handed_over", "closed")
WITH_DEPTH = ("battle_area", "clearance")
METHODS = {"battle_area": "bac_surface", "clearance": "manual", "non_technical_survey": "interviews"}
FOUND = (("axo", "mortar"), ("axo", "projectile"), ("ap_mine", "mine"), ("av_mine", "mine"), ("submunition", "other"))
QUALITY_STOP = date(2014, 6, 18)
CALLED = "Accès vérifié le matin même avec le chef du village."


@dataclass(frozen=True)
class Task:
    """A task that was planned, and what the reports about it need."""

    id: str
    area: Area
    team: cast.Team
    type: str
    ends: str

    @property
    def about(self) -> dict[str, Any]:
        where = {"area": self.area.id, **self.area.village.where}
        return {"task": self.id, **where, "operator": self.team.organisation}

    def reaches(self, status: str) -> bool:
        return status in PATH and self.ends in PATH and PATH.index(status) <= PATH.index(self.ends)


def team_of(area: Area) -> cast.Team:
    """The team that clears in a région."""
    return cast.teams_in(area.village.adm1, cast.EOD_TEAMS)[0]


def work(
    plan: Plan,
    area: Area,
    ends: str,
    drafted: Day,
    *,
    team: cast.Team | None = None,
    type: str = "battle_area",
    why: str = "",
    again: bool = False,
) -> None:
    """Plan a task of an area up to a status.

    `why` is the reason code for which it is suspended: in the end where it `ends` so, else for a fortnight. `again` says
    that the first quality control was failed and land was cleared again.
    """
    team, weeks = team or team_of(area), plan.dice.randint(4, 6)
    issued = decided(after(drafted, 1))
    accepted = decided(after(issued, 1))
    start = after(accepted, plan.dice.randint(1, 3))
    end = after(start, 7 * weeks + (14 if why and ends != "suspended" else 0))
    late = plan.chance(0.25)
    planned = after(start, 7 * weeks - 7 if late else 7 * weeks + 21, date(2014, 12, 31))
    at_work = "in_progress" if ends == "suspended" else ends
    task = _order(plan, area, team, type, at_work, drafted, start, planned)
    despite = _access(plan, task, drafted)
    _step(plan, task, "issued", issued, words.STEPS["issued"], despite)
    _step(plan, task, "accepted", accepted, words.STEPS["accepted"], despite)
    if not task.reaches("in_progress"):
        return
    _step(plan, task, "in_progress", start, words.STEPS["started"], despite)
    stop = after(start, 14)
    if why:
        _suspend(
            plan, task, stop if ends != "suspended" else after(start, 24) if why != "quality" else QUALITY_STOP, why
        )
    if why and ends != "suspended":
        _step(plan, task, "in_progress", after(stop, 14), words.STEPS["resumed"], CALLED)
    if type in METHODS and type != "non_technical_survey":
        _weeks(plan, task, start, end, weeks, stop if why else None, ends == "suspended")
    quality.at_work(plan, task, after(start, 9))
    if task.reaches("completed"):
        _close(plan, task, end, again, _outcome(plan, task, start, end))


def _step(plan: Plan, task: Task, status: str, day: Day, reason: str, despite: str = "") -> None:
    if task.reaches(status) and day <= LAST_DAY:
        plan.at(day, 14, stepping(task.id, status, reason, despite=despite))


def _suspend(plan: Plan, task: Task, day: Day, why: str) -> None:
    plan.at(day, 14, stepping(task.id, "suspended", words.SUSPENDED[why], suspension_reason=why))


def stepping(task: str, status: str, reason: str, **more: str) -> Callable[[Builder], None]:
    """What carries out a step of a task."""
    return lambda builder: builder.step("task", task, status, reason, **more)


def _order(
    plan: Plan, area: Area, team: cast.Team, type: str, ends: str, drafted: Day, start: Day, planned: Day
) -> Task:
    """The order as it is drafted, with what is to be done."""
    item = {
        "__id": plan.new_id(), "method": METHODS[type], "asset": "surveyors" if type not in WITH_DEPTH else "deminers",
        "work_operator": team.organisation, "work_area": area.id, "planned_quantity": area.stated_m2, "unit": "m2",
    }  # fmt: skip
    answers: dict[str, Any] = {
        "number": f"EX-TO-{drafted.year}-{area.id[:4].upper()}", "title": area.title, "type": type,
        "objectives": area.id, **area.village.where, "operator": team.organisation,
        "planned_start": text(start), "planned_end": text(planned),
        "priority": plan.one_of({"immediate": 3, "indirect": 5, "minor": 2}), "planned_area_m2": area.stated_m2,
        "standard": words.STANDARD, "scope": words.SCOPES[type], "quality_plan": "yes",
        "medical_evacuation": _evacuation(area),
        "contribution": "EX-CON-01" if drafted < date(2013, 11, 1) else "EX-CON-02",
        "status": "drafted", "status_date": text(drafted),
        "work_items": [item],
    }  # fmt: skip
    if type in WITH_DEPTH:
        answers["depth_cm"] = 20
    id = plan.send("task_order", answers, drafted, cast.HQ, sent=drafted)
    return Task(id, area, team, type, ends)


def _evacuation(area: Area) -> str:
    office = cast.OFFICE_OF[area.village.adm1]
    town = next(title for code, title, *_rest in cast.OFFICES if code == office)
    return words.EVACUATION.format(village=area.village.title, town=town, office=office)


def _access(plan: Plan, task: Task, day: Day) -> str:
    """The signed reason, which an older word that the place is closed asks for too; mostly beside a report from before the
    order that the village can be reached."""
    if not plan.chance(0.75):
        return CALLED
    village = task.area.village
    answers = {
        "village": village.id, **village.where, "status": "open", "last_verified": text(before(day, 3)),
        "valid_until": text(after(day, 120, date(2014, 12, 31))), "assessed_by": task.team.organisation,
    }  # fmt: skip
    plan.send("accessibility", answers, before(day, 3), task.team, sent=day, name=f"access-{task.id}")
    return CALLED


def _weeks(plan: Plan, task: Task, start: Day, end: Day, weeks: int, stop: Day | None, for_good: bool) -> None:
    """A report of each week of work, as far as the story goes; in one of four something was found."""
    shares = _shares(task.area.stated_m2, weeks)
    for number, cleared in enumerate(shares):
        first = after(start, 7 * number + (14 if stop and number >= 2 and not for_good else 0))
        last = after(first, 5)
        if last >= before(LAST_DAY, 3) or (for_good and number > 2):
            return
        hours = plan.dice.choice((0, 0, 0, 4, 8))
        answers: dict[str, Any] = {
            **task.about, "period_start": text(first), "period_end": text(last), "methods": METHODS[task.type],
            "cancelled_m2": 0, "reduced_m2": 0, "cleared_m2": cleared, "total_m2": cleared, "depth_cm": 20,
            "deminer_days": 40 - hours // 2, "stoppage_hours": hours,
            "stoppage_reason": plan.one_of({"weather": 3, "security": 2, "equipment": 1}) if hours else "", "found": "no",
        }  # fmt: skip
        if plan.chance(0.25) and _kinds_in(task):
            answers |= {"found": "yes", "items": [_item(plan, task, last)]}
        plan.send("clearance_progress", answers, last, task.team, sent=after(last, 2), name=f"week-{number}-{task.id}")


def _shares(whole: int, parts: int) -> list[int]:
    """A whole in parts that are nearly equal and add up."""
    return [whole * (number + 1) // parts - whole * number // parts for number in range(parts)]


def _kinds_in(task: Task) -> list[tuple[str, str]]:
    """What may be found in an area: of the classes that its list of ordnance has, but those of the published totals."""
    return [each for each in FOUND if each[0] in task.area.devices]


def _item(plan: Plan, task: Task, day: Day) -> dict[str, Any]:
    category, family = plan.dice.choice(_kinds_in(task))
    where = task.area.village.where
    return {
        "__id": plan.new_id(), "category": category, "family": family, "quantity": plan.dice.randint(1, 3),
        "condition": plan.one_of({"intact": 3, "damaged": 4}), "found_on": text(day), "disposed_on": text(day),
        "disposition": "destroyed_in_place", "item_location": task.area.shape.points[1],
        "item_adm1": where["adm1"], "item_adm2": where["adm2"],
        "item_operator": task.team.organisation, "item_task": task.id, "item_area": task.area.id,
    }  # fmt: skip


def _outcome(plan: Plan, task: Task, start: Day, end: Day) -> str:
    """What was done in all: a survey that confirms the area, or its clearance, which it gives, and the completion."""
    area, days = task.area, {"started_on": text(start), "ended_on": text(end)}
    if task.type == "non_technical_survey":
        answers = {
            **task.about, **days, "village": area.village.id, "team": task.team.full_name, "methods": "interviews visit",
            "status": "completed", "reference_point": area.shape.points[0], "evidence": "direct",
            "recommendation": "clearance", "informants_men": 4, "informants_women": 3, "reasons": words.CONFIRMED,
        }  # fmt: skip
        name = f"survey-{task.id}"
        return plan.send("non_technical_survey", answers, end, task.team, sent=after(end, 3), name=name)
    done = {"methods": METHODS[task.type], "cleared_m2": area.stated_m2, "total_m2": area.stated_m2, "depth_cm": 20}
    answers = {
        **task.about, **days, **done, "team": task.team.full_name, "assets": "deminers detector", "status": "completed",
        "reference_point": area.shape.points[0], "hours": 290 * max(1, (end - start).days // 7),
        "community_involved": "yes", "community_men": plan.dice.randint(2, 9), "community_women": plan.dice.randint(2, 9),
    }  # fmt: skip
    clearance = plan.send("clearance", answers, end, task.team, sent=after(end, 2), name=f"clearance-{task.id}")
    answers = {
        **task.about, **days, **done, "submitted_on": text(after(end, 3)), "final_polygon": area.shape.points,
        "cancelled_m2": 0, "reduced_m2": 0, "residual_risk": words.RESIDUAL_RISK,
    }  # fmt: skip
    plan.send("completion", answers, after(end, 3), task.team, sent=after(end, 4), name=f"completion-{task.id}")
    return clearance


def _close(plan: Plan, task: Task, end: Day, again: bool, clearance: str) -> None:
    """Completion, quality control, release, handover: each from one meeting to the next."""
    completed = decided(after(end, 5))
    _step(plan, task, "completed", completed, words.STEPS["completed"])
    if not task.reaches("checked") and not again:
        return
    if again:
        quality.control(plan, task, after(completed, 2), passed=False)
        back = decided(after(completed, 4))
        _step(plan, task, "in_progress", back, words.STEPS["cleared_again"], CALLED)
        completed = decided(after(back, 1))
        _step(plan, task, "completed", completed, words.STEPS["completed"])
    control = quality.control(plan, task, after(completed, 2))
    checked = decided(after(completed, 7))
    _step(plan, task, "checked", checked, words.STEPS["checked"])
    released = after(completed, 4)
    if again:  # nothing is released before the control that was passed is accepted
        released, checked = after(checked, 2), decided(after(checked, 7))
    handed_over = decided(after(checked, 7))
    if task.type != "non_technical_survey":
        ground = {"task": task.id, "depth_cm": 20, "clearance": clearance}
        product(plan, task.area, released, "cleared", ground, sent=after(released, 1), name=f"product-{task.id}")
        if task.reaches("handed_over"):
            _hand_over(plan, task, after(checked, 4), control)
    _step(plan, task, "handed_over", handed_over, words.STEPS["handed_over"])
    _step(plan, task, "closed", after(handed_over, 11), words.STEPS["closed"])


def _hand_over(plan: Plan, task: Task, day: Day, control: str) -> None:
    answers = {
        **task.about, "number": f"EX-HO-{task.id[:4].upper()}", "date": text(day), "quality_control": control,
        "polygon": task.area.shape.points, "area_m2": task.area.stated_m2, "depth_cm": 20, "methods": METHODS[task.type],
        "markers_placed": "yes", "intended_use": "fields", "restrictions": words.RESTRICTIONS,
        "residual_risk": words.RESIDUAL_RISK, "present_men": plan.dice.randint(5, 20),
        "present_women": plan.dice.randint(4, 16), "present_boys": 5, "present_girls": 4,
    }  # fmt: skip
    handover = plan.send("handover", answers, day, task.team, sent=after(day, 1), name=f"handover-{task.id}")
    task.area.handed_over.append((handover, day))


def product(plan: Plan, area: Area, day: Day, method: str, ground: dict[str, Any], **more: Any) -> None:
    """Plan the land-release product of a whole area."""
    team = team_of(area)
    answers = {
        "area": area.id, **area.village.where, "method": method, "date": text(day), "polygon": area.shape.points,
        "area_m2": area.stated_m2, "whole_area": "yes", "operator": team.organisation, **ground,
    }  # fmt: skip
    plan.send("land_release", answers, day, team, **more)
