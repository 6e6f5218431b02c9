"""The commands `places import` and `places find`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _


@click.group()
def places() -> None:
    """Administrative areas and villages: import them, find them by name."""


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "author", default="places-import", show_default=True, help="The account that imports.")
@click.option(
    "--json", "as_json", is_flag=True, help="{new, changed, unchanged, refused: [{where, pcode, reason}], reports}"
)
def import_(file: Path, author: str, as_json: bool) -> None:
    """Import the administrative areas of a GeoPackage, or the settlements of a CSV file.

    The rows come in as reports of a thousand changes, each accepted by a decision, so that every name and every outline
    leads back to the file. The same file imported again changes nothing. Import areas before the villages in them.
    """
    from rich.console import Console
    from rich.progress import Progress

    from kambila.domain.places.importing import import_file

    with Progress(console=Console(stderr=True), transient=True, disable=as_json) as progress:
        bar = progress.add_task(_("Places"), total=None)
        outcome = import_file(file, author, lambda rows: progress.advance(bar, rows))
    refused = [{"where": row.where, "pcode": row.pcode, "reason": row.refused} for row in outcome.refused]
    counts = {name: outcome.counts[name] for name in ("new", "changed", "unchanged")}
    if as_json:
        click.echo(json.dumps({**counts, "refused": refused, "reports": outcome.reports}, ensure_ascii=False, indent=2))
    else:
        sentence = _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused.")
        click.echo(sentence % {**counts, "refused": len(refused)})
        for row in refused:
            click.echo("  ".join(each for each in (row["where"], row["pcode"], row["reason"]) if each))


@places.command()
@click.argument("name")
@click.option("--limit", default=20, show_default=True, help="How many places are shown.")
@click.option("--json", "as_json", is_flag=True, help="[{kind, id, code, title, type, adm1, adm2, adm3, match}]")
def find(name: str, limit: int, as_json: bool) -> None:
    """Find places by NAME or P-code: with or without accents, by another spelling, by the beginning, or nearly."""
    from kambila.domain.places import finding

    found = finding.by_code(name) or finding.find(name, limit)
    if as_json:
        click.echo(json.dumps([place.as_json() for place in found], ensure_ascii=False, indent=2))
    for place in () if as_json else found:
        within = " ".join(each for each in (place.adm3 or place.adm2 or place.adm1,) if each != place.code)
        click.echo(f"{place.code:12} {place.title}  {_label(place.type)}  {within}".rstrip())
    if not found:
        if not as_json:
            click.echo(_("No place is called %(name)s.") % {"name": name}, err=True)
        sys.exit(1)


def _label(type: str) -> str:
    from kambila.domain.places.codes import AdminLevel, PlaceClass

    labels = {**dict(AdminLevel.choices), **dict(PlaceClass.choices)}
    return str(labels.get(type, type))


@click.command()
@click.option("--as", "author", required=True, metavar="USER", help="Who asks; only what that account may see is told.")
@click.option("--on", "on", default="", metavar="DAY", help="What holds on a day: 2014-06-30. By default today.")
@click.option("--json", "as_json", is_flag=True, help="[{kind, title, status, until, records}]")
def movement(author: str, on: str, as_json: bool) -> None:
    """Which roads and places are open, restricted or closed on a day; what has expired is unknown."""
    import datetime

    from kambila.accounts import people
    from kambila.domain.places.movement import movement as passages
    from kambila.journal import clock
    from kambila.registry.replay import day

    found = passages(people.find(author), datetime.date.fromisoformat(day(on)) if on else clock.now().date())
    if as_json:
        rows = [
            {
                "kind": each.kind,
                "title": each.title,
                "status": each.status,
                "until": each.until.isoformat() if each.until else None,
                "records": [str(record) for record in each.records],
            }
            for each in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    for each in () if as_json else found:
        until = _("until %(day)s") % {"day": each.until.isoformat()} if each.until else ""
        click.echo("  ".join(filter(None, (each.label or _("unknown"), each.title, until, str(each.records[0])))))


COMMANDS = [places, movement]
