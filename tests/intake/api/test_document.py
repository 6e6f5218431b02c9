"""The OpenAPI document is true: whatever it allows, and whatever it does not, gets an answer that it foresees."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.intake.door import ACCIDENT

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
EXAMPLES = 20
OPERATIONS = [
    "GET /api/v1/reports", "POST /api/v1/reports", "GET /api/v1/reports/{report}", "POST /api/v1/reports/{report}/files",
    "GET /api/v1/reports/{report}/files/{name}", "POST /api/v1/reports/{report}/accept",
    "POST /api/v1/reports/{report}/return", "POST /api/v1/reports/{report}/reject", "GET /api/v1/me",
    "GET /api/v1/kinds", "GET /api/v1/records/{kind}", "GET /api/v1/records/{kind}/{name}", "GET /api/v1/forms",
    "GET /api/v1/forms/{form}",
]  # fmt: skip


@pytest.fixture
def document(door):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def test_the_document_is_there_for_those_who_write_a_client(door):
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200 and answer.json()["info"]["title"] == "Kambila"


def test_every_operation_is_told_and_is_fuzzed_here(document):
    found = [each.ok() for each in document.get_all_operations()]
    assert sorted(f"{each.method.upper()} {each.path}" for each in found) == sorted(OPERATIONS)


@pytest.mark.parametrize("named", OPERATIONS)
def test_no_request_makes_the_api_fail(call, token, document, named):
    """Random requests: no 5xx, and no answer that the document does not foresee."""
    _, sent = call("post", "/reports", "team", {"form": "accident", "answers": ACCIDENT})
    headers = {"Authorization": f"Bearer {token('ana')}"}
    method, path = named.split()

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(document[path][method].as_strategy())
    def search(case):
        # Half of the requests are about a report that is there, so that they reach what lies behind.
        if len(str(case.path_parameters.get("report", ""))) % 2:
            case.path_parameters["report"] = sent["id"]
        case.call_and_validate(headers=headers, checks=CHECKS)

    search()
