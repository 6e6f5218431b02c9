"""What phones fetch: the list of forms, a form, what belongs to it, and lists of records (openrosa-form-list)."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import HttpResponse

from kambila.intake.openrosa import entity_lists
from kambila.intake.openrosa.answers import respond
from kambila.intake.openrosa.doors import Visit, door
from kambila.intake.openrosa.held import note
from kambila.intake.openrosa.offers import Offer
from kambila.journal.errors import Problem

LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
CSV = "text/csv; charset=utf-8"
TRUE = ("true", "1")


@door
def form_list(visit: Visit) -> HttpResponse:
    """The forms that may be sent from here; `formID` for one, `listAllVersions` for all that are not retired."""
    asked = visit.request.GET
    if visit.request.headers.get("X-OpenRosa-Version") != "1.0":
        raise Problem("no-version-header")
    found = visit.offers(asked.get("listAllVersions") in TRUE, asked.get("formID", ""))
    verbose = asked.get("verbose") in TRUE
    body = "".join(part for each in found for part in _listed(visit, each, verbose))
    return respond(200, f'<?xml version="1.0" encoding="UTF-8"?><xforms xmlns="{LIST}">{body}</xforms>')


def _listed(visit: Visit, offer: Offer, verbose: bool) -> Iterator[str]:
    form = offer.definition
    yield f"<xform><formID>{escape(form.id)}</formID><name>{escape(form.title)}</name>"
    yield f"<version>{escape(form.version)}</version><hash>{offer.hash}</hash>"
    if verbose:
        yield f"<descriptionText>{escape(form.title)}</descriptionText>"
    yield f"<downloadUrl>{escape(visit.address('form', offer.id))}</downloadUrl>"
    if offer.has_manifest:
        yield f"<manifestUrl>{escape(visit.address('manifest', offer.id))}</manifestUrl>"
    yield "</xform>"


@door
def form(visit: Visit, id: str) -> HttpResponse:
    """A form, byte for byte as its hash says."""
    offer = visit.offer(id)
    note(visit.account, "form", offer.definition.id, offer.definition.version)
    return respond(200, offer.definition.xform)


@door
def manifest(visit: Visit, id: str) -> HttpResponse:
    """The files and lists that belong to a form, with hashes that change when their content does."""
    offer = visit.offer(id)
    body = "".join([*_files(visit, offer), *_lists(visit, offer)])
    return respond(200, f'<?xml version="1.0" encoding="UTF-8"?><manifest xmlns="{MANIFEST}">{body}</manifest>')


def _files(visit: Visit, offer: Offer) -> Iterator[str]:
    for name in sorted(offer.media):
        address = visit.address("media", offer.id, name)
        yield f"<mediaFile><filename>{escape(name)}</filename><hash>{offer.hash_of(name)}</hash>"
        yield f"<downloadUrl>{escape(address)}</downloadUrl></mediaFile>"


def _lists(visit: Visit, offer: Offer) -> Iterator[str]:
    for kind, words in sorted(offer.lists.items()):
        found = entity_lists.listed(visit.account, kind, words)
        yield f'<mediaFile type="entityList"><filename>{kind}.csv</filename><hash>{found.hash}</hash>'
        yield f"<downloadUrl>{escape(visit.address('list', offer.id, kind))}</downloadUrl>"
        yield f"<integrityUrl>{escape(visit.address('integrity', kind))}</integrityUrl></mediaFile>"


@door
def media(visit: Visit, id: str, name: str) -> HttpResponse:
    """A file that a form shows."""
    content = visit.offer(id).file(name)
    if content is None:
        raise Problem("no-such-file")
    answer = respond(200, content, mimetypes.guess_type(name)[0] or "application/octet-stream")
    answer["Content-Security-Policy"] = "sandbox"
    answer["Content-Disposition"] = "attachment"
    return answer


@door
def entity_list(visit: Visit, id: str, kind: str) -> HttpResponse:
    """The records of a kind, as a table; 304 for a phone or a proxy that has it already."""
    words = visit.offer(id).lists.get(kind)
    if words is None:
        raise Problem("no-such-file")
    found = entity_lists.listed(visit.account, kind, words)
    note(visit.account, "list", f"{kind}.csv", found.hash, found.rows)
    tag = f'"{found.hash.removeprefix("md5:")}"'
    same = tag in [each.strip() for each in visit.request.headers.get("If-None-Match", "").split(",")]
    answer = respond(304, content_type=CSV) if same else respond(200, found.content, CSV)
    answer["ETag"] = tag
    return answer


@door
def integrity(visit: Visit, kind: str) -> HttpResponse:
    """Whether records that a phone holds, and that its list lacks, are gone (`id`: UUIDs with commas between)."""
    ids = [each for each in visit.request.GET.get("id", "").split(",") if each][:1000]
    found = entity_lists.gone(visit.account, kind, ids)
    said = "".join(
        f'<entity id="{escape(id, {chr(34): "&quot;"})}"><deleted>{str(is_gone).lower()}</deleted></entity>'
        for id, is_gone in found.items()
    )
    return respond(200, f"<data><entities>{said}</entities></data>")
