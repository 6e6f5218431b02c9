"""Commands about the installation as a whole: `check` and `upgrade`."""

from __future__ import annotations

import json

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


COMMANDS = [check, upgrade]
