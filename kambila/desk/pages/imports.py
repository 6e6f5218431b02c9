"""Taking in a spreadsheet or a map file: upload, look how it would be read, try, import; and the batches that came so."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk import carrying_out, orders, uploads
from kambila.desk.signed_in import signed_in
from kambila.desk.uploads import Upload
from kambila.intake.models import Batch
from kambila.intake.sheets import batches, importing, profile, profiles
from kambila.intake.sheets.handing_back import hand_back, shape_of
from kambila.intake.sheets.profile import Profile
from kambila.intake.sheets.proposing import Proposal, propose
from kambila.intake.sheets.rows import Acceptance
from kambila.intake.sheets.tables import Table, open_table
from kambila.journal import directory
from kambila.journal.errors import Problem
from kambila.registry.kinds import kinds, model_of

SHOWN = 5  # rows of the file
TRIED = 20_000  # rows that are tried while the browser waits
LISTED = 100  # reports


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """The files that came in, and the form for another."""
    if not may(request.user, "report"):
        raise Http404
    problem = None
    if request.method == "POST" and "file" in request.FILES:
        try:
            upload = uploads.keep(request.FILES["file"], request.user.get_username())
            return redirect("import-file", upload.token)
        except Problem as found:
            problem = found
    context: dict[str, Any] = {
        "problem": problem,
        "batches": batches.listed(request.user),
        "limit": uploads.LARGEST // 1_000_000,
    }
    context["going"] = [each for each, username in orders.due() if username == request.user.get_username()]
    return render(request, "desk/import.html", context)


@signed_in
def file(request: HttpRequest, token: str) -> HttpResponse:
    """One uploaded file: how it would be read, what would come of it, and then how far its import has come."""
    upload = _upload(request, token)
    if orders.order_of(upload) is not None:
        return _ordered(request, upload)
    context: dict[str, Any] = {"upload": upload, "may_accept": may(request.user, "decide")}
    try:
        context |= _looked_at(request, upload)
        if request.method == "POST":
            return _act(request, upload, context)
    except Problem as problem:
        context["problem"] = problem
    return render(request, "desk/import_file.html", context)


@signed_in
def rejects(request: HttpRequest, token: str) -> HttpResponseBase:
    """The bad rows, as a file of the same shape."""
    upload = _upload(request, token)
    path = upload.rejects()
    if path is None:
        raise Http404
    name = f"{upload.name.rpartition('.')[0]}-{_('to-mend')}{path.suffix}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")


@signed_in
def batch(request: HttpRequest, id: str) -> HttpResponse:
    """A file as one thing: what became of its rows, and deciding about them together."""
    found = Batch.objects.filter(pk=id).first()
    if found is None or not batches.reports(request.user, found).exists():
        raise Http404
    context: dict[str, Any] = {"may_decide": may(request.user, "decide")}
    if request.method == "POST" and request.POST.get("verb") in batches.OPEN_TO:
        verb, reason, answer = (request.POST.get(each, "") for each in ("verb", "reason", "answer"))
        try:
            context["done"] = batches.decide(verb, found, request.user.get_username(), reason, answer)
        except Problem as problem:
            context["problem"] = problem
    reports = batches.reports(request.user, found)[:LISTED]
    context |= {"batch": batches.told(found, request.user), "reports": reports}
    return render(request, "desk/batch.html", context)


def _upload(request: HttpRequest, token: str) -> Upload:
    upload = uploads.find(token, request.user.get_username())
    if upload is None:
        raise Http404
    return upload


def _looked_at(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """The table, the profiles to choose from, the one that is proposed, and the one that was chosen."""
    table = open_table(upload.path)
    proposal = propose(table)
    chosen = request.POST.get("profile") or request.GET.get("profile") or proposal.existing
    known, typed = profiles.listed(), request.POST.get("text", "").replace("\r\n", "\n")
    is_typed = bool(typed) and request.POST.get("do") == "try"  # the text in the page, which is not saved yet
    problem, found = None, profiles.find(chosen) if chosen and not is_typed else None
    try:
        found = profile.read(typed) if is_typed else found
    except Problem as why:
        problem = why
    return {
        "table": table,
        "sample": [[row.cells[column] for column in table.columns] for row in itertools.islice(table, SHOWN)],
        "profiles": sorted(known, key=lambda each: each.origin != "saved"),
        "proposal": proposal,
        "guesses": _guesses(proposal),
        "profile": found,
        "problem": problem,
        "is_typed": is_typed,
        "kind": model_of(proposal.kind)._meta.verbose_name if proposal.kind in kinds() else proposal.kind,
        "text": typed or (found.text if found else proposal.text),
    }


def _guesses(proposal: Proposal) -> list[dict[str, Any]]:
    found = sorted(proposal.guesses, key=lambda each: -each.sure)
    return [{"column": g.column, "field": g.field, "percent": round(g.sure * 100), "why": g.why} for g in found]


def _act(request: HttpRequest, upload: Upload, context: dict[str, Any]) -> HttpResponse:
    """Save a profile, try, or order the import."""
    username = request.user.get_username()
    if request.POST.get("do") == "save":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        profiles.save(text, username)
        return redirect(f"{reverse('import-file', args=[upload.token])}?profile={profile.read(text).name}")
    found: Profile | None = context["profile"]
    if found is None:
        raise context["problem"] or Problem("no-profile-chosen")
    if request.POST.get("do") == "import":
        return _order(request, upload, found)
    table = open_table(upload.path, found.sheet)
    is_long = next(itertools.islice(table, TRIED, None), None) is not None
    tried = replace(table, read=lambda: itertools.islice(table.read(), TRIED)) if is_long else table
    outcome = importing.import_file(upload.path, found, username, save=False, table=tried, name=upload.name)
    if outcome.bad:
        _keep_rejects(outcome.bad, table, upload, found)
    came = orders.Progress()
    came.note(outcome)
    context |= {"outcome": outcome, "came": came, "tried": is_long and TRIED}
    return render(request, "desk/import_file.html", context)


def _order(request: HttpRequest, upload: Upload, found: Profile) -> HttpResponse:
    """Ask for the import; a person without the right hears of it at once."""
    reason, answer = (request.POST.get(each, "").strip() for each in ("reason", "answer"))
    acceptance = Acceptance(reason, answer) if reason else None
    if directory.current().node.view is not None:
        raise Problem("read-only")
    importing.must_be_allowed(found, request.user.get_username(), acceptance)
    for earlier in upload.folder.glob("rejects.*"):
        earlier.unlink()
    orders.place(upload, orders.Order(found.text, reason, answer, get_language() or "en"))
    carrying_out.soon()
    return redirect("import-file", upload.token)


def _ordered(request: HttpRequest, upload: Upload) -> HttpResponse:
    """How far an import has come, and at its end what came of it."""
    progress = orders.progress_of(upload)
    if request.method == "POST" and progress.state == orders.STOPPED:
        orders.take_back(upload)
        return redirect("import-file", upload.token)
    due = [each.token for each, _username in orders.due()]
    before = due.index(upload.token) if upload.token in due else 0
    context = {"upload": upload, "progress": progress, "before": before}
    return render(request, "desk/import_ordered.html", context)


def _keep_rejects(bad: Any, table: Table, upload: Upload, found: Profile) -> None:
    for earlier in upload.folder.glob("rejects.*"):
        earlier.unlink()
    hand_back(bad, table, upload.path, upload.folder / f"rejects{shape_of(table)}", found)
