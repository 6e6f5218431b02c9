"""What phones send (openrosa-form-submission): HEAD tells how much fits, POST becomes a report."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kambila.accounts.models import Account
from kambila.intake import phones
from kambila.intake.openrosa import drafts, multipart
from kambila.intake.openrosa.answers import accepting, message, respond
from kambila.intake.openrosa.doors import Visit, door
from kambila.intake.receive import Receipt, receive
from kambila.intake.review import Finding, review_entry
from kambila.intake.sender import said_of


@door
def submission(visit: Visit) -> HttpResponse:
    """201 only when the entry and its files are durable; anything else means: keep it, and look at what is said."""
    if visit.request.method == "HEAD":
        return accepting(respond(204))
    if visit.request.method != "POST":
        answer = message(405, _("Forms are sent here by POST."))
        answer["Allow"] = "HEAD, POST"
        return answer
    with multipart.received(visit.request) as (xml, files):
        if visit.draft is not None:
            return accepting(message(201, *drafts.take(visit.draft, xml, files)))
        return accepting(message(201, *_lines(*_take(visit, visit.account, xml, files))))


def _take(visit: Visit, account: Account | None, xml: bytes, files: multipart.Files) -> tuple[Receipt, list[Finding]]:
    office, organisation = said_of(account)
    sent = phones.http_date(visit.request.headers.get("Date", ""))
    author = account.username if account is not None else ""
    receipt = receive(xml, files, author, office, organisation, account, sent)
    return receipt, [] if receipt.entry is None else review_entry(receipt.entry)


def _lines(receipt: Receipt, findings: list[Finding]) -> list[str]:
    """The code of the report, the first thing that is doubtful about it, and what became of its files."""
    lines = [_("Received as %(code)s.") % {"code": receipt.code}]
    lines += [each.sentence for each in findings[:1]]
    if receipt.missing:
        lines.append(_("Still to come: %(names)s.") % {"names": ", ".join(receipt.missing)})
    if receipt.refused:
        lines.append(
            _("Not kept, because the form does not name them: %(names)s.") % {"names": _names(receipt.refused)}
        )
    return lines


def _names(names: tuple[str, ...]) -> str:
    """Names of files as they were sent, as far as they can be printed and are no longer than a line."""
    return ", ".join("".join(each if each.isprintable() else "?" for each in name)[:80] for name in names[:10])
