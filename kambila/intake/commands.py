"""Commands of the intake: `submit`, `reports`, `report`, `accept`, `return`, `reject`, `withdraw`, `correct`, and those
of the modules called `…_commands`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

from kambila.intake import (
    accreditation_commands,
    call_commands,
    expiring_commands,
    form_commands,
    ordnance_commands,
    priority_commands,
    quality_commands,
    quarantine_commands,
    record_commands,
    rule_commands,
    task_commands,
)
from kambila.intake.alerts import commands as alert_commands
from kambila.intake.land import commands as land_commands
from kambila.intake.matching import commands as matching_commands
from kambila.intake.record_commands import deciding, pairs, tell
from kambila.intake.sheets import commands as sheet_commands

if TYPE_CHECKING:
    from kambila.registry.models import Report

STATUSES = ("waiting", "accepted", "returned", "rejected", "withdrawn")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.argument("attachments", type=FILE, nargs=-1)
@click.option("--as", "author", required=True, metavar="USER", help="Who sends it.")
def submit(file: Path, attachments: tuple[Path, ...], author: str) -> None:
    """Send a filled form: FILE is the XML that ODK Collect sends, ATTACHMENTS its photographs and files.

    Prints the code and the id of the report that it became. The same submission sent again is the same report.
    """
    from kambila.intake.receive import receive

    receipt = receive(file.read_bytes(), {each.name: each.read_bytes() for each in attachments}, author)
    already = _("  (was here already)") if receipt.duplicate else ""
    click.echo(f"{receipt.code}  {receipt.report_id}{already}")


@click.command()
@click.option("--status", type=click.Choice(STATUSES), help="Only these; waiting are those that need a decision.")
@click.option("--limit", default=100, show_default=True, help="How many, the newest first; 0 for all.")
@click.option(
    "--json", "as_json", is_flag=True, help="[{id, code, form, status, date, recorded, reporter, office, kinds, …}]"
)
def reports(status: str | None, limit: int, as_json: bool) -> None:
    """What was reported, the newest first, and what was decided about it."""
    from kambila.registry.models import Report

    found = Report.objects.order_by("-recorded", "-id")
    found = found.filter(status=status) if status else found
    rows = [row_of(each) for each in (found[:limit] if limit else found)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        mark = _("danger") if row["danger"] and row["status"] in ("waiting", "returned") else ""
        line = f"{row['code'] or row['id']}  {row['status']:9}  {row['date']:10}  {row['reporter']}  "
        click.echo(f"{line}{' '.join(row['kinds'])}  {mark}".rstrip())


def row_of(report: Report) -> dict[str, Any]:
    """A report as a line of the list."""
    return {
        **{name: getattr(report, name) for name in ("id", "code", "form", "version", "status", "date", "recorded")},
        **{name: getattr(report, name) for name in ("reporter", "office", "organisation", "edits", "counts")},
        "kinds": report.kinds.split(),
        "danger": report.is_danger,
    }


@click.command()
@click.argument("name", metavar="REPORT")
@click.option("--json", "as_json", is_flag=True, help="{…, body, findings, decisions, parts}; see docs/commands.md")
def report(name: str, as_json: bool) -> None:
    """One report, by id or code: what it says, what is wrong with it, what was decided, what is sealed beside it.

    What is sealed (names, stories, reasons, the raw submission) is listed and never shown here.
    """
    told = _told(name)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each in ("code", "id", "status", "form", "version", "reporter", "office", "date", "recorded", "edits"):
        if told[each]:
            click.echo(f"{each:10}  {told[each]}")
    for each, said in told["body"].get("phone", {}).items():
        click.echo(f"{'phone':10}  {each} {said}")
    for each in told["incomplete"]:
        click.echo(f"{'incomplete':10}  {each}")
    for index, change in enumerate(told["body"]["changes"]):
        click.echo(f"\n{index}  {change['kind']}  {change['id']}")
        _echo_values(change)
    for line in _lines(told):
        click.echo(line)


def _echo_values(change: dict[str, Any]) -> None:
    for field, value in change.get("values", {}).items():
        click.echo(f"    {field} = {json.dumps(value, ensure_ascii=False)}")
    sealed = _("sealed")
    for field in change.get("sealed", {}):
        click.echo(f"    {field} = {sealed}")


def _lines(told: dict[str, Any]) -> Iterable[str]:
    for each in told["findings"]:
        where = "" if each["index"] < 0 else f" {each['index']}/{each['field']}".rstrip("/")
        yield f"\n{each['level']}{where}: {each['sentence']} [{each['code']}]\n    {each['remedy']}"
    if told["decisions"]:
        yield ""
    for each in told["decisions"]:
        state = _("waits for a second person") if each["waits"] else "" if each["effective"] else _("without effect")
        yield f"{each['recorded'][:16]}  {each['verb']}  {each['author']}  {each['id']}  {state}".rstrip()
    if told["parts"]:
        yield "\n" + "\n".join(f"{p['name']}  {p['media_type']}  {p['length']}  {p['state']}" for p in told["parts"])


def _told(name: str) -> dict[str, Any]:
    from kambila.intake.completeness import missing
    from kambila.intake.lookup import entry_of, find_report
    from kambila.intake.review import review
    from kambila.registry.models import Decision, Report

    found = find_report(name)
    entry = entry_of(found.id)
    decided = Decision.objects.filter(kind="", record=found.id).order_by("tick", "id")
    names = ("code", "level", "index", "field", "sentence", "remedy")
    return {
        **row_of(found),
        "author": found.author,
        "edited_by": list(Report.objects.filter(edits=found.id).order_by("tick").values_list("id", flat=True)),
        "body": entry.body,
        "incomplete": missing(entry),
        "findings": [{name: getattr(each, name) for name in names} for each in review(found.id)],
        "decisions": [
            {name: getattr(each, name) for name in ("id", "verb", "author", "recorded", "effective", "waits", "stands")}
            for each in decided
        ],
        "parts": _parts(entry.sealed),
    }


def _parts(sealed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sealed parts: held here, not held here, or erased by an entry."""
    from kambila.journal.erasure import erased_by
    from kambila.journal.parts import held_part

    erased = erased_by([part["commitment"] for part in sealed])
    states = {p["commitment"]: "held" if held_part(p["commitment"]) else "not held here" for p in sealed}
    states |= {commitment: f"erased by {entry}" for commitment, entry in erased.items()}
    return [{**part, "state": states[part["commitment"]]} for part in sealed]


def answer_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--answer", default="", help="Why it is right all the same, where the review is in doubt.")(
        command
    )


STANDS = click.option(
    "--stands", default="", metavar="REPORT", help="Another report of the same danger, which stands for this one."
)


@click.command()
@click.argument("name", metavar="REPORT")
@answer_option
@deciding
def accept(name: str, answer: str, author: str, reason: str) -> None:
    """Accept a report: from now on what it says counts. Errors keep it out; doubts must be answered with --answer."""
    from kambila.intake import decisions

    tell(decisions.accept(name, author, reason, answer))


@click.command("return")
@click.argument("name", metavar="REPORT")
@deciding
def return_(name: str, author: str, reason: str) -> None:
    """Give a report back to its reporter; the reason says what to mend. A report of danger stays visible meanwhile."""
    from kambila.intake import decisions

    tell(decisions.return_(name, author, reason))


@click.command()
@click.argument("name", metavar="REPORT")
@STANDS
@deciding
def reject(name: str, stands: str, author: str, reason: str) -> None:
    """Reject a report. A danger that nobody confirmed needs a second person, unless another report --stands for it."""
    from kambila.intake import decisions

    tell(decisions.reject(name, author, reason, stands))


@click.command()
@click.argument("name", metavar="REPORT")
@STANDS
@deciding
def withdraw(name: str, stands: str, author: str, reason: str) -> None:
    """Take an accepted report back: figures are then as if it had never been accepted; its history stays."""
    from kambila.intake import decisions

    tell(decisions.withdraw(name, author, reason, stands))


@click.command()
@click.argument("name", metavar="REPORT")
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="As often as needed; INDEX/FIELD=VALUE "
              "where several changes have the field; FIELD= for unknown.")  # fmt: skip
@click.option("--date", default="", help="Another date of information: 2014, 2014-06 or 2014-06-20.")
@deciding
def correct(name: str, values: tuple[str, ...], date: str, author: str, reason: str) -> None:
    """Correct a report by a new one that restates it. It waits for acceptance; until then the earlier one counts.

    Prints the code and the id of the new report.
    """
    from kambila.intake import corrections

    entry = corrections.correct(name, pairs(values), author, reason, date)
    click.echo(f"{entry.body.get('code', '')}  {entry.id}".strip())


COMMANDS: list[click.Command] = [
    submit, reports, report, accept, return_, reject, withdraw, correct,
    *record_commands.COMMANDS, *form_commands.COMMANDS, *rule_commands.COMMANDS, *quarantine_commands.COMMANDS,
    *accreditation_commands.COMMANDS, *expiring_commands.COMMANDS, *quality_commands.COMMANDS, *alert_commands.COMMANDS,
    *sheet_commands.COMMANDS, *matching_commands.COMMANDS, *land_commands.COMMANDS, *task_commands.COMMANDS,
    *priority_commands.COMMANDS,
    *call_commands.COMMANDS, *ordnance_commands.COMMANDS,
]  # fmt: skip
