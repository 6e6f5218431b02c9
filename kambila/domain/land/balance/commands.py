"""The command `balance`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.domain.land.balance.told import Row

MOST = 20  # products that are printed
BY = ("programme", "area", "task", "organisation", "region")


@click.command()
@click.option("--by", type=click.Choice(BY), default="programme", show_default=True, help="A line for each of these.")
@click.option("--from", "first", default="", metavar="DAY", help="The first day of the period: 2014-01-01.")
@click.option("--to", "last", default="", metavar="DAY", help="The last day of the period: 2014-06-30.")
@click.option("--json", "as_json", is_flag=True, help="{by, from, to, criteria, total, rows, unsized, …}")
def balance(by: str, first: str, last: str, as_json: bool) -> None:
    """Square metres of hazardous land: opening + new + found larger − cancelled − reduced − cleared = closing.

    By overlay of the geometries, beside the stated sizes; each difference has its reason. Answers 1 if it does not add up.
    """
    from kambila.domain.land.balance import told
    from kambila.domain.land.balance.book import book
    from kambila.registry.replay import period

    first, last = period(first, last)
    written = book()
    total, rows = told.balance(written, by, first, last)
    products = told.uncounted(written)
    names = _names(by, rows, written)
    version = written.version
    if as_json:
        said: dict[str, Any] = {"by": by, "from": first, "to": last, "criteria": version, "total": _json(total, "")}
        said["rows"] = [_json(each, names.get(each.key, "")) for each in rows if by != "programme"]
        said |= {"unsized": told.unsized(written), "homeless": written.known.homeless}
        said["products"] = [_product(each) for each in products]
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        named = [(names.get(each.key) or each.key or _("not known"), each) for each in rows if by != "programme"]
        for place, title in enumerate((_("By overlay, geodesic, m²"), _("As stated, m²"))):
            _table(title, [*named, (_("Together"), total)], place)
        for each in products[:MOST]:
            _tell_product(each)
        if len(products) > MOST:
            click.echo(_("… and %(more)s products more; --json has all.") % {"more": f"{len(products) - MOST:,}"})
        if unsized := told.unsized(written):
            click.echo(
                _("Areas of unknown size, which are in none of the sums: %(number)d.") % {"number": len(unsized)}
            )
        if homeless := written.known.homeless:
            click.echo(
                _("Products of areas that are not known; they release nothing: %(number)d.") % {"number": len(homeless)}
            )
        click.echo(_("National criteria: %(version)s.") % {"version": version})
    if not (total.holds and all(each.holds for each in rows)):
        raise SystemExit(1)


def _table(title: str, lines: list[tuple[str, Row]], place: int) -> None:
    """A table with only the columns in which something moved."""
    from kambila.domain.land.balance.told import COLUMNS, TAKEN_OVER, TITLES

    whys = [why for why in TITLES if why in COLUMNS or any(why in each.moved for _, each in lines)]
    heads = ["", _("at the opening"), *(str(TITLES[why]) for why in whys)]
    taken = any(each.taken_over[place] for _, each in lines)
    heads += ([str(TAKEN_OVER)] if taken else []) + [_("at the closing")]
    texts = []
    for name, each in lines:
        sums = [each.opening[place], *(each.moved.get(why, (0, 0))[place] for why in whys)]
        sums += [each.taken_over[place]] if taken else []
        texts.append([name, *(f"{round(size / 100):,}" for size in [*sums, each.closing[place]])])
    widths = [max(len(row[n]) for row in [heads, *texts]) for n in range(len(heads))]
    click.echo(title)
    for row in [heads, *texts]:
        click.echo(
            "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        )
    click.echo("")


def _tell_product(each: dict[str, Any]) -> None:
    from kambila.domain.land.balance.period import REASONS

    reasons = ", ".join(f"{REASONS[name]} {round(size / 100):,} m²" for name, size in each["reasons"].items())
    said = {"product": each["code"] or each["product"], "area": each["area_code"] or each["area"], "reasons": reasons}
    click.echo(_("Product %(product)s of %(area)s, not counted: %(reasons)s.") % said)


def _names(by: str, rows: list[Row], book: Any) -> dict[str, str]:
    """The codes of what the rows are about."""
    from kambila.domain.land.balance.period import codes_of

    if by == "area":
        return {id: code or "" for id, code in zip(book.known.areas["id"], book.known.areas["code"], strict=True)}
    return codes_of(by, [each.key for each in rows])


def _json(row: Row, name: str) -> dict[str, Any]:
    sums = {"opening": row.opening, **{why.name.lower(): pair for why, pair in row.moved.items()}}
    sums |= {"taken_over": row.taken_over, "closing": row.closing}
    told: dict[str, Any] = {"id": row.key, "code": name, "holds": row.holds}
    for place, measure in enumerate(("geodesic", "stated")):
        told[measure] = {key: _m2(pair[place]) for key, pair in sums.items()}
    return told


def _product(each: dict[str, Any]) -> dict[str, Any]:
    reasons = {name: _m2(size) for name, size in each["reasons"].items()}
    return {**each, "counted": _m2(each["counted"]), "reasons": reasons}


def _m2(cents: int) -> float:
    return cents / 100
