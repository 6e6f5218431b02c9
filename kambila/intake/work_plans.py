"""Work plans: the ranking of areas on which one was based, frozen in the journal, so that it can be looked at for ever."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from kambila.accounts.roles import may
from kambila.domain.operations.priorities.scenarios import Scenarios, current, read, written
from kambila.domain.operations.priorities.scores import as_json, rankings
from kambila.intake.authority import known_account
from kambila.journal import Draft, Part, append, clock, read_part
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.journal.parts import named
from kambila.registry import access
from kambila.registry.fields import RESTRICTED
from kambila.registry.kinds import model_of

NAME, RANKING = "work-plan", "ranking.json"


@dataclass(frozen=True)
class WorkPlan:
    """A frozen ranking, with the scenarios by which it was made.

    `areas` as `scores.as_json` tells them; None where the part is not held here or was altered.
    """

    id: str
    recorded: str
    author: str
    title: str
    scenario: str
    version: str
    day: str
    scenarios: Scenarios
    areas: list[Mapping[str, Any]] | None


def freeze(title: str, scenario: str, author: str, reason: str) -> Entry:
    """Freeze the ranking of today by a scenario, of the areas that the author sees.

    Raises Problem without a title or a reason, and for who may not decide.
    """
    account = known_account(author)
    if not may(account, "decide"):
        raise Problem("may-not", account=author, action="decide")
    if not reason.strip():
        raise Problem("no-reason")
    if not title.strip():
        raise Problem("no-title")
    ranking = as_json(rankings(account, [scenario], clock.now().date())[0])
    content = orjson.dumps(ranking["areas"])
    told = {name: ranking[name] for name in ("scenario", "version", "day")}
    value = {
        "title": title.strip(),
        **told,
        "hash": hashlib.sha256(content).hexdigest(),
        "scenarios": written(current()),
    }
    parts = {"reason": Part("text/plain", reason.strip().encode()), RANKING: Part("application/json", content)}
    return append([Draft("setting", author, {"name": NAME, "value": value}, parts)])[0]


def work_plans() -> list[WorkPlan]:
    """Every frozen ranking, the newest first."""
    rows = EntryRow._default_manager.filter(kind="setting", body__contains=f'"name":"{NAME}"')
    return [_read(row) for row in rows.order_by("-tick", "-id")]


def work_plan(id: str) -> WorkPlan:
    """A frozen ranking by its id, or the beginning of it. Raises Problem when there is none, or more than one."""
    found = [each for each in work_plans() if each.id.startswith(id)]
    if len(found) != 1:
        raise Problem("no-such-decision", name=id)
    return found[0]


def _read(row: EntryRow) -> WorkPlan:
    value = orjson.loads(row.body)["value"]
    commitment = named(orjson.loads(row.sealed), RANKING)
    content = read_part(commitment) if commitment else None
    holds = content is not None and hashlib.sha256(content).hexdigest() == value.get("hash")
    told = {name: str(value.get(name, "")) for name in ("title", "scenario", "version", "day")}
    areas = orjson.loads(content) if content and holds else None
    return WorkPlan(row.id, row.recorded, row.author, **told, scenarios=read(value["scenarios"]), areas=areas)


@dataclass(frozen=True)
class Moved:
    """An area of a plan: its score then, and now; None for now where nothing is left of it, or it is not seen."""

    id: str
    code: str
    title: str
    then: float
    now: float | None


def compared(plan: WorkPlan, account: Any, day: datetime.date) -> list[Moved]:
    """The areas of a plan that an account sees whole, with their scores then, and now by the same weights."""
    ranking = rankings(account, [plan.scenario], day, plan.scenarios)[0]
    now = {score.area.id: float(score.points) for score in ranking.scores}
    seen = access.visible(account, model_of("hazardous_area")).filter(shown_tier=RESTRICTED)
    known = set(seen.filter(pk__in=[each["id"] for each in plan.areas or ()]).values_list("pk", flat=True))
    shown = [each for each in plan.areas or () if each["id"] in known]
    return [Moved(each["id"], each["code"], each["title"], each["score"], now.get(each["id"])) for each in shown]
