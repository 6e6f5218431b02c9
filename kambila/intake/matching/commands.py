"""Commands about records that may be the same, and registers that do not agree: `duplicates`, `reconcile`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.intake.matching.duplicates import Pair
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


COMMANDS: list[click.Command] = [duplicates]
