"""Commands that look after journal and registry together: `verify` and `replay`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.journal.verify import Verified
    from kambila.registry.replay import Progress


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A bar on the terminal over all entries of the journal; called with how many more are done."""
    from django.db import connection
    from rich.console import Console
    from rich.progress import Progress as Bar

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM journal_entry")
        total = cursor.fetchone()[0]
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda more: bar.advance(task, more)


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every entry, part and file, and the registry derived again.")
@click.option("--against", default="", metavar="HEAD", help="A head that was seen elsewhere: JSON, or a file of it.")
@click.option("--json", "as_json", is_flag=True, help="{ok, entries, parts: {held, absent, erased}, findings: [text]}")
def verify(everything: bool, against: str, as_json: bool) -> None:
    """Is the journal whole? Answers 1 and names what differs when it is not.

    Without options, what was written since the last signed head. A head that was published or sent elsewhere proves more
    than any key that lies beside the database: use --against.
    """
    from kambila.journal import heads
    from kambila.journal import verify as verifying
    from kambila.registry import rederive

    result = verifying.Verified()
    if against:
        result.findings += verifying.verify_against(heads.read_head(against))
    if everything:
        whole = verifying.verify_all()
        result = verifying.Verified(whole.entries, whole.parts, result.findings + whole.findings)
        with progress(_("Deriving the registry again")) as advance:
            differences = [str(each) for each in rederive.compare(advance)]
    else:
        result.findings += verifying.verify_since_checkpoint()
        differences = []
    findings = [str(each) for each in result.findings] + differences
    if as_json:
        told = {"ok": not findings, "entries": result.entries, "parts": result.parts, "findings": findings}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _tell(result, findings, everything)
    sys.exit(1 if findings else 0)


def _tell(result: Verified, findings: list[str], everything: bool) -> None:
    for each in findings:
        click.echo(each)
    if everything:
        words = {"entries": result.entries, **result.parts}
        sentence = _("%(entries)s entries; sealed parts: %(held)s held, %(absent)s not held here, %(erased)s erased.")
        click.echo(sentence % words)
    click.echo(_("Something differs.") if findings else _("Everything is as it was written."))


@click.command()
@click.option("--known-at", default="", metavar="MOMENT", help="As this node knew it then: 2014-06-30T23:59:59Z.")
@click.option("--as-of", default="", metavar="DAY", help="As it was on a day: 2014-06-30.")
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The directory to make; it is read-only.")
def replay(known_at: str, as_of: str, into: Path) -> None:
    """Fold the registry again, as it was known at a moment or as it was on a day, in a directory of its own."""
    from kambila.registry.replay import replay_into

    with progress(_("Replaying the journal")) as advance:
        replay_into(into, known_at, as_of, advance)
    click.echo(_("Look at it with: kambila --data %(path)s figures") % {"path": into})


COMMANDS = [verify, replay]
