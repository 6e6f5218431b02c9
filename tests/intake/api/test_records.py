"""Records, kinds and forms through the API: what the account may see, and no more."""

from __future__ import annotations

import json

import pytest

from kambila.registry.kinds import kinds
from tests.intake.door import ACCIDENT, PERSON, VILLAGE


@pytest.fixture
def accident(call):
    """An accident with a casualty, accepted."""
    people = [PERSON | {"full_name": "Aminata Canary"}]
    _, sent = call("post", "/reports", "team", {"form": "accident", "answers": ACCIDENT | {"casualties": people}})
    assert call("post", f"/reports/{sent['id']}/accept", "omar", {"reason": "ok", "answers": {"*": "ok"}})[0] == 200


def test_records_are_listed_with_their_values(call, accident):
    page = call("get", "/records/casualty")[1]
    assert [each["values"]["age"] for each in page["records"]] == [9] and not page["more"]


def test_a_record_is_found_by_code_and_by_id(call, accident):
    by_code = call("get", "/records/casualty/BKO-CAS-00001")
    assert by_code[0] == 200
    assert call("get", f"/records/casualty/{by_code[1]['id']}") == by_code


def test_a_restricted_record_does_not_exist_for_those_who_may_not_see_it(call, accident):
    assert call("get", "/records/casualty", "kidal")[1]["records"] == []
    assert call("get", "/records/casualty/BKO-CAS-00001", "kidal")[0] == 404


def test_names_are_in_no_record(call, accident):
    said = json.dumps([call("get", "/records/casualty", by)[1] for by in ("omar", "ana", "viewer")])
    assert "Canary" not in said and "full_name" not in said


def test_the_last_place_gives_later_what_has_changed_since(call, accident):
    page = call("get", "/records/incident")[1]
    assert call("get", f"/records/incident?after={page['next']}")[1]["records"] == []
    _, sent = call("post", "/reports", "team", {"form": "accident", "answers": ACCIDENT})
    call("post", f"/reports/{sent['id']}/accept", "omar", {"reason": "ok", "answers": {"*": "ok"}})
    changed = call("get", f"/records/incident?after={page['next']}")[1]["records"]
    assert [each["code"] for each in changed] == ["BKO-INC-00002"]


def test_records_are_paged_without_gaps(call):
    for number in range(5):
        answers = VILLAGE | {"title": f"Village {number}"}
        _, sent = call("post", "/reports", "team", {"form": "village", "answers": answers})
        call("post", f"/reports/{sent['id']}/accept", "omar", {"reason": "ok", "answers": {"*": "ok"}})
    everything = [each["id"] for each in call("get", "/records/village")[1]["records"]]
    assert len(everything) == 5
    seen, after, more = [], "", True
    while more:
        page = call("get", f"/records/village?limit=2&after={after}")[1]
        seen += [each["id"] for each in page["records"]]
        after, more = page["next"], page["more"]
    assert seen == everything


@pytest.mark.parametrize("path", ["/records/nothing", "/records/casualty/nobody", "/reports/nothing", "/forms/nothing"])
def test_what_is_not_there_is_404_with_a_sentence(call, path):
    status, told = call("get", path)
    assert status in (403, 404) and told["sentence"]


@pytest.mark.parametrize("path", ["/records/casualty?after=x", "/reports?after=1", "/reports?limit=0"])
def test_a_place_that_is_none_is_said_to_be_none(call, path):
    status, told = call("get", path)
    assert status == 400 and told["code"] in ("bad-cursor", "request-unreadable")


def test_every_kind_is_told_with_its_code_lists(call):
    told = {each["kind"]: each for each in call("get", "/kinds")[1]}
    assert set(told) == set(kinds())
    sex = next(each for each in told["casualty"]["fields"] if each["name"] == "sex")
    assert sex["codes"]["female"]


def test_only_forms_that_one_may_send_are_told(call, token):
    assert "accident" in [each["form"] for each in call("get", "/forms", "team")[1]]
    assert call("get", "/forms", "viewer")[1] == []


def test_a_form_is_told_with_its_questions(call):
    whole = call("get", "/forms/accident", "team")[1]
    sex = next(each for each in whole["questions"] if each["name"] == "sex")
    assert sex["saved_to"] == "casualty.sex" and "female" in sex["choices"]


def test_a_token_says_what_it_is_for(call):
    told = call("get", "/me", "team")[1]
    assert told["username"] == "team" and told["actions"] == ["read", "report", "decide"]
