"""Lists and figures as files: sent at once, or made meanwhile on a page of their own."""

from __future__ import annotations

import datetime
import tempfile
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from kambila.desk import carrying_out
from kambila.desk.signed_in import View, signed_in
from kambila.intake.statuses import status_of
from kambila.journal.errors import Problem
from kambila.publish.downloads import figures, formats, making, orders
from kambila.publish.downloads.formats import FORMATS, Format
from kambila.publish.downloads.orders import Order
from kambila.publish.downloads.reading import Reading, Wanted


def offered() -> list[Format]:
    """The formats of a list, as its page names them."""
    return list(FORMATS.values())


def offered_of_figures() -> list[Format]:
    return [FORMATS[name] for name in figures.FORMATS]


def refusing(view: View) -> View:
    """What cannot be done is told in a sentence."""

    @wraps(view)
    def answered(request: HttpRequest, **said: str) -> HttpResponseBase:
        try:
            return view(request, **said)
        except Problem as problem:
            return _refusal(request, problem, status_of(problem))

    return answered


@signed_in
@require_POST
@refusing
def listed(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The records of a kind that the account sees, as a file; a large one is made meanwhile."""
    wanted, format = Wanted(kind, request.POST.get("filter", "")), formats.format_of(request.POST.get("format", ""))
    reading = Reading(request.user, wanted)
    number = reading.count()
    if number > format.at_once:
        username = request.user.get_username()
        order = orders.place(username, wanted, format.name, get_language() or "en", number)
        carrying_out.soon()
        return redirect("download", order.token)
    making.note(request.user, kind, wanted.filter, format.name)
    if format.pieces is None:
        return _sent(lambda to: formats.write(reading, format, to, lambda _done: None), kind, format)
    return StreamingHttpResponse(format.pieces(reading), content_type=format.type, headers=_headers(kind, format))


@signed_in
@require_POST
@refusing
def figure(request: HttpRequest, id: str) -> HttpResponseBase:
    """A figure with its breakdowns, as a file."""
    format = formats.format_of(request.POST.get("format", ""), {name: FORMATS[name] for name in figures.FORMATS})
    figures.figure_for(request.user, id)
    making.note(request.user, id, "", format.name)
    return _sent(lambda to: figures.export(request.user, id, to), id, format)


@signed_in
@refusing
def download(request: HttpRequest, token: str) -> HttpResponseBase:
    """How far a file has come that is made meanwhile, and the link to it."""
    order = _order(request, token)
    context = {
        "order": order,
        "progress": orders.progress_of(order),
        "title": Reading(request.user, Wanted(order.kind)).collection.model._meta.verbose_name_plural,
        "ends": datetime.datetime.fromtimestamp(order.ends, datetime.UTC),
    }
    return render(request, "desk/download.html", context)


@signed_in
@refusing
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file, if what its reader may see is what it was when it was made; otherwise it is deleted and made anew."""
    order = _order(request, token)
    progress = orders.progress_of(order)
    if progress.state != orders.DONE or not order.file.exists():
        return redirect("download", token)
    if progress.standing != orders.standing(request.user, order.wanted):
        orders.again(order)
        carrying_out.soon()
        return _refusal(request, Problem("download-may-not"), 403, order)
    making.note(request.user, order.kind, order.filter, order.format)
    return FileResponse(order.file.open("rb"), headers=_headers(order.kind, order.to), content_type=order.to.type)


def _refusal(request: HttpRequest, problem: Problem, status: int, order: Order | None = None) -> HttpResponse:
    return render(request, "desk/download_refused.html", {"problem": problem, "order": order}, status=status)


def _order(request: HttpRequest, token: str) -> Order:
    order = orders.find(token, request.user.get_username())
    if order is None:
        raise Problem("download-gone")
    return order


def _sent(write: Any, name: str, format: Format) -> HttpResponseBase:
    """A file that is made and sent, and is gone from the disk as soon as it is open."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / f"{name}{format.ending}"
        write(to)
        return FileResponse(to.open("rb"), headers=_headers(name, format), content_type=format.type)


def _headers(name: str, format: Format) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}{format.ending}"'}
