"""Quality visits of all kinds, what they found wrong, and how it was put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from kambila.demo import cast, words
from kambila.demo.plan import LAST_DAY, Day, Plan, after, decided, text

if TYPE_CHECKING:
    from kambila.demo.build import Builder
    from kambila.demo.land import Area
    from kambila.demo.tasking import Task

Row = dict[str, Any]
ASKED = ("accredited", "own_procedures", "standards", "supervision", "qualified", "medic", "debriefed")
# How far the correction of what was found came, in steps after it was reported.
CORRECTIONS = (
    ("agreed", "corrected", "verified"), ("corrected", "verified"), ("agreed", "corrected"), ("agreed",), (),
    ("corrected", "verified"), ("agreed", "escalated"),
)  # fmt: skip
# visit type, what was looked at, how many in the year
OTHERS = (
    ("desk", "non_technical_survey", 9), ("accreditation", "battle_area", 8), ("internal", "non_technical_survey", 14),
    ("internal", "eod", 8), ("external", "risk_education", 9), ("external", "eod", 10), ("complaint", "eod", 4),
    ("follow_up", "battle_area", 9),
)  # fmt: skip


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
            "non_conformities": [_at_once(plan, area, day, *each) for each in wrong],
        }  # fmt: skip
        plan.send("quality_visit", answers, day, cast.INSPECTORS)


def at_work(plan: Plan, task: Task, day: Day) -> None:
    """A visit to the team of a task; every second one finds something that has to be put right."""
    if day >= LAST_DAY:
        return
    number = plan.dice.randrange(1_000)
    wrong = plan.chance(0.5)
    found = words.NON_CONFORMITIES[number % (len(words.NON_CONFORMITIES) - 1)]  # the last one is critical
    rows = [_found_wrong(plan, task.team.organisation, day, *found)] if wrong else []
    answers = {
        **_visit("external", task.type, task.team.organisation, day, "conditional" if wrong else "passed", rows),
        **dict.fromkeys(ASKED, "yes"), "task": task.id, "area": task.area.id, **task.area.village.where,
    }  # fmt: skip
    plan.send("quality_visit", answers, day, cast.INSPECTORS, sent=after(day, 2))
    for row in rows:
        correct(plan, row["__id"], decided(after(day, 3)), CORRECTIONS[number % len(CORRECTIONS)])


def control(plan: Plan, task: Task, day: Day, passed: bool = True) -> str:
    """The quality control of finished land; where it is not passed, a target was missed and the lot is cleared again."""
    operator = task.team.organisation
    rows = [] if passed else [_found_wrong(plan, operator, day, *words.MISSED)]
    answers = _visit("control", task.type, operator, day, "passed" if passed else "failed", rows)
    answers |= {"task": task.id, "area": task.area.id, **task.area.village.where}
    answers |= {
        "lot_m2": task.area.stated_m2, "sample_m2": round(task.area.stated_m2 * 0.1), "sample_method": "manual",
        "critical_findings": 0, "measures": "none" if passed else "reclearance",
    }  # fmt: skip
    for row in rows:
        correct(plan, row["__id"], decided(after(day, 3)), ("agreed", "corrected", "verified"))
    if task.type == "non_technical_survey":  # no land was finished: the papers of the survey are looked at
        answers = _visit("desk", task.type, operator, day, "passed", []) | {"task": task.id, **task.area.village.where}
    return plan.send("quality_visit", answers, day, cast.INSPECTORS, sent=after(day, 1))


def correct(plan: Plan, id: str, day: Day, steps: tuple[str, ...]) -> None:
    """The steps of a non-conformity, three weeks apart, as far as the story goes."""
    for number, step in enumerate(steps):
        taken = after(day, 21 * number, date(2014, 12, 31))
        if taken < LAST_DAY:
            plan.at(taken, 14, _correcting(id, step, taken))


def _correcting(id: str, step: str, day: Day) -> Callable[[Builder], None]:
    also = {"verified_on": text(day)} if step == "verified" else {}
    return lambda builder: builder.step(
        "non_conformity", id, step, words.CORRECTED[step], author=cast.QUALITY, despite=words.SEEN, **also
    )


def other_visits(plan: Plan) -> None:
    """Desk reviews, accreditation visits, internal ones, complaints and follow-ups, all over the year."""
    for kind, activity, number in OTHERS:
        for turn, day in enumerate(plan.days(date(2013, 7, 8), date(2014, 7, 20), number)):
            operator = cast.VISITED[activity][turn % len(cast.VISITED[activity])]
            wrong = kind == "complaint" or (kind in ("external", "internal") and turn % 4 == 0)
            what = words.NON_CONFORMITIES[(turn + number) % (len(words.NON_CONFORMITIES) - 1)]
            rows = [_found_wrong(plan, operator, day, *what)] if wrong else []
            answers = _visit(kind, activity, operator, day, "conditional" if wrong else "passed", rows)
            if kind == "internal":
                answers["inspector"] = operator
            plan.send("quality_visit", answers, day, cast.INSPECTORS, sent=after(day, 3))
            for row in rows:
                correct(plan, row["__id"], decided(after(day, 4)), CORRECTIONS[(turn + number) % len(CORRECTIONS)])


def stopped(plan: Plan, operator: str, day: Day) -> None:
    """The visit that stopped an operator: what it found is critical and open."""
    row = _found_wrong(plan, operator, day, *words.NON_CONFORMITIES[-1])
    answers = _visit("complaint", "clearance", operator, day, "failed", [row]) | {"measures": "suspension"}
    plan.send("quality_visit", answers, day, cast.INSPECTORS, sent=day)


def _visit(kind: str, activity: str, operator: str, day: Day, result: str, rows: list[Row]) -> Row:
    """What every visit says."""
    return {
        "date": text(day), "visit_type": kind, "activity": activity, "operator": operator, "inspector": cast.PROGRAMME,
        "result": result, "measures": "advice" if rows else "none", "anything_wrong": "yes" if rows else "no",
        "non_conformities": rows,
    }  # fmt: skip


def _found_wrong(plan: Plan, operator: str, day: Day, type: str, severity: str, what: str, action: str) -> Row:
    return {
        "__id": plan.new_id(), "type": type, "severity": severity, "description": what, "action": action,
        "owner": operator, "nc_operator": operator, "due_on": text(after(day, 45, date(2014, 9, 15))),
        "correction_status": "open",
    }  # fmt: skip


def visit_plans(plan: Plan) -> None:
    """Two visits a month to each of the operators that survey and clear."""
    for month in range(1, 8):
        for operator in (cast.CLEAR, cast.GROUND, cast.RIVER):
            answers = {"period": f"2014-{month:02}-01", "operator": operator, "visit_type": "external", "visits": 2}
            plan.send("visit_plan", {**answers, "risk": "routine"}, date(2014, month, 1), cast.INSPECTORS)


def _at_once(plan: Plan, area: Area, day: Day, type: str, severity: str, what: str, action: str) -> Row:
    verified = day < date(2014, 5, 1)
    return {
        "__id": plan.new_id(), "type": type, "severity": severity, "description": what, "action": action,
        "owner": area.team.organisation, "nc_operator": area.team.organisation,
        "due_on": text(after(day, 30, date(2014, 9, 1))),
        "correction_status": "verified" if verified else "open", "verified_on": text(day) if verified else "",
    }  # fmt: skip
