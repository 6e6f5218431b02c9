"""Who asks, what is kept, and how errors read."""

from __future__ import annotations

import base64
import json

import pytest

from kambila.registry.kinds import kinds
from tests.publish.features.world import COMMUNE, INCIDENT, TRUE
from tests.registry.telling import accept, change, countersign, report, say

pytestmark = pytest.mark.parametrize("_told", ["sqlite"], indirect=True)


def basic(name, secret):
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def matched(answer):
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)["numberMatched"]


def test_a_token_and_a_device_password_open_what_their_account_may_see(ask, key):
    everything = kinds()["incident"]._default_manager.count()
    _name, token = key("api", "auditor", "read")
    name, device = key("device", "auditor", "read", "report")
    assert matched(ask("incident/items", authorization=f"Bearer {token}")) == everything
    assert matched(ask("incident/items", **basic(name, device))) == everything
    assert matched(ask("incident/items")) == 1 < everything


def test_credentials_that_open_nothing_are_asked_for_again(ask, key):
    name, device = key("device", "auditor", "read")
    _other, token = key("api", "auditor", "report")
    for headers in (
        {"authorization": "Bearer x"},
        basic(name, "x"),
        basic("auditor", device),
        {"authorization": "Digest x"},
    ):
        answer = ask("incident/items", **headers)
        assert (answer.status_code, json.loads(answer.content)["code"]) == (401, "not-signed-in")
        assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert ask("incident/items", authorization=f"Bearer {token}").status_code == 403


def test_what_is_unchanged_is_not_sent_again_and_only_to_readers_of_the_same_class(ask):
    answer = ask("village/items?limit=3")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer.headers["Vary"] and "Cookie" in answer.headers["Vary"]
    known = {"if-none-match": answer.headers["ETag"]}
    assert (ask("village/items?limit=3", **known).status_code, ask("village/items?limit=3", **known).content) == (
        304,
        b"",
    )
    assert ask("village/items?limit=3", "auditor", **known).status_code == 200
    assert ask("village/items?limit=3", **known, accept="text/html").status_code == 200
    assert ask("village/items?limit=2", **known).status_code == 200
    known = {"if-none-match": ask("incident/items", "auditor").headers["ETag"]}
    assert ask("incident/items", "auditor", **known).status_code == 304
    assert ask("incident/items", "operator", **known).status_code == 200


def test_a_mark_gives_no_record_away_that_may_not_be_seen(ask):
    mark = ask(f"incident/items/{INCIDENT}", "auditor").headers["ETag"]
    hidden = next(row.pk for row in kinds()["incident"]._default_manager.all() if row.pk != INCIDENT)
    assert ask(f"incident/items/{hidden}", **{"if-none-match": mark}).status_code == 404


def test_a_page_and_its_number_follow_every_change(ask, told):
    answer = ask("incident/items")
    before, known = matched(answer), {"if-none-match": answer.headers["ETag"]}
    id = "00000000-0000-7000-8000-00000000aaaa"
    values = {"location": {"type": "Point", "coordinates": list(TRUE)}, "adm3": COMMUNE, "date": "2014-06-18"}
    countersign(accept(report(change(id, values, "incident"), date="2014-06-20")))
    assert ask("incident/items", **known).status_code == 304  # it tells nobody that something restricted came in
    seen = matched(ask("incident/items", "auditor"))
    countersign(say("disclose", "manager", kind="incident", record=id, audience="public", precision="", until=""))
    assert matched(ask("incident/items", **known)) == before + 1
    assert matched(ask("incident/items", "auditor")) == seen
    countersign(say("close", "manager", kind="incident", record=id, audience="public"))
    countersign(say("retire", "manager", kind="incident", record=id, date="2014-06-25"))
    assert matched(ask("incident/items")) == before
    assert matched(ask("incident/items", "auditor")) == seen - 1


def test_errors_are_sentences_in_the_language_of_who_asks(ask):
    said = json.loads(ask("village/items?limit=none", **{"accept-language": "fr"}).content)
    assert said["code"] == "bad-parameter" and "limit" in said["sentence"] and "Le paramètre" in said["sentence"]
    assert "Traceback" not in ask("village/items?bbox=%00").content.decode()
