"""Reports through the API: sent, listed, read, decided."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import File, Header, Query, Router, Status
from ninja.files import UploadedFile

from kambila.intake import decisions, review
from kambila.intake.api import answers, schemas
from kambila.intake.api.signing_in import account_of, must
from kambila.intake.authority import must_with_report
from kambila.intake.instances import FILE
from kambila.intake.lookup import entry_of, find_report
from kambila.intake.receive import Receipt, receive
from kambila.intake.sender import said_of
from kambila.intake.uploaded import content_of
from kambila.journal import directory, read_part
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.registry import openness
from kambila.registry.models import Report

router = Router(tags=["reports"])
STATUSES = [str(each) for each in Report.Status.values]


@router.post("", response={200: schemas.Receipt, 201: schemas.Receipt}, summary="Send a report")
def send(
    request: HttpRequest,
    report: schemas.NewReport,
    idempotency_key: str = Header("", max_length=200, description="the same key, the same report, however often sent"),
) -> Status[schemas.Receipt]:
    """A form, answered; durable when this answers. 201 for a new report, 200 for one that was received before."""
    account = must(request, "report")
    instance, xml = answers.submission(account, report, idempotency_key)
    return _told(receive(xml, {}, account.username, *said_of(account), account=account), instance)


@router.post(
    "/{report}/files", response={200: schemas.Receipt, 201: schemas.Receipt}, summary="Add files to a report of yours"
)
def add_files(request: HttpRequest, report: str, files: File[list[UploadedFile]]) -> Status[schemas.Receipt]:
    """Photographs and documents that the report's answers name; a report that has them all restates it."""
    account = must(request, "report")
    found = _find(request, report)
    entry = entry_of(found.id)
    if entry.author != account.username:
        raise Problem("may-not", account=account.username, action="report")
    commitment = named(entry.sealed, "submission")
    xml = read_part(commitment) if commitment else None
    if xml is None:
        raise Problem("no-submission", report=found.code)
    wanted = set(re.findall(r">([^<>]+)</", xml.decode(errors="replace")))
    if strange := [each.name for each in files if each.name not in wanted]:
        raise Problem("file-not-named", report=found.code, name=strange[0])
    said = {str(each.name): content_of(each) for each in files}
    body = entry.body
    receipt = receive(
        xml, said, account.username, body.get("office", ""), body.get("organisation", ""), account=account
    )
    return _told(receipt, body.get("instance", ""))


@router.get("", response=schemas.Reports, summary="Reports that may be seen")
def listed(
    request: HttpRequest,
    status: str = Query("", description=", ".join(STATUSES)),
    form: str = Query("", max_length=250),
    after: str = Query("", max_length=60),
    limit: int = Query(100, ge=1, le=1000),
) -> schemas.Reports:
    """The newest first; `next` is the `after` of the page that follows."""
    account = must(request, "read")
    found = openness.reports(account)
    found = found.filter(status=status) if status else found
    found = found.filter(form=form) if form else found
    if after:
        place = re.fullmatch(r"(\d{1,18})_([0-9a-f-]{36})", after)
        if place is None:
            raise Problem("bad-cursor", after=after)
        found = found.filter(Q(tick__lt=int(place[1])) | Q(tick=int(place[1]), pk__lt=place[2]))
    rows = list(found.order_by("-tick", "-pk")[: limit + 1])
    following = f"{rows[limit - 1].tick}_{rows[limit - 1].pk}" if len(rows) > limit else None
    return schemas.Reports(reports=[schemas.ReportTold(**_line(each)) for each in rows[:limit]], next=following)


@router.get("/{report}", response=schemas.ReportWhole, summary="One report, by id or code")
def one(request: HttpRequest, report: str) -> schemas.ReportWhole:
    """What it says of the kinds that may be seen, its files and what the checks find now."""
    account = must(request, "read")
    found = _find(request, report)
    entry, kinds = entry_of(found.id), openness.kinds_open(account, found)
    changes = [
        schemas.ChangeTold(
            kind=each["kind"], id=each["id"], values=each.get("values", {}), sealed=sorted(each.get("sealed", {}))
        )
        for each in entry.body.get("changes", [])
        if each["kind"] in kinds
    ]
    return schemas.ReportWhole(
        **_line(found),
        instance=found.instance,
        changes=changes,
        files=_files(entry),
        findings=_findings(found.id) if len(changes) == len(entry.body.get("changes", [])) else [],
    )


@router.get("/{report}/files/{name}", summary="A file of a report", response={200: bytes})
def file(request: HttpRequest, report: str, name: str) -> HttpResponse:
    """Always as a file to be kept, whatever it says it is."""
    account = must(request, "read")
    found = _find(request, report)
    entry = entry_of(found.id)
    part = FILE + name
    held = named(entry.sealed, part) is not None
    if not held or openness.part_rule(account, entry, found, part) != openness.OPEN:
        raise Problem("no-such-part", name=name)
    content = openness.open_part(account, entry, found, part)
    if content is None:
        raise Problem("no-such-part", name=name)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@router.post("/{report}/accept", response=schemas.DecisionTold, summary="Accept a report")
def accept(request: HttpRequest, report: str, said: schemas.Acceptance) -> schemas.DecisionTold:
    """Refused while the checks find errors, or warnings that `answers` does not answer."""
    found, author = _to_decide(request, report)
    return _decided(decisions.accept(found, author, said.reason, said.answers, said.base))


@router.post("/{report}/return", response=schemas.DecisionTold, summary="Return a report to its reporter")
def return_(request: HttpRequest, report: str, said: schemas.Refusal) -> schemas.DecisionTold:
    """The reason says what must be mended."""
    found, author = _to_decide(request, report)
    return _decided(decisions.return_(found, author, said.reason))


@router.post("/{report}/reject", response=schemas.DecisionTold, summary="Reject a report")
def reject(request: HttpRequest, report: str, said: schemas.Rejection) -> schemas.DecisionTold:
    """That of a danger needs a second person, unless another report `stands` for it."""
    found, author = _to_decide(request, report)
    return _decided(decisions.reject(found, author, said.reason, said.stands))


def _told(receipt: Receipt, instance: str) -> Status[schemas.Receipt]:
    told = schemas.Receipt(
        id=receipt.report_id,
        code=receipt.code,
        instance=instance,
        known=receipt.duplicate,
        findings=_findings(receipt.report_id),
    )
    return Status(200 if receipt.duplicate else 201, told)


def _find(request: HttpRequest, name: str) -> Report:
    """A report that the account may see; for a stranger it does not exist."""
    found = find_report(name)
    if not openness.reports(account_of(request)).filter(pk=found.pk).exists():
        raise Problem("no-such-report", name=name)
    return found


def _to_decide(request: HttpRequest, name: str) -> tuple[str, str]:
    """(id, author), when the token too allows it: decisions ask again, of the account as a whole."""
    account = must(request, "decide")
    found = _find(request, name)
    must_with_report(account, "decide", entry_of(found.id))
    return found.id, account.username


def _line(report: Report) -> dict[str, Any]:
    names = ("id", "code", "form", "version", "status", "date", "recorded", "reporter", "office", "organisation")
    said = {name: getattr(report, name) for name in (*names, "edits", "counts")}
    return {**said, "kinds": report.kinds.split(), "example": directory.current().node.example}


def _files(entry: Entry) -> list[schemas.FileTold]:
    return [
        schemas.FileTold(name=each["name"].removeprefix(FILE), media_type=each["media_type"], length=each["length"])
        for each in entry.sealed
        if each["name"].startswith(FILE)
    ]


def _findings(report: str) -> list[schemas.Finding]:
    return [
        schemas.Finding(
            code=each.code,
            level=each.level,
            change=each.index,
            field=each.field,
            sentence=each.sentence,
            remedy=each.remedy,
            at=dict(each.at) if each.at else None,
        )
        for each in review.review(report)
    ]


def _decided(result: decisions.Result) -> schemas.DecisionTold:
    return schemas.DecisionTold(id=result.id, verb=result.verb, effective=result.effective, waits=result.waits)
