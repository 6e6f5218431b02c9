"""Commands about people: `user`, `grant`, `revoke`, `openings`, and `key` of `key_commands`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click
from django.utils.translation import gettext as _

from kambila.accounts import key_commands

PASSWORD = click.option(
    "--password",
    envvar="KAMBILA_PASSWORD",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    help="Asked for when it is not given; KAMBILA_PASSWORD keeps it out of the list of processes.",
)


@click.group()
def user() -> None:
    """People who sign in: add, list, password, email, disable."""


@user.command("add")
@click.argument("username")
@click.option("--name", "full_name", default="", help="The person's name.")
@click.option("--email", default="")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
@PASSWORD
def user_add(username: str, full_name: str, email: str, language: str, password: str) -> None:
    """Make an account. It may do nothing until a role is granted to it."""
    from kambila.accounts import people

    people.add(username, password, full_name, email, language)
    click.echo(_("%(account)s can sign in.") % {"account": username})


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="[{username, full_name, active, roles: [{role, scope}]}]")
def user_list(as_json: bool) -> None:
    """Every account, with the roles that it holds and their scopes."""
    rows = _rows()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "" if row["active"] else _("disabled")
        click.echo(f"{row['username']}  {row['full_name']}  {state}".rstrip())
        for each in row["roles"]:
            limits = " ".join(f"{name}={value}" for name, value in each["scope"].items())
            click.echo(f"    {each['role']}  {limits}".rstrip())


def _rows() -> list[dict[str, Any]]:
    from kambila.accounts.models import Account, Grant

    roles: dict[str, list[dict[str, Any]]] = {}
    for grant in Grant.objects.filter(active=True).order_by("role", "id"):
        roles.setdefault(grant.account, []).append({"role": grant.role, "scope": grant.scope.body()})
    return [
        {
            "username": account.username,
            "full_name": account.full_name,
            "active": account.is_active,
            "roles": roles.get(account.username, []),
        }
        for account in Account.objects.order_by("username")
    ]


@user.command("password")
@click.argument("username")
@PASSWORD
def user_password(username: str, password: str) -> None:
    """Set a new password; it ends every session of the account, and every wait after wrong passwords."""
    from kambila.accounts import people

    people.change_password(username, password)
    click.echo(_("The password of %(account)s is changed.") % {"account": username})


@user.command("email")
@click.argument("username")
@click.argument("address")
def user_email(username: str, address: str) -> None:
    """Set the e-mail address to which alerts are sent."""
    from kambila.accounts import people

    people.change_email(username, address)
    click.echo(_("The e-mail address of %(account)s is changed.") % {"account": username})


@user.command("disable")
@click.argument("username")
@click.option("--undo", is_flag=True, help="Let the account sign in again.")
def user_disable(username: str, undo: bool) -> None:
    """Keep an account from signing in. What it wrote stays in the journal under its name."""
    from kambila.accounts import people

    people.disable(username, active=undo)
    said = _("%(account)s can sign in again.") if undo else _("%(account)s can no longer sign in.")
    click.echo(said % {"account": username})


def _scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that `grant` and `revoke` share."""
    for option in (
        click.option("--as", "author", required=True, metavar="USER", help="Who does it."),
        click.option("--reason", required=True, help="Why; it is kept sealed beside the entry."),
        click.option("--kind", default="", help="Only this kind of record, or area of work (stockpiles)."),
        click.option("--place", default="", help="Only this place and what lies in it (P-code)."),
        click.option("--office", default="", help="Only this office (its code)."),
        click.option("--organisation", default="", help="Only this organisation (its UUID)."),
        click.option("--role", required=True, help="The role; `kambila grant --help` lists them."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("username")
@_scope_options
def grant(username: str, role: str, reason: str, author: str, **limits: str) -> None:
    """Give a role, within a scope, by an entry of the journal.

    Roles: reporter, operator (needs --organisation), office-officer, quality-officer, weapons-adviser (needs --kind),
    assistance-officer (needs --kind), information-officer, programme-manager, donor (needs --organisation), auditor,
    administrator.
    """
    from kambila.accounts import granting
    from kambila.accounts.scopes import Scope

    entry = granting.grant(username, role, Scope(**limits), reason, author)
    click.echo(entry.id)


@click.command()
@click.argument("username")
@_scope_options
def revoke(username: str, role: str, reason: str, author: str, **limits: str) -> None:
    """Take a role away again, by an entry of the journal; name the scope in which it was granted."""
    from kambila.accounts import granting
    from kambila.accounts.scopes import Scope

    entry = granting.revoke(username, role, Scope(**limits), reason, author)
    click.echo(entry.id)


@click.command()
@click.option("--limit", default=100, show_default=True, help="How many, the latest first.")
@click.option("--json", "as_json", is_flag=True, help="[{account, kind, record, field, reason, opened}]")
def openings(limit: int, as_json: bool) -> None:
    """Who opened a name or a submission, of which record, why and when."""
    from kambila.accounts.models import Opening

    rows = [
        {
            "account": each.account,
            "kind": each.kind,
            "record": each.record,
            "field": each.field,
            "reason": each.reason,
            "opened": each.opened.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for each in Opening.objects.all()[:limit]
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("{opened}  {account}  {kind} {record} {field}: {reason}".format(**row))


COMMANDS: list[click.Command] = [user, grant, revoke, openings, *key_commands.COMMANDS]
