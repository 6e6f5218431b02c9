"""The API put together: its routers, who may ask, and what a problem answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kambila import __version__
from kambila.intake.api import errors, records, reports, schemas  # noqa: F401  the catalogue
from kambila.intake.api.signing_in import Token
from kambila.intake.statuses import problem_of, status_of
from kambila.journal.errors import Problem

TROUBLES = (400, 401, 403, 404, 405, 409, 413, 503, 507)


class Api(NinjaAPI):
    """An API whose document says of every operation how it tells of a problem."""

    def get_openapi_schema(self, **options: Any) -> Any:
        document = super().get_openapi_schema(**options)
        document["components"]["schemas"]["Trouble"] = schemas.Trouble.model_json_schema()
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Trouble"}}}
        trouble = {"description": "what is wrong, and what to do about it", "content": content}
        for operations in document["paths"].values():
            for each in operations.values():
                each["responses"] |= {str(status): trouble for status in TROUBLES}
        return document


api = Api(
    title="Kambila",
    version=__version__,
    description="Reports in, decisions, and records out, for systems that act for an account. See docs/api.md.",
    auth=Token(),
    docs_url=None,  # its page would fetch scripts from elsewhere
    urls_namespace="api",
)
api.add_router("/reports", reports.router)
api.add_router("", records.router)


def _answer(request: HttpRequest, problem: Problem, status: int | None = None) -> HttpResponse:
    said = {"code": problem.code, "sentence": problem.sentence, "remedy": problem.remedy}
    return api.create_response(request, said, status=status or status_of(problem))


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Any) -> HttpResponse:
    return _answer(request, problem)


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    first = error.errors[0] if error.errors else {}
    where = ".".join(str(each) for each in first.get("loc", ())[1:])
    return _answer(request, Problem("request-unreadable", why=f"{where}: {first.get('msg', '')}"))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(request, Problem("request-unreadable", why=str(error)), error.status_code)


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: Any) -> HttpResponse:
    response = _answer(request, Problem("no-token"), 401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(request, Problem("no-such-record", name=request.path), 404)


@api.exception_handler(Exception)
def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(request, problem_of(error))
