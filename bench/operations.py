"""Who could take a task: 300 open tasks, 30 teams of 10 organisations, with accreditations, visits, access and dangers;
and which of a thousand areas is the most urgent."""

from __future__ import annotations

import datetime
import statistics
import time
import uuid
from pathlib import Path
from typing import Any

from bench.results import Results, stopwatch
from kambila.accounts import people
from kambila.domain.operations.candidates import candidates
from kambila.domain.operations.models import Task
from kambila.domain.operations.priorities import scenarios
from kambila.domain.operations.priorities.scores import rankings
from kambila.journal import Draft, append, directory

TASKS, TEAMS, ORGANISATIONS, DANGERS, ASKED = 300, 30, 10, 60, 60
AREAS = 1_000
DAY = "2014-06-20"
Change = dict[str, Any]


def taking(folder: Path, results: Results) -> None:
    """The median and the slowest of a good many tasks, each asked for the first time."""
    directory.create_directory(folder / "operations", "Bench", "BEN", database="")
    _say([each for row in _organisations() for each in row])
    _say([each for n in range(TASKS) for each in _task(n)])
    _say([_danger(n) for n in range(DANGERS)], accepted=False)
    tasks = list(Task._default_manager.order_by("id")[:ASKED])
    spent, worked, named = [], [], 0
    for each in tasks:
        started = time.process_time()
        with stopwatch() as seconds:
            named += len(candidates(each, datetime.date.fromisoformat(DAY)))
            spent.append(seconds() * 1000)
        worked.append((time.process_time() - started) * 1000)
    assert named == ASKED * TEAMS
    clock, processor = statistics.median(spent), statistics.median(worked)
    seen = f"median {clock:.0f} ms, slowest {max(spent):.0f} ms; of the processor {processor:.0f} ms"
    results.add(f"who could take it: {TASKS} open tasks, {TEAMS} teams", seen, "< 100 ms", clock < 100)


def _say(changes: list[Change], accepted: bool = True) -> None:
    """A report for each change, and its acceptance."""
    for start in range(0, len(changes), 100):
        drafts = []
        for each in changes[start : start + 100]:
            body = {"form": "bench", "version": "1", "reporter": "bench", "office": "", "organisation": "", "date": DAY}
            report = Draft("report", "bench", {**body, "changes": [each]})
            drafts.append(report)
            if accepted:
                drafts.append(Draft("decision", "bench", {"verb": "accept", "report": report.id}))
        append(drafts)


def _record(kind: str, values: dict[str, Any], name: str) -> Change:
    return {"kind": kind, "id": _id(name), "values": {**values, "code": name.upper()}}


def _id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _place(n: int) -> dict[str, str]:
    return {"adm1": "ML07", "adm2": f"ML07{n % 5:02}", "adm3": f"ML07{n % 5:02}{n % 40:02}"}


def _point(n: int) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [-1 + n % 40 / 10, 15 + n % 17 / 10]}


def _organisations() -> list[list[Change]]:
    return [_organisation(n) for n in range(ORGANISATIONS)]


def _organisation(n: int) -> list[Change]:
    """An operator with two accreditations, twenty visits, and three teams."""
    own = _id(f"org-{n}")
    granted = {"holder": own, "decision": "granted", "issued_on": "2014-01-01", "expires_on": "2014-12-31"}
    visit = {"operator": own, "visit_type": "external", "result": "passed", "measures": ["none"]}
    return [
        _record("organisation", {"title": f"Operator {n}"}, f"org-{n}"),
        _record("accreditation", {**granted, "scopes": ["manual_clearance", "bac"]}, f"acr-{n}-a"),
        _record("accreditation", {**granted, "scopes": ["eod"]}, f"acr-{n}-b"),
        *(_record("quality_visit", {**visit, "date": f"2014-05-{day:02}"}, f"qa-{n}-{day}") for day in range(1, 21)),
        *(_team(n, each) for each in range(TEAMS // ORGANISATIONS)),
    ]


def _team(n: int, number: int) -> Change:
    values = {"operator": _id(f"org-{n}"), "methods": ["manual"], "base": _point(n * 7 + number), "m2_per_day": "250"}
    return _record("team", {**values, "title": f"Team {n}-{number}"}, f"team-{n}-{number}")


def _task(n: int) -> list[Change]:
    """A task with an area beside a village, of which access is known; one in ten is being worked on by a team."""
    village, area, place = f"village-{n}", f"area-{n}", _place(n)
    team = (
        {"team": _id(f"team-{n // 10 % 10}-{n // 100}"), "status": "in_progress"}
        if n % 10 == 0
        else {"status": "drafted"}
    )
    order = {"type": "clearance", "objectives": [_id(area)], "planned_end": "2014-08-01", "planned_area_m2": "20000"}
    access = {"village": _id(village), "status": "open", "last_verified": DAY, "valid_until": "2014-12-31"}
    return [
        _record("village", {"title": f"Village {n}", "location": _point(n), **place}, village),
        _record(
            "hazardous_area", {"village": _id(village), "location": _point(n), "classification": "cha", **place}, area
        ),
        _record("accessibility", access, f"access-{n}"),
        _record("task", {**order, **team, **place, "number": str(n)}, f"task-{n}"),
        _record("work_item", {"task": _id(f"task-{n}"), "method": "manual"}, f"item-{n}"),
    ]


def _danger(n: int) -> Change:
    return _record("spot_task", {"status": "requested", "location": _point(n), **_place(n)}, f"call-{n}")


def ranking(results: Results) -> None:
    """All criteria over a thousand areas with a thousand accidents near them: 300 areas are there, the others are added."""
    more = {"classification": "cha", "blockages": ["water", "roads"]}
    near = {"category": "mine_erw", "device": "uxo", "date": "2014-03-01"}
    _say(
        [
            _record("hazardous_area", {**more, "location": _point(n), **_place(n)}, f"area-{n}")
            for n in range(TASKS, AREAS)
        ]
    )
    _say([_record("incident", {**near, "location": _point(n), **_place(n)}, f"accident-{n}") for n in range(AREAS)])
    people.add("bench")
    append([Draft("grant", "setup", {"verb": "grant", "account": "bench", "role": "programme-manager", "scope": {}})])
    names = [each.name for each in scenarios.current().all]
    with stopwatch() as seconds:
        found = rankings(people.find("bench"), names, datetime.date.fromisoformat(DAY))
        spent = seconds()
    assert {len(each.scores) for each in found} == {AREAS}
    seen = f"{spent:.2f} s for {len(names)} scenarios"
    results.add(f"priorities of {AREAS:,} areas, {AREAS:,} accidents", seen, "< 2 s", spent < 2)
