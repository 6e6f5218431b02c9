"""What every page needs: the programme, and the menu of somebody who has signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk import drawable
from kambila.desk.areas import areas
from kambila.desk.pages.taken import may_see as may_see_taken
from kambila.domain.operations import coverage
from kambila.intake.waiting import has_queue
from kambila.journal import directory

HUBS = ("/", "/map/")  # below these lie pages that have their own place in the menu


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `programme` (the node of the open directory) and `menu`."""
    return {"programme": directory.current().node, "menu": SimpleLazyObject(lambda: _menu(request))}


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    """What is used every day, then three groups; the one in which the page lies says its name, so none is open."""
    reports, reads = may(request.user, "report"), may(request.user, "read")
    items = [(_("Home"), reverse("home")), (_("Alerts"), reverse("alerts"))]
    if has_queue(request.user):
        items += [(_("Review"), reverse("review-queue"))]
    elif reports:
        items += [(_("My reports"), reverse("my-reports"))]
    items += [(_("Forms"), reverse("forms"))] if reports else []
    items += [(_("Map"), reverse("map"))] if reads else []
    items += [(_("Figures"), reverse("figures"))]
    records = [(area.title, reverse("area", args=[area.label])) for area in areas().values()]
    overviews = [(_("Priorities"), reverse("priorities")), (_("EOD calls"), reverse("calls"))] if reads else []
    overviews += [(_("Quality"), reverse("quality"))] if coverage.may_see(request.user) else []
    if reads:
        overviews += [(_("Freedom of movement"), reverse("movement")), (_("Productivity"), reverse("productivity"))]
        overviews += [(_("Balance of land"), reverse("balance")), (_("Ordnance"), reverse("ordnance"))]
        overviews += [(_("What expires"), reverse("expiring"))]
    more = [(_("Import"), reverse("import"))] if reports else []
    more += [(_("Draw on the map"), reverse("draw"))] if drawable.new(request.user) else []
    more += [(_("Compare registers"), reverse("reconcile"))] if reads else []
    more += [(_("Phones"), reverse("phones")), (_("Keys"), reverse("keys")), (_("Journal"), reverse("journal"))]
    more += [(_("Taken out"), reverse("taken"))] if may_see_taken(request.user) else []
    more += [(_("Programme page"), reverse("programme")), (_("Data for maps and sheets"), reverse("ogc-landing"))]
    groups = [(_("Records"), records), (_("Overviews"), overviews), (_("More"), more)]
    return [_item(request, *each) for each in items] + [_group(request, *each) for each in groups if each[1]]


def _item(request: HttpRequest, title: str, url: str) -> dict[str, Any]:
    return {"title": title, "url": url, "current": _is_in(request.path, url)}


def _group(request: HttpRequest, title: str, items: list[tuple[str, str]]) -> dict[str, Any]:
    inside = [_item(request, *each) for each in items]
    return {"title": title, "inside": inside, "here": next((each["title"] for each in inside if each["current"]), "")}


def _is_in(path: str, url: str) -> bool:
    return path == url or (url not in HUBS and path.startswith(url))
