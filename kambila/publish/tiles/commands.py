"""The command `tiles`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _

USUAL_ZOOM, DEEPEST_ZOOM = 11, 14


@click.group()
def tiles() -> None:
    """Map tiles in a file, for use without a line."""


@tiles.command("build")
@click.option(
    "--to",
    "target",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write, by its ending: .pmtiles for browsers and QGIS, .mbtiles for Collect and GDAL.",
)
@click.option("--public", is_flag=True, help="What everybody may see.")
@click.option("--as", "author", default="", metavar="USER", help="What this account may see.")
@click.option(
    "--zoom",
    type=click.IntRange(0, DEEPEST_ZOOM),
    default=USUAL_ZOOM,
    show_default=True,
    help="The last zoom; each one more makes up to four times as many tiles.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON; docs/commands.md says of what shape.")
def build_tiles(target: Path, public: bool, author: str, zoom: int, as_json: bool) -> None:
    """Write the records that have a place, the programme's geography and the outlines of countries as one file of tiles."""
    from rich.console import Console

    from kambila.accounts.people import find
    from kambila.publish.tiles.building import build

    if public == bool(author):
        raise click.UsageError(_("Give --public, or --as USER."))
    with Console(stderr=True).status("") as status:
        done = build(find(author) if author else None, target, zoom, status.update)
    size = target.stat().st_size
    if as_json:
        told = {
            "to": str(target),
            "for": author or "public",
            "tiles": done.tiles,
            "bytes": size,
            "records": done.records,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        said = {"tiles": done.tiles, "size": f"{size / 1e6:.1f}", "to": target, "count": sum(done.records.values())}
        click.echo(_("%(tiles)d tiles with %(count)d records were written to %(to)s: %(size)s MB.") % said)


COMMANDS = [tiles]
