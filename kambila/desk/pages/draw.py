"""Drawing a geometry: of a new record, or of a known one anew. Each becomes a report that waits like any other.

The table of turning points is the whole of it; a map, where there is script, is another way to write in the table.
"""

from __future__ import annotations

from typing import Any

import shapely
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from shapely.geometry import mapping

from kambila.desk import around, drawable
from kambila.desk.drawn import FIRST_ROWS, MORE_ROWS, SNAPS, Table
from kambila.desk.signed_in import signed_in
from kambila.domain.land.balance.alone import remaining_shape
from kambila.intake.drawing import points, reporting
from kambila.intake.drawing.points import Row
from kambila.intake.land import redraw
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.registry import access, precision
from kambila.registry.fields import RESTRICTED
from kambila.registry.kinds import kinds

NUL = "\x00"
ANEW, SPLIT, EXTEND, JOIN = "anew", "split", "extend", "join"
WAYS = {
    ANEW: gettext_lazy("Draw it anew"),
    SPLIT: gettext_lazy("Split a part off"),
    EXTEND: gettext_lazy("Add ground"),
    JOIN: gettext_lazy("Join it with other areas"),
}
PASSES_GROUND = "hazardous_area"  # of whose ground a part may pass to another record
SNAPPED_TO = ("hazardous_area", *around.RELEASED)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A new record by its geometry: `?kind=` and `?field=` say which, `?bbox=` where the map opens."""
    offered = drawable.new(request.user)
    if not offered:
        raise Http404
    key = f"{_said(request, 'kind')}/{_said(request, 'field')}"
    chosen = next((each for each in offered if key in (each.key, f"{each.kind}/")), offered[0])
    given = _given(request)
    table = Table(request.user, chosen.kind, chosen.name, None, given)
    table.answers = drawable.answers(chosen.kind, given)
    context = {"offered": offered, "chosen": chosen, "asked": drawable.asked(chosen.kind, given)}
    context["frame"] = box_of(request.GET.get("bbox", ""))
    return _answer(request, table, context)


@signed_in
def known(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    """A geometry of a record: `?field=` says which, `?way=` what is to be done with it."""
    record = _record(request, kind, id)
    offered = drawable.of(request.user, record, kind) if record is not None else []
    name = _said(request, "field")
    chosen = next((each for each in offered if each.name == name), offered[0] if offered else None)
    if chosen is None:
        raise Http404
    ways = dict(WAYS) if _passes_ground(record, chosen) else {ANEW: WAYS[ANEW]}
    way = _said(request, "way") if _said(request, "way") in ways else ANEW
    table = Table(request.user, kind, chosen.name, record, _given(request))
    wkb = getattr(record, chosen.name)
    if request.method != "POST" and way == ANEW and wkb:
        table.taken = points.rows_of(shapely.from_wkb(bytes(wkb)))
    context = {"record": record, "kind": kind, "offered": offered, "chosen": chosen, "ways": ways.items(), "way": way}
    return _answer(request, table, context)


@require_POST
@signed_in
def check(request: HttpRequest) -> JsonResponse:
    """The table as the server reads it, while somebody draws: rows, what is to be said of them, and what the map shows."""
    given = _given(request)
    kind, name, id = (given.get(each, "") for each in ("kind", "field", "id"))
    record = _record(request, kind, id) if id else None
    offered = drawable.of(request.user, record, kind) if record is not None else drawable.new(request.user)
    if (kind, name) not in {(each.kind, each.name) for each in offered}:
        raise Http404
    table = Table(request.user, kind, name, record, given, blank=1)
    if "repair" in given and table.repair is not None:
        table = Table(request.user, kind, name, record, given, blank=1, taken=points.rows_of(table.repair.stated))
    lines, context = table.lines(), {"table": table, "said": table.said()}
    return JsonResponse(
        {
            "rows": render_to_string("desk/draw_rows.html", {"table": table, "lines": lines}, request),
            "said": render_to_string("desk/draw_said.html", context | {"scripted": True}, request),
            "points": [[*line["at"], line["row"].begins] if line.get("at") else None for line in lines if "at" in line],
            "wrong": table.wrong_points(),
            "brief": table.brief(),
            "proposed": mapping(shapely.from_wkb(table.repair.after.wkb)) if table.repair else None,
        }
    )


def _given(request: HttpRequest) -> QueryDict:
    """What was sent, without the character that PostgreSQL does not take."""
    if not any(NUL in each for _name, values in request.POST.lists() for each in values):
        return request.POST
    given = request.POST.copy()
    for name, values in request.POST.lists():
        given.setlist(name, [each.replace(NUL, "") for each in values])
    return given


def _said(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name) or request.GET.get(name, ""))


def _record(request: HttpRequest, kind: str, id: str) -> Any:
    if kind not in kinds() or NUL in id:
        raise Http404
    return access.visible(request.user, kinds()[kind]).filter(pk=id).first()


def _passes_ground(record: Any, chosen: drawable.Drawable) -> bool:
    whole = chosen.kind == PASSES_GROUND and chosen.name == "polygon" and record.shown_tier == RESTRICTED
    return bool(whole and record.polygon)


def _answer(request: HttpRequest, table: Table, context: dict[str, Any]) -> HttpResponse:
    """The page; with more rows, with what the checks say, with the repair taken, or the report that was written."""
    given, problem, said = table.given, None, None
    if request.method == "POST":
        try:
            if "save" in given:
                return redirect("review", _written(request, table, context).id)
        except Problem as found:
            problem = found
        table = _stepped(table, given)
        said = table.said() if table.points else None
    said = said if said is not None or not table.points else table.said()
    context |= {
        "table": table,
        "lines": table.lines(),
        "said": said,
        "given": given,
        "problem": problem,
        "snaps": [(each, _("%(metres)s m") % {"metres": each} if each != "0" else _("nothing")) for each in SNAPS],
        "page": _page(table, context),
        "behind": _behind(table, context),
    }
    return render(request, "desk/draw.html", context, status=400 if problem else 200)


def _stepped(table: Table, given: Any) -> Table:
    """The table with the row removed, the rows added, or the repair taken for which a button was pressed."""
    again = Table(table.account, table.kind, table.name, table.record, given, answers=table.answers)
    if "add" in given:
        again.blank = FIRST_ROWS + MORE_ROWS
    if "repair" in given and table.repair is not None:
        again.taken = points.rows_of(table.repair.stated)
    elif given.get("remove", "").isdecimal():
        # The row stays, blank: the next point begins the part or the hole that the removed one began.
        gone = int(given["remove"])
        again.taken = [Row(begins=row.begins) if at == gone else row for at, row in enumerate(table.rows, 1)]
    return again


def _written(request: HttpRequest, table: Table, context: dict[str, Any]) -> Entry:
    """Raises Problem for what cannot be drawn so, for an error that nobody stood by, or without a reason."""
    given, author = table.given, request.user.get_username()
    reason, date, way = given.get("reason", ""), given.get("date", ""), context.get("way", ANEW)
    if way == JOIN:
        others = given.get("others", "").replace(",", " ").split()
        return redraw.join([table.record.id, *others], author, reason, date)
    drawn = table.drawn()
    if way in (SPLIT, EXTEND):
        return (redraw.split if way == SPLIT else redraw.extend)(table.record.id, drawn.stated, author, reason, date)
    _entry, found = reporting.looked_at(request.user, drawn)
    wrong = [each for each in found if each.blocks]
    if wrong and given.get("stands") != "yes":
        raise Problem("drawn-with-errors", sentences=" ".join(each.sentence for each in wrong))
    return reporting.report(request.user, drawn, reason)


def _page(table: Table, context: dict[str, Any]) -> dict[str, Any]:
    """What the script is told."""
    seen = [kind for kind in SNAPPED_TO if kind in kinds()]
    return {
        "check": reverse("draw-check"),
        "near": reverse("ogc-landing") + "collections/KIND/items",
        "kinds": seen,
        "map": around.drawn(table.account, _frame(table) or context.get("frame", [])),
        "own": table.record.pk if table.record is not None else "",
        "isPoint": table.is_point,
        "hasArea": table.has_area,
        "points": [[*p.place, p.row.begins] if p.place else None for p in table.points],
        "wrong": table.wrong_points() if table.points else [],
        "words": _words(),
    }


def box_of(said: str) -> list[float]:
    """West, south, east, north of a view that somebody comes from; empty for what is none."""
    try:
        found = [float(each) for each in said.split(",")]
    except ValueError:
        return []
    inside = len(found) == 4 and -180 <= found[0] <= found[2] <= 180 and -90 <= found[1] <= found[3] <= 90
    return found if inside else []


def _frame(table: Table) -> list[float]:
    """Where the map opens: around what is drawn, else around the record."""
    geometry, record = table.geometry, table.record
    if geometry is None and record is not None:
        shown = access.fields(table.account, type(record), record)
        wkb = next((v for n in precision.shapes(kinds()[table.kind]) if n in shown and (v := getattr(record, n))), None)
        geometry = shapely.from_wkb(bytes(wkb)) if wkb else None
    return list(geometry.bounds) if geometry is not None else []


def _behind(table: Table, context: dict[str, Any]) -> dict[str, Any] | None:
    """What of an area is still dangerous, under what is drawn of it."""
    if context.get("way", ANEW) == ANEW or table.record is None:
        return None
    left = remaining_shape(table.record)
    return dict(mapping(shapely.from_wkb(left.wkb))) if left is not None else None


def _words() -> dict[str, str]:
    return {
        "add_at_cross": _("Add a point at the cross"),
        "no_line": _("The server does not answer; what you draw is kept in the table."),
        "no_map": _("The map could not be loaded. Write the positions instead."),
        "snapped": _("On the edge of {code}"),
    }
