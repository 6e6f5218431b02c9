"""Who has which queue; many reports at once; two steps and rules on their pages."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kambila.accounts import people
from kambila.intake import decisions, forms, rules, verifying
from kambila.intake.fill import fill
from kambila.intake.receive import receive
from tests.desk.conftest import accepted, casualty, said
from tests.desk.reviewing import (
    ACCIDENT,
    decide,
    grant,
    incident,
    shown,
    status,
    text,
)


def test_the_queue_has_what_the_account_may_decide_about_and_nothing_else(sign_in):
    said([incident()], code="EX-R-GAO", office="GAO")
    said([incident(adm1="ML08")], code="EX-R-KID", office="KID")
    assert "EX-R-GAO" in text(sign_in("gao"), "/review/") and "EX-R-KID" not in text(sign_in("gao"), "/review/")
    everything = text(sign_in("fatou"), "/review/")
    assert "EX-R-GAO" in everything and "EX-R-KID" in everything


def test_a_role_in_a_place_has_what_every_change_of_lies_there(sign_in, world):
    people.add("place")
    grant("place", "office-officer", place="ML07")
    known = incident("EX-INC-9", adm1="ML07")
    accepted(said([known], code="EX-R-0"))
    said([incident("EX-INC-2", adm1="ML07")], code="EX-R-IN")
    said([incident("EX-INC-3", adm1="ML08")], code="EX-R-OUT")
    said([incident("EX-INC-4"), incident("EX-INC-5", adm1="ML08")], code="EX-R-BOTH")
    said(
        [{"kind": "incident", "id": known["id"], "values": {"locality": "Bourem"}}, incident("EX-INC-7")],
        code="EX-R-OLD",
    )
    beside = incident("EX-INC-6")
    said([beside, casualty(beside)], code="EX-R-CAS")
    page = text(sign_in("place"), "/review/")
    assert set(re.findall(r">(EX-R-\w+)<", page)) == {"EX-R-IN", "EX-R-OLD", "EX-R-CAS"}


def test_a_role_of_a_kind_has_only_reports_of_that_kind_alone(sign_in, world):
    people.add("kind")
    grant("kind", "office-officer", kind="casualty")
    one = incident()
    said([one, casualty(one)], code="EX-R-BOTH")
    said([casualty(one, "EX-CAS-2")], code="EX-R-CAS")
    assert set(re.findall(r">(EX-R-\w+)<", text(sign_in("kind"), "/review/"))) == {"EX-R-CAS"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("office=GAO", {"EX-R-1", "EX-R-3"}),
        ("place=ML08", {"EX-R-2"}),
        ("form=other", {"EX-R-3"}),
        ("danger=no", {"EX-R-3"}),
        ("age=7", set()),
        ("office=GAO&danger=yes", {"EX-R-1"}),
        ("office=NOWHERE", set()),
        ("age=%C2%B2&place=%00", set()),
    ],
)
def test_the_queue_is_narrowed_by_what_is_asked(sign_in, asked, found):
    said([incident()], code="EX-R-1")
    said([incident(adm1="ML08")], code="EX-R-2", office="KID")
    said([casualty(incident())], code="EX-R-3", form="other")
    if "%00" in asked:
        asked = asked.replace("%00", "")
        found = {"EX-R-1", "EX-R-2", "EX-R-3"}
    assert set(re.findall(r">(EX-R-\w+)<", text(sign_in("fatou"), f"/review/?{asked}"))) == found


def test_the_queue_says_how_much_is_wrong(sign_in):
    said([incident(date="2041")], code="EX-R-1", date="2041")
    assert re.search(r"\d+ errors?", text(sign_in("fatou"), "/review/"))


def test_the_queue_is_paged_by_key_and_keeps_what_was_asked(sign_in):
    for number in range(30):
        said([incident(f"EX-INC-{number}")], code=f"EX-R-{number:02}")
    client = sign_in("fatou")
    first = text(client, "/review/?office=GAO")
    following = re.search(r'rel="next" href="(\?[^"]+)"', first)[1].replace("&amp;", "&")
    assert "office=GAO" in following
    pages = [set(re.findall(r">(EX-R-\d+)<", page)) for page in (first, text(client, f"/review/{following}"))]
    assert (len(pages[0]), len(pages[1])) == (25, 5) and not pages[0] & pages[1]
    assert "EX-R-00" in pages[0]  # what has waited longest comes first


def test_who_decides_nothing_is_led_to_the_own_reports(sign_in):
    said([incident()])
    assert sign_in("reporter").get("/review/")["Location"] == "/review/mine/"
    assert "EX-GAO-R-1" not in text(sign_in("auditor"), "/review/mine/")
    menu = text(sign_in("auditor"), "/")
    assert 'href="/review/"' not in menu


def test_home_leads_to_the_queue(sign_in):
    said([incident()])
    page = text(sign_in("gao"), "/")
    assert re.search(r'<a href="/review/">Reports that wait for you</a> <span class="count">1<', page)
    assert sign_in("gao").get("/needs/waiting/")["Location"] == "/review/"


def test_a_longer_queue_costs_no_more_questions_but_those_of_the_checks(sign_in):
    client = sign_in("fatou")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            text(client, "/review/")
        return len([each for each in queries if "incidents_" not in each["sql"] and "registry_box" not in each["sql"]])

    said([incident("EX-INC-A")])
    cost()
    before = cost()
    for number in range(15):
        said([incident(f"EX-INC-{number}")])
    assert cost() <= before + 2


# Many at once


def test_many_are_accepted_with_one_reason_and_the_doubtful_stay_and_are_named(sign_in, world):
    client = sign_in("fatou")
    good = [said([incident(f"EX-INC-{n}", adm2=f"ML070{n}")], code=f"EX-R-{n}") for n in (1, 2)]
    wrong = said([incident("EX-INC-3", date="2041-01-01")], code="EX-R-3", date="2041-01-01")
    page = text(client, "/review/many/?all=1")
    assert "2 reports with nothing doubtful" in page and "EX-R-3" in page and "It has errors." in page
    answer = client.post("/review/many/", {"all": "1", "reason": "checked by radio", "shown": shown(page)})
    assert "2 reports are accepted" in answer.content.decode()
    assert [status(each) for each in [*good, wrong]] == ["accepted", "accepted", "waiting"]


def test_of_those_ticked_none_is_accepted_when_something_changed_meanwhile(sign_in, world):
    client = sign_in("fatou")
    one, other = said([incident("EX-INC-1")], code="EX-R-1"), said([incident("EX-INC-2")], code="EX-R-2")
    query = f"report={one.id}&report={other.id}"
    mark = shown(text(client, f"/review/many/?{query}"))
    decisions.return_(one.id, "fatou", "which one?")
    answer = client.post("/review/many/", {"report": [one.id, other.id], "reason": "checked", "shown": mark})
    assert answer.status_code == 409 and status(other) == "waiting"


def test_two_reports_of_one_record_are_decided_one_after_the_other(sign_in, world):
    danger = incident()
    said([danger], code="EX-R-1")
    said([danger], code="EX-R-2")
    page = text(sign_in("fatou"), "/review/many/?all=1")
    assert page.count("Another report that waits speaks of the same record.") == 2 and "Accept 1" not in page


def test_nobody_accepts_many_without_the_right(sign_in, world):
    one = said([incident(adm1="ML08")], office="KID")
    assert sign_in("reporter").get("/review/many/?all=1").status_code == 403
    page = text(sign_in("gao"), f"/review/many/?report={one.id}")
    assert "EX-GAO-R-1" not in page


# Two steps and rules


def test_a_form_with_two_steps_is_verified_first_by_another_person(sign_in, sent, world):
    people.add("operator")
    grant("operator", "operator", organisation="00000000-0000-7000-8000-0000000000f1")
    rules.set_two_steps("accident", "fatou", "as agreed")
    assert "to be verified first" in text(sign_in("gao"), "/review/")
    assert 'value="accept"' not in text(sign_in("gao"), f"/review/{sent.id}/")
    assert "It must be verified first." in text(sign_in("gao"), "/review/many/?all=1")
    assert decide(sign_in("gao"), sent, "verify", reason="We were there").status_code == 302
    assert 'value="accept"' not in text(sign_in("gao"), f"/review/{sent.id}/")
    page = text(sign_in("fatou"), f"/review/{sent.id}/")
    assert "We were there" in page and 'value="accept"' in page
    assert "verified by gao" in text(sign_in("fatou"), "/review/")


def test_what_an_operator_must_verify_is_in_its_queue_until_it_is_done(sign_in, sent, world):
    people.add("operator")
    grant("operator", "operator", organisation="ORG")
    rules.set_two_steps("accident", "fatou", "as agreed")
    receipt = receive(fill(forms.in_box("accident"), ACCIDENT), {}, "reporter", organisation="ORG")
    client = sign_in("operator")
    page = text(client, "/review/")
    assert receipt.code in page and sent.code not in page
    verifying.verify(receipt.report_id, "operator", "We were there")
    assert receipt.code not in text(client, "/review/")


def test_a_rule_is_made_and_ended_on_a_page_by_those_with_the_right(sign_in, sent, world):
    assert sign_in("gao").get("/review/rules/").status_code == 403
    client = sign_in("fatou")
    assert "There are none" in text(client, "/review/rules/")
    given = {"what": "rule", "form": "village", "reporters": "reporter, gao", "dangers": "on", "reason": "as agreed"}
    assert client.post("/review/rules/", given).status_code == 302
    page = text(client, "/review/rules/")
    assert "sent by gao, reporter" in page and "reports of danger too" in page and "only what is new" in page
    assert client.post("/review/rules/", {**given, "reason": ""}).status_code == 400
    [rule] = rules.rules()
    client.post("/review/rules/", {"end": rule.id, "reason": "no more"})
    assert rules.rules() == []
