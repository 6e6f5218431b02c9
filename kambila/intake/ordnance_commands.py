"""The commands `ordnance balance` and `ordnance explosives`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.domain.operations.ordnance import Row, Sums
    from kambila.domain.stockpiles.explosives import Drawn, Ledger

BY = ("programme", "category", "family", "condition", "depth", "disposition", "task", "area", "region", "organisation")
FIRST = click.option("--from", "first", default="", metavar="DAY", help="The first day of the period: 2014-01-01.")
LAST = click.option("--to", "last", default="", metavar="DAY", help="The last day of the period: 2014-06-30.")


@click.group()
def ordnance() -> None:
    """What was found and what was done with it, and the explosives that it took."""


@ordnance.command()
@click.option("--by", type=click.Choice(BY), default="category", show_default=True, help="A line for each of these.")
@FIRST
@LAST
@click.option("--json", "as_json", is_flag=True, help="{by, from, to, total, rows: [{key, name, items, rounds}], …}")
def balance(by: str, first: str, last: str, as_json: bool) -> None:
    """Still there at the opening + found − destroyed − moved = still there: left in place, or not known.

    Items, and apart from them rounds of small arms ammunition. Answers 1 if it does not add up.
    """
    from kambila.domain.operations import ordnance_words as words
    from kambila.domain.operations.ordnance import balance as of_items
    from kambila.registry.replay import period

    first, last = period(first, last)
    found = of_items(by, first, last)
    rows = [] if by == "programme" else found.rows
    names = words.names(by, [each.key for each in rows])
    if as_json:
        told: dict[str, Any] = {"by": by, "from": first, "to": last, "total": _json(found.total, "")}
        told["rows"] = [_json(each, names.get(each.key, "")) for each in rows]
        told |= {"undated": [str(each) for each in found.undated], "uncounted": [str(each) for each in found.uncounted]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for unit, title in words.UNITS.items():
            lines = [(names.get(each.key) or each.key or _("not known"), each.sums[unit]) for each in rows]
            lines = [(name, sums) for name, sums in lines if any(words.numbers(sums))]
            _table(str(title), [*lines, (_("Together"), found.total.sums[unit])])
        for each in (*found.undated, *found.uncounted):
            click.echo(_("Not counted, without a day or a number: %(item)s.") % {"item": each})
    if not found.holds:
        raise SystemExit(1)


@ordnance.command()
@FIRST
@LAST
@click.option(
    "--json", "as_json", is_flag=True, help="{from, to, lots: [{code, opening, …}], demolitions: [{kind, code, …}]}"
)
def explosives(first: str, last: str, as_json: bool) -> None:
    """The store's ledger of explosives, and what each call and task used against what was drawn for it.

    Answers 1 when one used other than what was issued less what came back.
    """
    from kambila.domain.stockpiles import explosives as store
    from kambila.registry.replay import period

    first, last = period(first, last)
    lots, calls = store.ledger(first, last), store.demolitions()
    wrong = store.disagreeing()
    if as_json:
        told = {"from": first, "to": last, "lots": [_lot(each) for each in lots]}
        click.echo(json.dumps({**told, "demolitions": [_drawn(each) for each in calls]}, ensure_ascii=False, indent=2))
    else:
        for lot in lots:
            sums = {name: value for name, value in _lot(lot).items() if name not in ("id", "holds")}
            told_ = _("opening %(opening)d + received %(received)d − issued %(issued)d + returned %(returned)d")
            end = _("otherwise %(otherwise)d = closing %(closing)d")
            click.echo(f"{sums['code']}  {lot.lot.nature or ''}  {told_ % sums}; {end % sums}")
        for each in calls:
            kg = {"used": _kg(each.used_kg) or "?", "drawn": _kg(each.drawn_kg) or "?"}
            mark = "" if each not in wrong else "  " + _("they do not agree")
            click.echo(f"{each.record}  " + _("used %(used)s kg, drawn %(drawn)s kg") % kg + mark)
    if wrong:
        raise SystemExit(1)


def _table(title: str, lines: list[tuple[str, Sums]]) -> None:
    from kambila.domain.operations.ordnance_words import HEADS, numbers

    heads = ["", *(str(each) for each in HEADS)]
    texts = [[name, *(f"{each:,}" for each in numbers(sums))] for name, sums in lines]
    widths = [max(len(row[n]) for row in [heads, *texts]) for n in range(len(heads))]
    click.echo(title)
    for row in [heads, *texts]:
        click.echo(
            "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        )
    click.echo("")


def _json(row: Row, name: str) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": name,
        **{unit: {**vars(s), "closing": s.closing, "holds": s.holds} for unit, s in row.sums.items()},
    }


def _lot(each: Ledger) -> dict[str, Any]:
    told = {name: value for name, value in vars(each).items() if name != "lot"}
    return {"id": each.lot.pk, "code": str(each.lot), **told, "holds": each.holds}


def _drawn(each: Drawn) -> dict[str, Any]:
    kg = {"used_kg": _kg(each.used_kg), "drawn_kg": _kg(each.drawn_kg)}
    return {"kind": each.kind, "id": each.record.pk, "code": str(each.record), **kg, "holds": each.holds}


def _kg(value: Any) -> str | None:
    return None if value is None else f"{value:.3f}"


COMMANDS: list[click.Command] = [ordnance]
