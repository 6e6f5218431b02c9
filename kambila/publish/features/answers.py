"""How answers leave: with their type, who may keep them, and a mark by which an unchanged one is not sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from kambila import __version__
from kambila.intake.statuses import problem_of, status_of
from kambila.journal.errors import Problem
from kambila.publish.features import asking, errors  # noqa: F401  the catalogue
from kambila.registry import access

GEOJSON, HTML, CSV, JSON = (
    "application/geo+json",
    "text/html; charset=utf-8",
    "text/csv; charset=utf-8",
    "application/json",
)
SCHEMA, OPENAPI = "application/schema+json", "application/vnd.oai.openapi+json;version=3.0"
VARY = "Authorization, Cookie, Accept, Accept-Encoding, Accept-Language"
View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """Only questions; nothing that goes wrong leaves as anything but a sentence; nothing is kept for other people."""

    @wraps(view)
    def answered(request: HttpRequest, **said: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            response = view(request, **said)
        except Problem as problem:
            response = refusal(request, problem)
        except Exception as error:
            response = refusal(request, problem_of(error))
        response["Cache-Control"] = "private, no-cache"
        response["Vary"] = VARY
        return response

    return answered


def refusal(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What is wrong and what to do: as JSON, or as a page for people."""
    status = 401 if problem.code == "not-signed-in" else status_of(problem)
    told = {"code": problem.code, "sentence": problem.sentence, "remedy": problem.remedy}
    if status != 401 and request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        response = render(request, "features/problem.html", told, status=status)
    else:
        response = json(told, JSON, status)
    if status == 401:
        response["WWW-Authenticate"] = 'Basic realm="Kambila", charset="UTF-8"'
    return response


def json(said: Any, kind: str, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(said, default=str), content_type=kind, status=status)


def mark(request: HttpRequest, account: Any, head: Any) -> str:
    """The ETag of an answer: who asks (by access), what for, in which words, and how far the registry had come."""
    asked = (request.build_absolute_uri(), request.headers.get("Accept", ""), get_language())
    return _hashed(repr((__version__, _sorted(account), asked, head)).encode())


def _hashed(said: bytes) -> str:
    return f'"{hashlib.sha256(said).hexdigest()[:32]}"'


def _sorted(account: Any) -> Any:
    """The access class in one order, whatever order a set has in this process."""
    day, roles = access.access_class(account)
    return day, sorted((sorted(rule.actions), repr(rule)[-80:], repr(scope)) for rule, scope in roles)


def is_known(request: HttpRequest, mark: str) -> bool:
    """Whether who asks has this answer already."""
    said = request.headers.get("If-None-Match", "")
    return mark in [each.strip().removeprefix("W/") for each in said.split(",")]


def unchanged(mark: str) -> HttpResponse:
    return marked(HttpResponse(status=304), mark)


def marked(response: HttpResponse, mark: str) -> HttpResponse:
    response["ETag"] = mark
    return response


def marked_by_content(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For readers who may not know the head: the same answer is the same, whatever happened meanwhile."""
    mark = _hashed(response.content + response.headers["Content-Type"].encode())
    return unchanged(mark) if is_known(request, mark) else marked(response, mark)


def address(request: HttpRequest, name: str, *args: str, **parameters: Any) -> str:
    """The whole address of something here, with parameters."""
    here = settings.ADDRESS or f"{request.scheme}://{request.get_host()}"
    whole = f"{here}{_path(name, args)}"
    return f"{whole}?{urlencode(parameters)}" if parameters else whole


@lru_cache(maxsize=1_000)
def _path(name: str, args: tuple[str, ...]) -> str:
    return reverse(f"ogc-{name}", args=args)


def link(href: str, rel: str, kind: str, title: str = "") -> dict[str, str]:
    return {
        "href": href,
        "rel": rel,
        "type": kind.partition(";")[0] if kind != OPENAPI else kind,
        **({"title": title} if title else {}),
    }


def both(request: HttpRequest, form: str, kind: str, name: str, *args: str) -> list[dict[str, str]]:
    """Links to an answer itself and to its other form."""
    kinds = {"json": kind, "html": HTML}
    return [
        link(address(request, name, *args, f=each), "self" if each == form else "alternate", kinds[each])
        for each in sorted(kinds, key=lambda each: each != form)
    ]
