"""Commands about records that may be the same, and registers that do not agree: `duplicates`, `reconcile`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.intake.matching.duplicates import Pair
    from kambila.intake.matching.reconcile import Difference, Reconciliation
    from kambila.intake.matching.sides import Side


@click.command()
@click.option("--kind", default="", help="Only records of this kind, such as village; by default of every kind.")
@click.option("--json", "as_json", is_flag=True, help="[{kind, score, one, other, reasons, command}]")
def duplicates(kind: str, as_json: bool) -> None:
    """Pairs of records that look the same, in the registry and among reports that wait, the likeliest first.

    Each comes with its reasons and with the command that joins the two. Look at both before you run it; what is not the
    same is told by `kambila not-same-as` and not listed again. Nothing is ever joined by itself.
    """
    from kambila.intake.matching.duplicates import duplicates as find
    from kambila.registry.kinds import model_of

    if kind:
        model_of(kind)
    found = find(kind)
    if as_json:
        click.echo(json.dumps([_pair(each) for each in found.pairs], ensure_ascii=False, indent=2))
        return
    for pair in found.pairs:
        click.echo(f"{pair.score:.2f}  {pair.kind}  {_named(pair.one)}  {_named(pair.other)}")
        for reason in pair.reasons:
            click.echo(f"      {reason}")
        click.echo(f"      {pair.command}")
    if not found.pairs:
        click.echo(_("No two records look the same."))
    if found.crowded:
        click.echo(_("Too many to compare share a key in %(number)d groups.") % {"number": found.crowded}, err=True)


def _named(side: Side) -> str:
    name = side.code or side.id
    return _("%(name)s (waiting)") % {"name": name} if side.report else name


def _pair(pair: Pair) -> dict[str, Any]:
    one, other = ({"id": s.id, "code": s.code, "report": s.report} for s in (pair.one, pair.other))
    told = {"kind": pair.kind, "score": pair.score, "one": one, "other": other}
    return told | {"reasons": list(pair.reasons), "command": pair.command}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", "name", required=True, metavar="NAME", help="How to read it; see `kambila profiles list`.")
@click.option("--organisation", required=True, metavar="ORG", help="Whose register it is: a code or a UUID.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The list for the operator: a file .xlsx.")
@click.option("--sheet", default="", help="The sheet or layer; by default as the profile says.")
@click.option("--as", "author", required=True, metavar="USER", help="Who compares, and may see what is shown.")
@click.option("--json", "as_json", is_flag=True, help="{organisation, rows, same, differing, left_out, differences}")
@click.pass_context
def reconcile(
    context: click.Context, file: Path, name: str, organisation: str, to: Path | None, sheet: str, author: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Lay the whole register of an operator beside ours: what only one of the two has, and what differs.

    For each difference it says who has to act and why; with --to it writes the workbook that goes back to the operator,
    with a column for its answers. Nothing is changed. Answers 1 when the two differ.
    """
    from kambila.intake.authority import known_account
    from kambila.intake.matching.answer_list import write_list
    from kambila.intake.matching.lines import read_lines
    from kambila.intake.matching.reconcile import name_of, organisation_called
    from kambila.intake.matching.reconcile import reconcile as compare
    from kambila.intake.sheets import profiles
    from kambila.intake.sheets.tables import open_table

    if to is not None and to.suffix.lower() != ".xlsx":
        raise click.UsageError(_("The list is a workbook: let its name end in .xlsx."))
    account, whose = known_account(author), organisation_called(organisation)
    profile = profiles.find(name)
    read = read_lines(file, profile, whose, open_table(file, sheet or profile.sheet))
    result = compare(read.lines, read.kinds, whose, account)
    if to is not None:
        write_list(result, name_of(whose, account), to)
    _tell(result, read.left_out, as_json)
    context.exit(1 if result.differences else 0)


def _tell(result: Reconciliation, left_out: int, as_json: bool) -> None:
    from kambila.intake.matching.acting import ACTORS
    from kambila.intake.matching.answer_list import TITLES
    from kambila.intake.matching.reconcile import SORTS

    if as_json:
        told = {"organisation": result.organisation, "rows": result.rows, "same": len(result.same)}
        told |= {"differing": result.differing, "left_out": left_out}
        differences = [_difference(each) for each in result.differences]
        click.echo(json.dumps(told | {"differences": differences}, ensure_ascii=False, indent=2))
        return
    for sort in SORTS:
        if found := result.of_sort(sort):
            click.echo(f"{TITLES[sort]} ({len(found)})")
        for each in found:
            where = " ".join(filter(None, (each.their_id, each.code if each.code != each.their_id else "")))
            click.echo(f"  {where}  {_values(each)}{ACTORS[each.act.who]}: {each.act.sentence(each.kind, each.field)}")
    told = {"rows": result.rows, "same": len(result.same), "differing": result.differing}
    click.echo(_("Rows: %(rows)d. The same in both: %(same)d. Different: %(differing)d.") % told)


def _values(each: Difference) -> str:
    from kambila.intake.matching.showing import field_title, shown

    if not each.field:
        return ""
    theirs, ours = shown(each.kind, each.field, each.theirs), shown(each.kind, each.derived or each.field, each.ours)
    return f"{field_title(each.kind, each.field)}: {theirs} / {ours}.  "


def _difference(each: Difference) -> dict[str, Any]:
    said = {name: getattr(each, name) for name in ("sort", "kind", "row", "their_id", "record", "code", "field")}
    said |= {"theirs": each.theirs, "ours": each.ours, "overlay": each.overlay and vars(each.overlay)}
    return said | {"who": each.act.who, "why": each.act.sentence(each.kind, each.field), "urgent": each.act.urgent}


COMMANDS: list[click.Command] = [duplicates, reconcile]
