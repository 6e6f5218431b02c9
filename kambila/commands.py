"""Commands about the installation as a whole: `check` and `upgrade`."""

from __future__ import annotations

import sys

import click
from django.utils.translation import gettext as _


@click.command()
def check() -> None:
    """What is wrong with this installation, and what to do about it. Answers 1 when there is something."""
    from django.db import connection

    from kambila.journal import directory, projections, verify
    from kambila.registry import tables
    from kambila.registry.models import Held

    opened, found = directory.current(), []
    if not tables.are_current():
        found.append(_("The registry was built by another version. Run `kambila upgrade`."))
    elif projections.is_behind():
        found.append(_("The registry is behind the journal. Run `kambila upgrade`; it derives what is missing."))
    elif held := Held.objects.count():
        sentence = _("%(number)s entries come from a newer version: the registry is incomplete. Install that version.")
        found.append(sentence % {"number": held})
    if (opened.path / "node.key").stat().st_mode & 0o077:
        found.append(_("Others can read node.key. Run `chmod 600` on it."))
    found += [str(each) for each in verify.verify_since_checkpoint()]
    for each in found:
        click.echo(each)
    words = {"path": opened.path, "node": opened.node.name, "database": connection.vendor}
    click.echo(_("%(node)s in %(path)s on %(database)s.") % words)
    click.echo(_("Something needs a person.") if found else _("All is well."))
    sys.exit(1 if found else 0)


@click.command()
def upgrade() -> None:
    """After a new version: change the ordinary tables, derive the registry again if it needs it, publish new forms."""
    from django.core.management import call_command

    from kambila.intake.forms import publish_forms
    from kambila.journal import projections
    from kambila.registry import tables

    call_command("migrate", verbosity=0, interactive=False)
    if tables.are_current():
        projections.catch_up()
    else:
        click.echo(_("Deriving the registry again …"))
        projections.rebuild()
    published = publish_forms("")
    click.echo(_("Everything is up to date. New forms: %(number)s.") % {"number": len(published)})


COMMANDS = [check, upgrade]
