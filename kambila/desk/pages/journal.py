"""The journal, and an entry: what was said, down to the bytes that were submitted."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.desk import values
from kambila.desk.changes import changes_of
from kambila.desk.paging import page
from kambila.desk.signed_in import signed_in
from kambila.desk.telling import lines, sort_of, verb_of
from kambila.intake.completeness import missing
from kambila.intake.reopened import reopened
from kambila.journal.entry import Entry
from kambila.journal.erasure import erased_by
from kambila.journal.errors import Problem
from kambila.journal.models import SealedPart
from kambila.registry import openness
from kambila.registry.models import Decision, Report

LONGEST = 200_000
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"": "image/webp"}  # first bytes: type


@signed_in
def journal(request: HttpRequest) -> HttpResponse:
    """The entries that the account may see, the latest arrival first."""
    shown = page(openness.entries(request.user), "arrival", request.GET.get("before", ""))
    return render(request, "desk/journal.html", {"page": shown, "entries": lines(shown.rows)})


@signed_in
def entry(request: HttpRequest, id: str) -> HttpResponse:
    """An entry: what it says, what was decided about it, what is sealed in it, and where it stands in the chain."""
    found, report = _entry(request, id)
    open_kinds = openness.kinds_open(request.user, report) if report else frozenset()
    whole = report is None or set(report.kinds.split()) <= open_kinds
    context = {
        "entry": found,
        "heading": _heading(found, report),
        "report": report,
        "correct": _correction(request, report) if report else "",
        "facts": _facts(found, report),
        "changes": changes_of(request.user, found, open_kinds) if report else [],
        "decisions": _decisions(request, id) if report else [],
        "parts": _parts(request, found, report),
        "hash_agrees": found.computed_hash() == found.hash,
        "body": json.dumps(found.body, ensure_ascii=False, indent=2, sort_keys=True)[:LONGEST] if whole else "",
    }
    return render(request, "desk/entry.html", context)


@signed_in
def part(request: HttpRequest, id: str, name: str) -> HttpResponse:
    """A sealed part: opened at once, or after a reason is given; what is no text is sent as a file."""
    found, report = _entry(request, id)
    said = next((each for each in found.sealed if each["name"] == name), None)
    rule = openness.part_rule(request.user, found, report, name)
    if said is None or rule == openness.CLOSED:
        raise Http404
    context: dict[str, Any] = {"title": part_title(name), "back": reverse("entry", args=[id])}
    if rule == openness.WITH_REASON and request.method != "POST":
        return render(request, "desk/part.html", context)
    try:
        content = openness.open_part(request.user, found, report, name, request.POST.get("reason", ""))
    except Problem:
        return render(request, "desk/part.html", context | {"missing": True}, status=400)
    if content is not None and "picture" in request.GET and (type := _picture_type(content)):
        return _picture(content, type)
    if content is not None and not _is_text(said["media_type"]):
        return _file(content, said)
    text = content.decode(errors="replace")[:LONGEST] if content else ""
    return render(request, "desk/part.html", context | {"opened": True, "text": text})


def part_title(name: str) -> str:
    """What a part is, in words."""
    if name.startswith("file/"):
        return name.removeprefix("file/")
    if name.startswith("change-"):
        return _("Names and stories, part %(number)s") % {"number": int(name.removeprefix("change-")) + 1}
    titles = {"submission": _("The submission as it was sent"), "reason": _("Reason"), "comment": _("Comment")}
    return titles.get(name, name)


def _entry(request: HttpRequest, id: str) -> tuple[Entry, Report | None]:
    """An entry that the account may see, with its report; 404 otherwise, whether there is one or not."""
    row = openness.entries(request.user).filter(id=id).first()
    if row is None:
        raise Http404
    found = Entry(
        row.id, row.node, row.seq, row.tick, row.kind, row.schema, row.recorded, row.author,
        row.body, row.sealed, row.prev, row.hash, row.arrival,
    )  # fmt: skip
    return found, Report.objects.filter(pk=id).first() if row.kind == "report" else None


def _correction(request: HttpRequest, report: Report) -> str:
    """Where the report is corrected in its form; empty when that is not for this account, or cannot be."""
    try:
        reopened(request.user, report.id)
    except Problem:
        return ""
    return reverse("form", args=[report.form]) + f"?report={report.id}"


def _heading(found: Entry, report: Report | None) -> str:
    return f"{sort_of(found.kind)} {report}" if report else sort_of(found.kind)


def _facts(found: Entry, report: Report | None) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [(_("Recorded (UTC)"), values.moment(found.recorded))]
    facts += [(_("By"), found.author)] if found.author else []
    if report:
        facts += [
            (_("Date of information"), values.partial_date(report.date)),
            (_("Office"), report.office or "–"),
            (_("Form"), f"{report.form} {report.version}"),
        ]
        facts += [(_("Restates"), values.entry_link(report.edits))] if report.edits else []
        facts += _of_the_phone(found)
    elif found.kind in ("decision", "grant", "form"):
        facts += [(_("Verb"), verb_of(found.body))]
    for name, title in (("report", _("Report")), ("decision", _("Decision"))):
        facts += [(title, values.entry_link(found.body[name]))] if isinstance(found.body.get(name), str) else []
    return facts


def _of_the_phone(found: Entry) -> list[tuple[str, Any]]:
    """The times by the phone's own clock, beside the one above that is ours; and what it has not sent yet."""
    said = found.body.get("phone")
    said = said if isinstance(said, dict) else {}
    titles = {
        "start": _("Filling in began, by the phone (UTC)"),
        "end": _("Filling in ended, by the phone (UTC)"),
        "sent": _("Sent, by the phone (UTC)"),
    }
    facts = [(title, values.moment(str(said[name]))) for name, title in titles.items() if said.get(name)]
    facts += [(_("Identifier of the phone"), str(said["device"]))] if said.get("device") else []
    files = missing(found)
    return facts + ([(_("Files still to come"), ", ".join(files))] if files else [])


def _decisions(request: HttpRequest, report: str) -> list[Any]:
    decided = Decision.objects.filter(record=report).values("id")
    rows: Any = openness.entries(request.user).filter(id__in=decided).order_by("tick")
    return lines(rows)


def _parts(request: HttpRequest, found: Entry, report: Report | None) -> list[dict[str, Any]]:
    commitments = [each["commitment"] for each in found.sealed]
    erased = erased_by(commitments)
    held = set(SealedPart.objects.filter(pk__in=commitments).values_list("pk", flat=True))
    shown = []
    for each in found.sealed:
        opens = openness.part_rule(request.user, found, report, each["name"]) != openness.CLOSED
        is_held = each["commitment"] in held
        shown.append(
            {
                "title": part_title(each["name"]),
                "media_type": each["media_type"],
                "length": values.number(each["length"]),
                "state": _("held") if is_held else _("erased") if each["commitment"] in erased else _("not held here"),
                "url": reverse("part", args=[found.id, each["name"]]) if opens and is_held else "",
            }
        )
    return shown


def files_of(account: Any, found: Entry, report: Report) -> list[dict[str, Any]]:
    """The photographs and files of a report that the account may open."""
    wanted = [each for each in found.sealed if each["name"].startswith("file/")]
    opens = [e for e in wanted if openness.part_rule(account, found, report, e["name"]) == openness.OPEN]
    held = set(SealedPart.objects.filter(pk__in=[e["commitment"] for e in opens]).values_list("pk", flat=True))
    return [
        {
            "title": part_title(each["name"]),
            "url": reverse("part", args=[found.id, each["name"]]) if each["commitment"] in held else "",
            "kilobytes": values.number(max(1, round(each["length"] / 1000))),
            "is_picture": each["media_type"] in PICTURES.values(),
        }
        for each in opens
    ]


def _picture_type(content: bytes) -> str:
    """The type of a photograph by its first bytes, whatever it claims to be; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((type for start, type in PICTURES.items() if start and content.startswith(start)), "")


def _picture(content: bytes, type: str) -> HttpResponse:
    """A photograph to be shown in a page of ours; a browser never runs anything in it."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return HttpResponse(content, content_type=type, headers=headers)


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type in ("application/json", "application/xml")


def _file(content: bytes, said: dict[str, Any]) -> HttpResponse:
    """A file to be kept, never shown by the browser as a page of ours."""
    name = said["name"].rsplit("/", 1)[-1]
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    response = HttpResponse(content, content_type="application/octet-stream", headers=headers)
    safe = "".join(each if each.isalnum() or each in "._-" else "_" for each in name)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    return response
