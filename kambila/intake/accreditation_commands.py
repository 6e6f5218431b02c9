"""The commands `accreditation step` and `accreditation list`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import deciding, pairs, tell


@click.group()
def accreditation() -> None:
    """Accreditations: the steps that they take, and which of them expire."""


@accreditation.command()
@click.argument("code")
@click.argument("status")
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="What the step states besides; repeat it.")
@click.option("--answer", default="", help="Why it is right all the same, where something is doubtful.")
@deciding
def step(code: str, status: str, values: tuple[str, ...], answer: str, author: str, reason: str) -> None:
    """Take the next step with the accreditation CODE: submitted, returned, granted, provisional, refused, suspended,
    withdrawn.

    Only a step that may follow is taken. To grant asks for issued_on and expires_on, to suspend or withdraw for
    ended_because. It is written as a report and the decision that accepts it.
    """
    from kambila.intake import stepping

    tell(stepping.take("accreditation", code, status, author, reason, pairs(values), answer))


@accreditation.command("list")
@click.option(
    "--expiring", type=int, metavar="DAYS", help="Only those that expire within so many days, or have expired."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="[{id, code, holder, organisation, phase, scopes, status, issued, expires, days_left, next}]",
)
def list_(expiring: int | None, as_json: bool) -> None:
    """Accreditations: of whom, what for, where they stand, until when, and which steps may follow."""
    from kambila.domain.partners.expiry import ending
    from kambila.domain.partners.models import Accreditation, Organisation
    from kambila.journal import clock

    day = clock.now().date()
    found = Accreditation._default_manager.order_by("code", "id") if expiring is None else ending(day, expiring)
    titles = dict(Organisation._default_manager.values_list("id", "title"))
    rows = [_row(each, titles, day) for each in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        left = "" if row["days_left"] is None else _("%(number)d days left") % {"number": row["days_left"]}
        cells = (row["code"] or row["id"], row["organisation"], row["phase"], " ".join(row["scopes"]), row["status"])
        click.echo("  ".join(each for each in (*cells, row["expires"], left) if each))


def _row(each: Any, titles: Mapping[str, str], day: datetime.date) -> dict[str, Any]:
    from kambila.domain.partners.paths import PATH

    last = vars(each)["expires_on_first"]
    return {
        "id": each.id,
        "code": each.code,
        "holder": each.holder_id,
        "organisation": titles.get(each.holder_id),
        "phase": each.phase,
        "scopes": list(each.scopes or ()),
        "status": each.decision,
        "issued": each.issued_on,
        "expires": each.expires_on,
        "days_left": (last - day).days if last else None,
        "next": list(PATH.next(each.decision)),
    }


COMMANDS: list[click.Command] = [accreditation]
