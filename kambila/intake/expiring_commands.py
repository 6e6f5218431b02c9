"""The command `expiring`."""

from __future__ import annotations

import json

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import ON, on


@click.command()
@click.option("--within", default=60, show_default=True, type=click.IntRange(0, 3660), help="How many days ahead.")
@ON
@click.option("--json", "as_json", is_flag=True, help="[{kind, id, code, holder, organisation, expires, days_left}]")
def expiring(within: int, day: str, as_json: bool) -> None:
    """What expires soon or has expired: accreditations, competences, tests of equipment, procedures and insurances."""
    from kambila.domain.partners import expiry
    from kambila.registry.kinds import model_of

    found = expiry.expiring(on(day), within)
    if as_json:
        rows = [
            {
                "kind": each.kind,
                "id": each.id,
                "code": each.code,
                "holder": each.holder,
                "organisation": each.organisation,
                "expires": str(each.last),
                "days_left": each.days_left,
            }
            for each in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for each in found:
        left = _("expired") if each.has_expired else _("%(number)d days left") % {"number": each.days_left}
        what = str(model_of(each.kind)._meta.verbose_name)
        click.echo("  ".join((each.code, what, each.organisation, str(each.last), left)))


COMMANDS: list[click.Command] = [expiring]
