"""The command that writes the programme page."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _


@click.command()
@click.option(
    "--release", "id", required=True, metavar="ID", help="The release: its id, the beginning of it, or `last`."
)
@click.option(
    "--to",
    "target",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the files go: a new or empty directory, or one that was published to before.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON; docs/commands.md says of what shape.")
def publish(id: str, target: Path, as_json: bool) -> None:
    """Write a release as a web site: plain files in English and French, readable from a disk."""
    from rich.console import Console

    from kambila.figures.releases import release_of
    from kambila.publish.site import files_of
    from kambila.publish.writing import write

    release = release_of(id)
    with Console(stderr=True).status(_("Drawing the pages")):
        files = files_of(release)
        write(files, target)
    if as_json:
        rows = [{"path": path, "bytes": len(content)} for path, content in sorted(files.items())]
        click.echo(json.dumps({"release": release.id, "to": str(target), "files": rows}, ensure_ascii=False, indent=2))
    else:
        said = {"title": release.title, "count": len(files), "page": target / "index.html"}
        click.echo(_("“%(title)s” was published in %(count)d files. Open %(page)s.") % said)


COMMANDS = [publish]
