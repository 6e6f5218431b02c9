"""What was taken out of the programme as a file or on paper: who, what, when. For those who answer for its data."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kambila.accounts.roles import held
from kambila.accounts.scopes import Scope
from kambila.desk.paging import page
from kambila.desk.signed_in import signed_in
from kambila.figures.definitions import all_figures
from kambila.publish.downloads import making
from kambila.publish.models import Download
from kambila.registry.kinds import kinds


def may_see(account: Any) -> bool:
    """Whether an account is told who took what: only one that reads everything and may open what identifies people."""
    return any(each.scope == Scope() and "open-names" in each.rule.actions for each in held(account))


@signed_in
def taken(request: HttpRequest) -> HttpResponse:
    """Files and sheets that were taken out, the latest first."""
    if not may_see(request.user):
        raise Http404
    shown = page(Download.objects.all(), "id", request.GET.get("before", ""))
    rows = [{"taken": each, "title": _title(each.what)} for each in shown.rows]
    return render(request, "desk/taken.html", {"page": shown, "rows": rows})


def _title(what: str) -> str:
    """What was taken, in words; as it was written down where it is no longer known."""
    if what in kinds():
        return str(capfirst(str(kinds()[what]._meta.verbose_name_plural)))
    if what in all_figures():
        return str(all_figures()[what].title)
    return {making.MAP: _("Map on paper"), making.DOSSIER: _("Dossier of a task")}.get(what, what)
