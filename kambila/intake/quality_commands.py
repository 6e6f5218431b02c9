"""The commands `quality coverage`, `quality due`, `quality standing` and `quality step`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import ON, deciding, on, pairs, tell

if TYPE_CHECKING:
    from kambila.domain.operations.coverage import Covered, CoveredTeam


@click.group()
def quality() -> None:
    """Quality: visits planned and done, how organisations stand, and the way of a non-conformity."""


@quality.command()
@click.option("--weeks", default=8, show_default=True, type=click.IntRange(1, 520), help="How far back.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="{from, to, operators: [{id, last_visit, …}], teams: […], offices: […]}",
)
@ON
def coverage(weeks: int, day: str, as_json: bool) -> None:
    """Quality visits planned and done, for each organisation and office, and the last visit to each team; those that
    nobody has seen come first."""
    from kambila.domain.operations import coverage as covering

    found = covering.coverage(on(day), weeks)
    offices = [{"office": office, "planned": planned, "done": done} for office, planned, done in found.offices]
    if as_json:
        operators = [_row(each) for each in found.operators]
        teams = [_team(each) for each in found.teams]
        told = {"from": str(found.first), "to": str(found.last), "operators": operators, "teams": teams}
        told["offices"] = offices
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each in found.operators:
        count = _("%(done)d of %(planned)d visits") % {"done": each.done, "planned": each.planned}
        asked = _("%(number)d a month asked for: %(risk)s") % {"number": each.asked, "risk": each.risk.label}
        _echo(each, weeks, count, asked)
    for team in found.teams:
        _echo(team, weeks, team.operator)


def _echo(each: Covered | CoveredTeam, weeks: int, *more: str) -> None:
    seen = _("last seen %(day)s") % {"day": each.last} if each.last else _("never seen")
    mark = _("not seen for %(weeks)d weeks") % {"weeks": weeks} if each.unseen else ""
    click.echo("  ".join(filter(None, (each.code or each.id, each.title, seen, *more, mark))))


def _team(each: CoveredTeam) -> dict[str, Any]:
    return {
        "id": each.id,
        "code": each.code,
        "title": each.title,
        "operator": each.operator,
        "last_visit": str(each.last) if each.last else None,
        "weeks_since": each.weeks_since,
        "unseen": each.unseen,
    }


def _row(each: Covered) -> dict[str, Any]:
    return {
        "id": each.id,
        "code": each.code,
        "title": each.title,
        "last_visit": str(each.last) if each.last else None,
        "weeks_since": each.weeks_since,
        "planned": each.planned,
        "done": each.done,
        "unseen": each.unseen,
        "standing": str(each.standing.step),
        "risk": str(each.risk),
        "asked": each.asked,
    }


@quality.command()
@ON
@click.option("--json", "as_json", is_flag=True, help="[{what, kind, id, code, due}]")
def due(day: str, as_json: bool) -> None:
    """What waits to be followed to its end: overdue non-conformities, demining accidents of which no lesson was recorded,
    and land that was handed over six or twelve months ago and not visited since."""
    from kambila.domain.operations import due as waiting

    found = waiting.due(on(day))
    if as_json:
        rows = [{"what": e.what, "kind": e.kind, "id": e.id, "code": e.code, "due": str(e.day)} for e in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo("  ".join((each.code, each.words, _("due on %(day)s") % {"day": each.day})))


@quality.command()
@click.argument("organisation")
@ON
@click.option("--json", "as_json", is_flag=True, help="{step, sentence, may_work, records: [{kind, id, code}]}")
@click.pass_context
def standing(context: click.Context, organisation: str, day: str, as_json: bool) -> None:
    """How the ORGANISATION (code or UUID) stands: good, warning, monitoring or suspended, and why. Answers 1 when its
    operations are suspended."""
    from kambila.domain.operations import standing as ladder
    from kambila.intake.lookup import find_record

    found = ladder.standing(find_record("organisation", organisation), on(day))
    records = [{"kind": kind, "id": id, "code": code} for kind, id, code in found.records]
    if as_json:
        told = {"step": str(found.step), "sentence": found.sentence, "may_work": found.may_work, "records": records}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(found.sentence)
    context.exit(0 if found.may_work else 1)


@quality.command()
@click.argument("code")
@click.argument("status")
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="What the step states besides; repeat it.")
@click.option("--answer", default="", help="Why it is right all the same, where something is doubtful.")
@deciding
def step(code: str, status: str, values: tuple[str, ...], answer: str, author: str, reason: str) -> None:
    """Take the next step with the non-conformity CODE: agreed, corrected, verified, escalated, open."""
    from kambila.intake import stepping

    tell(stepping.take("non_conformity", code, status, author, reason, pairs(values), answer))


COMMANDS: list[click.Command] = [quality]
