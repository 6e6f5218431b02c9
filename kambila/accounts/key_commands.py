"""Commands about keys: `key issue`, `key list`, `key revoke`."""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils.translation import gettext as _

USES = ("app", "device", "api")
DAY = click.DateTime(formats=["%Y-%m-%d"])
AUTHOR = click.option("--as", "author", required=True, metavar="USER", help="Who does it.")


@click.group()
def key() -> None:
    """What phones and other systems sign in with in place of a person's password: issue, list, revoke."""


@key.command("issue")
@click.argument("username")
@click.option("--use", type=click.Choice(USES), default="app", show_default=True, help="What it is for.")
@click.option("--title", required=True, help="What has it: “Phone 3 of the Gao team”.")
@click.option("--form", "forms", multiple=True, help="Only this form (its id); as often as needed.")
@click.option("--place", "places", multiple=True, help="Only this place and what lies in it (P-code).")
@click.option("--action", "actions", multiple=True, help="Only this action (read, report, …); phones need both.")
@click.option("--from", "valid_from", type=DAY, help="The first day on which it holds: 2014-06-30.")
@click.option("--until", "valid_until", type=DAY, help="The last day on which it holds.")
@AUTHOR
def issue(username: str, use: str, title: str, author: str, **limits: Any) -> None:
    """Make a key for an account, and print its secret: this once, and never again.

    For an app user the address is printed that a phone is given as that of its server; see docs/phones.md.
    """
    from kambila.accounts import keys

    limits |= {name: limits[name] and limits[name].date() for name in ("valid_from", "valid_until")}
    limits["actions"] = limits["actions"] or keys.PHONE_ACTIONS
    made, secret = keys.issue(username, use, title, author, **limits)
    click.echo(_("Key %(number)s of %(account)s, shown this once:") % {"number": made.pk, "account": username})
    click.echo(address(secret) if use == "app" else secret)


def address(secret: str) -> str:
    """The address of an app user; the beginning is left out where nobody said what it is."""
    from django.conf import settings

    return f"{settings.ADDRESS}/key/{secret}"


@key.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those that were revoked or have ended.")
@click.option("--json", "as_json", is_flag=True, help="[{number, account, use, title, limits, state, last_used, …}]")
def list_(everything: bool, as_json: bool) -> None:
    """The keys, of whom they are, and when they were last used."""
    rows = [row for row in _rows() if everything or row["state"] == "holds"]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        used = (row["last_used"] or "–")[:16]
        click.echo(
            f"{row['number']:4}  {row['account']:16}  {row['use']:6}  {row['state']:8}  {used:16}  {row['title']}"
        )


def _rows() -> list[dict[str, Any]]:
    from kambila.accounts.models import Key
    from kambila.journal import clock

    today = clock.now().date()
    return [
        {
            "number": each.pk,
            "account": each.account.username,
            "use": each.use,
            "title": each.title,
            "state": "holds" if each.holds_on(today) else "revoked" if each.revoked else "ended",
            "actions": each.actions,
            "forms": each.forms,
            "places": each.places,
            "valid_from": each.valid_from and each.valid_from.isoformat(),
            "valid_until": each.valid_until and each.valid_until.isoformat(),
            "last_used": each.last_used and each.last_used.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for each in Key.objects.select_related("account").order_by("pk")
    ]


@key.command("revoke")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Lost, stolen, or what else.")
@click.option("--stolen", is_flag=True, help="The phone was stolen: those on duty for its places are told.")
@AUTHOR
def revoke(number: int, reason: str, stolen: bool, author: str) -> None:
    """End a key for ever. What its phone holds stays on it; its page under Phones lists that."""
    from kambila.accounts import keys

    ended = keys.revoke(number, reason, author, stolen)
    click.echo(_("Key %(number)s of %(account)s no longer holds.") % {"number": number, "account": ended.account})


COMMANDS = [key]
