"""`kambila task dossier`: beside the other commands of tasks, since only the desk draws."""

from __future__ import annotations

from pathlib import Path

import click

from kambila.intake.task_commands import TASK
from kambila.intake.task_commands import task as tasks


@tasks.command()
@TASK
@click.option("--to", "target", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as", "author", required=True, metavar="USER", help="For whom it is: it holds what USER may see.")
def dossier(task: str, target: Path, author: str) -> None:
    """Write the dossier of a TASK as PDF, in the language of --language, with headings in both."""
    from kambila.desk.dossier import dossier as made
    from kambila.intake.authority import known_account
    from kambila.intake.lookup import current
    from kambila.journal.errors import Problem
    from kambila.registry import access

    account, found = known_account(author), current("task", task)
    shown = access.visible(account, type(found)).filter(pk=found.pk).first()
    if shown is None:
        raise Problem("no-such-record", name=task)
    target.write_bytes(made(account, shown))
    click.echo(str(target))
