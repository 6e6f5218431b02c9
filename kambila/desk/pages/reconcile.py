"""An operator's register beside ours: upload, what differs with filters, and the list that goes back to the operator.

What differs is worked out for each look at it, so that it is what this person may see now, as it stands now.
"""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.accounts.roles import may
from kambila.desk import uploads
from kambila.desk.signed_in import signed_in
from kambila.desk.uploads import Upload
from kambila.intake.matching.acting import ACTORS
from kambila.intake.matching.answer_list import TITLES, write_list
from kambila.intake.matching.lines import read_lines
from kambila.intake.matching.reconcile import (
    ORGANISATION,
    SORTS,
    Difference,
    Reconciliation,
    name_of,
    organisation_called,
    reconcile,
)
from kambila.intake.matching.showing import field_title, kind_title, number, shown
from kambila.intake.sheets import profiles
from kambila.intake.sheets.proposing import propose
from kambila.intake.sheets.tables import open_table
from kambila.journal.errors import Problem
from kambila.registry import access
from kambila.registry.kinds import model_of

MOST = 5_000  # rows that a page compares while the browser waits
ON_A_PAGE = 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Compared:
    """One comparison: whose register, read by which profile, and what came of it."""

    organisation: str
    named: str
    profile: str
    result: Reconciliation
    left_out: int


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """The form: whose register it is, the file, and how it is read."""
    _must_read(request)
    problem, said = None, request.POST
    if request.method == "POST" and "file" in request.FILES:
        upload = None
        try:
            upload = uploads.keep(request.FILES["file"], request.user.get_username())
            _compare(request, upload, said)
            query = urlencode({name: said.get(name, "") for name in ("organisation", "profile")})
            return redirect(f"{reverse('reconciliation', args=[upload.token])}?{query}")
        except Problem as found:
            problem = found
            if upload is not None:
                upload.remove()
    context = {
        "problem": problem,
        "organisations": _organisations(request.user),
        "profiles": sorted(profiles.listed(), key=lambda each: each.origin != "saved"),
        "said": said,
    }
    return render(request, "desk/reconcile.html", context)


@signed_in
def reconciliation(request: HttpRequest, token: str) -> HttpResponse:
    """What differs, of one sort or of all, for one of the two to act or for both."""
    upload = _upload(request, token)
    try:
        compared = _compare(request, upload, request.GET)
    except Problem as problem:
        return render(request, "desk/reconciliation.html", {"upload": upload, "problem": problem}, status=400)
    sort, who = _chosen(request, "sort", SORTS), _chosen(request, "who", tuple(ACTORS))
    found = [each for each in compared.result.differences if sort in ("", each.sort) and who in ("", each.act.who)]
    first = _first(request, len(found))
    context = {
        "upload": upload,
        "compared": compared,
        "rows": [_row(each) for each in found[first : first + ON_A_PAGE]],
        "sorts": _filters(request, "sort", {each: TITLES[each] for each in SORTS}, compared.result, sort),
        "actors": _filters(request, "who", ACTORS, compared.result, who),
        "before": _with(request, start=max(0, first - ON_A_PAGE)) if first else "",
        "after": _with(request, start=first + ON_A_PAGE) if first + ON_A_PAGE < len(found) else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/reconciliation.html", context)


@signed_in
def answer_list(request: HttpRequest, token: str) -> HttpResponseBase:
    """The workbook for the operator."""
    upload, written = _upload(request, token), io.BytesIO()
    try:
        compared = _compare(request, upload, request.GET)
    except Problem as problem:
        return render(request, "desk/reconciliation.html", {"upload": upload, "problem": problem}, status=400)
    write_list(compared.result, compared.named, written)
    written.seek(0)
    name = f"{upload.name.rpartition('.')[0] or upload.name}-{_('differences')}.xlsx"
    return FileResponse(written, as_attachment=True, filename=name, content_type=WORKBOOK)


def _must_read(request: HttpRequest) -> None:
    if not may(request.user, "read"):
        raise Http404


def _upload(request: HttpRequest, token: str) -> Upload:
    _must_read(request)
    upload = uploads.find(token, request.user.get_username())
    if upload is None:
        raise Http404
    return upload


def _compare(request: HttpRequest, upload: Upload, said: QueryDict) -> Compared:
    """Raises Problem for a file that cannot be read or compared here."""
    organisation = organisation_called(said.get("organisation", ""))
    name = said.get("profile", "") or propose(open_table(upload.path)).existing
    profile = profiles.find(name)
    table = open_table(upload.path, profile.sheet)
    if next(itertools.islice(table, MOST, None), None) is not None:
        raise Problem("register-too-long", limit=MOST)
    read = read_lines(upload.path, profile, organisation, table)
    result = reconcile(read.lines, read.kinds, organisation, request.user)
    return Compared(organisation, name_of(organisation, request.user), profile.title, result, read.left_out)


def _organisations(account: Any) -> list[tuple[str, str]]:
    """(UUID, code and name) of those that the account knows, by code."""
    model = model_of(ORGANISATION)
    rows = access.visible(account, model).order_by("code")
    return [(row.id, " ".join(filter(None, (row.code, getattr(row, model.title_field))))) for row in rows]


def _row(each: Difference) -> dict[str, Any]:
    told: dict[str, Any] = {"each": each, "kind": kind_title(each.kind), "sort": TITLES[each.sort]}
    told |= {"who": ACTORS[each.act.who], "why": each.act.sentence(each.kind, each.field)}
    if each.field:
        told["field"] = field_title(each.kind, each.field)
        told["theirs"] = shown(each.kind, each.field, each.theirs)
        told["ours"] = shown(each.kind, each.derived or each.field, each.ours)
    if each.overlay:
        told["overlay"] = {name: number(round(value)) for name, value in vars(each.overlay).items()}
    return told


def _filters(
    request: HttpRequest, name: str, titles: Any, result: Reconciliation, chosen: str
) -> list[tuple[str, str, int, bool]]:
    """(title, address, how many, whether it is chosen) of each value, with "all" before them."""
    value = {"sort": lambda each: each.sort, "who": lambda each: each.act.who}[name]
    counts = {key: sum(value(each) == key for each in result.differences) for key in titles}
    found = [(_("All"), _with(request, **{name: "", "start": 0}), len(result.differences), not chosen)]
    shown_ones = [key for key in titles if counts[key] or key == chosen]
    return found + [
        (str(titles[key]), _with(request, **{name: key, "start": 0}), counts[key], key == chosen) for key in shown_ones
    ]


def _with(request: HttpRequest, **changed: Any) -> str:
    said = {**request.GET.dict(), **changed}
    return f"?{urlencode({name: value for name, value in said.items() if value})}"


def _chosen(request: HttpRequest, name: str, among: tuple[str, ...]) -> str:
    said = request.GET.get(name, "")
    return said if said in among else ""


def _first(request: HttpRequest, count: int) -> int:
    said = request.GET.get("start", "")
    return min(int(said), count) if said.isascii() and said.isdigit() and len(said) < 10 else 0
