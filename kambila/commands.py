"""Commands about the installation as a whole: `check`, `upgrade`, and `restore`, which two rooms have."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _


@click.command()
@click.option(
    "--json", "as_json", is_flag=True, help="{ok, path, node, database, findings: [{code, sentence, remedy}]}"
)
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """What is wrong with this installation, and what to do about it. Answers 1 when there is something."""
    from django.db import connection

    from kambila import checks
    from kambila.journal import directory

    opened = directory.current()
    found = list(checks.findings())
    told = {"path": str(opened.path), "node": opened.node.name, "database": connection.vendor}
    if as_json:
        rows = [vars(each) for each in found]
        click.echo(json.dumps({"ok": not found, **told, "findings": rows}, ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(f"{each.sentence} {each.remedy}".strip())
        click.echo(_("%(node)s in %(path)s on %(database)s.") % told)
        click.echo(_("Something needs a person.") if found else _("All is well."))
    context.exit(1 if found else 0)


@click.command()
def upgrade() -> None:
    """After a new version: change the ordinary tables, derive the registry again if it needs it, publish new forms."""
    from django.core.management import call_command

    from kambila.intake.forms import publish_forms
    from kambila.journal import directory, projections
    from kambila.journal.errors import Problem
    from kambila.registry import tables
    from kambila.registry.upkeep import progress

    if directory.current().node.view is not None:
        raise Problem("read-only")
    call_command("migrate", verbosity=0, interactive=False)
    if tables.are_current():
        projections.catch_up()
    else:
        with progress(_("Deriving the registry again")):
            projections.rebuild()
    published = publish_forms("")
    click.echo(_("Everything is up to date. New forms: %(number)s.") % {"number": len(published)})


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="FILE|KIND RECORD")
@click.option("--into", type=click.Path(path_type=Path), help="With FILE: the directory to make.")
@click.option("--date", default="", help="With a record: from when, as 2014, 2014-06 or 2014-06-20; today by default.")
@click.option("--reason", default="", help="With a record: why; it is kept sealed beside the decision.")
@click.option("--as", "author", default="", metavar="USER", help="With a record: who decides.")
@click.pass_context
def restore(
    context: click.Context, what: tuple[str, ...], into: Path | None, date: str, reason: str, author: str
) -> None:
    """Make a programme from a backup: FILE --into DIR. Or bring a retired record back: KIND RECORD --reason … --as ….

    From a backup come the same registry and figures, under a new node that continues the old one. Erasures that were
    ordered after the backup was made are applied when they are told to it: import what other offices hold with `kambila
    journal import`. A retired record comes back by this decision only; a later report alone does not bring it.
    """
    from kambila.intake.record_commands import restore as restore_record
    from kambila.journal.commands import restore as restore_backup

    if len(what) == 1 and into and not (date or reason or author):
        context.invoke(restore_backup, path=Path(what[0]), into=into)
    elif len(what) == 2 and reason and author and not into:
        from kambila.cli import must_be_current, must_be_there

        must_be_there()
        must_be_current()
        context.invoke(restore_record, kind=what[0], record=what[1], date=date, author=author, reason=reason)
    else:
        raise click.UsageError(_("Give FILE --into DIR, or KIND RECORD --reason TEXT --as USER."))


COMMANDS = [check, upgrade, restore]
