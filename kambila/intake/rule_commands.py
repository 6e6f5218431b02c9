"""Commands about how reports are decided: `rules list`, `set`, `two-steps`, `end`; and `verify-report`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import deciding

if TYPE_CHECKING:
    from kambila.intake.models import FormSetting


@click.group()
def rules() -> None:
    """What is accepted without a person, and which forms take two steps: list, set, two-steps, end."""


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="[{id, name, form, author, recorded, reporters, …}]")
def list_(as_json: bool) -> None:
    """The rules in force, and the forms that take two steps; none unless somebody said so."""
    from kambila.intake import rules as in_force

    rows = [_row(each) for each in in_force.settings()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        limits = [*row.get("reporters", []), *row.get("organisations", [])]
        marks = [name for name in ("dangers", "existing") if row.get(name)]
        click.echo(f"{row['id']}  {row['name']}  {row['form']}  {row['author']}  {' '.join(limits + marks)}".rstrip())


def _row(setting: FormSetting) -> dict[str, Any]:
    body = json.loads(setting.body)
    known = {"id": setting.entry, "name": setting.name, "form": setting.form, "author": setting.author}
    return {**known, "recorded": setting.recorded} | {name: body[name] for name in sorted(set(body) - {"name", "form"})}


@rules.command("set")
@click.argument("form")
@click.option("--reporter", "reporters", multiple=True, metavar="USER", help="Only what these send.")
@click.option("--organisation", "organisations", multiple=True, metavar="UUID", help="Only reports of these.")
@click.option("--dangers", is_flag=True, help="Reports of danger too.")
@click.option("--existing", is_flag=True, help="Changes to what is known already, and corrections, too.")
@deciding
def set_(
    form: str,
    reporters: tuple[str, ...],
    organisations: tuple[str, ...],
    dangers: bool,
    existing: bool,
    author: str,
    reason: str,
) -> None:
    """From now on accept reports of a FORM without a person when nothing about them is doubtful.

    The decisions bear the name of whoever makes the rule, and the rule. Nothing that might make a danger smaller is ever
    accepted so.
    """
    from kambila.intake import rules as in_force

    click.echo(in_force.set_rule(form, author, reason, reporters, organisations, dangers, existing).id)


@rules.command("two-steps")
@click.argument("form")
@deciding
def two_steps(form: str, author: str, reason: str) -> None:
    """From now on reports of a FORM are verified by one person before another accepts them."""
    from kambila.intake import rules as in_force

    click.echo(in_force.set_two_steps(form, author, reason).id)


@rules.command()
@click.argument("rule")
@deciding
def end(rule: str, author: str, reason: str) -> None:
    """End a RULE, or the two steps of a form (the id that `rules list` shows). What was accepted stays accepted."""
    from kambila.intake import rules as in_force

    in_force.end(rule, author, reason)
    click.echo(_("Ended."))


@click.command("verify-report")
@click.argument("name", metavar="REPORT")
@deciding
def verify_report(name: str, author: str, reason: str) -> None:
    """Take the first of two steps: say that a report was checked. Another person then accepts it."""
    from kambila.intake import verifying

    click.echo(verifying.verify(name, author, reason).id)


COMMANDS: list[click.Command] = [rules, verify_report]
