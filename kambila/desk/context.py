"""What every page needs: the programme, and the menu of somebody who has signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk.areas import areas
from kambila.intake.waiting import has_queue
from kambila.journal import directory


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `programme` (the node of the open directory) and `menu`."""
    return {"programme": directory.current().node, "menu": SimpleLazyObject(lambda: _menu(request))}


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    items = [(_("Home"), reverse("home")), (_("Alerts"), reverse("alerts"))]
    if has_queue(request.user):
        items += [(_("Review"), reverse("review-queue"))]
    elif may(request.user, "report"):
        items += [(_("My reports"), reverse("my-reports"))]
    items += [(_("Forms"), reverse("forms"))] if may(request.user, "report") else []
    items += [(area.title, reverse("area", args=[area.label])) for area in areas().values()]
    items += [(_("Import"), reverse("import"))] if may(request.user, "report") else []
    items += [(_("Compare registers"), reverse("reconcile"))] if may(request.user, "read") else []
    items += [(_("Balance of land"), reverse("balance"))] if may(request.user, "read") else []
    items += [(_("Figures"), reverse("figures")), (_("Journal"), reverse("journal"))]
    items += [(_("Phones"), reverse("phones")), (_("Keys"), reverse("keys"))]
    items += [(_("Programme page"), reverse("programme"))]
    return [{"title": title, "url": url, "current": _is_in(request.path, url)} for title, url in items]


def _is_in(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
