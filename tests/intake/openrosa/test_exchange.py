"""What ODK Collect does with a server, in its order and with its headers, over HTTP against the real server."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from typing import Any
from urllib.parse import urlsplit
from urllib.request import parse_http_list, parse_keqv_list

import pytest
from defusedxml.ElementTree import fromstring

from kambila.accounts import granting, keys, people
from kambila.accounts.scopes import Scope
from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of, find_report
from kambila.intake.openrosa import drafts
from kambila.journal import read_part
from kambila.journal.parts import named
from kambila.registry.kinds import kinds
from kambila.registry.models import Report
from tests.intake.door import ACCIDENT, VILLAGE, changes, filled, send
from tests.intake.openrosa.forms_of_a_programme import visit
from tests.registry.telling import accept, decide
from tests.serving import Server, multipart

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
JPEG = b"\xff\xd8\xff" + b"picture" * 30_000


@pytest.fixture(scope="module", autouse=True)
def prepared(shared: Any) -> None:
    """A form of the programme's own, two villages, and a team in one région."""
    for title, adm1 in (("Tin Essako", "ML08"), ("Ansongo", "ML07")):
        place = {"title": title, "adm1": adm1, "adm2": f"{adm1}03", "adm3": f"{adm1}0301"}
        accept(entry_of(send(filled("village", place)).report_id), by="omar")
    forms.publish({forms.compile_form(visit()): b""}, "ana")
    people.add("north")
    granting.grant("north", "office-officer", Scope(place="ML08", office="KID"), "their work", "ana")


def app_user(username: str = "north", **limits: Any) -> str:
    return f"/key/{keys.issue(username, 'app', 'phone', 'ana', **limits)[1]}"


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def listed(server: Server, base: str, query: str = "") -> dict[str, dict[str, str]]:
    answer = server.ask("GET", f"{base}/formList{query}")
    assert answer.status == 200 and answer.headers["content-type"] == "text/xml; charset=utf-8"
    found = [{part.tag.removeprefix(LIST): part.text or "" for part in each} for each in fromstring(answer.text)]
    return {each["formID"]: each for each in found}


def message(answer: Any) -> str:
    return fromstring(answer.text)[0].text or ""


def test_a_phone_fetches_its_forms_and_lists_fills_them_and_sends(server):
    base = app_user()
    form = listed(server, base)["visit"]
    xform = server.ask("GET", path_of(form["downloadUrl"]))
    assert form["hash"] == f"md5:{hashlib.md5(xform.body).hexdigest()}"
    said = fromstring(server.ask("GET", path_of(form["manifestUrl"])).text)[0]
    assert said.get("type") == "entityList"
    file = {part.tag.removeprefix(MANIFEST): part.text or "" for part in said}
    table = server.ask("GET", path_of(file["downloadUrl"]))
    assert file["filename"] == "village.csv" and file["hash"] == f"md5:{hashlib.md5(table.body).hexdigest()}"
    rows = list(csv.DictReader(io.StringIO(table.text)))
    known = kinds()["village"].objects.get(title="Tin Essako")
    row = next(each for each in rows if each["name"] == known.id)
    assert row["label"] == f"{known.code} Tin Essako" and row["__version"] == str(known.revision)
    assert list(row) == ["name", "label", "__version", "adm1", "adm2"]

    head = server.ask("HEAD", f"{base}/submission")
    assert head.status == 204 and int(head.headers["x-openrosa-accept-content-length"]) > 1_000_000
    answers = {"place": known.id, "title": "Tin Essako Ouest", "photo": "p.jpg"}
    definition = forms.definition_of("visit", "1")
    xml = fill(definition, answers | {"__id": known.id, "__base_version": int(row["__version"])})
    xml = xml.replace(b"<device/>", b"<device>collect:abc</device>").replace(
        b"</meta>", b"<audit>audit.csv</audit></meta>"
    )
    first = server.post(f"{base}/submission", {"xml_submission_file": xml, "p.jpg": JPEG})
    assert first.status == 201 and "Still to come: audit.csv." in message(first)
    second = server.post(f"{base}/submission", {"xml_submission_file": xml, "audit.csv": b"event,node,start,end\n"})
    assert second.status == 201 and "Still to come" not in message(second)
    report = Report.objects.filter(form="visit").latest("tick")
    entry = entry_of(report.id)
    assert (report.reporter, report.office) == ("north", "KID")
    assert {each["name"] for each in entry.sealed} == {"submission", "file/p.jpg", "file/audit.csv"}
    assert read_part(named(entry.sealed, "file/p.jpg") or "") == JPEG
    assert entry.body["phone"]["device"] == "collect:abc"
    assert changes(Receipt(report.id), "village")[0]["base"]["title"]
    assert find_report(report.code).id == report.id


class Receipt:
    def __init__(self, id: str) -> None:
        self.report_id = id


def test_every_answer_has_the_headers_of_openrosa(server):
    base = app_user()
    for answer in (
        server.ask("GET", f"{base}/formList"),
        server.ask("HEAD", f"{base}/submission"),
        server.ask("GET", "/key/wrong/formList"),
        server.ask("GET", "/openrosa/formList"),
        server.post(f"{base}/submission", {"xml_submission_file": b"<x"}),
    ):
        assert answer.headers["x-openrosa-version"] == "1.0"
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", answer.headers["date"])
        assert answer.headers["content-language"] == "en"


def test_a_person_is_answered_in_the_language_of_the_phone(server):
    answer = server.ask("GET", "/key/wrong/formList", headers={"Accept-Language": "fr-FR"})
    assert answer.headers["content-language"] == "fr" and "téléphone" in message(answer)


def test_a_list_of_forms_without_the_version_header_is_refused_with_a_sentence(server):
    answer = server.ask("GET", f"{app_user()}/formList", headers={"X-OpenRosa-Version": ""})
    assert answer.status == 400 and "X-OpenRosa-Version" in message(answer)


def test_one_form_is_listed_when_it_is_asked_for(server):
    assert list(listed(server, app_user(), "?formID=visit&verbose=true&deviceID=x&other=1")) == ["visit"]
    assert "descriptionText" in listed(server, app_user(), "?formID=visit&verbose=true")["visit"]
    assert "descriptionText" not in listed(server, app_user(), "?formID=visit")["visit"]


def test_only_the_newest_version_is_listed_unless_all_are_asked_for(server):
    for version in "12":
        forms.publish({forms.compile_form(visit(version).replace("| visit |", "| twice |")): b""}, "ana")
    base = app_user()
    assert listed(server, base)["twice"]["version"] == "2"
    answer = server.ask("GET", f"{base}/formList?formID=twice&listAllVersions=true").text
    assert re.findall("<version>(.)</version>", answer) == ["1", "2"]


def test_a_retired_form_is_not_listed_and_what_still_comes_of_it_is_taken_in(server):
    forms.publish({forms.compile_form(visit().replace("| visit |", "| old |")): b""}, "ana")
    forms.retire("old", "1", "ana")
    base = app_user()
    assert "old" not in listed(server, base)
    village = kinds()["village"].objects.get(title="Tin Essako").id
    xml = fill(forms.definition_of("old", "1"), {"place": village, "title": "X", "__id": village})
    assert server.post(f"{base}/submission", {"xml_submission_file": xml}).status == 201


def test_a_key_lists_only_the_forms_that_it_is_for(server):
    base = app_user(forms=["village"])
    assert list(listed(server, base)) == ["village"]
    refused = server.post(f"{base}/submission", {"xml_submission_file": filled()})
    assert refused.status == 403 and "accident" in message(refused)


def test_a_role_for_one_area_lists_only_forms_that_it_may_send(server):
    people.add("store")
    granting.grant("store", "reporter", Scope(kind="stockpiles"), "keeps the stores", "ana")
    assert "accident" not in listed(server, app_user("store"))
    assert "storage_site" in listed(server, app_user("store"))


def test_a_wrong_key_is_refused_without_a_challenge(server):
    answer = server.ask("GET", "/key/wrong/formList")
    assert answer.status == 403 and "www-authenticate" not in answer.headers


def test_nobody_is_asked_for_basic_and_for_digest(server):
    answer = server.ask("GET", "/openrosa/formList")
    assert answer.status == 401 and answer.headers["www-authenticate"].startswith("Digest realm=")
    assert 'Basic realm="Kambila"' in answer.headers["www-authenticate"]


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{name}:{secret}'.encode()).decode()}"}


def test_a_device_password_opens_the_door_and_a_persons_own_never_does(server):
    people.change_password("north", "a quiet river stone")
    secret = keys.issue("north", "device", "tablet", "ana")[1]
    assert server.ask("GET", "/openrosa/formList", headers=basic("north", secret)).status == 200
    assert server.ask("GET", "/openrosa/formList", headers=basic("north", "a quiet river stone")).status == 401
    assert server.ask("GET", "/openrosa/formList", headers=basic("omar", secret)).status == 401
    assert server.ask("GET", "/openrosa/formList", headers={"Authorization": "Basic %%%"}).status == 401


def test_digest_with_a_device_password_opens_the_door_once_for_each_number(server):
    secret = keys.issue("north", "device", "tablet", "ana")[1]
    asked = server.ask("GET", "/openrosa/formList").headers["www-authenticate"]
    said = parse_keqv_list(parse_http_list(asked.removeprefix("Digest ").partition(", Basic")[0]))

    def answer(number: int = 1, nonce: str = said["nonce"], uri: str = "/openrosa/formList") -> dict[str, str]:
        def md5(text: str) -> str:
            return hashlib.md5(text.encode()).hexdigest()

        a1, a2 = md5(f"north:{said['realm']}:{secret}"), md5(f"GET:{uri}")
        right = md5(f"{a1}:{nonce}:{number:08x}:c0ffee:auth:{a2}")
        return {
            "Authorization": f'Digest username="north", realm="{said["realm"]}", nonce="{nonce}", uri="{uri}", '
            f'qop=auth, nc={number:08x}, cnonce="c0ffee", response="{right}", opaque="{said["opaque"]}"'
        }

    assert server.ask("GET", "/openrosa/formList", headers=answer()).status == 200
    again = server.ask("GET", "/openrosa/formList", headers=answer())
    assert again.status == 401 and "stale=true" in again.headers["www-authenticate"]
    assert server.ask("GET", "/openrosa/formList", headers=answer(2)).status == 200
    assert server.ask("GET", "/openrosa/formList", headers=answer(3, "0-0-0")).status == 401
    assert server.ask("GET", "/openrosa/submission", headers=answer(4)).status == 401


def test_a_revoked_key_opens_nothing(server):
    base = app_user()
    number = keys.Key.objects.latest("pk").pk
    keys.revoke(number, "stolen", "ana")
    assert server.ask("GET", f"{base}/formList").status == 403
    assert server.post(f"{base}/submission", {"xml_submission_file": filled()}).status == 403


def test_what_comes_in_chunks_is_taken_in(server):
    kind, body = multipart({"xml_submission_file": filled()})
    pieces = iter([body[start : start + 500] for start in range(0, len(body), 500)])
    answer = server.ask("POST", f"{app_user()}/submission", pieces, {"Content-Type": kind})
    assert answer.status == 201, answer


def test_a_list_that_has_not_changed_is_not_sent_again(server):
    base = app_user()
    form = listed(server, base)["visit"]
    address = re.search("<downloadUrl>(.*)</downloadUrl>", server.ask("GET", path_of(form["manifestUrl"])).text)
    first = server.ask("GET", path_of(address[1]))
    again = server.ask("GET", path_of(address[1]), headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_a_phone_drops_only_what_it_sent_and_is_gone(server):
    base = app_user()
    server.post(f"{base}/submission", {"xml_submission_file": filled("village", VILLAGE)})
    waiting = Report.objects.latest("tick")
    mine = changes(Receipt(waiting.id), "village")[0]["id"]
    foreign = kinds()["village"].objects.get(title="Ansongo").id
    asked = f"{base}/lists/village/integrity?id={mine},{foreign},unknown"
    gone = re.findall("<deleted>(.*?)</deleted>", server.ask("GET", asked).text)
    assert gone == ["false", "false", "false"]
    decide("reject", entry_of(waiting.id), "omar")
    assert re.findall("<deleted>(.*?)</deleted>", server.ask("GET", asked).text) == ["true", "false", "false"]


def test_what_a_phone_fetched_is_noted_for_the_day_on_which_it_is_lost(server):
    base = app_user()
    form = listed(server, base)["visit"]
    server.ask("GET", path_of(form["downloadUrl"]))
    address = re.search("<downloadUrl>(.*)</downloadUrl>", server.ask("GET", path_of(form["manifestUrl"])).text)
    server.ask("GET", path_of(address[1]))
    held = keys.Key.objects.latest("pk").fetched.order_by("what").values_list("what", "name", "rows")
    assert list(held) == [("form", "visit", None), ("list", "village.csv", 2)]


def test_a_draft_is_tried_at_its_own_address_and_never_comes_into_the_journal(server):
    draft, secret = drafts.keep(forms.compile_form(visit("9")), b"", {}, "ana")
    assert list(listed(server, f"/test/{secret}")) == ["visit"]
    before = Report.objects.count()
    village = kinds()["village"].objects.first().id
    xml = fill(forms.definition_in(bytes(draft.xform)), {"place": village, "title": "Neu", "__id": village})
    answer = server.post(f"/test/{secret}/submission", {"xml_submission_file": xml})
    assert answer.status == 201 and "not in the journal" in message(answer)
    assert Report.objects.count() == before
    assert drafts.tried(draft)[0]["said"][0]["values"]["title"] == "Neu"
    assert server.post(f"{app_user()}/submission", {"xml_submission_file": xml}).status == 404
    assert server.post(f"/test/{secret}/submission", {"xml_submission_file": filled()}).status == 404


def test_the_message_carries_the_code_and_the_first_doubt(server):
    xml = filled(answers=ACCIDENT | {"date": "2041-06-18"})
    said = message(server.post(f"{app_user()}/submission", {"xml_submission_file": xml}))
    assert re.match(r"Received as BKO-R-\d{5}\.\n\S", said), said
