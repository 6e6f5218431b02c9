"""Printing a certificate, and the page that tells anybody whether one is genuine."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from kambila.desk.signed_in import signed_in
from kambila.publish.certificates import asking
from kambila.publish.certificates.printing import WORDS, may_print, print_out
from kambila.publish.certificates.verifying import verify as answer_of
from kambila.registry import access, openness
from kambila.registry.kinds import model_of, plan_of


@signed_in
def certificate(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    """Ask why sealed words are opened, if there are any, and give the PDF."""
    if not may_print(request.user, kind, id):
        raise Http404
    if request.method == "POST":
        printed = print_out(request.user, kind, id, request.POST.get("reason", ""))
        headers = {"Content-Disposition": f'attachment; filename="{kind}-{printed.code[:9]}.pdf"'}
        return HttpResponse(printed.pdf, content_type="application/pdf", headers=headers)
    opens = openness.may_open(request.user, kind, id)
    sealed = [str(plan_of(kind).stated[name].verbose_name) for name in WORDS if name in plan_of(kind).stated]
    record = access.visible(request.user, model_of(kind)).filter(pk=id).first()
    context = {"kind": kind, "record": record, "sealed": sealed, "opens": opens}
    return render(request, "desk/certificate.html", context)


@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Valid, expired or unknown, for anybody: the same page whatever was asked. A code is never in an address."""
    if request.method != "POST":
        return render(request, "desk/verify.html", {})
    if not asking.may_ask(request.META.get("REMOTE_ADDR", "")):
        return render(request, "desk/verify.html", {"too_often": True}, status=429)
    return render(request, "desk/verify.html", {"answer": answer_of(request.POST.get("code", ""))})
