"""The command `download`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.publish.downloads.formats import Format
    from kambila.publish.downloads.reading import Reading


@click.command()
@click.argument("name", metavar="KIND|FIGURE")
@click.option(
    "--to",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A .csv, .xlsx, .geojson, .gpkg, .zip (Shapefile) or .kml; of a figure a .csv or .xlsx.",
)
@click.option("--filter", "chosen", default="", metavar="CQL2", help="Only those records, as the OGC API filters.")
@click.option("--hxl", is_flag=True, help="With a row of HXL tags, in a .csv.")
@click.option("--as", "author", default="", metavar="USER", help="Whose eyes decide what is in it.")
@click.option("--public", is_flag=True, help="What everybody may see.")
def download(name: str, to: Path, chosen: str, hxl: bool, author: str, public: bool) -> None:
    """Write a list or a figure into a file for other programs, as the pages of the desk give it to USER.

    A file that is to be imported again is written by `kambila export`.
    """
    from kambila.accounts.people import find
    from kambila.publish.downloads import figures, formats, making
    from kambila.publish.downloads.reading import Reading, Wanted
    from kambila.registry.kinds import kinds

    if bool(author) == public:
        raise click.UsageError(_("Say either --as USER or --public."))
    if hxl and to.suffix.lower() != ".csv":
        raise click.UsageError(_("HXL tags are for a .csv."))
    if name not in kinds() and (hxl or chosen):
        raise click.UsageError(_("A figure has neither a filter nor HXL tags."))
    account = find(author) if author else None
    if name not in kinds():
        number, format = figures.export(account, name, to), to.suffix.lstrip(".")
    else:
        chosen_format = formats.FORMATS["hxl"] if hxl else formats.of_file(to)
        reading = Reading(account, Wanted(name, chosen))
        number, format = reading.count(), chosen_format.name
        _write(reading, chosen_format, to, number)
    making.note(account, name, chosen, format)
    click.echo(_("%(number)d lines in %(path)s.") % {"number": number, "path": to})


def _write(reading: Reading, format: Format, to: Path, number: int) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from kambila.publish.downloads import formats

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(reading.kind, total=number)
        formats.write(reading, format, to, lambda done: bar.update(task, completed=done))
