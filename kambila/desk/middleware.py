"""What holds for every page: its headers, and how much a request may hold."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from kambila.desk import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
PHONES = ("/key/", "/openrosa/", "/test/")
PERMISSIONS = "camera=(), microphone=(), payment=(), usb=()"


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No script but our own files, no frame around us, nothing kept of what needs a sign-in."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", f"geolocation=(), {PERMISSIONS}")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return respond


def bounded(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No request is larger than one may be; it is refused before any of it is read. Phones are told so at their door."""

    def respond(request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.REQUEST
        if request.path.startswith(PHONES) or (said.isdigit() and int(said) <= limit):
            return get_response(request)
        problem = Problem("request-too-large", limit=limit // 1024 // 1024)
        told = {"code": problem.code, "sentence": problem.sentence, "remedy": problem.remedy}
        return JsonResponse(told, status=413)

    return respond
