"""Commands about what could not be taken in: `quarantine list`, `again`, `discard`."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from django.utils.translation import gettext as _

from kambila.journal.errors import Problem

NUMBERS = click.argument("numbers", type=int, nargs=-1, metavar="[NUMBER]…")
AUTHOR = click.option(
    "--as", "author", required=True, metavar="USER", help="Who does it; it takes the right to decide."
)
BECAUSE = click.option("--because", default="", metavar="CODE", help="All that are there for this reason.")


@click.group("quarantine")
def quarantine_() -> None:
    """What known senders sent and could not become a report: list, again, discard."""


@quarantine_.command("list")
@BECAUSE
@AUTHOR
@click.option("--json", "as_json", is_flag=True, help="[{number, author, received, reason, instance, size, files, …}]")
def list_(because: str, author: str, as_json: bool) -> None:
    """What is kept, of whom, since when and why; the oldest first. Its content, which may name people, is not shown."""
    from kambila.intake import retrying

    found = retrying.kept(author, because)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        size = _("%(size)s kB") % {"size": max(1, each.size // 1000)}
        click.echo(f"{each.number:5}  {each.received[:16]}  {each.author:16}  {each.reason:22}  {size}")
        click.echo(f"       {each.sentence}")


@quarantine_.command()
@NUMBERS
@BECAUSE
@click.option("--corrects", default="", metavar="REPORT", help="Take it in as a correction of this report.")
@AUTHOR
def again(numbers: tuple[int, ...], because: str, corrects: str, author: str) -> None:
    """Try to take in what is kept, once what kept it out is mended; by NUMBER, or all that are there for one reason.

    Prints the code and the id of each report that it became; answers 1 when something had to stay.
    """
    from kambila.intake import retrying

    chosen = numbers or tuple(each.number for each in retrying.kept(author, because) if because)
    stayed = False
    for number in chosen:
        try:
            receipt = retrying.again(number, author, corrects)
            click.echo(f"{number}  {receipt.code}  {receipt.report_id}")
        except Problem as problem:
            stayed = True
            click.echo(f"{number}  {problem}")
    if stayed:
        raise click.exceptions.Exit(1)


@quarantine_.command()
@NUMBERS
@AUTHOR
def discard(numbers: tuple[int, ...], author: str) -> None:
    """Throw away what is kept, for good, with its files. Look at who sent it first: it may hold a report of danger."""
    from kambila.intake import retrying

    retrying.discard(numbers, author)


COMMANDS: list[click.Command] = [quarantine_]
