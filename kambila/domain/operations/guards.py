"""What keeps a task from a step. Each guard is a function that answers with findings (`kambila.registry.findings`).

Danger shows at once and holds tasking back; what is missing or expired is unknown, never open.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kambila.domain.operations import accreditation, checks, competence, quality
from kambila.domain.operations.codes import (
    NAMES_TEAM,
    Level,
    Method,
    SpotStatus,
    SuspensionReason,
    TaskStatus,
    TaskType,
)
from kambila.domain.operations.facts import Facts
from kambila.domain.operations.models import Task, Team, WorkItem
from kambila.domain.operations.standing import Step
from kambila.journal import clock
from kambila.registry.findings import FORBIDS, NEEDS_REASON, SPEAKS_FOR, WARNS, Finding, gravest_first, ref

NEEDS_LEVEL = (TaskType.EOD, TaskType.DEMOLITION)


@dataclass(frozen=True)
class Case:
    """A task, the organisation and the team that would do it, and what is known; `stated` is what a step states of it."""

    task: Any
    operator: str | None
    team: Any
    facts: Facts
    stated: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> datetime.date:
        return self.facts.day


Guard = Callable[[Case], Iterator[Finding]]


# Who does it


def accredited(case: Case) -> Iterator[Finding]:
    """Valid for every scope of the task, for each organisation that works on it, on the day (IMAS 07.30; unverified)."""
    for holder, wanted in _scopes(case):
        held = case.facts.accreditations.get(holder, [])
        valid = [each for each in held if each.holds_on(case.day)]
        name, day = _organisation(case, holder), date_format(case.day, "j F Y")
        fitting = [each for each in valid if set(wanted) & set(each.scopes or ())]
        values = {"organisation": name, "scope": accreditation.WORDS[wanted[0]], "day": day}
        if fitting:
            said = _("%(organisation)s is accredited for %(scope)s on %(day)s (%(records)s).")
            yield Finding("accredited", SPEAKS_FOR, said, values, tuple(map(ref, fitting)))
        elif held:
            said = _("No accreditation of %(organisation)s for %(scope)s is valid on %(day)s; known are %(records)s.")
            yield Finding("accredited", FORBIDS, said, values, tuple(map(ref, held)))
        else:
            said = _("No accreditation of %(organisation)s is known; %(scope)s needs one that is valid on %(day)s.")
            yield Finding("accredited", FORBIDS, said, values)


def _scopes(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(organisation, scopes of which one is enough) of the task as a whole and of each work item."""
    found = []
    if case.operator and (wanted := accreditation.BY_TASK.get(case.task.type or "")):
        found.append((case.operator, wanted))
    if case.operator and any(each.level_needed == Level.IEDD for each in case.facts.spot_tasks):
        found.append((case.operator, ("iedd",)))
    for item in case.facts.work_items:
        holder = item.operator_id if item.operator_id not in (None, case.task.operator_id) else case.operator
        if holder and item.method in accreditation.BY_METHOD:
            found.append((holder, accreditation.BY_METHOD[item.method]))
    yield from dict.fromkeys(found)


def in_good_standing(case: Case) -> Iterator[Finding]:
    """The operations of the organisation are not suspended (:mod:`standing`); whoever is warned or under special
    monitoring may work, and it is said."""
    stands = case.facts.standings.get(case.operator or "")
    said = {
        Step.SUSPENDED: (FORBIDS, _("The operations of %(organisation)s are suspended, because of %(records)s.")),
        Step.MONITORING: (WARNS, _("%(organisation)s is under special monitoring, because of %(records)s.")),
        Step.WARNING: (WARNS, _("%(organisation)s was warned, because of %(records)s.")),
    }
    if stands is not None and stands.step in said:
        weight, sentence = said[stands.step]
        values = {"organisation": _organisation(case, case.operator or "")}
        yield Finding("in_good_standing", weight, sentence, values, stands.records)


def without_critical(case: Case) -> Iterator[Finding]:
    """No critical non-conformity of the operator or of the task is open (IMAS 07.40; unverified)."""
    yield from _critical(case, but="")


def without_critical_here(case: Case) -> Iterator[Finding]:
    """None of another organisation is open that was found on this task; those of the operator are told by its standing."""
    yield from _critical(case, but=case.operator or "")


def _critical(case: Case, but: str) -> Iterator[Finding]:
    visited = {each.id for each in case.facts.visits}
    concerned = [(holder, nc) for holder, nc in case.facts.open_criticals if not but or holder != but]
    if grave := [nc for holder, nc in concerned if holder == case.operator or nc.visit_id in visited]:
        said = _("A critical non-conformity is not verified as corrected: %(records)s.")
        yield Finding("without_critical", FORBIDS, said, {}, tuple(map(ref, grave)))


def skilled(case: Case) -> Iterator[Finding]:
    """The team can do what the work items ask for."""
    team = case.team
    if team is None:
        return
    wanted = {
        each.method for each in case.facts.work_items if each.method and each.operator_id in (None, case.operator)
    }
    missing = sorted(wanted - set(team.methods or ()))
    values = {"team": team.title or str(team)}
    if missing:
        words = ", ".join(str(dict(Method.choices).get(each, each)) for each in missing)
        said = _("The team %(team)s (%(records)s) is not recorded as able to do: %(missing)s.")
        yield Finding("skilled", FORBIDS, said, {**values, "missing": words}, (ref(team),))
    elif wanted:
        said = _("The team %(team)s (%(records)s) can do what the work items ask for.")
        yield Finding("skilled", SPEAKS_FOR, said, values, (ref(team),))


def certified(case: Case) -> Iterator[Finding]:
    """Whoever disposes of ordnance holds a level that covers each call, certified in writing and valid on the day
    (IMAS 09.30; unverified)."""
    team = case.team
    calls = case.facts.spot_tasks
    if team is None or not (calls or case.task.type in NEEDS_LEVEL):
        return
    has = competence.held(team, case.facts.competences.get(team.id, ()), case.day)
    values = {"team": team.title or str(team), "day": date_format(case.day, "j F Y")}
    wanting = [each for each in calls if not has.covers(each.level_needed)]
    if not has.levels and has.ended:
        said = _("No EOD competence of the team %(team)s is valid on %(day)s; known are %(records)s.")
        yield Finding("certified", FORBIDS, said, values, tuple(map(ref, has.ended)))
    elif wanting:
        said = _("The EOD level of the team %(team)s is not enough, or not known, for %(records)s.")
        yield Finding("certified", FORBIDS, said, values, tuple(map(ref, wanting)))
    elif not has.covers(None):
        said = _("No EOD competence of the team %(team)s (%(records)s) is known.")
        yield Finding("certified", FORBIDS, said, values, (ref(team),))
    elif not has.is_certified:
        said = _(
            "The EOD level of the team %(team)s (%(records)s) is only stated: no certificate of its people is known."
        )
        yield Finding("certified", WARNS, said, values, (ref(team),))
    else:
        said = _("The team %(team)s holds an EOD competence that is valid on %(day)s (%(records)s).")
        yield Finding("certified", SPEAKS_FOR, said, values, tuple(map(ref, has.valid)))


def in_order(case: Case) -> Iterator[Finding]:
    """The tests of the team's equipment are good on the day, and so is an insurance of the operator."""
    untested = competence.untested(case.facts.equipment, getattr(case.team, "id", None), case.day)
    if untested:
        said = _("The test of this equipment of the team has expired, or is not known: %(records)s.")
        yield Finding("in_order", WARNS, said, {}, tuple(map(ref, untested)))
    insured = case.facts.insurances.get(case.operator or "", [])
    if insured and not any(str(each.valid_until_first or "") >= case.day.isoformat() for each in insured):
        said = _("No insurance of %(organisation)s is valid on %(day)s; known are %(records)s.")
        values = {"organisation": _organisation(case, case.operator or ""), "day": date_format(case.day, "j F Y")}
        yield Finding("in_order", WARNS, said, values, tuple(map(ref, insured)))


def of_its_team(case: Case) -> Iterator[Finding]:
    """The team belongs to the operator of the task, and is not disbanded."""
    team = case.team
    if team is None:
        if case.task.team_id:
            yield Finding("of_its_team", FORBIDS, _("The team of the task is not known, or no longer."))
        return
    values = {"team": team.title or str(team)}
    if team.operator_id != case.operator:
        said = _("The team %(team)s (%(records)s) is not one of the operator of the task.")
        yield Finding("of_its_team", FORBIDS, said, values, (ref(team),))
    if (ended := team.disbanded_on_first) and str(ended) <= case.day.isoformat():
        said = _("The team %(team)s (%(records)s) was disbanded.")
        yield Finding("of_its_team", FORBIDS, said, values, (ref(team),))


# The place


def reachable(case: Case) -> Iterator[Finding]:
    """Each place is open. A restricted one is a warning; a closed one, or one of which nothing valid is known, needs a
    signed reason."""
    places = case.facts.access
    if not places:
        said = _("Where the task lies is not known, so nothing is known of access.")
        yield Finding("reachable", NEEDS_REASON, said)
    for records in places.values():
        yield _access(case, records)


def accesses(records: list[Any], day: datetime.date) -> list[tuple[Any, str | None]]:
    """Assessments with what holds on a day of that which each speaks of; an expired one never uncovers an older one."""
    about: dict[Any, list[Any]] = defaultdict(list)
    for each in records:
        about[each.of_what].append(each)
    now = {what: found[0].status_of(found, day) for what, found in about.items()}
    return [(each, now[each.of_what]) for each in records]


def _access(case: Case, records: list[Any]) -> Finding:
    now = accesses(records, case.day)
    for status, weight, said in (
        ("closed", NEEDS_REASON, _("The place is closed (%(records)s)%(why)s.")),
        ("restricted", WARNS, _("Access to the place is restricted (%(records)s)%(why)s.")),
        ("open", SPEAKS_FOR, _("The place is open (%(records)s).")),
    ):
        found = [each for each, its in now if its == status]
        if found:
            whys = {str(each.get_reason_display()) for each in found if each.reason}
            return Finding(
                "reachable",
                weight,
                said,
                {"why": f": {', '.join(sorted(whys))}" if whys else ""},
                tuple(map(ref, found)),
            )
    if records:
        said = _("What was said of access has expired, so access is unknown (%(records)s).")
        return Finding("reachable", NEEDS_REASON, said, {}, tuple(map(ref, records)))
    return Finding("reachable", NEEDS_REASON, _("Nothing is known of access to the place, so it is unknown."))


def without_danger(case: Case) -> Iterator[Finding]:
    """No report of danger in the place waits for a decision: until then it may be true."""
    found = case.facts.dangers
    if found:
        said = _("Danger is reported in the place and nobody has decided about it yet: %(records)s.")
        yield Finding("without_danger", FORBIDS, said, {}, tuple(ref(report) for report, _kind in found))


# The order, and what was done


def complete_order(case: Case) -> Iterator[Finding]:
    """An order says who, when, by which standard, and what it is about."""
    task = case.task
    values = {name: getattr(task, name, None) for name in checks.ORDER if name != "operator"}
    values |= {"operator": case.operator, "issued_on": task.issued_on or case.day.isoformat()}
    if missing := checks.missing_of_order(values):
        said = _("The order does not state: %(fields)s.")
        yield Finding("complete_order", FORBIDS, said, {"fields": ", ".join(missing.values())}, (ref(task),))


def has_reason_code(case: Case) -> Iterator[Finding]:
    """A suspension has one of the reasons of the code list, so that stoppages can be counted by cause."""
    if case.stated.get("suspension_reason", SuspensionReason.OTHER) not in SuspensionReason.values:
        yield Finding("has_reason_code", FORBIDS, _("A suspension needs one of the reasons of the list."))


def all_accounted(case: Case) -> Iterator[Finding]:
    """Every objective is released, or an outcome report of the task says what became of it (IMAS 07.11)."""
    reports = case.facts.outcomes(quality.outcomes_of(case.task.type))
    known = {each.id: each for each in (*case.facts.areas, *case.facts.villages)}
    wanted = dict.fromkeys([*(case.task.objectives or ()), *(case.task.villages or ())])
    left = [id for id in wanted if not quality.is_accounted(known.get(id), id, reports, len(wanted) == 1)]
    if left:
        said = _("Nothing accounts for these objectives, neither a release nor an outcome report: %(records)s.")
        refs = tuple(ref(known[id]) if id in known else ("", id, id[:8]) for id in left)
        yield Finding("all_accounted", FORBIDS, said, {}, refs)
    calls = [each for each in case.facts.spot_tasks if each.status not in (SpotStatus.CLOSED, SpotStatus.CANCELLED)]
    if calls:
        said = _("Calls of the task are not closed: %(records)s.")
        yield Finding("all_accounted", FORBIDS, said, {}, tuple(map(ref, calls)))
    if not wanted and not case.facts.spot_tasks and not reports:
        said = _("The task names no objective, and no outcome report says what was done.")
        yield Finding("all_accounted", FORBIDS, said, {}, (ref(case.task),))


def control_passed(case: Case) -> Iterator[Finding]:
    """The last quality visit that can decide was passed, of each lot; for land that is a control of the finished land
    (IMAS 09.20; unverified)."""
    visits = quality.last_of_lots(quality.deciding_visits(case.task, case.facts.visits))
    failed = [each for each in visits if each.result != "passed"]
    if not visits:
        said = _("No quality control of this task is recorded since the work was completed.")
        yield Finding("control_passed", FORBIDS, said, {}, (ref(case.task),))
    elif failed:
        said = _("The last quality control was not passed: %(records)s.")
        yield Finding("control_passed", FORBIDS, said, {}, tuple(map(ref, failed)))
    else:
        said = _("Quality control was passed: %(records)s.")
        yield Finding("control_passed", SPEAKS_FOR, said, {}, tuple(map(ref, visits)))


FIT = (accredited, in_good_standing, without_critical_here, of_its_team, skilled, certified, in_order)
TAKES: tuple[Guard, ...] = (*FIT, reachable, without_danger)
GUARDS: dict[str, tuple[Guard, ...]] = {
    TaskStatus.ISSUED: (complete_order, *TAKES),
    TaskStatus.ACCEPTED: TAKES,
    TaskStatus.IN_PROGRESS: (*FIT, reachable),
    TaskStatus.SUSPENDED: (has_reason_code,),
    TaskStatus.COMPLETED: (all_accounted,),
    TaskStatus.CHECKED: (all_accounted, control_passed, without_critical),
    TaskStatus.HANDED_OVER: (control_passed, without_critical),
}


def guards_of(task: Any, step: str, stated: Mapping[str, Any]) -> list[Finding]:
    """What all guards of a step say of a task today, what forbids first; the task is as it would be with what is stated."""
    found = _ask(GUARDS.get(step, ()), case_of(task, clock.now().date(), stated))
    if stated.get("team") and step not in NAMES_TEAM:
        said = _("A team is chosen when the task is drafted or issued, not with this step.")
        found.insert(0, Finding("names_team", FORBIDS, said))
    return found


def about_taking(case: Case) -> list[Finding]:
    """What the guards say of a team that would take a task, what forbids first; the order itself is not looked at."""
    return _ask(TAKES, case)


def about_answering(case: Case) -> list[Finding]:
    """What the guards say of a team that would answer an EOD call."""
    return _ask((*FIT, reachable), case)


def guards_of_call(call: Any, step: str, _stated: Mapping[str, Any]) -> list[Finding]:
    """What keeps an organisation from being sent to an EOD call; what keeps its team is told where a team is chosen."""
    if step != SpotStatus.ASSIGNED or not call.operator_id:
        return []
    facts = facts_of_call(call, {call.operator_id}, clock.now().date())
    return about_answering(Case(facts.task, call.operator_id, None, facts))


def facts_of_call(call: Any, organisations: Collection[str], day: datetime.date) -> Facts:
    """A call as the guards read it: a task of disposal where it lies."""
    place = {level: getattr(call, level) for level in ("adm1", "adm2", "adm3")}
    task: Any = Task(id=call.id, code=call.code, type=TaskType.EOD, **place)
    task.villages = (call.village_id,) if call.village_id else ()
    facts = Facts(task, organisations, day)
    facts.spot_tasks = [call]
    if call.location:
        facts.shapes = [shapely.from_wkb(bytes(call.location))]
    return facts


def _ask(guards: tuple[Guard, ...], case: Case) -> list[Finding]:
    """The task and a work item may ask for the same: it is told once."""
    return gravest_first(each for guard in guards for each in guard(case))


def _organisation(case: Case, id: str) -> str:
    known = case.facts.organisations.get(id)
    return str(known.acronym or known.title or known) if known else id[:8]


def case_of(task: Any, day: datetime.date, stated: Mapping[str, Any] | None = None) -> Case:
    """A task as it stands, or as it would be with what a step states."""
    items = WorkItem._default_manager.filter(task=task.id)
    asked = {task.operator_id, *items.values_list("operator_id", flat=True)} - {None}
    return Case(task, task.operator_id, team_of(task.team_id), Facts(task, asked, day), stated or {})


def team_of(id: str | None) -> Any:
    """A team by its UUID; None when it is not known (any more)."""
    return Team._default_manager.filter(pk=id).first() if id else None
