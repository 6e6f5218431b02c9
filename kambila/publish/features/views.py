"""The addresses under `/ogc`."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kambila.journal.errors import Problem
from kambila.publish.features import answers, asking, crs, documents, finding, openapi, pages, writing
from kambila.publish.features.answers import CSV, GEOJSON, JSON, OPENAPI, SCHEMA, address, door, link
from kambila.publish.features.collections import Collection, of
from kambila.publish.features.reader import reader_of
from kambila.publish.features.rows import features
from kambila.registry import history
from kambila.registry.kinds import kinds

BOTH, ITEMS = ("json", "html"), ("json", "html", "csv")


@door
def landing(request: HttpRequest) -> HttpResponse:
    reader_of(request)
    return _document(request, "landing", lambda form: documents.landing(request, form))


@door
def conformance(request: HttpRequest) -> HttpResponse:
    reader_of(request)
    return _document(request, "conformance", lambda form: {"conformsTo": documents.CONFORMS})


@door
def api(request: HttpRequest) -> HttpResponse:
    account = reader_of(request)
    server = address(request, "landing").rstrip("/")
    return _document(request, "api", lambda form: openapi.document(account, server), OPENAPI)


@door
def collections(request: HttpRequest) -> HttpResponse:
    account = reader_of(request)
    return _document(request, "collections", lambda form: documents.collections(request, account, form))


@door
def collection(request: HttpRequest, kind: str) -> HttpResponse:
    found = _collection(reader_of(request), kind)
    return _document(
        request, "collection", lambda form: documents.collection(request, found, crs.offered(), form), fields=found
    )


@door
def queryables(request: HttpRequest, kind: str) -> HttpResponse:
    found = _collection(reader_of(request), kind)
    return _document(request, "", lambda form: documents.queryables(request, found), SCHEMA)


@door
def schema(request: HttpRequest, kind: str) -> HttpResponse:
    found = _collection(reader_of(request), kind)
    return _document(request, "", lambda form: documents.schema(request, found), SCHEMA)


@door
def items(request: HttpRequest, kind: str) -> HttpResponse:
    """A page of items, with the number of all that match."""
    account = reader_of(request)
    found = _collection(account, kind)
    asked, form = asking.asked(request, found), asking.format_of(request, ITEMS)
    head = finding.head(found)
    # A page has the name of who is signed in on it, so it is told apart by what it says.
    by_head = form != "html" and finding.may_know_head(account, found)
    mark = answers.mark(request, account, head) if by_head else ""
    if mark and answers.is_known(request, mark):
        return answers.unchanged(mark)
    page = finding.page(account, found, asked, head)
    links = _page_links(request, found, form, page.following)
    if form == "html":
        response = render(request, "features/items.html", pages.items(found, page, asked, links))
    elif form == "csv":
        response = HttpResponse(writing.table(page, asked.crs, asked.properties), content_type=CSV)
        response["Content-Disposition"] = f'inline; filename="{kind}.csv"'
    else:
        response = HttpResponse(writing.collection(page, asked.crs, asked.properties, links), content_type=GEOJSON)
    response["Content-Crs"] = f"<{asked.crs}>"
    response["Link"] = ", ".join(f'<{each["href"]}>; rel="{each["rel"]}"; type="{each["type"]}"' for each in links)
    response["OGC-NumberMatched"], response["OGC-NumberReturned"] = str(page.matched), str(len(page.rows))
    return answers.marked(response, mark) if mark else answers.marked_by_content(request, response)


@door
def item(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    """One item; the id of a record that was merged leads to the one that bears both. None that may be seen: 404."""
    account = reader_of(request)
    found = _collection(account, kind)
    said, form = asking.plain(request, "crs", "f"), asking.format_of(request, BOTH)
    uri = crs.named(said.get("crs", ""), "crs")
    row = _row(account, found, id)
    if row is None:
        raise Problem("no-such-record", name=id.replace("\x00", ""))
    feature = next(features(row[1], [row[0]], uri, None))
    links = [
        *answers.both(request, form, GEOJSON, "item", kind, id),
        link(address(request, "collection", kind), "collection", JSON),
    ]
    if form == "html":
        response = render(request, "features/item.html", pages.item(found, feature))
    else:
        response = HttpResponse(orjson.dumps({**feature, "links": links}, default=str), content_type=GEOJSON)
    response["Content-Crs"] = f"<{uri}>"
    return answers.marked_by_content(request, response)


def _row(account: Any, found: Collection, id: str) -> Any:
    """The row of an id, or of the record that a code or the id of a merged one leads to; None where none may be seen."""
    if "\x00" in id:
        return None
    if row := finding.item(account, found, id):
        return row
    known = (each for _kind, each in history.find(id, found.kind))
    return next(filter(None, (finding.item(account, found, each) for each in known)), None)


def _collection(account: Any, kind: str) -> Collection:
    if kind not in kinds():
        raise Problem("no-such-kind", kind=kind.replace("\x00", "")[:60])
    return of(account, kind)


def _document(
    request: HttpRequest, page: str, make: Any, kind: str = JSON, fields: Collection | None = None
) -> HttpResponse:
    asking.plain(request, "f")
    form = asking.format_of(request, BOTH if page else ("json",))
    said = make(form)
    if form == "html":
        return render(
            request, f"features/{page}.html", {"said": said, "fields": pages.fields(fields) if fields else ()}
        )
    return answers.json(said, kind)


def _page_links(request: HttpRequest, found: Collection, form: str, following: str) -> list[dict[str, str]]:
    """This page in its forms, the next one, and the collection."""
    said = {name: value for name, value in request.GET.items() if name != "f"}
    types = {"json": GEOJSON, "html": answers.HTML, "csv": CSV}
    links = [
        link(
            address(request, "items", found.kind, **said, f=each), "self" if each == form else "alternate", types[each]
        )
        for each in sorted(types, key=lambda each: each != form)
    ]
    if following:
        href = address(request, "items", found.kind, **{**said, "after": following, "f": form})
        links.append(link(href, "next", types[form]))
    links.append(link(address(request, "collection", found.kind), "collection", JSON))
    return links
