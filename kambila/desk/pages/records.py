"""A record: what is known of it, where each value comes from, and its story."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kambila.accounts.roles import may
from kambila.desk import around, disclosed, drawable, stepping
from kambila.desk.beside import beside
from kambila.desk.provenance import Provenance
from kambila.desk.signed_in import signed_in
from kambila.desk.tasking import task_section
from kambila.desk.values import title_of
from kambila.domain.operations.models import Task
from kambila.intake.offered import updating
from kambila.journal.errors import Problem
from kambila.publish.certificates.printing import may_print
from kambila.registry import access, history, openness, whys
from kambila.registry.kinds import kinds
from kambila.registry.models import Alias, Record, Tier


@signed_in
def record(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    """The page of a record; the id of one that was merged leads to the one that bears both."""
    model = _model(kind)
    found = access.visible(request.user, model).filter(pk=id).first()
    if found is None:
        merged = Alias.objects.filter(kind=kind, record=id).exclude(root=id).first()
        if merged is None or not access.visible(request.user, model).filter(pk=merged.root).exists():
            raise Http404
        return redirect("record", kind, merged.root)
    told = Provenance(request.user, found)
    title = model.title_field if model.title_field in told.allowed else ""
    context = {
        "record": found,
        "kind": kind,
        "area": model._meta.app_label,
        "meta": model._meta,
        "is_danger": model.is_danger,
        "title": getattr(found, title) if title else "",
        "tier": Tier(access.tier_now(found)).label,
        "disclosed": disclosed.sentences(found) if found.shown_tier == Tier.RESTRICTED else [],
        "why": whys.sentence_of(kind, found, openness.reports(request.user)) if "stage" in told.allowed else "",
        "drawable": drawable.of(request.user, found, kind),
        "codes": told.codes(),
        "conflicts": told.conflicts(),
        "values": told.values(),
        "personal": told.personal(),
        "story": told.story,
        "steps": stepping.shown(request.user, found, kind),
        "has_certificate": may_print(request.user, kind, found.id),
        "beside": beside(request.user, found),
        "around": around.record(request.user, found) if may(request.user, "read") else {},
        "forms": [{"id": each.id, "title": each.titled()} for each in updating(request.user, kind)],
        "task": task_section(request.user, found, request.GET.get("by", "")) if isinstance(found, Task) else None,
    }
    return render(request, "desk/record.html", context)


@signed_in
def next_step(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    """Ask for what a step needs, and take it: `?step=` names it."""
    found = access.visible(request.user, _model(kind)).filter(pk=id).first()
    form = stepping.form_of(request, found, kind) if found is not None else None
    if form is None:
        raise Http404
    if request.method == "POST" and form.take(request.user):
        return redirect("record", kind, id)
    context = {"record": found, "kind": kind, "form": form}
    return render(request, "desk/next.html", context, status=400 if request.method == "POST" else 200)


@signed_in
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The record of a code, a present or an older one, or of an id."""
    for kind, id in history.find(code):
        if access.visible(request.user, _model(kind)).filter(pk=id).exists():
            return redirect("record", kind, id)
    raise Http404


@signed_in
def open_field(request: HttpRequest, kind: str, id: str, field: str) -> HttpResponse:
    """What identifies a person, after a reason is given; the opening is kept."""
    model = _model(kind)
    found = access.visible(request.user, model).filter(pk=id).first()
    if found is None or field not in access.personal_fields(model) or not openness.may_open(request.user, kind, id):
        raise Http404
    title = f"{found}: {title_of(model, field)}"
    context: dict[str, Any] = {"title": title, "back": reverse("record", args=[kind, id])}
    if request.method == "POST":
        try:
            value = openness.open_name(request.user, kind, id, field, request.POST.get("reason", ""))
        except Problem:
            return render(request, "desk/part.html", context | {"missing": True}, status=400)
        context |= {"opened": True, "text": value}
    return render(request, "desk/part.html", context)


def _model(kind: str) -> type[Record]:
    if kind not in kinds():
        raise Http404
    return kinds()[kind]
