"""`kambila priorities`: which areas are the most urgent, why, and on what a work plan was based."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import deciding
from kambila.intake.settling_commands import settled

JSON = click.option("--json", "as_json", is_flag=True, help="As JSON; docs/commands.md says of what shape.")
AS = click.option(
    "--as", "author", required=True, metavar="USER", help="Who asks; only what that account may see counts."
)


@click.group()
def priorities() -> None:
    """Priorities: areas scored by the scenarios of the programme, each score open into its parts and their records."""


@priorities.command("list")
@click.option("--scenario", "name", default="", metavar="NAME", help="By default the first.")
@click.option("--against", default="", metavar="NAME", help="A second scenario beside it.")
@click.option("--on", "on", default="", metavar="DAY", help="As of a day: replays the journal. By default today.")
@click.option("--most", default=20, show_default=True, help="So many areas; 0 for all.")
@AS
@JSON
def list_(name: str, against: str, on: str, most: int, author: str, as_json: bool) -> None:
    """The most urgent areas by a scenario, with what makes each so."""
    from kambila.accounts import people
    from kambila.domain.operations.priorities.scores import as_json as told
    from kambila.domain.operations.priorities.scores import rankings

    account = people.find(author)
    with _on(on) as day:
        found = rankings(account, [name, *([against] if against else [])], day)
    if as_json:
        click.echo(json.dumps([told(each) for each in found], ensure_ascii=False, indent=2))
        return
    beside = {score.area.id: score.points for score in found[-1].scores} if against else {}
    click.echo(f"{' | '.join(each.scenario.title for each in found)}  ({found[0].version}, {found[0].day})")
    for score in found[0].scores[: most or None]:
        other = f" | {beside.get(score.area.id, 0):5}" if against else ""
        click.echo(f"{score.points:5}{other}  {score.area}  {score.area.title or ''}".rstrip())
        for part in score.parts:
            if part.points:
                codes = ", ".join(code for _kind, _id, code in part.records[:5])
                click.echo(f"         {part.points:5} / {part.of:4}  {part.label}: {codes}")


@contextlib.contextmanager
def _on(day: str) -> Iterator[Any]:
    """The registry as of a day; for none, as it is."""
    import datetime

    from kambila.journal import clock
    from kambila.registry import replay

    if not day:
        yield clock.now().date()
        return
    with replay.replayed(as_of=replay.day(day)):
        yield datetime.date.fromisoformat(day)


@priorities.command("freeze")
@click.option("--title", required=True, help="What the work plan is called.")
@click.option("--scenario", "name", default="", metavar="NAME", help="By default the first.")
@deciding
def freeze(title: str, name: str, author: str, reason: str) -> None:
    """Keep today's ranking as that on which a work plan is based."""
    from kambila.intake import work_plans

    click.echo(work_plans.freeze(title, name, author, reason).id)


@priorities.command("plans")
@JSON
def plans(as_json: bool) -> None:
    """The rankings that were frozen, the newest first."""
    from kambila.domain.operations.priorities.scenarios import written
    from kambila.intake.work_plans import work_plans

    found = work_plans()
    if as_json:
        rows = [
            {
                **vars(each),
                "scenarios": written(each.scenarios),
                "areas": None if each.areas is None else len(each.areas),
            }
            for each in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for each in found:
        areas = _("not held here") if each.areas is None else len(each.areas)
        click.echo(f"{each.id}  {each.day}  {each.scenario} {each.version}  {areas}  {each.author}  {each.title}")


@priorities.command("compare")
@click.argument("plan")
@AS
@JSON
def compare(plan: str, author: str, as_json: bool) -> None:
    """The areas of a frozen PLAN with their scores then and now."""
    from kambila.accounts import people
    from kambila.intake.work_plans import compared, work_plan
    from kambila.journal import clock

    rows = compared(work_plan(plan), people.find(author), clock.now().date())
    if as_json:
        click.echo(json.dumps([vars(each) for each in rows], ensure_ascii=False, indent=2))
        return
    for each in rows:
        now = "    –" if each.now is None else f"{each.now:5.1f}"
        click.echo(f"{each.then:5.1f} → {now}  {each.code}  {each.title}".rstrip())


@click.group()
def scenarios() -> None:
    """The scenarios of priority: named weights of criteria. Two people settle them."""


settled(scenarios)
COMMANDS: list[click.Command] = [priorities, scenarios]
