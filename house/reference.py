"""`python -m house.reference`: write the parts of the documentation that are drawn from the code.

docs/errors.md is the catalogue of errors; docs/command-line.md has, between two marks, a line for every command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
ERRORS, COMMANDS = ROOT / "docs" / "errors.md", ROOT / "docs" / "command-line.md"
BEGIN, END = "<!-- every command -->", "<!-- that was every command -->"


def commands(group: click.Group, context: click.Context, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its whole name."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, click.Context(command), f"{path}{name} ")
        elif command is not None:
            yield f"{path}{name}", command


def synopsis(name: str, command: click.Command) -> str:
    """`figure ID [--as-of DAY] [--json]`: arguments first, options that must be given without brackets."""
    context = click.Context(command)
    arguments = [each.make_metavar(context) for each in command.params if isinstance(each, click.Argument)]
    options = [each for each in command.params if isinstance(each, click.Option)]
    said = " ".join([name, *arguments, *(_option(each, context) for each in sorted(options, key=_optional))])
    return said.replace(" INTEGER", " N").replace("[ATTACHMENTS]...", "[ATTACHMENT…]")


def _option(option: click.Option, context: click.Context) -> str:
    said = option.opts[0] if option.is_flag else f"{option.opts[0]} {option.make_metavar(context)}"
    return said if not _optional(option) else f"[{said}]{'…' if option.multiple else ''}"


def _optional(option: click.Option) -> bool:
    return not option.required and not option.prompt


def command_table() -> str:
    """Every command with its options and the first sentence of its help, as they stand in docs/command-line.md."""
    from kambila.cli import main

    lines = []
    for name, command in commands(main, click.Context(main)):
        lines.append(f"    {synopsis(name, command)}\n        {command.get_short_help_str(200)}")
    return "\n".join(lines)


def error_table() -> str:
    """docs/errors.md: every error that a person can meet, in English."""
    from django.utils import translation

    from kambila.journal.errors import CATALOGUE

    for path in sorted((ROOT / "kambila").rglob("errors.py")):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    lines = [
        "# Errors",
        "",
        "What can go wrong, what Kambila says then, and what to do. `%(…)s` stands for what the sentence is about. Desk,",
        "phone and command line say the same, in English or French. This table is made by `python -m house.reference`.",
        "",
        "| code | what is said | what to do |",
        "|---|---|---|",
    ]
    with translation.override("en"):
        for code, (sentence, remedy) in sorted(CATALOGUE.items()):
            lines.append(f"| {code} | {_cell(sentence)} | {_cell(remedy)} |")
    return "\n".join(lines) + "\n"


def _cell(words: object) -> str:
    return str(words).replace("|", "\\|").replace("\n", " ")


def with_commands(text: str) -> str:
    """A text with its table of commands brought up to date."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{command_table()}\n\n{END}{rest.partition(END)[2]}"


def main() -> int:
    """Write both files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
    import django

    django.setup()
    ERRORS.write_text(error_table())
    COMMANDS.write_text(with_commands(COMMANDS.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
