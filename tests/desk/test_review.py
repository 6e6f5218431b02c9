"""The page of a report under review: what it shows and to whom, and what becomes of a decision."""

from __future__ import annotations

import json
import re

from kambila.accounts import people
from kambila.accounts.models import Opening
from kambila.intake import decisions, forms
from kambila.intake.fill import fill
from kambila.intake.receive import receive
from kambila.journal import read_part
from kambila.journal.models import EntryRow
from kambila.journal.parts import named
from kambila.registry.models import Decision
from tests.desk.conftest import accepted, casualty, said
from tests.desk.reviewing import (
    ACCIDENT,
    NAME,
    PHOTO,
    SVG,
    WIDER,
    area,
    decide,
    grant,
    incident,
    shown,
    status,
    text,
)


def test_the_page_shows_the_answers_in_the_words_of_the_form_and_the_language_of_the_reader(sign_in, sent):
    assert "Has it been verified?" in text(sign_in("gao"), f"/review/{sent.code}/")
    page = text(sign_in("gao", "fr"), f"/review/{sent.code}/")
    assert "Non vérifié" in page and "Unexploded" not in page


def test_a_name_is_not_on_the_page_until_it_is_opened_with_a_reason(sign_in, sent):
    client, address = sign_in("gao"), f"/review/{sent.id}/"
    assert NAME not in text(client, address)
    assert client.post(address, {"open": "1", "reason": " "}).status_code == 400
    assert not Opening.objects.exists()
    answer = client.post(address, {"open": "1", "reason": "The hospital asked"})
    assert NAME in answer.content.decode()
    assert Opening.objects.get().reason == "The hospital asked"
    assert NAME not in text(client, address)


def test_who_may_not_open_names_is_not_asked_for_a_reason(sign_in, sent, world):
    people.add("quality")
    grant("quality", "quality-officer")
    client = sign_in("quality")
    page = text(client, f"/review/{sent.id}/")
    assert "Open the sealed answers" not in page and NAME not in page
    answer = client.post(f"/review/{sent.id}/", {"open": "1", "reason": "curious"})
    assert answer.status_code == 400 and NAME not in answer.content.decode()


def test_others_reports_are_not_found(sign_in, sent):
    for address in (f"/review/{sent.id}/", f"/review/{sent.code}/"):
        text(sign_in("kidal"), address, 404)
        text(sign_in("admin"), address, 404)
    assert sign_in("kidal").post(f"/review/{sent.id}/", {"verb": "accept", "reason": "x"}).status_code == 404


def test_the_sender_sees_the_answers_but_neither_findings_nor_a_decision(sign_in, sent):
    page = text(sign_in("reporter"), f"/review/{sent.id}/")
    assert NAME in page and "What was found" not in page and 'value="accept"' not in page


def test_old_and_new_stand_side_by_side_with_where_the_old_comes_from(sign_in, world):
    accepted(said([area()], code="EX-R-OLD"))
    later = said([area(polygon=WIDER, title="Tin Hama North")], code="EX-R-NEW")
    page = text(sign_in("fatou"), f"/review/{later.id}/")
    assert "Tin Hama North" in page and page.count("EX-R-OLD") > 1 and "reporter; as of 20 June 2014" in page
    assert page.count('stroke-dasharray="6 4"') == 1 and "about" in page
    assert "As known already: code" in page.replace("\n", " ")


def test_of_a_record_that_one_may_not_see_the_old_values_stay_hidden(sign_in, world):
    hidden = incident("EX-INC-KID", adm1="ML08", locality="Secret well")
    accepted(said([hidden], office="KID", code="EX-R-KID"))
    update = said([{**hidden, "values": {"locality": "Another well"}}], office="GAO", code="EX-R-GAO")
    page = text(sign_in("gao"), f"/review/{update.id}/")
    assert "Secret well" not in page and "EX-R-KID" not in page and "Another well" in page


def test_a_photograph_is_shown_as_one_and_nothing_else_ever_is(sign_in, sent, world):
    client = sign_in("gao")
    page = text(client, f"/review/{sent.id}/")
    picture = re.search(r'<img src="([^"]+)"', page)[1]
    answer = client.get(picture)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer.content == PHOTO
    other = receive(fill(forms.in_box("accident"), ACCIDENT), {"p.png": SVG}, "reporter", office="GAO")
    disguised = client.get(f"/journal/{other.report_id}/part/file/p.png?picture")
    assert disguised["Content-Type"] == "application/octet-stream"
    text(sign_in("kidal"), picture, 404)


def test_other_reports_about_the_same_record_are_named(sign_in, world):
    one = incident()
    first = said([one], code="EX-R-1")
    said([one], code="EX-R-2")
    page = text(sign_in("fatou"), f"/review/{first.id}/")
    assert "Other reports about the same" in page and "EX-R-2" in page


# The decision


def test_accepting_keeps_what_was_shown_as_base(sign_in, world):
    accepted(said([area()], code="EX-R-OLD"))
    later = said([area(title="Tin Hama North")], code="EX-R-NEW")
    base = decisions.shown_for(later.id)
    answers = {f"answer-{code}": "seen from the road" for code in _codes(sign_in("fatou"), later)}
    assert decide(sign_in("fatou"), later, "accept", **answers).status_code == 302
    body = json.loads(EntryRow._default_manager.filter(kind="decision").latest("arrival").body)
    assert body["base"] == base and base["0"]["title"]
    assert status(later) == "accepted"


def _codes(client, report):
    return re.findall(r'name="answer-([^"]+)"', text(client, f"/review/{report.id}/"))


def test_what_changed_since_the_page_was_opened_is_shown_again(sign_in, world):
    client = sign_in("fatou")
    one = incident()
    later = said([one], code="EX-R-NEW")
    mark = shown(text(client, f"/review/{later.id}/"))
    accepted(said([{**one, "values": {**one["values"], "locality": "Bourem"}}], code="EX-R-OLD"))
    answer = decide(client, later, "accept", mark=mark)
    assert answer.status_code == 409 and "has changed since this page was opened" in answer.content.decode()
    assert status(later) == "waiting"
    assert decide(client, later, "accept").status_code == 302


def test_the_mark_of_another_account_or_report_or_none_is_no_mark(sign_in, world):
    one, other = said([incident("EX-INC-1")]), said([incident("EX-INC-2")])
    foreign = shown(text(sign_in("gao"), f"/review/{one.id}/"))
    for mark in (foreign, shown(text(sign_in("fatou"), f"/review/{other.id}/")), "x"):
        assert decide(sign_in("fatou"), one, "accept", mark=mark).status_code == 409
    assert status(one) == "waiting"


def test_errors_keep_a_report_out_and_each_warning_needs_its_answer(sign_in, world):
    client = sign_in("fatou")
    wrong = said([incident(date="2041-01-01")], date="2041-01-01")
    assert 'value="accept"' not in text(client, f"/review/{wrong.id}/")
    assert decide(client, wrong, "accept").status_code == 400
    doubtful = said([area(reported_status="released")])
    codes = _codes(client, doubtful)
    assert codes
    answer = decide(client, doubtful, "accept", reason="my own words")
    assert answer.status_code == 400 and "my own words" in answer.content.decode()
    given = {f"answer-{code}": f"because of {code}" for code in codes}
    assert decide(client, doubtful, "accept", **given).status_code == 302
    row = EntryRow._default_manager.filter(kind="decision").latest("arrival")
    sealed = json.loads(read_part(named(json.loads(row.sealed), "answers")))
    assert sealed == {code: f"because of {code}" for code in codes} and "because of" not in row.body


def test_a_returned_report_comes_first_to_its_sender_with_what_must_be_mended(sign_in, world):
    one = said([incident()], code="EX-R-1")
    decide(sign_in("gao"), one, "return", reason="Which well was it?")
    page = text(sign_in("reporter"), "/review/mine/")
    assert "Which well was it?" in page and 'href="/forms/accident?report=EX-R-1"' in page
    assert "Reports that you must mend" in text(sign_in("reporter"), "/")
    said([incident()], code="EX-R-2", edits=one.id)
    assert "To be mended" not in text(sign_in("reporter"), "/review/mine/")


def test_rejecting_a_danger_waits_for_another_person_who_signs_on_a_page(sign_in, world):
    one = said([incident()], code="EX-R-1")
    decide(sign_in("gao"), one, "reject", reason="Nobody heard of it")
    assert status(one) == "waiting"
    assert "Nothing waits for you" in text(sign_in("gao"), "/review/second/")
    page = text(sign_in("fatou"), "/review/second/")
    assert "Nobody heard of it" in page and "EX-R-1" in page
    decision = Decision.objects.get(record=one.id)
    for client, code in ((sign_in("gao"), 400), (sign_in("fatou"), 302)):
        given = {"decision": decision.id, "reason": "I asked too", "next": "//elsewhere.example/"}
        answer = client.post("/review/second/", given)
        assert answer.status_code == code
    assert answer["Location"] == "/review/second/" and status(one) == "rejected"


def test_a_danger_is_rejected_by_one_person_when_another_report_of_it_stands(sign_in, world):
    danger = incident()
    one, other = said([danger], code="EX-R-1"), said([danger], code="EX-R-2")
    assert decide(sign_in("gao"), one, "reject", stands=other.body["code"]).status_code == 302
    assert status(one) == "rejected"


def test_who_sent_a_report_may_take_it_back_on_its_page(sign_in, world):
    one = said([casualty(incident())], code="EX-R-1")
    assert decide(sign_in("reporter"), one, "withdraw", reason="sent twice").status_code == 302
    assert status(one) == "withdrawn"


def test_nothing_is_decided_without_a_verb_or_a_reason(sign_in, world):
    one = said([incident()])
    assert decide(sign_in("fatou"), one, "nothing").status_code == 400
    assert decide(sign_in("fatou"), one, "return", reason=" ").status_code == 400
    assert status(one) == "waiting"


def test_the_page_says_who_must_sign_before_a_danger_that_was_confirmed_is_withdrawn(sign_in, world):
    client = sign_in("fatou")
    accident, hazard = said([incident()]), said([area()], code="EX-GAO-R-2")
    assert "a second person must sign" in text(client, f"/review/{accident.id}/")
    for each in (accident, hazard):
        accepted(each)
    assert "nobody else is asked" in text(client, f"/review/{accident.id}/")
    assert "hazardous area: to withdraw it, a second person must sign" in text(client, f"/review/{hazard.id}/")
    assert 'name="stands"' not in text(client, f"/review/{hazard.id}/")
