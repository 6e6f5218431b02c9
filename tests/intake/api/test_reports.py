"""Reports through the API: the same door, the same checks, the same access rule."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import OperationalError
from django.test import Client

from kambila.accounts import granting
from kambila.accounts.scopes import Scope
from kambila.intake.lookup import entry_of
from kambila.journal import clock, read_part
from kambila.journal.parts import named
from kambila.registry.kinds import kinds
from kambila.registry.models import Report
from tests.intake.door import ACCIDENT, PERSON

SENT = {"form": "accident", "answers": ACCIDENT}


def test_a_report_sent_as_json_becomes_a_report(call):
    status, told = call("post", "/reports", "team", SENT)
    assert status == 201 and told["code"] == "BKO-R-00001" and not told["known"]
    changes = entry_of(told["id"]).body["changes"]
    assert [each["kind"] for each in changes] == ["incident", "casualty"]


def test_the_answer_says_what_the_checks_found(call):
    answers = ACCIDENT | {"date": "2031-01-01"}
    _, told = call("post", "/reports", "team", {"form": "accident", "answers": answers})
    assert "information-date-in-the-future" in [each["code"] for each in told["findings"]]
    assert all(each["sentence"] and each["remedy"] for each in told["findings"])


def test_the_same_key_is_the_same_report_also_the_day_after(call):
    clock.set_clock(lambda: datetime.datetime(2026, 3, 1, 23, 59, tzinfo=datetime.UTC))
    key = {"Idempotency-Key": "row 17"}
    first = call("post", "/reports", "team", SENT, **key)
    clock.set_clock(lambda: datetime.datetime(2026, 3, 2, 0, 5, tzinfo=datetime.UTC))
    again = call("post", "/reports", "team", SENT, **key)
    assert (first[0], again[0]) == (201, 200)
    assert again[1]["id"] == first[1]["id"] and again[1]["known"]
    assert Report.objects.count() == 1


def test_the_same_key_with_other_answers_is_refused(call):
    key = {"Idempotency-Key": "row 17"}
    call("post", "/reports", "team", SENT, **key)
    status, told = call("post", "/reports", "team", {**SENT, "answers": {**ACCIDENT, "date": "2014-06-19"}}, **key)
    assert (status, told["code"]) == (409, "same-id-other-content")


def test_one_key_of_two_people_is_two_reports(call):
    granting.grant("fatou", "reporter", Scope(), "she reports too", "ana")
    key = {"Idempotency-Key": "1"}
    one, two = call("post", "/reports", "team", SENT, **key), call("post", "/reports", "fatou", SENT, **key)
    assert one[1]["id"] != two[1]["id"]


def test_an_edit_restates_an_earlier_report(call):
    _, first = call("post", "/reports", "team", SENT)
    edit = {**SENT, "answers": {**ACCIDENT, "date": "2014-06-17"}, "edits": first["instance"]}
    status, told = call("post", "/reports", "team", edit)
    assert status == 201 and Report.objects.get(pk=told["id"]).edits == first["id"]


@pytest.mark.parametrize(
    ("geometry", "typed"),
    [
        ({"type": "Point", "coordinates": [-1.5, 16.25]}, [-1.5, 16.25]),
        ("16.25 -1.5 0 0", [-1.5, 16.25]),
    ],
)
def test_a_position_may_be_geojson_or_as_a_phone_writes_it(call, geometry, typed):
    _, told = call("post", "/reports", "team", {"form": "accident", "answers": {**ACCIDENT, "location": geometry}})
    assert entry_of(told["id"]).body["changes"][0]["values"]["location"]["coordinates"] == typed


def test_a_polygon_becomes_a_shape(call):
    ring = [[-1.0, 16.0], [-1.0, 16.001], [-0.999, 16.001], [-1.0, 16.0]]
    questions = {each["name"]: each for each in call("get", "/forms/hazardous_area", "team")[1]["questions"]}
    shape = next(name for name, each in questions.items() if each["type"] == "geoshape")
    answers = {"adm1": "ML07", shape: {"type": "Polygon", "coordinates": [ring]}}
    status, told = call("post", "/reports", "team", {"form": "hazardous_area", "answers": answers})
    assert status == 201, told
    values = entry_of(told["id"]).body["changes"][0]["values"]
    assert any(isinstance(each, dict) and each.get("type", "").endswith("Polygon") for each in values.values())


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"form": "accident", "answers": {"no_such": 1}}, 400, "unknown-question"),
        ({"form": "accident", "answers": {"casualties": 5}}, 400, "unknown-question"),
        ({"form": "accident", "answers": {"date": "a\u0000b"}}, 400, "unknown-question"),
        ({"form": "nothing", "answers": {}}, 404, "unknown-form"),
        ({"answers": {}}, 400, "request-unreadable"),
        ({**SENT, "edits": "uuid:unknown"}, 409, "unknown-edited"),
    ],
)
def test_what_cannot_be_taken_gets_a_code_a_sentence_and_a_remedy(call, said, status, code):
    answered, told = call("post", "/reports", "team", said)
    assert (answered, told["code"]) == (status, code)
    assert told["sentence"] and told["remedy"]


def test_who_may_not_report_is_refused(call):
    status, told = call("post", "/reports", "viewer", SENT)
    assert (status, told["code"]) == (403, "may-not")
    assert not Report.objects.exists()


def test_a_token_for_other_forms_is_refused(token, door):
    answer = _post(token("team", forms=["village_survey"]), "/reports", SENT)
    assert (answer.status_code, answer.json()["code"]) == (403, "form-not-allowed")


def test_a_token_only_for_reading_reports_nothing(token):
    assert _post(token("team", "read"), "/reports", SENT).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer guessed"}, {"Authorization": "Basic dGVhbTp4"}])
def test_without_a_token_nothing_opens(door, headers):
    for path in ("/reports", "/kinds", "/records/casualty", "/me"):
        answer = Client().get(f"/api/v1{path}", headers=headers)
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["code"] == "no-token"


def test_a_report_is_listed_and_read_by_those_who_may_see_it(call):
    _, sent = call("post", "/reports", "team", SENT)
    listed = call("get", "/reports?status=waiting")[1]
    assert [each["code"] for each in listed["reports"]] == [sent["code"]] and listed["next"] is None
    whole = call("get", f"/reports/{sent['code']}")[1]
    assert whole["changes"][0]["values"]["device"] == "uxo"


def test_a_report_does_not_exist_for_those_who_may_not_see_it(call):
    _, sent = call("post", "/reports", "team", SENT)
    assert call("get", "/reports", "kidal")[1]["reports"] == []
    assert call("get", f"/reports/{sent['id']}", "kidal") == call("get", f"/reports/{sent['id']}", "kidal")
    assert call("get", f"/reports/{sent['id']}", "kidal")[0] == 404


def test_names_are_told_to_nobody(call):
    people = [PERSON | {"full_name": "Aminata Canary"}]
    _, sent = call("post", "/reports", "team", {"form": "accident", "answers": ACCIDENT | {"casualties": people}})
    for by in ("omar", "ana"):
        whole = call("get", f"/reports/{sent['id']}", by)[1]
        assert "Canary" not in json.dumps(whole)
        assert any("full_name" in each["sealed"] for each in whole["changes"])


def test_reports_are_paged_without_gaps(call):
    sent = [call("post", "/reports", "team", SENT)[1]["id"] for _ in range(5)]
    seen, after = [], ""
    while True:
        page = call("get", f"/reports?limit=2&after={after}")[1]
        seen += [each["id"] for each in page["reports"]]
        after = page["next"]
        if after is None:
            break
    assert seen == sent[::-1]


def test_accepting_puts_it_into_the_registry(call):
    _, sent = call("post", "/reports", "team", SENT)
    status, told = call("post", f"/reports/{sent['id']}/accept", "omar", {"reason": "checked", "answers": {"*": "yes"}})
    assert status == 200 and told["effective"]
    assert kinds()["casualty"].objects.count() == 1


def test_an_open_warning_keeps_it_from_being_accepted(call):
    answers = ACCIDENT | {"verification": "no_such_code"}
    _, sent = call("post", "/reports", "team", {"form": "accident", "answers": answers})
    status, told = call("post", f"/reports/{sent['id']}/accept", "omar", {"reason": "checked"})
    assert (status, told["code"]) == (409, "warnings-unanswered")


def test_a_report_can_be_returned_and_rejected(call):
    _, sent = call("post", "/reports", "team", SENT)
    assert call("post", f"/reports/{sent['id']}/return", "omar", {"reason": "which day?"})[0] == 200
    assert call("get", f"/reports/{sent['id']}")[1]["status"] == "returned"
    told = call("post", f"/reports/{sent['id']}/reject", "omar", {"reason": "a drill"})[1]
    assert told["waits"]  # a danger that nobody confirmed needs a second person


def test_who_may_not_decide_is_refused(call):
    _, sent = call("post", "/reports", "team", SENT)
    assert call("post", f"/reports/{sent['id']}/accept", "viewer", {"reason": "x"})[0] == 403


def test_a_token_that_is_not_for_deciding_decides_nothing(call, token):
    _, sent = call("post", "/reports", "team", SENT)
    answer = _post(token("omar", "read", "report"), f"/reports/{sent['id']}/accept", {"reason": "x"})
    assert answer.status_code == 403
    assert Report.objects.get(pk=sent["id"]).status == "waiting"


def test_a_token_for_one_place_decides_nothing_elsewhere(call, token):
    _, sent = call("post", "/reports", "team", SENT)
    answer = _post(token("omar", places=["ML08"]), f"/reports/{sent['id']}/accept", {"reason": "x"})
    assert answer.status_code == 404
    assert Report.objects.get(pk=sent["id"]).status == "waiting"


def test_a_file_that_the_answers_name_is_added_and_given_back_as_a_file(call, token):
    _, sent = call("post", "/reports", "team", {"form": "accident", "answers": {**ACCIDENT, **_photo(call)}})
    mine = token("team")
    added = _upload(mine, sent["id"], "site.svg", b"<svg onload='x'/>")
    assert added.status_code == 201, added.json()
    restated = added.json()["id"]
    entry = entry_of(restated)
    assert read_part(named(entry.sealed, "file/site.svg")) == b"<svg onload='x'/>"
    answer = Client().get(f"/api/v1/reports/{restated}/files/site.svg", headers={"Authorization": f"Bearer {mine}"})
    assert answer.content == b"<svg onload='x'/>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"


def test_a_file_that_no_answer_names_is_refused(call, token):
    _, sent = call("post", "/reports", "team", SENT)
    answer = _upload(token("team"), sent["id"], "stranger.jpg", b"x")
    assert (answer.status_code, answer.json()["code"]) == (400, "file-not-named")


def test_files_are_added_only_to_reports_of_ones_own(call, token):
    _, sent = call("post", "/reports", "team", SENT)
    assert _upload(token("ana"), sent["id"], "site.jpg", b"x").status_code == 403


def _photo(call) -> dict[str, str]:
    questions = call("get", "/forms/accident", "team")[1]["questions"]
    return {next(each["name"] for each in questions if each["type"] == "binary"): "site.svg"}


def _post(token: str, path: str, said: object):
    return Client().post(
        f"/api/v1{path}",
        json.dumps(said),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def _upload(token: str, report: str, name: str, content: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = {"files": SimpleUploadedFile(name, content)}
    return Client().post(f"/api/v1/reports/{report}/files", files, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("base", [{"x": {"date": []}}, {"0": {"no_such": []}}, {"0": {"date": ["not a change"]}}])
def test_what_was_shown_must_be_of_the_report(call, base):
    _, sent = call("post", "/reports", "team", SENT)
    said = {"reason": "checked", "answers": {"*": "yes"}, "base": base}
    status, told = call("post", f"/reports/{sent['id']}/accept", "omar", said)
    assert (status, told["code"]) == (400, "bad-base")


def test_a_database_that_is_away_is_503_and_nothing_is_kept(call, monkeypatch):
    def away(*given, **more):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("kambila.intake.api.reports.receive", away)
    status, told = call("post", "/reports", "team", SENT)
    assert (status, told["code"]) == (503, "database-away")
