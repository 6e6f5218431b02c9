"""One piece of land, from what a village says of it to its handover: docs/walk.md, told by a test.

Each chapter is a day or two. After each the balance is looked at; what it said is kept for the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kambila.domain.operations.models import NonConformity
from tests.intake.door import open_door
from tests.terminal import data, run
from tests.walk.doors import WHERE, accept, on, point, send, shown, step, told, walked

AREA, TASK, TEAM, OTHER_TEAM = "WALK-HA", "WALK-TO", "WALK-TM-1", "WALK-TM-2"
SUSPECTED, FOUND_BESIDE = (0, 0, 12, 10), (12, 0, 13, 10)
CANCELLED, REDUCED, CLEARED = (0, 0, 2, 10), (2, 0, 4, 10), (4, 0, 13, 10)
ITEM = {
    "category": "ap_mine", "family": "mine", "quantity": 2, "condition": "intact", "found_on": "2014-04-24",
    "disposition": "destroyed_in_place", "disposed_on": "2014-04-24", "item_adm1": "ML07", "item_operator": "WALK-SC",
    "item_task": TASK, "item_area": AREA,
}  # fmt: skip


@dataclass
class Walk:
    """What was seen on the way: by chapter the balance, the area, and what the programme refused or printed."""

    days: dict[str, str] = field(default_factory=dict)
    balances: dict[str, dict[str, Any]] = field(default_factory=dict)
    areas: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    scores: list[dict[str, Any]] = field(default_factory=list)
    certificate: bytes = b""
    dossier: bytes = b""

    def look(self, chapter: str, day: str) -> None:
        """Look at the balance and at the area, at the end of a chapter."""
        self.days[chapter] = day
        self.balances[chapter] = data("balance", "--by", "area")
        self.areas[chapter] = shown(AREA)


def walk(folder: Path) -> Walk:
    """Go all the way."""
    seen = Walk()
    beginning()
    for chapter in (village, survey, technical, tasked, worked, failed, again, passed, handed_over):
        chapter(seen, folder)
    return seen


def beginning() -> None:
    """Who and what is there before the walk."""
    with on("2014-02-03"):
        open_door()
        for code, title in (("WALK-SC", "Sahel Clear"), ("WALK-DW", "Desert Works"), ("WALK-NA", "National authority")):
            told("organisation", {"code": code, "title": title, "organisation_type": "22", "roles": ["operator"]})
        told(
            "village",
            {"code": "WALK-VIL", "title": "Tin Hama", **WHERE, "safe_to_record": "yes", "location": point(5, 40)},
        )
        for phase in ("organisational", "operational"):
            said = {
                "holder": "WALK-SC",
                "phase": phase,
                "scopes": ["nts", "ts", "manual_clearance"],
                "decision": "granted",
            }
            told("accreditation", {**said, "issued_on": "2014-02-01", "expires_on": "2015-01-31"})
        for code, title, operator in ((TEAM, "Team 1", "WALK-SC"), (OTHER_TEAM, "Team 2", "WALK-DW")):
            told("team", {"code": code, "title": title, "operator": operator, "methods": ["manual"], **WHERE})


def village(seen: Walk, folder: Path) -> None:
    with on("2014-03-03") as day:
        answers = {
            "code": "WALK-VS", "date": day, "village_typed": "WALK-VIL", **WHERE, "operator": "WALK-SC",
            "safe_to_record": "yes", "location": point(5, 40), "contaminated": "yes", "extent": "spots",
            "ordnance_seen": "unknown", "devices": ["unknown"], "blockages": ["agriculture"], "informants_men": 3,
            "informants_women": 4,
        }  # fmt: skip
        told("village_survey", answers)
        answers = {
            "code": AREA, "title": "Tin Hama, the lower field", "classification": "indication", "village_survey": "WALK-VS",
            **WHERE, "village_typed": "WALK-VIL", "safe_to_record": "yes", "location": point(6, 5), "surveyed_on": day,
            "surveyed_by": "WALK-SC", "devices": ["unknown"],
        }  # fmt: skip
        told("hazardous_area", answers)
        seen.look("village", day)


def survey(seen: Walk, folder: Path) -> None:
    with on("2014-03-12") as day:
        answers = {
            "code": "WALK-NTS", "area_typed": AREA, **WHERE, "operator": "WALK-SC", "methods": ["interviews", "visit"],
            "started_on": day, "ended_on": day, "status": "completed", "reference_point": point(-1, -1),
            "evidence": "indirect", "evidence_basis": ["unused_land", "verbal"], "recommendation": "technical_survey",
        }  # fmt: skip
        told("non_technical_survey", answers)
        drawn = {
            "title": "Tin Hama, the lower field", "classification": "sha", "adm1": "ML07", "safe_to_record": "yes",
            "polygon": walked(SUSPECTED), "area_m2": 14_000, "devices": ["ap_mine"], "evidence": "indirect",
            "evidence_basis": ["unused_land", "verbal"],
        }  # fmt: skip
        told("hazardous_area", drawn, of=AREA)
        seen.look("drawn", day)
    with on("2014-03-14") as day:
        told("land_release", product("cancelled", CANCELLED, 2_350, day, non_technical_survey="WALK-NTS"))
        seen.look("survey", day)


def technical(seen: Walk, folder: Path) -> None:
    with on("2014-04-02") as day:
        answers = {
            "code": "WALK-TS", "area_typed": AREA, **WHERE, "operator": "WALK-SC", "methods": ["manual"],
            "approach": "targeted", "started_on": "2014-03-31", "ended_on": day, "status": "completed",
            "reference_point": point(-1, -1), "processed_m2": 800, "depth_cm": 20, "evidence_found": "yes",
            "recommendation": "clearance",
        }  # fmt: skip
        told("technical_survey", answers)
        confirmed = {
            "title": "Tin Hama, the lower field", "classification": "cha", "adm1": "ML07", "safe_to_record": "yes",
            "devices": ["ap_mine"], "evidence": "direct", "evidence_basis": ["item_seen"],
        }  # fmt: skip
        told("hazardous_area", confirmed, of=AREA)
        told("land_release", product("reduced", REDUCED, 2_350, day, technical_survey="WALK-TS"))
        seen.look("technical", day)
    with on("2014-04-03") as day:
        polygon = "\n".join(f"{y} {x}" for y, x in walked(FOUND_BESIDE)[:-1])
        found = run("area", "extend", AREA, "--polygon", polygon, "--reason", "Mines found beside it", "--as", "omar")
        accept(found.stdout.split()[1])
        seen.look("larger", day)


def tasked(seen: Walk, folder: Path) -> None:
    with on("2014-04-10") as day:
        answers = {
            "code": TASK, "number": "TO/14/1", "title": "The lower field", "type": "clearance", "objectives": AREA,
            **WHERE, "planned_start": "2014-04-15", "planned_end": "2014-06-30", "planned_area_m2": 10_600, "depth_cm": 20,
            "standard": "NMAS 09.10", "status": "identified",
            "work_items": [{"method": "manual", "asset": "deminers", "planned_quantity": 10_600, "unit": "m2"}],
        }  # fmt: skip
        told("task_order", answers)
        prioritise(seen, day)
        step(TASK, "drafted", "--team", OTHER_TEAM)
        seen.said["not accredited"] = step(TASK, "issued", code=1)
        seen.said["access unknown"] = step(TASK, "issued", "--team", TEAM, code=1)
        told(
            "accessibility",
            {"village_typed": "WALK-VIL", "status": "open", "last_verified": day, "valid_until": "2014-12-31"},
        )
        step(TASK, "issued", "--team", TEAM)
        run("task", "dossier", TASK, "--to", folder / "dossier.pdf", "--as", "fatou")
        seen.dossier = (folder / "dossier.pdf").read_bytes()
        seen.look("tasked", day)


def prioritise(seen: Walk, day: str) -> None:
    """The area is scored, the ranking is kept for the work plan, and the task is prioritised on it."""
    scenario = ("--scenario", "livelihood", "--as", "fatou")
    seen.scores = data("priorities", "list", *scenario)[0]["areas"]
    run("priorities", "freeze", "--title", "Second quarter", *scenario, "--reason", "The field is needed")
    step(TASK, "prioritised")


def worked(seen: Walk, folder: Path) -> None:
    for day, status, *words in (("2014-04-14", "accepted"), ("2014-04-15", "in_progress")):
        with on(day):
            step(TASK, status, *words)
    with on("2014-04-30") as day:
        told("clearance_progress", progress("2014-04-15", day, 4_000, items=[ITEM]))
    with on("2014-05-05"):
        seen.said["no reason code"] = step(TASK, "suspended", code=1)
        step(TASK, "suspended", "--because", "weather")
        seen.said["suspended"] = data("task", "show", TASK)["status"]
    with on("2014-05-12"):
        step(TASK, "in_progress")
    with on("2014-05-30") as day:
        told("clearance_progress", progress("2014-05-12", day, 6_600))
        seen.look("worked", day)
    with on("2014-06-02") as day:
        seen.said["not accounted for"] = step(TASK, "completed", code=1)
        told("clearance", clearance("WALK-CL", "2014-04-15", day))
        told("completion", completion(day), answer="Quality control is asked for")
        words = ("--to", folder / "completion.pdf", "--as", "omar")
        seen.said["completion"] = run("certificate", "completion_report", "WALK-CR", *words).stdout
        step(TASK, "completed")
        seen.said["product"] = send("land_release", product("cleared", CLEARED, 10_600, day, clearance="WALK-CL"))
        seen.look("completed", day)


def failed(seen: Walk, folder: Path) -> None:
    with on("2014-06-05") as day:
        wrong = {
            "type": "missed", "severity": "major", "description": "A mine was found in the sample", "owner": "WALK-SC",
            "root_cause": "Two lanes overlapped by less than they should",
            "action": "Clear the lot again", "due_on": "2014-06-12", "correction_status": "open",
        }  # fmt: skip
        told("quality_visit", control("WALK-QC-1", day, 1, "failed", "reclearance", [wrong]))
        seen.said["control failed"] = step(TASK, "checked", code=1)
        seen.said["product after failure"] = accept(seen.said["product"], code=1)
        run("return", seen.said["product"], "--reason", "Clear the lot again", "--as", "omar")
        step(TASK, "in_progress")
        seen.look("failed", day)


def again(seen: Walk, folder: Path) -> None:
    with on("2014-06-11") as day:
        told("clearance_progress", progress("2014-06-06", day, 0, deminer_days=40))
        missed = NonConformity.objects.get().code
        for status, *more in (
            ("agreed",),
            ("corrected", "--set", "root_cause=The lane was searched too shallow"),
            ("verified", "--set", f"verified_on={day}"),
        ):
            run("quality", "step", missed, status, "--reason", "cleared again", "--as", "fatou", *more)
        seen.said["non-conformity"] = shown(missed)["status"]
        step(TASK, "completed")
        seen.look("again", day)


def passed(seen: Walk, folder: Path) -> None:
    with on("2014-06-14") as day:
        told("quality_visit", control("WALK-QC-2", day, 0, "passed", "none", []))
        step(TASK, "checked")
        told("land_release", product("cleared", CLEARED, 10_600, day, clearance="WALK-CL"))
        seen.look("passed", day)


def handed_over(seen: Walk, folder: Path) -> None:
    with on("2014-06-20") as day:
        answers = {
            "code": "WALK-HO", "number": "HO/14/1", "date": day, "area_typed": AREA, **WHERE, "task_typed": TASK,
            "operator": "WALK-SC", "quality_control": "WALK-QC-2", "polygon": walked(CLEARED), "area_m2": 10_600,
            "depth_cm": 20, "methods": ["manual"], "markers_placed": "yes", "intended_use": "fields",
            "restrictions": "Nothing is dug below 20 cm.", "residual_risk": "Below 20 cm.", "present_men": 6,
            "present_women": 5,
        }  # fmt: skip
        told("handover", answers)
        step(TASK, "handed_over")
        words = ("--to", folder / "handover.pdf", "--as", "omar", "--reason", "the signing in Tin Hama")
        printed = run("certificate", "handover", "WALK-HO", *words)
        seen.said["certificate"] = printed.stdout
        seen.certificate = (folder / "handover.pdf").read_bytes()
        step(TASK, "closed")
        seen.look("handed over", day)


def product(method: str, corners: Any, stated: int, day: str, **ground: str) -> dict[str, Any]:
    how = {"depth_cm": 20, "task_typed": TASK} if method == "cleared" else {"criteria": ["no_evidence"]}
    return {
        "area_typed": AREA, **WHERE, "method": method, "date": day, "polygon": walked(corners), "area_m2": stated,
        "whole_area": "yes" if method == "cleared" else "no", "operator": "WALK-SC", **how, **ground,
    }  # fmt: skip


def progress(first: str, last: str, cleared: int, **more: Any) -> dict[str, Any]:
    return {
        "task_typed": TASK, "area_typed": AREA, **WHERE, "operator": "WALK-SC", "period_start": first, "period_end": last,
        "methods": ["manual"], "cancelled_m2": 0, "reduced_m2": 0, "cleared_m2": cleared, "total_m2": cleared,
        "depth_cm": 20, "found": "yes" if "items" in more else "no", **more,
    }  # fmt: skip


def clearance(code: str, first: str, last: str) -> dict[str, Any]:
    return {
        "code": code, "area_typed": AREA, **WHERE, "task_typed": TASK, "operator": "WALK-SC", "methods": ["manual"],
        "started_on": first, "ended_on": last, "status": "completed", "reference_point": point(-1, -1),
        "polygon": walked(CLEARED), "cleared_m2": 10_600, "total_m2": 10_600, "depth_cm": 20,
    }  # fmt: skip


def completion(day: str) -> dict[str, Any]:
    return {
        "code": "WALK-CR", "task_typed": TASK, "area_typed": AREA, **WHERE, "operator": "WALK-SC", "submitted_on": day,
        "started_on": "2014-04-15", "ended_on": day, "methods": ["manual"], "final_polygon": walked(CLEARED),
        "cancelled_m2": 0, "reduced_m2": 0, "cleared_m2": 10_600, "total_m2": 10_600, "depth_cm": 20,
        "residual_risk": "Below 20 cm.",
    }  # fmt: skip


def control(code: str, day: str, findings: int, result: str, measure: str, wrong: list[Any]) -> dict[str, Any]:
    return {
        "code": code, "date": day, "visit_type": "control", "activity": "clearance", "task_typed": TASK, "area_typed": AREA,
        **WHERE, "operator": "WALK-SC", "inspector": "WALK-NA", "lot_m2": 10_600, "sample_m2": 1_060,
        "sample_method": "manual", "critical_findings": findings, "result": result, "measures": [measure],
        "anything_wrong": "yes" if wrong else "no", "non_conformities": wrong,
    }  # fmt: skip
