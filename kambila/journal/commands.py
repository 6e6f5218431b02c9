"""Commands of the journal: `journal`, `backup`, and the restoring of a backup, which kambila/commands.py offers."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def journal() -> None:
    """The journal itself: its head, and exchange with other offices."""


@journal.command("head")
@click.option("--sign", is_flag=True, help="Sign the head of this node and write it to heads.log.")
@click.option("--json", is_flag=True, expose_value=False, help="It is JSON in any case: {node: [number, hash]}.")
def journal_head(sign: bool) -> None:
    """The head, as JSON: {node: [number, hash]}. Give it to another office, so that it can send what is missing here."""
    from kambila.journal import heads

    if sign:
        heads.sign()
    click.echo(json.dumps(heads.head(), indent=2))


@journal.command("export")
@click.option("--since", default="{}", metavar="HEAD", help="The head of the other office: JSON, or a file of it.")
@click.option("--to", "path", type=FILE, required=True, help="The file to write.")
@click.option("--office", default="", metavar="CODE", help="With the sealed parts of this office's reports.")
@click.option("--sealed", is_flag=True, help="With all sealed parts: names, photographs, raw submissions.")
def journal_export(since: str, path: Path, office: str, sealed: bool) -> None:
    """Write what another office lacks to a file, without sealed parts unless you say which it is entitled to."""
    from kambila.journal import exchange, heads

    entitled = exchange.everything if sealed else exchange.of_office(office) if office else exchange.nothing
    written = exchange.export(path, heads.read_head(since), entitled)
    click.echo(_("%(number)s entries were written to %(path)s.") % {"number": written, "path": path})


@journal.command("import")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="{entries: {kind: number}, parts, known}")
def journal_import(path: Path, as_json: bool) -> None:
    """Take in a file from another office. Every chain in it is verified first; nothing is taken from one that lies."""
    from kambila.journal import exchange

    brought = exchange.bring_in(path)
    if as_json:
        click.echo(json.dumps(vars(brought), indent=2))
        return
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(brought.entries.items())) or _("nothing new")
    click.echo(_("Taken in: %(told)s; sealed parts: %(parts)s.") % {"told": told, "parts": brought.parts})


@click.command()
@click.option("--to", "path", type=FILE, required=True, help="The file to write.")
def backup(path: Path) -> None:
    """Write the whole programme to one file, also while people work. The node's key is not in it."""
    from kambila.journal import backup as backups

    entries = backups.backup(path)
    click.echo(_("%(number)s entries are kept in %(path)s.") % {"number": entries, "path": path})


@click.command()
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The directory to make.")
def restore(path: Path, into: Path) -> None:
    """Make a directory from a backup: the same registry and figures, under a new node that continues the old one.

    Erasures that were ordered after the backup was made are applied when they are told to it: import what other offices
    hold with `kambila journal import`.
    """
    from kambila.journal import backup as backups

    made = backups.restore(path, into)
    words = {"path": made.path, "node": made.node.id, "prefix": made.node.prefix}
    click.echo(_("Restored into %(path)s as node %(node)s; its codes begin with %(prefix)s.") % words)


COMMANDS = [journal, backup]
