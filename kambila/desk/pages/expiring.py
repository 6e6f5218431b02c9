"""What expires: of the records that the account sees."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.accounts.roles import may
from kambila.desk.signed_in import signed_in
from kambila.domain.partners.expiry import WITHIN, expiring
from kambila.journal import clock
from kambila.registry.kinds import model_of

LONGEST = 3660


@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """What has expired, and what expires within so many days (`?within=`)."""
    if not may(request.user, "read"):
        raise Http404
    said = request.GET.get("within", "")
    within = int(said) if said.isascii() and said.isdigit() and int(said[:5]) <= LONGEST else WITHIN
    found = expiring(clock.now().date(), within, request.user)
    rows = [(each, model_of(each.kind)._meta.verbose_name) for each in found]
    return render(request, "desk/expiring.html", {"within": within, "longest": LONGEST, "rows": rows})
