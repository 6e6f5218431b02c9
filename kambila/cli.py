"""The command line: `kambila [--data DIR] COMMAND`. Each room brings its commands in its `commands.py`.

Answers: 0 done, 1 the answer is no, 2 wrong use, 130 stopped by Ctrl-C, 141 nobody reads the output any more.
Django is set up when a command runs, and not for `--help`; the modules of commands import what is heavy when they need it.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib import import_module, util
from pathlib import Path
from typing import Any

import click

ROOMS = ("journal", "accounts", "registry", "figures", "intake", "publish", "desk", "demo")
LANGUAGES = ("en", "fr")
WITHOUT_PROGRAMME = {"init", "restore", "demo"}
WITH_ANY_REGISTRY = WITHOUT_PROGRAMME | {"check", "upgrade", "backup"}


class Rooms(click.Group):
    """The commands of all rooms."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(self._found())

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return self._found().get(name)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the language of the terminal; only where it is not English is there something to load."""
        language = context.params.get("language") or spoken()
        said = {name: said_of(command) for name, command in sorted(self._found().items())}
        if language != "en":
            set_up(None)
            from django.utils import translation

            with translation.override(language):
                said = {name: translation.gettext(sentence) for name, sentence in said.items()}
        with formatter.section("Commands"):
            formatter.write_dl(list(said.items()))

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(context, args)
        asks_for_help = bool({"-h", "--help"} & set(rest)) or (not rest and isinstance(command, click.Group))
        context.obj = None if asks_for_help else name
        return name, command, rest

    def _found(self) -> MutableMapping[str, click.Command]:
        if not self.commands:
            from kambila.settings import AREAS

            modules = ["kambila.commands", "kambila.registry.upkeep", *(f"kambila.{room}.commands" for room in ROOMS)]
            for module in [*modules, *(f"{area}.commands" for area in AREAS)]:
                if util.find_spec(module.rpartition(".")[0]) and util.find_spec(module):
                    for command in import_module(module).COMMANDS:
                        if command.name in self.commands:
                            raise ValueError(f"two commands are called {command.name}")
                        self.add_command(command)
        return self.commands

    def invoke(self, context: click.Context) -> object:
        """Run the command; what goes wrong is told in a sentence."""
        with _answers(context):
            set_up(context.params.get("data"))
            from django.utils import translation

            language = context.params.get("language") or spoken()
            with _data(context.params.get("data")), translation.override(language), _problems_told(context):
                return super().invoke(context)
        return None


def said_of(command: click.Command) -> str:
    """The sentence that the list of commands has of one: the first of its help."""
    return command.get_short_help_str(limit=1_000)


@contextmanager
def _answers(context: click.Context) -> Iterator[None]:
    """The answers to what ends a command from outside: Ctrl-C, and a reader that went away (`kambila … | head`)."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        context.exit(130)
    except BrokenPipeError:
        # What is still buffered has nowhere to go; without this Python would say so when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        context.exit(141)


@contextmanager
def _problems_told(context: click.Context) -> Iterator[None]:
    """A Problem, and whatever nobody foresaw, as a sentence and a remedy; the trace only with --debug."""
    from django.db import DatabaseError

    from kambila import errors  # noqa: F401  it declares sentences
    from kambila.journal.errors import Problem

    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
        raise
    except Exception as error:
        if context.params.get("debug"):
            traceback.print_exc()
        if not isinstance(error, Problem):
            code = "database-failed" if isinstance(error, DatabaseError) else "unexpected"
            error = Problem(code, why=_in_a_line(error))
        click.echo(f"{error.sentence}\n{error.remedy}", err=True)
        context.exit(1)


def _in_a_line(error: Exception) -> str:
    said = " ".join(str(error).split())
    return f"{said} ({type(error).__name__})" if said else type(error).__name__


@contextmanager
def _data(data: Path | None) -> Iterator[None]:
    """`--data` for as long as the command runs, also where the settings were read before (in a test)."""
    from django.conf import settings

    before = settings.DATA
    settings.DATA = data.resolve() if data else before
    try:
        yield
    finally:
        settings.DATA = before


def spoken() -> str:
    """The language of the terminal, of those that are offered; English where it is none of them."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return said[:2] if said[:2] in LANGUAGES else "en"


def set_up(data: Path | None) -> None:
    """Make Django ready to work on the programme in `data`."""
    if data is not None and "kambila.settings" not in sys.modules:
        os.environ["KAMBILA_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
    import django

    django.setup()


def _remember(context: click.Context, parameter: click.Parameter, data: Path | None) -> Path | None:
    """Tell the settings, which are read when the first command is looked for, where the programme is."""
    if data is not None and "kambila.settings" not in sys.modules:
        os.environ["KAMBILA_DATA"] = str(data)
    return data


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="KAMBILA_DATA",
    is_eager=True,
    callback=_remember,
    help="The directory of the programme; by default KAMBILA_DATA, else kambila-data.",
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), is_eager=True, help="Of what is said; by default that of the terminal."
)
@click.option("--debug", is_flag=True, help="Where something goes wrong, print the trace too.")
@click.version_option(package_name="kambila", prog_name="kambila")
@click.pass_context
def main(context: click.Context, **options: Any) -> None:
    """Kambila: from a field report to a published figure that can be traced.

    `kambila demo` builds and serves an example; `kambila init` begins an empty programme. Nearly all other commands work on
    the programme in the directory of --data. A command answers 0 when it is done, 1 when the answer is no, 2 when it was
    not used rightly. `kambila COMMAND --help` tells more.
    """
    from django.conf import settings

    from kambila.journal import directory

    command = context.obj
    if directory.is_programme(settings.DATA):
        directory.open_directory(settings.DATA)
    if command and command not in WITHOUT_PROGRAMME:
        must_be_there()
    if command and command not in WITH_ANY_REGISTRY:
        must_be_current()


def must_be_there() -> None:
    """Raises Problem when there is no programme."""
    from django.conf import settings

    from kambila.journal import directory
    from kambila.journal.errors import Problem

    if not directory.is_programme(settings.DATA):
        raise Problem("no-programme", path=settings.DATA)


def must_be_current() -> None:
    """Raises Problem when the tables of the registry are those of another version."""
    from kambila.journal.errors import Problem
    from kambila.registry import tables

    if not tables.are_current():
        raise Problem("stale-registry")
