"""The commands of land: `balance`, `coverage`."""

from __future__ import annotations

import json

import click
from django.utils.translation import gettext as _

from kambila.domain.land.balance.commands import balance

LEVELS = ("adm1", "adm2", "adm3")


@click.command()
@click.option(
    "--as", "author", required=True, metavar="USER", help="Who asks; only what that account may see is counted."
)
@click.option(
    "--by", "level", type=click.Choice(LEVELS), default="adm1", show_default=True, help="Région, cercle, commune."
)
@click.option(
    "--in", "within", default="", metavar="PCODE", help="Only villages in this place; each of them is listed."
)
@click.option(
    "--json", "as_json", is_flag=True, help="{villages, surveyed, left, places: [{code, title, villages, surveyed, …}]}"
)
def coverage(author: str, level: str, within: str, as_json: bool) -> None:
    """Which villages of the programme's list were surveyed, when and by whom, and how many are left."""
    from kambila.accounts import people
    from kambila.domain.land import coverage as counting

    found = counting.villages(people.find(author), level, within)
    if as_json:
        click.echo(json.dumps(counting.as_json(found, bool(within)), ensure_ascii=False, indent=2))
        return
    for place in counting.places(found):
        told = {"surveyed": place.surveyed, "villages": place.villages, "left": place.left}
        sentence = _("%(surveyed)d of %(villages)d surveyed, %(left)d left") % told
        click.echo(f"{place.code:10} {place.title}  {sentence}  {place.last}  {', '.join(place.by)}".rstrip())
    for each in found if within else ():
        click.echo(f"  {each.code:12} {each.title}  {each.last or _('not surveyed')}  {', '.join(each.by)}".rstrip())


COMMANDS: list[click.Command] = [balance, coverage]
