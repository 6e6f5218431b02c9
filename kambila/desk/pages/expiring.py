"""What expires: of the records that the account sees."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.accounts.roles import may
from kambila.desk.pages.quality import day_of
from kambila.desk.signed_in import signed_in
from kambila.domain.partners.expiry import WITHIN, expiring
from kambila.registry.kinds import model_of

LONGEST = 3660


@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """What has expired, and what expires within so many days (`?within=`), from today or from a day (`?on=`) on."""
    if not may(request.user, "read"):
        raise Http404
    said = request.GET.get("within", "")
    within = int(said) if said.isascii() and said.isdigit() and int(said[:5]) <= LONGEST else WITHIN
    day = day_of(request.GET.get("on", ""))
    found = expiring(day, within, request.user)
    rows = [(each, model_of(each.kind)._meta.verbose_name) for each in found]
    return render(request, "desk/expiring.html", {"day": day, "within": within, "longest": LONGEST, "rows": rows})
