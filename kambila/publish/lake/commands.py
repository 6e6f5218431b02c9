"""The commands `lake` and `notebook`."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils.translation import gettext as _

JSON = click.option("--json", "as_json", is_flag=True, help="As JSON; docs/commands.md says of what shape.")


@click.group()
def lake() -> None:
    """A lake: the registry as GeoParquet files for DuckDB, pandas, R, QGIS and others."""


@lake.command("export")
@click.option("--to", "address", required=True, metavar="LAKE", help="A directory, or s3://bucket/folder.")
@click.option(
    "--as", "author", default="", metavar="USER", help="Whose eyes decide what it holds; by default everyone's."
)
@click.option("--with-names", is_flag=True, help="With what identifies people, where USER may open it.")
@click.option("--reason", default="", help="Why names are opened; it is kept with each of them.")
@JSON
def lake_export(address: str, author: str, with_names: bool, reason: str, as_json: bool) -> None:
    """Bring a lake up to the registry: only what changed is written, and every earlier export stays readable."""
    from rich.console import Console

    from kambila.accounts.people import find
    from kambila.publish.lake.exporting import export

    with Console(stderr=True).status("") as status:
        account = find(author) if author else None
        done = export(address, account, status.update, with_names, reason)
    told = {"export": done.name, "to": address, "for": done.manifest["for"], "rows": done.rows, "files": done.files}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(_("%(export)s: %(rows)d rows in %(files)d files were written to %(to)s, for %(for)s.") % told)


@lake.command("list")
@click.argument("address", metavar="LAKE")
@JSON
def lake_list(address: str, as_json: bool) -> None:
    """The exports that a lake holds, the oldest first."""
    from kambila.figures.lake import lake_at, manifest_of, manifests

    found = lake_at(address)
    rows = [_summary(name, manifest_of(found, name)) for name in manifests(found)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['export']}  {row['made'][:16]}  {row['rows']:>10,}  {row['for']}")


def _summary(name: str, manifest: dict[str, Any]) -> dict[str, Any]:
    rows = sum(file["rows"] for told in manifest["kinds"].values() for file in told["files"])
    return {
        "export": name,
        "made": manifest["made"],
        "revision": manifest["revision"],
        "for": manifest["for"],
        "rows": rows,
    }


@click.command()
@click.argument("address", metavar="LAKE")
@click.option("--kind", default="hazardous_area", help="The kind that the lines open.")
def notebook(address: str, kind: str) -> None:
    """Print the lines that open a lake in DuckDB, pandas, R and QGIS."""
    from kambila.publish.lake.telling import lines

    click.echo(lines(address, kind))


COMMANDS = [lake, notebook]
