"""A form that was filled in on a page goes through the same door as one from a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kambila.intake import review, submissions
from kambila.intake.openrosa import errors  # noqa: F401  the catalogue
from kambila.intake.plain import errors as of_pages  # noqa: F401  the catalogue
from kambila.intake.receive import Receipt, receive
from kambila.intake.sender import said_of
from kambila.intake.uploaded import content_of
from kambila.intake.xml import LIMIT, parse
from kambila.journal.errors import Problem

SUBMISSION = "xml_submission_file"
TOLD = 3  # findings that are shown: the review has them all


def sent(request: HttpRequest, form: str) -> dict[str, Any]:
    """Take in what was posted. {report, code, known, findings}. Raises Problem for what cannot be taken in."""
    part = request.FILES.get(SUBMISSION)
    if part is None or isinstance(part, list):
        raise Problem("no-submission-part", why="–")
    if (part.size or 0) > LIMIT:
        raise Problem("too-large", limit=LIMIT // 1024 // 1024)
    files = {name: each for name, each in request.FILES.items() if name != SUBMISSION}
    xml = part.read()
    return told(taken_in(request.user, form, xml, files, str(request.POST.get("edits", ""))))


def taken_in(account: Any, form: str, xml: bytes, files: Mapping[str, Any], edits: str = "") -> Receipt:
    """Through the door, for the office and the organisation of the person. `edits` is the report that is corrected."""
    root = parse(xml)
    if submissions.form_of(root)[0] != form:
        raise Problem("unknown-form", form=form, version=submissions.form_of(root)[1])
    if edits and not submissions.instance_of(root)[1]:
        raise Problem("edit-without-deprecated", report=edits)
    attachments = {name: content_of(each) for name, each in files.items()}
    office, organisation = said_of(account)
    return receive(xml, attachments, account.get_username(), office, organisation)


def told(receipt: Receipt) -> dict[str, Any]:
    """What the sender is told: as on a phone, errors and warnings of the review, the gravest first."""
    found = review.review(receipt.report_id)[:TOLD]
    findings = [{"level": each.level, "sentence": each.sentence, "remedy": each.remedy} for each in found]
    return {"report": receipt.report_id, "code": receipt.code, "known": receipt.duplicate, "findings": findings}
