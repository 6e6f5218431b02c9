"""The commands `publish`, `certificate`, `verify-document` and `download`, and those of the lake and of tiles."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kambila.publish.downloads.commands import download
from kambila.publish.lake.commands import COMMANDS as OF_LAKES
from kambila.publish.tiles.commands import COMMANDS as OF_TILES


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


@click.command()
@click.argument("kind", type=click.Choice(("accreditation", "completion_report", "handover")))
@click.argument("code")
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write."
)
@click.option("--reason", default="", help="Why sealed words are opened for it; without one their place stays empty.")
@click.option(
    "--as", "author", required=True, metavar="USER", help="Who prints it, and whose eyes decide what is on it."
)
def certificate(kind: str, code: str, target: Path, reason: str, author: str) -> None:
    """Print the certificate of a record as a PDF in English and French, and tell the long code that is on it."""
    from kambila.accounts.people import find
    from kambila.publish.certificates.printing import print_out
    from kambila.publish.writing import write_one
    from kambila.registry import history

    record = next((id for known, id in history.find(code, kind) if known == kind), code)
    printed = print_out(find(author), kind, record, reason)
    write_one(target, printed.pdf)
    click.echo(printed.code)


@click.command("verify-document")
@click.argument("code")
@click.pass_context
def verify_document(context: click.Context, code: str) -> None:
    """Whether a printed certificate is valid, expired or unknown, by the long CODE on it. Answers 1 unless it is valid."""
    from kambila.publish.certificates.verifying import Answer, verify

    answer = verify(code)
    click.echo(answer.label)
    context.exit(0 if answer == Answer.VALID else 1)


COMMANDS = [publish, certificate, verify_document, download, *OF_LAKES, *OF_TILES]
