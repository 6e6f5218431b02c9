"""Commands about alerts: `alerts list`, and those about subscriptions and duty."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

import click
from django.utils.translation import gettext as _

MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


@click.group()
def alerts() -> None:
    """Alerts: who is told of accidents, EOD calls, closed routes, new hazardous areas and stolen phones."""


@alerts.command("list")
@click.option("--limit", default=50, show_default=True, help="How many, the latest first.")
@click.option(
    "--json", "as_json", is_flag=True, help="[{id, sort, report, place, raised, urgent, deliveries: […], seen: […]}]"
)
def list_(limit: int, as_json: bool) -> None:
    """Alerts, the latest first, with the log: for whom, by which channel, sent or failed, and seen by whom."""
    from kambila.intake.alerts import failing
    from kambila.intake.alerts.models import Alert

    found = Alert.objects.prefetch_related("deliveries", "sightings").order_by("-id")[:limit]
    rows = [_alert_row(each) for each in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        urgent = _("urgent") if row["urgent"] else ""
        where = row["report"] + "  " + " ".join(row["place"])
        click.echo(f"{row['id']}  {row['raised']}  {row['sort']}  {where.strip()}  {urgent}".rstrip())
        for each in row["deliveries"]:
            click.echo(
                f"    {each['account']}  {each['channel']}  {each['state']}  {failing.why(each['error'])}".rstrip()
            )
        for each in row["seen"]:
            click.echo(f"    {each['account']}  {_('seen')}  {each['seen']}")


def _alert_row(alert: Any) -> dict[str, Any]:
    return {
        "id": alert.pk,
        "sort": alert.sort,
        "report": alert.code,
        "place": list(alert.chain),
        "raised": _text(alert.raised),
        "urgent": alert.urgent,
        "deliveries": [
            {
                "id": each.pk,
                "account": each.account,
                "channel": each.channel,
                "subscription": each.subscription,
                "state": each.state,
                "attempts": each.attempts,
                "due": _text(each.due),
                "sent": _text(each.sent),
                "error": each.error,
            }
            for each in alert.deliveries.all()
        ],
        "seen": [{"account": each.account, "seen": _text(each.seen)} for each in alert.sightings.all()],
    }


@alerts.command()
@click.option("--json", "as_json", is_flag=True, help="[{id, account, sort, place, channel, url, quiet}]")
def subscriptions(as_json: bool) -> None:
    """Who asked to be told of what, and how."""
    from kambila.intake.alerts.models import Subscription

    rows = [
        {
            "id": each.pk,
            "account": each.account,
            "sort": each.sort,
            "place": each.place,
            "channel": each.channel,
            "url": each.url,
            "quiet": f"{each.quiet_from}-{each.quiet_until}" if each.quiet_from else "",
        }
        for each in Subscription.objects.order_by("id")
    ]
    _tell(rows, as_json)


@alerts.command()
@click.argument("username")
@click.option(
    "--sort", default="", help="accident, eod-call, closed-route, hazardous-area, stolen-phone …; all without."
)
@click.option("--place", default="", metavar="PCODE", help="A région, cercle or commune; everywhere without.")
@click.option("--channel", type=click.Choice(["page", "email", "webhook"]), default="email", show_default=True)
@click.option("--url", default="", help="Of the webhook.")
@click.option(
    "--quiet", default="", metavar="HOURS", help="As 22:00-06:00, in the programme's zone; accidents override."
)
def subscribe(username: str, **wish: str) -> None:
    """Let a person be told of alerts. The secret of a webhook is printed, this once."""
    from kambila.intake.alerts import wishes
    from kambila.intake.alerts.models import Subscription

    known = set(Subscription.objects.values_list("pk", flat=True))
    made = wishes.subscribe(username, **wish)
    click.echo(_("Subscription %(number)s.") % {"number": made.pk})
    if made.secret and made.pk not in known:
        click.echo(_("Secret, shown this once: %(secret)s") % {"secret": made.secret})


@alerts.command()
@click.argument("number", type=int)
def unsubscribe(number: int) -> None:
    """End a subscription; see `kambila alerts subscriptions`."""
    from kambila.intake.alerts import wishes

    wishes.unsubscribe(number)
    click.echo(_("Subscription %(number)s is ended.") % {"number": number})


@alerts.command("test")
@click.argument("number", type=int)
@click.pass_context
def test_(context: click.Context, number: int) -> None:
    """Send a test by the way of a subscription, now. Answers 1 when it did not go out."""
    from django.utils import translation

    from kambila.accounts.people import find
    from kambila.intake.alerts import failing, wishes
    from kambila.intake.alerts.models import Subscription
    from kambila.journal.errors import Problem

    found = Subscription.objects.filter(pk=number).first()
    if found is None:
        raise Problem("no-subscription", number=number)
    with translation.override(find(found.account).language):
        error = wishes.try_out(found)
    click.echo(_("It did not go out: %(why)s") % {"why": failing.why(error)} if error else _("The test went out."))
    context.exit(1 if error else 0)


@alerts.command()
@click.argument("username")
@click.option("--place", default="", metavar="PCODE", help="A région, cercle or commune; everywhere without.")
@click.option(
    "--from", "starts", type=MOMENT, metavar="MOMENT", help="As 2014-06-30T08:00, in the programme's zone; now without."
)
@click.option("--until", "ends", type=MOMENT, metavar="MOMENT", required=True, help="As 2014-07-01T08:00.")
def duty(username: str, place: str, starts: datetime.datetime | None, ends: datetime.datetime) -> None:
    """Put a person on duty: told at once of every alert there, on the page and by e-mail, without quiet hours."""
    from kambila.intake.alerts import wishes
    from kambila.journal import clock
    from kambila.registry import programme

    zone = programme.zone()
    begins = starts.replace(tzinfo=zone) if starts else clock.now()
    made = wishes.put_on_duty(username, place, begins, ends.replace(tzinfo=zone))
    click.echo(_("Period of duty %(number)s.") % {"number": made.pk})


@alerts.command()
@click.option("--json", "as_json", is_flag=True, help="[{id, account, place, starts, ends}]")
def duties(as_json: bool) -> None:
    """Who is on duty for which place, now and later."""
    from kambila.intake.alerts.models import Duty
    from kambila.journal import clock

    found = Duty.objects.filter(ends__gt=clock.now()).order_by("starts", "id")
    rows = [
        {"id": d.pk, "account": d.account, "place": d.place, "starts": _text(d.starts), "ends": _text(d.ends)}
        for d in found
    ]
    _tell(rows, as_json)


@alerts.command("off-duty")
@click.argument("number", type=int)
def off_duty(number: int) -> None:
    """Take a period of duty off the list; see `kambila alerts duties`."""
    from kambila.intake.alerts import wishes

    wishes.end_duty(number)
    click.echo(_("Period of duty %(number)s is off the list.") % {"number": number})


def _tell(rows: Iterable[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("  ".join(str(each) for each in row.values() if each != ""))


def _text(moment: datetime.datetime | None) -> str | None:
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


COMMANDS = [alerts]
