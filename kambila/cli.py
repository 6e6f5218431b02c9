"""The command line: `kambila [--data DIR] COMMAND`. Each room brings its commands in its `commands.py`."""

from __future__ import annotations

import os
import sys
from importlib import import_module, util
from pathlib import Path

import click

ROOMS = ("journal", "accounts", "registry", "figures", "intake", "publish", "desk", "demo")


class Rooms(click.Group):
    """The commands of all rooms; Django is set up when one is needed, so that `--data` comes first."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(self._found(context))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return self._found(context).get(name)

    def _found(self, context: click.Context) -> dict[str, click.Command]:
        if not self.commands:
            set_up(context.params.get("data"))
            from django.conf import settings

            modules = ["kambila.commands", "kambila.registry.upkeep", *(f"kambila.{room}.commands" for room in ROOMS)]
            modules += [f"{area}.commands" for area in settings.AREAS]
            for module in modules:
                if util.find_spec(module.rpartition(".")[0]) and util.find_spec(module):
                    for command in import_module(module).COMMANDS:
                        self.add_command(command)
        return self.commands

    def invoke(self, context: click.Context) -> object:
        from kambila.journal.errors import Problem

        try:
            return super().invoke(context)
        except Problem as problem:
            click.echo(f"{problem.sentence}\n{problem.remedy}", err=True)
            sys.exit(1)


def set_up(data: Path | None) -> None:
    """Make Django ready to work on the programme in `data`."""
    if data is not None:
        os.environ["KAMBILA_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(
        (os.environ.get("LANG") or "en")[:2] if (os.environ.get("LANG") or "").startswith("fr") else "en"
    )


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="KAMBILA_DATA",
    is_eager=True,
    help="The directory of the programme; by default kambila-data.",
)
@click.version_option(package_name="kambila")
@click.pass_context
def main(context: click.Context, data: Path | None) -> None:
    """Kambila: from a field report to a published figure that can be traced."""
    from django.conf import settings

    from kambila.journal import directory

    set_up(data)
    if directory.is_programme(settings.DATA):
        directory.open_directory(settings.DATA)
