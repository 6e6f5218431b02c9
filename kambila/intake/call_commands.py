"""The commands `call list`, `call assign`, `call step` and `call response`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import deciding, pairs, tell

if TYPE_CHECKING:
    from kambila.domain.operations.calls import Open, Response

CALL = click.argument("call")
ANSWER = click.option("--answer", default="", help="Why it is right all the same, where something is doubtful.")


@click.group()
def call() -> None:
    """EOD calls: those that wait, the team that is sent, what came of it, and how long it took."""


@call.command("list")
@click.option(
    "--json", "as_json", is_flag=True, help="[{id, code, priority, status, days, requested, place, operator}]"
)
def list_(as_json: bool) -> None:
    """The open calls, those that no team has reached first, the most urgent first, with the days waited."""
    from kambila.domain.operations.calls import open_calls
    from kambila.journal import clock

    found = open_calls(clock.now())
    if as_json:
        click.echo(json.dumps([_open(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        waits = "" if each.days is None else _("waiting %(days)s days") % {"days": f"{each.days:g}"}
        words = (each.call.get_priority_display() or "?", each.call.get_status_display() or "?")
        click.echo("  ".join(filter(None, (str(each.call), *map(str, words), waits, _place(each.call)))))
    if not found:
        click.echo(_("No call is open."))


@call.command()
@CALL
@click.option("--team", required=True, help="The team that is sent (code or UUID).")
@click.option("--despite", default="", help="Why in spite of what needs a signed reason.")
@ANSWER
@deciding
def assign(call: str, team: str, despite: str, answer: str, author: str, reason: str) -> None:
    """Send a team to the CALL. `kambila task candidates CALL` lists the nearest that could go."""
    from kambila.intake import calls

    tell(calls.assign(call, team, author, reason, despite=despite, answer=answer))


@call.command()
@CALL
@click.argument("status")
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="What the step states besides; repeat it.")
@ANSWER
@deciding
def step(call: str, status: str, values: tuple[str, ...], answer: str, author: str, reason: str) -> None:
    """Take the next step with the CALL: responded, closed (--set outcome=…), requested (given back), cancelled."""
    from kambila.intake import calls

    tell(calls.record(call, status, author, reason, pairs(values), answer))


@call.command()
@click.option("--from", "first", default="", metavar="DAY", help="Calls received from this day on: 2014-01-01.")
@click.option("--to", "last", default="", metavar="DAY", help="Calls received until this day: 2014-06-30.")
@click.option("--json", "as_json", is_flag=True, help="[{month, region, calls, answered, median_days, p90_days}]")
def response(first: str, last: str, as_json: bool) -> None:
    """Days from call to response, median and 90th percentile, by month of the call and région."""
    from kambila.domain.operations.calls import responses
    from kambila.registry.replay import period

    found = responses(*period(first, last))
    if as_json:
        click.echo(json.dumps([_response(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        count = _("%(answered)d of %(calls)d answered") % {"answered": each.answered, "calls": each.calls}
        days = _("median %(median)s days, 90th percentile %(p90)s") % {"median": each.median, "p90": each.p90}
        click.echo("  ".join((each.month or "?", each.region or "?", count, days if each.answered else "")).rstrip())


def _open(each: Open) -> dict[str, Any]:
    call = each.call
    told = {"id": call.id, "code": str(call), "priority": call.priority, "status": call.status, "days": each.days}
    return {**told, "requested": call.requested_on, "place": _place(call), "operator": call.operator_id}


def _response(each: Response) -> dict[str, Any]:
    told = {"month": each.month, "region": each.region, "calls": each.calls, "answered": each.answered}
    return {**told, "median_days": each.median, "p90_days": each.p90}


def _place(call: Any) -> str:
    return str(call.locality or call.adm3 or call.adm2 or call.adm1 or "")


COMMANDS: list[click.Command] = [call]
