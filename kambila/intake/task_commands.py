"""`kambila task`: where a task stands, what keeps it from its next steps, and taking one."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kambila.intake.record_commands import deciding, tell

if TYPE_CHECKING:
    from kambila.domain.operations.candidates import Candidate
    from kambila.domain.operations.productivity import Rate
    from kambila.domain.operations.progress import Period, Told
    from kambila.registry.findings import Finding

TASK = click.argument("task", metavar="TASK")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON; docs/commands.md says of what shape.")


@click.group()
def task() -> None:
    """Tasks: the steps they take, who could take them, how they go. TASK is a code or a UUID."""


@task.command()
@TASK
@click.argument("status")
@click.option("--because", default="", metavar="CODE", help="Of a suspension: security, access, weather, funds, …")
@click.option("--despite", default="", metavar="TEXT", help="Why it is done although access is closed or unknown.")
@click.option("--team", default="", help="The team that is to do it: its code. Only with drafted and issued.")
@click.option("--scenario", default="", metavar="NAME", help="By what it is prioritised: the name of a scenario.")
@deciding
def step(
    task: str, status: str, because: str, despite: str, team: str, scenario: str, author: str, reason: str
) -> None:
    """Take a step: TASK becomes STATUS. What forbids it is said with the records that it rests on."""
    from kambila.intake import stepping

    said = {"suspension_reason": because, "team": team, "priority_scenario": scenario}
    also = {name: value for name, value in said.items() if value}
    tell(stepping.take("task", task, status, author, reason, also, despite))


@task.command()
@TASK
@AS_JSON
def show(task: str, as_json: bool) -> None:
    """Where a TASK stands, where it has stood, and what the guards say of each step that may follow."""
    from kambila.domain.operations.paths import TASK as PATH
    from kambila.intake import stepping
    from kambila.intake.lookup import current

    found = current("task", task)
    past, following = stepping.past_of(found), stepping.next_of(found)
    if as_json:
        told = {
            "task": found.id,
            "code": str(found),
            "status": found.status,
            "states": [vars(each) for each in past],
            "next": [{"status": each.status, "findings": [finding(f) for f in each.findings]} for each in following],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{found}  {found.title or ''}  {PATH.word(found.status)}")
    for state in past:
        click.echo(f"  {state.date}  {PATH.word(state.status)}  {state.author}  {state.reason}".rstrip())
    for each in following:
        click.echo(f"→ {each.status}  {each.word}")
        for said in each.findings:
            click.echo(f"    {mark_of(said)} {said.told()}")


@task.command()
@TASK
@AS_JSON
def candidates(task: str, as_json: bool) -> None:
    """Who could take a TASK or answer an EOD call: nearest and free first, with what speaks for and against each."""
    from kambila.domain.operations.candidates import candidates as all_candidates
    from kambila.domain.operations.candidates import responders
    from kambila.intake.lookup import current
    from kambila.journal import clock
    from kambila.registry import history

    today = clock.now().date()
    calls = history.find(task, "spot_task")
    found = responders(current(*calls[0]), today) if calls else all_candidates(current("task", task), today)
    if as_json:
        click.echo(json.dumps([candidate(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        far = "" if each.distance_km is None else f"{each.distance_km} km"
        free = _("free now") if each.free_from is None else _("free from %(day)s") % {"day": free_day(each)}
        click.echo("  ".join(filter(None, (word_of_state(each.state), str(each.team), each.team.title, far, free))))
        for said in each.findings:
            click.echo(f"    {mark_of(said)} {said.told()}")


@task.command()
@TASK
@click.option("--by", type=click.Choice(["day", "week", "month"]), default="week", show_default=True)
@AS_JSON
def progress(task: str, by: str, as_json: bool) -> None:
    """How a TASK goes: m² by method, days and hours of work, stoppages by cause, and when it may end, as a range."""
    from kambila.domain.operations.progress import cause_of, progress_of, words_of
    from kambila.intake.lookup import current
    from kambila.journal import clock

    told = progress_of(current("task", task), by, clock.now().date())
    if as_json:
        click.echo(json.dumps(_progress(told), ensure_ascii=False, indent=2))
        return
    for each in told.periods:
        parts = [f"{words_of(methods)}: {m2:.0f} m²" for methods, m2 in each.by_method.items()]
        parts += [_("%(days)s deminer days") % {"days": f"{each.amounts['deminer_days']:.1f}"}]
        parts += [f"{cause_of(cause)}: {hours:.1f} h" for cause, hours in each.stoppages.items()]
        if each.found or each.destroyed:
            parts += [_("items: %(found)d found, %(destroyed)d destroyed") % vars(each)]
        click.echo(f"{each.first}  {'  '.join(parts)}")
    planned = "?" if told.planned_m2 is None else f"{told.planned_m2:.0f}"
    click.echo(_("Done: %(done)s of %(planned)s m².") % {"done": f"{told.done_m2:.0f}", "planned": planned})
    if told.due_m2 is not None:
        click.echo(_("At an even pace %(due)s m² would be done by now.") % {"due": f"{told.due_m2:.0f}"})
    if told.forecast.earliest:
        ends = {"earliest": told.forecast.earliest, "latest": told.forecast.latest or "?"}
        click.echo(_("It may end between %(earliest)s and %(latest)s.") % ends)
    click.echo(told.forecast.sentence)


def _progress(told: Told) -> dict[str, Any]:
    """Progress as JSON; amounts as texts with two decimals."""
    ends = [told.forecast.earliest, told.forecast.latest]
    return {
        "periods": [_period(each) for each in told.periods],
        "total": _period(told.total),
        "planned_m2": _amount(told.planned_m2),
        "done_m2": f"{told.done_m2:.2f}",
        "due_m2": _amount(told.due_m2),
        "by_method": {
            method: {"planned_m2": _amount(planned), "done_m2": _amount(done)}
            for method, (planned, done) in told.by_method.items()
        },
        "items": told.items,
        "undated": [str(each) for each in told.undated],
        "forecast": {
            "earliest": str(ends[0]) if ends[0] else None,
            "latest": str(ends[1]) if ends[1] else None,
            "sentence": told.forecast.sentence,
        },
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _period(each: Period) -> dict[str, Any]:
    return {
        "first": str(each.first),
        **{name: f"{amount:.2f}" for name, amount in each.amounts.items()},
        "by_method": {methods: f"{m2:.2f}" for methods, m2 in each.by_method.items()},
        "stoppage_hours": {cause: f"{hours:.2f}" for cause, hours in each.stoppages.items()},
        "found": each.found,
        "destroyed": each.destroyed,
        "reports": list(each.reports),
    }


@task.command()
@click.option(
    "--by", type=click.Choice(["operator", "asset", "terrain", "method"]), default="operator", show_default=True
)
@click.option("--from", "first", default="", metavar="DAY", help="Only reports that end on that day or later.")
@click.option("--to", "last", default="", metavar="DAY", help="Only reports that end by that day.")
@AS_JSON
def productivity(by: str, first: str, last: str, as_json: bool) -> None:
    """m² searched in a day of a deminer and in an hour of a machine, by organisation, asset, terrain or method."""
    from kambila.domain.operations import productivity as measured
    from kambila.registry import replay

    first, last = (replay.day(each) if each else "" for each in (first, last))
    found = measured.productivity(by, first, last)
    if as_json:
        click.echo(json.dumps([_rate(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        parts = [each.title, f"{each.m2:.0f} m²"]
        if each.m2_per_day is not None:
            parts += [_("%(m2)s m² in a deminer day") % {"m2": f"{each.m2_per_day:.1f}"}]
        if each.m2_per_hour is not None:
            parts += [_("%(m2)s m² in a machine hour") % {"m2": f"{each.m2_per_hour:.1f}"}]
        parts += [_("%(hours)s hours of stoppage") % {"hours": f"{each.stoppage_hours:.1f}"}]
        click.echo("  ".join([*parts, ngettext("%(n)d report", "%(n)d reports", each.reports) % {"n": each.reports}]))


def _rate(each: Rate) -> dict[str, Any]:
    amounts = ("m2", "deminer_days", "machine_hours", "stoppage_hours", "m2_per_day", "m2_per_hour")
    stated = {name: _amount(getattr(each, name)) for name in amounts}
    return {"key": each.key, "title": each.title, "reports": each.reports, **stated}


def candidate(each: Candidate) -> dict[str, Any]:
    """A candidate as JSON."""
    return {
        "team": each.team.id,
        "code": str(each.team),
        "title": each.team.title,
        "organisation": each.organisation,
        "state": each.state,
        "distance_km": each.distance_km,
        "free_from": None if each.free_from is None else free_day(each),
        "busy_with": list(each.busy_with),
        "effort_days": each.effort_days,
        "findings": [finding(said) for said in each.findings],
    }


def free_day(each: Candidate) -> str:
    """The first free day of a team that is not free now; "unknown" where its task has no planned end."""
    return "unknown" if each.free_from == datetime.date.max else str(each.free_from)


def word_of_state(state: str) -> str:
    """Whether a team may take a task, in words."""
    return {
        "possible": _("possible"), "with_reason": _("only with a signed reason"), "forbidden": _("not possible"),
    }[state]  # fmt: skip


def finding(said: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    records = [{"kind": kind, "id": id, "code": code} for kind, id, code in said.records]
    return {"guard": said.guard, "weight": said.weight, "sentence": said.told(), "records": records}


def mark_of(said: Finding) -> str:
    """How grave a finding is, in a word."""
    return {
        "forbids": _("Forbids:"), "needs_reason": _("Needs a reason:"), "warns": _("Warning:"), "speaks_for": _("For:"),
    }[said.weight]  # fmt: skip


COMMANDS: list[click.Command] = [task]
