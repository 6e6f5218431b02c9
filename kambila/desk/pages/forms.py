"""Forms in the browser: the list, the page of a form, what the page fetches, and the door."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST

from kambila.desk import mapping, offline
from kambila.desk.form_words import form_words
from kambila.desk.middleware import PERMISSIONS, POLICY
from kambila.desk.sending import sent
from kambila.desk.signed_in import signed_in
from kambila.intake import record_choices
from kambila.intake.definition import Definition
from kambila.intake.offered import offered, offered_form
from kambila.intake.prefilled import prefilled
from kambila.intake.reopened import Reopened, reopened, submission_of
from kambila.intake.statuses import problem_of, status_of
from kambila.journal import read_part
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.registry.names import folded
from kambila.registry.openness import WITH_REASON

# The engine compiles WebAssembly for XPath; no page but this one may.
SCRIPTS = "script-src 'self' 'wasm-unsafe-eval'"
TARGETS = ("record", "report")


@signed_in
def forms(request: HttpRequest) -> HttpResponse:
    """What the person may report, and what of it is not sent yet."""
    found = [{"id": each.id, "title": each.titled()} for each in offered(request.user)]
    context = {"forms": sorted(found, key=lambda each: folded(each["title"])), "words": form_words()}
    return render(request, "desk/forms.html", context | {"page": addresses(request)})


@gzip_page
@signed_in
def fill(request: HttpRequest, form: str) -> HttpResponse:
    """A form to fill in: empty, with what is known of a record, or with a report that is corrected."""
    try:
        definition, edited = chosen(request, form)
        if edited and edited.rule == WITH_REASON and request.method != "POST":
            return render(request, "desk/part.html", {"title": str(edited.report), "back": reverse("forms")})
        submission = submission_of(request.user, edited, request.POST.get("reason", "")) if edited else b""
    except Problem as problem:
        return failed(request, problem)
    page = addresses(request) | _page(request, definition)
    context = {"title": page["title"], "page": page, "words": form_words(), "form": form, "query": page["target"]}
    if edited:
        context |= {"edited": _edited(edited, submission), "report": edited.report}
    response = render(request, "desk/form.html", context)
    return _allowed(response)


@gzip_page
@signed_in
def definition(request: HttpRequest, form: str) -> HttpResponse:
    """The XForm that the page loads."""
    try:
        found, _edited = chosen(request, form)
        if kind_and_id := request.GET.get("record", ""):
            found = prefilled(found, request.user, *kind_and_id.split("/", 1))
    except Problem as problem:
        return answer(problem)
    return HttpResponse(found.xform, content_type="application/xml; charset=utf-8")


@gzip_page
@signed_in
def attachment(request: HttpRequest, form: str, name: str) -> HttpResponse:
    """A file that a form names: a list of records, as far as the account sees them; none of them if they are too many."""
    try:
        found, _edited = chosen(request, form)
    except Problem as problem:
        return answer(problem)
    listed = record_choices.listed(request.user, found, name)
    if listed is None:
        raise Http404
    is_short = listed.rows <= record_choices.LONGEST_IN_BROWSER
    content = listed.content if is_short else listed.content.partition(b"\n")[0]
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["X-Kambila-Left-Out"] = "0" if is_short else str(listed.rows)
    return response


@signed_in
def kept_file(request: HttpRequest, report: str, name: str) -> HttpResponse:
    """A file of a report that is corrected. Never shown as a page: the engine alone reads it."""
    try:
        opened = reopened(request.user, report)
    except Problem as problem:
        return answer(problem)
    commitment = named(opened.entry.sealed, f"file/{name}")
    content = read_part(commitment) if commitment else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = "attachment"
    return response


@require_POST
def send(request: HttpRequest, form: str) -> HttpResponse:
    """The door: multipart as a phone sends it. JSON with the report's code and findings, or what is wrong."""
    if not request.user.is_authenticated:
        return JsonResponse({"code": "signed-out"}, status=401)
    try:
        return JsonResponse(sent(request, form))
    except Problem as problem:
        return answer(problem)
    except (DatabaseError, OSError) as error:
        return answer(problem_of(error))


def chosen(request: HttpRequest, form: str) -> tuple[Definition, Reopened | None]:
    """The form that is meant, and the report that is corrected, if one is. Raises Problem when it may not be."""
    report = request.GET.get("report", "")
    if not report:
        return offered_form(request.user, form, request.GET.get("version", "")), None
    opened = reopened(request.user, report)
    if opened.definition.id != form:
        raise Problem("unknown-form", form=form, version=opened.definition.version)
    return opened.definition, opened


def answer(problem: Problem) -> JsonResponse:
    """A problem as the page reads it."""
    said = {"code": problem.code, "sentence": problem.sentence, "remedy": problem.remedy}
    return JsonResponse(said, status=status_of(problem))


def failed(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A problem as a person reads it."""
    return render(request, "desk/form_failed.html", {"problem": problem}, status=status_of(problem))


def addresses(request: HttpRequest) -> dict[str, Any]:
    """What every page about forms is told: the account, and where forms are sent and opened ({form} is the place)."""
    return {
        "account": request.user.get_username(),
        "send": reverse("form-send", args=["FORM"]).replace("FORM", "{form}"),
        "fill": reverse("form", args=["FORM"]).replace("FORM", "{form}"),
        "list": reverse("forms"),
        "worker": reverse("form-worker"),
        "bundle": offline.bundle(),
    }


def _page(request: HttpRequest, definition: Definition) -> dict[str, Any]:
    target = urlencode({name: request.GET[name] for name in TARGETS if request.GET.get(name)})
    query = f"?{target}" if target else ""
    attachments = reverse("form-attachment", args=[definition.id, "NAME"]).replace("NAME", "{name}")
    return {
        "form": definition.id,
        "version": definition.version,
        "title": definition.titled(),
        "target": target,
        "definition": reverse("form-definition", args=[definition.id]) + f"?version={{version}}&{target}",
        "attachment": attachments + query,
        "again": reverse("form", args=[definition.id]),
        "map": mapping.ground() | {"readout": True},
        "nearby": reverse("map-nearby"),
    }


def _edited(opened: Reopened, submission: bytes) -> dict[str, Any]:
    report = opened.report.id
    files = [{"name": name, "url": reverse("form-kept-file", args=[report, name])} for name in opened.files]
    return {"report": report, "xml": submission.decode(), "files": files}


def _allowed(response: HttpResponse) -> HttpResponse:
    """What the engine and the questions need, on this page only."""
    response.headers["Content-Security-Policy"] = POLICY.replace("script-src 'self'", SCRIPTS)
    response.headers["Permissions-Policy"] = f"geolocation=(self), {PERMISSIONS}"
    return response
