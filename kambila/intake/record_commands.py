"""Commands that decide about records, and `countersign`. Records are named by code or UUID.

`restore` is offered by kambila/commands.py, which shares its name with the restoring of backups.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.intake.writing import Result


def deciding(command: Callable[..., Any]) -> Callable[..., Any]:
    """The two options of every decision: who, and why."""
    for option in (
        click.option("--as", "author", required=True, metavar="USER", help="Who decides."),
        click.option("--reason", required=True, help="Why; it is kept sealed beside the decision."),
    ):
        command = option(command)
    return command


def tell(result: Result) -> None:
    """The id of the entry, then what remains to be done, a line each."""
    click.echo(result.id)
    for sentence in result.remains:
        click.echo(sentence)


def pairs(values: Iterable[str]) -> dict[str, str]:
    """The values of `--set FIELD=VALUE`, by field. Raises UsageError for what is none."""
    split = [each.partition("=") for each in values]
    if wrong := [field for field, equals, _value in split if not equals or not field]:
        raise click.UsageError(_("--set takes FIELD=VALUE, not %(given)s.") % {"given": wrong[0] or "="})
    return {field: value for field, _equals, value in split}


ON = click.option("--on", "day", default="", metavar="DAY", help="As it was on that day, as far as it is known now.")


def on(day: str) -> datetime.date:
    """The day of `--on`, today where it is not given. Raises Problem for what is no day."""
    from kambila.journal import clock
    from kambila.registry import replay

    return datetime.date.fromisoformat(replay.day(day)) if day else clock.now().date()


KIND = click.argument("kind")
RECORD = click.argument("record")
DATE = click.option("--date", default="", help="From when this is true: 2014, 2014-06 or 2014-06-20; today by default.")


@click.command("same-as")
@KIND
@click.argument("one")
@click.argument("other")
@deciding
def same_as(kind: str, one: str, other: str, author: str, reason: str) -> None:
    """Say that two records of a KIND are one: it is counted once, and both codes lead there.

    For hazardous areas it takes effect when a second person countersigns it.
    """
    from kambila.intake import decisions

    tell(decisions.same_as(kind, one, other, author, reason))


@click.command("not-same-as")
@KIND
@click.argument("one")
@click.argument("other")
@deciding
def not_same_as(kind: str, one: str, other: str, author: str, reason: str) -> None:
    """Say that two records of a KIND are two; undoes `same-as`."""
    from kambila.intake import decisions

    tell(decisions.not_same_as(kind, one, other, author, reason))


@click.command()
@KIND
@RECORD
@DATE
@deciding
def retire(kind: str, record: str, date: str, author: str, reason: str) -> None:
    """End the life of a record that was right and is no longer. Its history, and what was counted earlier, stay.

    For a record that was never right, withdraw its report instead. Danger reported on it later shows all the same.
    """
    from kambila.intake import decisions

    tell(decisions.retire(kind, record, author, reason, date))


@click.command()
@KIND
@RECORD
@DATE
@deciding
def restore(kind: str, record: str, date: str, author: str, reason: str) -> None:
    """Bring a retired record back; a later report alone does not."""
    from kambila.intake import decisions

    tell(decisions.restore(kind, record, author, reason, date))


@click.command()
@KIND
@RECORD
@click.argument("field")
@click.argument("chosen", metavar="REPORT")
@deciding
def resolve(kind: str, record: str, field: str, chosen: str, author: str, reason: str) -> None:
    """Say which REPORT (id, code, or id/index) is right about a FIELD on which reports disagree.

    It overrules every other report known now; what comes later is weighed again. See `kambila conflicts`.
    """
    from kambila.intake import decisions

    tell(decisions.resolve(kind, record, field, chosen, author, reason))


@click.command()
@click.argument("decision")
@deciding
def countersign(decision: str, author: str, reason: str) -> None:
    """Sign another person's DECISION (its id) that waits for a second person; from then on it is in effect."""
    from kambila.intake import decisions

    tell(decisions.countersign(decision, author, reason))


@click.command()
@KIND
@RECORD
@click.option("--authority", required=True, help="Who ordered it, or by which law or request. Name no person here.")
@deciding
def erase(kind: str, record: str, authority: str, author: str, reason: str) -> None:
    """Erase what identifies a person in a record: names, stories, raw reports and files, also in reports to come.

    Everything that was merged with the record goes too. What was counted stays counted. It cannot be undone; older
    backups still hold what they held. The entry names records and the authority, and stays for ever.
    """
    from kambila.intake import decisions

    tell(decisions.erase(kind, record, author, reason, authority))


@click.command()
@KIND
@RECORD
@click.option("--audience", type=click.Choice(["partner", "public"]), required=True)
@click.option(
    "--precision",
    type=click.Choice(["commune", "exact"]),
    default="commune",
    show_default=True,
    help="How exactly it is told where it is: the middle of its commune, or its own place.",
)
@click.option("--until", default="", help="The last day of the disclosure, such as 2014-12-31.")
@deciding
def disclose(kind: str, record: str, audience: str, precision: str, until: str, author: str, reason: str) -> None:
    """Let partners, or the public, see a record that is otherwise restricted. What identifies people stays sealed."""
    from kambila.intake import decisions

    tell(decisions.disclose(kind, record, author, reason, audience, precision, until))


@click.command()
@KIND
@RECORD
@click.option("--audience", type=click.Choice(["partner", "public"]), required=True)
@deciding
def close(kind: str, record: str, audience: str, author: str, reason: str) -> None:
    """End a disclosure. What others have already copied stays with them."""
    from kambila.intake import decisions

    tell(decisions.close(kind, record, author, reason, audience))


COMMANDS: list[click.Command] = [
    same_as, not_same_as, retire, resolve, countersign, erase, disclose, close,
]  # fmt: skip
