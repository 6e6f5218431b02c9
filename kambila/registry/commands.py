"""Commands that read the registry: `show`, `conflicts`, `unresolved`, `near`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click
from django.utils.translation import gettext as _

from kambila.journal.errors import Problem

JSON = "--json"


@click.command()
@click.argument("name", metavar="CODE|ID")
@click.option(JSON, "as_json", is_flag=True, help="[{kind, id, code, codes, why, values, story, conflicts}]")
def show(name: str, as_json: bool) -> None:
    """A record: each value with the report that it comes from, everything that was said about it, and disagreements.

    An older code, the code or UUID of a record that was merged, and a UUID whose record is not shown (retired, or no
    report of it accepted) lead there too. What is sealed is named and not opened. Answers 1 when nothing is known.
    """
    from kambila.registry import errors, portrait  # noqa: F401  the catalogue

    told = portrait.of(name)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each in told:
        _echo(each)


def _echo(told: dict[str, Any]) -> None:
    state = "" if told["exists"] else _("not in the registry now")
    click.echo(f"{told['kind']}  {told['code']}  {told['id']}  {state}".rstrip())
    if told["why"]:
        click.echo(f"  {told['why']}")
    for value in told["values"]:
        shown = _("sealed") if value["sealed"] else json.dumps(value["value"], ensure_ascii=False)
        origin = value["origin"]
        source = _("computed") if origin is None else f"{origin['code'] or origin['report']}  {origin['date']}"
        click.echo(f"    {value['field']} = {shown}    [{source}]")
    for each in told["conflicts"]:
        click.echo("  " + _("in conflict: %(sides)s") % {"sides": _side_line(each)})
    for step in told["story"]:
        state = "" if step["effective"] else _("without effect")
        click.echo(
            f"  {step['recorded'][:16]}  {step['verb']}  {step['code'] or step['entry']}  {step['author']}  {state}"
            .rstrip()
        )  # fmt: skip


def _side_line(conflict: dict[str, Any]) -> str:
    sides = [f"{json.dumps(s['stated'], ensure_ascii=False)} ({s['code'] or s['ref']})" for s in conflict["sides"]]
    return f"{conflict['field']}: {' / '.join(sides)}"


@click.command()
@click.option(JSON, "as_json", is_flag=True, help="[{kind, record, code, field, sides: [{ref, code, stated, …}]}]")
def conflicts(as_json: bool) -> None:
    """Fields on which reports disagree without one having known of the other; what stands comes first.

    `kambila resolve` says which is right. When a report is withdrawn or corrected, its conflicts end by themselves.
    """
    from kambila.registry import portrait

    found = portrait.conflicts()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo(f"{each['kind']}  {each['code'] or each['record']}  {_side_line(each)}")


@click.command()
@click.option("--limit", default=1000, show_default=True, help="How many at most.")
@click.option(JSON, "as_json", is_flag=True, help="[{kind, record, code, field, target}]")
def unresolved(limit: int, as_json: bool) -> None:
    """Links to records that are not known, such as a casualty whose incident nobody has reported yet."""
    from kambila.registry import history

    found = [asdict(each) for each in history.unresolved(limit)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo(f"{each['kind']}  {each['code'] or each['record']}  {each['field']} → {each['target']}")


@click.command()
@click.argument("name", metavar="CODE|ID")
@click.option("--as", "author", required=True, metavar="USER", help="Who asks; only what that account may see is told.")
@click.option("--within", default=0.0, metavar="METRES", help="Also what lies so far away; at most 50,000 m.")
@click.option(JSON, "as_json", is_flag=True, help="[{kind, id, code, relation, distance_m, common_m2, percent}]")
def near(name: str, author: str, within: float, as_json: bool) -> None:
    """What lies beside a record: what overlaps it, with the common ground in m², what touches it, and what is near."""
    from kambila.accounts import people
    from kambila.registry import access, errors, history, neighbours  # noqa: F401  the catalogue
    from kambila.registry.kinds import model_of

    account = people.find(author)
    found = [
        (record, neighbours.neighbours(account, record, within))
        for kind, id in history.find(name)
        for record in access.visible(account, model_of(kind)).filter(pk=id)
    ]
    if not found:
        raise Problem("no-such-record", name=name)
    beside = [row for _record, each in found for row in neighbours.as_json(each)]
    if as_json:
        click.echo(json.dumps(beside, ensure_ascii=False, indent=2))
        return
    for row in beside:
        click.echo(f"{row['kind']}  {row['code'] or row['id']}  {_beside(row)}")


def _beside(row: dict[str, Any]) -> str:
    if row["relation"] == "overlaps":
        return _("%(common_m2)s m² in common, %(percent)s %%") % row
    return _("touches it") if row["relation"] == "touches" else _("%(distance_m)s m away") % row


COMMANDS: list[click.Command] = [show, conflicts, unresolved, near]
