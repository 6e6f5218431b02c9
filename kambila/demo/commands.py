"""`demo` builds and serves the example programme, `init` begins an empty one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _


@click.command()
@click.option("--no-serve", is_flag=True, help="Build only; do not serve.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="The port to listen on.")
def demo(no_serve: bool, port: int) -> None:
    """Build the example programme, Mali in July 2014, and serve it.

    The totals are those published in July 2014; the individual reports behind them are invented for demonstration. What
    is built already is only served; a build that was interrupted starts over. It takes a minute or so.
    """
    from django.conf import settings

    from kambila.demo import errors  # noqa: F401  the catalogue
    from kambila.desk.commands import serve_forever

    _build(settings.DATA)
    if no_serve:
        click.echo(_("The example programme is in %(path)s.") % {"path": settings.DATA})
        return
    _tell_accounts()
    serve_forever(port=port)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--name", help="What the programme is called.")
@click.option("--prefix", help="Begins the codes that this office gives, such as BKO.")
@click.option("--zone", help="The time zone of the programme, such as Africa/Bamako.")
@click.option("--languages", help="Its languages, the first one first, such as fr,en.")
@click.option("--administrator", metavar="USER", help="The first account: it makes the others and gives them roles.")
@click.option("--password", envvar="KAMBILA_PASSWORD", help="Of the administrator; asked for when it is not given.")
def init(file: Path | None, password: str | None, **given: str | None) -> None:
    """Begin an empty programme in the directory of --data, from options or a short settings FILE (TOML).

    Its node is introduced, its settings stand in the journal, the forms are published, and the administrator can sign in.

    \b
    name = "Mine action in Mali"
    prefix = "BKO"
    zone = "Africa/Bamako"
    languages = ["fr", "en"]
    administrator = "ana"
    """
    from django.conf import settings

    from kambila.demo import beginning

    chosen = beginning.read(file, {k: v for k, v in given.items() if v})
    if chosen.administrator and password is None:
        password = click.prompt(_("Password of the administrator"), hide_input=True, confirmation_prompt=True)
    begun = beginning.begin(settings.DATA, chosen, password)
    click.echo(_("%(name)s begins in %(path)s.") % {"name": begun.node.name, "path": begun.path})
    if not chosen.administrator:
        click.echo(_("Next: kambila user add USER, then kambila grant USER --role administrator --reason … --as USER."))
    else:
        click.echo(_("Next: kambila serve, and kambila user add for whoever works with it."))


def _build(path: Path) -> None:
    """Build what is not there; raises Problem for a directory that holds something else."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from kambila.demo import build
    from kambila.journal import directory
    from kambila.journal.errors import Problem

    if build.is_unfinished(path):
        build.clear(path)
    elif directory.is_programme(path):
        if not directory.open_directory(path).node.example:
            raise Problem("not-the-example", path=path)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(_("Building the example programme"), total=None)
        build.build(path, lambda done, total: bar.update(task, completed=done, total=total))


def _tell_accounts() -> None:
    """Who can sign in to the example, as what, and with which password."""
    from rich.console import Console
    from rich.table import Table

    from kambila.accounts.roles import Role
    from kambila.demo import cast

    table = Table(title=_("Accounts of the example"), box=None, title_justify="left")
    for heading in (_("User name"), _("Password"), _("Role"), _("Name")):
        table.add_column(heading)
    for person in cast.PEOPLE:
        row: tuple[Any, ...] = (person.username, cast.PASSWORD, Role(person.role).label, person.full_name)
        table.add_row(*(str(each) for each in row))
    Console().print(table)


COMMANDS = [demo, init]
