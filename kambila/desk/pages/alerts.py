"""Alerts: what happened, who has seen it, what one is told of, and who is on duty."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kambila.accounts import people
from kambila.accounts.models import Account
from kambila.accounts.roles import may
from kambila.desk import alerted
from kambila.desk.paging import page
from kambila.desk.signed_in import signed_in
from kambila.domain.places.codes import AdminLevel
from kambila.domain.places.models import AdminArea
from kambila.intake.alerts import failing, seeing, wishes
from kambila.intake.alerts.models import Alert, Channel, Duty, Sighting, Subscription
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.registry import access, gazetteer, programme
from kambila.registry.alerts import all_alerts

ARRANGED = (AdminLevel.ADM1, AdminLevel.ADM2)  # the places that are offered; a commune is typed


@signed_in
def alerts(request: HttpRequest) -> HttpResponse:
    """Every alert that the account may know of, the latest first."""
    shown = page(seeing.visible(request.user), "id", request.GET.get("before", ""))
    context = {
        "page": shown,
        "rows": alerted.rows(shown.rows),
        "alerted": alerted.unseen(request.user),
        "duties": _duties(request.user, now=True),
    }
    return render(request, "desk/alerts.html", context)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """What is new, for a page that is open already."""
    return render(request, "desk/alerted.html", {"alerted": alerted.unseen(request.user)})


@signed_in
def alert(request: HttpRequest, id: int) -> HttpResponse:
    """One alert: what happened, and the log of what was sent."""
    found = _found(request, id)
    [row] = alerted.rows([found])
    own = any(each["account"] == request.user.username for each in row["seen"])
    context = {"row": row, "log": alerted.log(found), "seen_by_me": own, "about": alerted.about(request.user, found)}
    return render(request, "desk/alert.html", context)


@require_POST
@signed_in
def seen(request: HttpRequest, id: int) -> HttpResponse:
    """Mark an alert as seen by this account."""
    found = _found(request, id)
    username = request.user.username
    Sighting.objects.get_or_create(alert=found, account=username, defaults={"seen": clock.now()})
    return redirect("alert", id)


@sensitive_post_parameters()
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What one is told of and how, and who is on duty."""
    said: dict[str, Any] = {}
    if request.method == "POST":
        try:
            said = _ACTIONS[request.POST.get("do", "")](request)
        except KeyError:
            raise Http404 from None
        except Problem as problem:
            said = {"problem": problem}
        if not said:
            return redirect("alerts-mine")
    username = request.user.username
    context = {
        "subscriptions": _subscriptions(username),
        "duties": _duties(request.user, now=False),
        "decides": may(request.user, "decide"),
        "sorts": [(each.code, each.title) for each in all_alerts().values()],
        "channels": Channel.choices,
        "places": access.visible(None, AdminArea).filter(level__in=ARRANGED).order_by("pcode").values("pcode", "title"),
        "zone": programme.zone().key,
        "typed": request.POST if "problem" in said else {},
        **said,
    }
    return render(request, "desk/alerts_mine.html", context, status=400 if "problem" in said else 200)


def _found(request: HttpRequest, id: int) -> Alert:
    found = seeing.visible(request.user, Alert.objects.filter(pk=id)).first()
    if found is None:
        raise Http404
    return found


def _subscriptions(username: str) -> list[dict[str, Any]]:
    found = list(Subscription.objects.filter(account=username).order_by("id"))
    names, sorts = gazetteer.names_of(each.place for each in found), all_alerts()
    return [
        {
            "id": each.pk,
            "sort": sorts[each.sort].title if each.sort in sorts else each.sort,
            "place": names.get(each.place, each.place),
            "channel": each.get_channel_display(),
            "url": each.url,
            "quiet": f"{each.quiet_from}–{each.quiet_until}" if each.quiet_from else "",
        }
        for each in found
    ]


def _duties(account: Any, now: bool) -> list[dict[str, Any]]:
    """Who is on duty; colleagues are named to those who read there."""
    moment, zone = clock.now(), programme.zone()
    found = Duty.objects.filter(ends__gt=moment).order_by("starts", "id")
    found = found.filter(starts__lte=moment) if now else found
    shown = [
        each for each in found if each.account == account.username or may(account, "read", place=each.place or None)
    ]
    names = gazetteer.names_of(each.place for each in shown)
    people_named = dict(
        Account.objects.filter(username__in={d.account for d in shown}).values_list("username", "full_name")
    )
    return [
        {
            "id": each.pk,
            "who": people_named.get(each.account) or each.account,
            "place": names.get(each.place, each.place),
            "starts": each.starts.astimezone(zone),
            "ends": each.ends.astimezone(zone),
            "may_end": each.account == account.username or may(account, "decide", place=each.place),
        }
        for each in shown
    ]


def _subscribe(request: HttpRequest) -> dict[str, Any]:
    wish = {name: request.POST.get(name, "").strip() for name in ("channel", "sort", "place", "url", "quiet")}
    if wish["channel"] not in Channel.values:
        raise KeyError("channel")
    known = set(Subscription.objects.values_list("pk", flat=True))
    made = wishes.subscribe(request.user.username, **wish)
    return {"secret": made.secret} if made.secret and made.pk not in known else {}


def _unsubscribe(request: HttpRequest) -> dict[str, Any]:
    wishes.unsubscribe(_number(request), request.user.username)
    return {}


def _test(request: HttpRequest) -> dict[str, Any]:
    username = request.user.username
    found = Subscription.objects.filter(pk=_number(request), account=username).first()
    if found is None:
        raise Problem("no-subscription", number=_number(request))
    error = wishes.try_out(found)
    return {
        "tested": _("It did not go out: %(why)s") % {"why": failing.why(error)} if error else _("The test went out.")
    }


def _email(request: HttpRequest) -> dict[str, Any]:
    people.change_email(request.user.username, request.POST.get("email", ""))
    return {}


def _duty(request: HttpRequest) -> dict[str, Any]:
    starts, ends = (_moment(request.POST.get(name, "")) for name in ("starts", "ends"))
    who, place = request.POST.get("who", "").strip(), request.POST.get("duty_place", "")
    wishes.put_on_duty(who, place, starts, ends, request.user.username)
    return {}


def _off_duty(request: HttpRequest) -> dict[str, Any]:
    wishes.end_duty(_number(request), request.user.username)
    return {}


_ACTIONS: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "test": _test,
    "email": _email,
    "duty": _duty,
    "off-duty": _off_duty,
}


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


def _moment(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=programme.zone())
    except ValueError:
        raise Problem("no-moment", text=text) from None
