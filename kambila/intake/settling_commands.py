"""`show`, `set` and `sign` of what two people settle: the criteria of land release, the scenarios of priority."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import deciding


def settled(group: click.Group) -> None:
    """Add the commands to the group of a setting; `kambila.intake.settling.SETTINGS` has it by the name of the group."""
    name = str(group.name)

    @group.command("show")
    def show() -> None:
        """What is in force, as a file that can be changed and set."""
        import tomli_w

        from kambila.intake import settling
        from kambila.registry import settled

        setting = settling.SETTINGS[name]
        with settled.in_force():
            click.echo(tomli_w.dumps(setting.written(setting.current())), nl=False)

    @group.command("set")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @deciding
    def set_(file: Path, author: str, reason: str) -> None:
        """Propose a FILE. It is in force when another person has signed it."""
        from kambila.intake import settling

        entry = settling.propose(settling.SETTINGS[name], file, author, reason)
        click.echo(entry.id)
        told = {"name": name, "id": entry.id}
        click.echo(_("Without effect until another person signs: kambila %(name)s sign %(id)s") % told)

    @group.command("sign")
    @click.argument("setting")
    @deciding
    def sign(setting: str, author: str, reason: str) -> None:
        """Sign what another person has set, by the id of its entry. From then on it holds for everything."""
        from kambila.intake import settling

        settling.sign(settling.SETTINGS[name], setting, author, reason)
        click.echo(_("In force."))
