"""What the pages show, and to whom."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kambila.accounts.models import Opening
from kambila.intake.decisions import disclose
from tests.desk.conftest import XML, accepted, casualty, incident, said

NAME = "Aminata Invented"


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.fixture
def accident(world):
    """An accepted report of an accident in Gao with one casualty: (report, incident, casualty)."""
    accident = incident()
    person = casualty(accident)
    report = said([accident, person], {0: {"circumstances": "Beside the well."}, 1: {"full_name": NAME}})
    accepted(report)
    return report, accident, person


def test_strangers_see_the_programme_page_and_nothing_else(world):
    client = Client()
    assert client.get("/")["Location"] == "/programme/"
    assert client.get("/journal/")["Location"].startswith("/login/")
    assert "No figures have been released yet" in text(client, "/programme/")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_an_example_says_so(world, sign_in, language):
    sentence = {
        "en": "the totals are those published in July 2014; the individual reports behind them are invented",
        "fr": "les totaux sont ceux publiés en juillet 2014 ; les rapports individuels dont ils procèdent sont inventés",
    }[language]
    for address in ("/", "/journal/", "/area/incidents/incident/", "/programme/"):
        assert sentence in text(sign_in("fatou", language), address)


def test_danger_shows_on_the_list_before_any_decision(sign_in):
    said([incident()])
    page = text(sign_in("gao"), "/area/incidents/incident/")
    assert "Unconfirmed" in page and "EX-GAO-R-1" in page
    assert "EX-GAO-R-1" not in text(sign_in("kidal"), "/area/incidents/incident/")


def test_lists_of_danger_say_that_no_record_is_not_safe(sign_in):
    assert "is not safe for that" in text(sign_in("fatou"), "/area/incidents/incident/")


def test_a_record_says_where_each_value_comes_from(sign_in, accident):
    report, found, _person = accident
    page = text(sign_in("gao"), f"/record/incident/{found['id']}/")
    assert "18 June 2014" in page and "as of 20 June 2014" in page and f"/journal/{report.id}/" in page
    assert "Beside the well." in page


def test_a_record_says_to_whom_it_is_disclosed_and_how_exactly_to_those_who_see_it_anyway(sign_in, accident):
    page = f"/record/incident/{accident[1]['id']}/"
    assert "disclosed" not in text(sign_in("fatou"), page)
    for audience, precision, until in (("public", "commune", ""), ("partner", "exact", "2099-12-31")):
        disclose("incident", accident[1]["id"], "fatou", "donors asked", audience, precision, until)
    said = "It is disclosed to everyone. Its exact place is open to partners. This ends after Dec. 31, 2099."
    assert said in text(sign_in("fatou"), page)
    assert "disclosed" not in text(sign_in("kidal"), page)


def test_conflicts_show_every_side(sign_in, accident):
    _report, found, _person = accident
    for place in ("Tin Hama", "Tin-Hamma"):
        accepted(said([{"kind": "incident", "id": found["id"], "values": {"locality": place}}]))
    page = text(sign_in("fatou"), f"/record/incident/{found['id']}/")
    assert "Reports that disagree" in page and "Tin Hama" in page and "Tin-Hamma" in page
    assert "Fields on which reports disagree" in text(sign_in("fatou"), "/")


def test_others_records_reports_and_parts_are_not_found(sign_in, accident):
    report, found, person = accident
    client = sign_in("kidal")
    for address in (
        f"/record/incident/{found['id']}/",
        f"/record/casualty/{person['id']}/open/full_name/",
        f"/journal/{report.id}/",
        f"/journal/{report.id}/part/submission",
    ):
        text(client, address, 404)


def test_an_administrator_reads_no_data(sign_in, accident):
    report, found, _person = accident
    text(sign_in("admin"), f"/record/incident/{found['id']}/", 404)
    text(sign_in("admin"), f"/journal/{report.id}/", 404)


def test_a_name_is_on_no_page_until_it_is_opened_with_a_reason(sign_in, accident):
    report, _found, person = accident
    client = sign_in("gao")
    record = f"/record/casualty/{person['id']}/"
    for address in ("/", "/journal/", f"/journal/{report.id}/", record, f"{record}open/full_name/"):
        assert NAME not in text(client, address)
    assert client.post(f"{record}open/full_name/", {"reason": " "}).status_code == 400
    assert not Opening.objects.exists()
    assert NAME in client.post(f"{record}open/full_name/", {"reason": "Asked by the hospital"}).content.decode()
    opening = Opening.objects.get()
    assert (opening.account, opening.record, opening.field) == ("gao", person["id"], "full_name")
    assert opening.reason == "Asked by the hospital"


def test_the_bytes_that_were_submitted_can_be_read_with_a_reason(sign_in, accident):
    report, _found, _person = accident
    address = f"/journal/{report.id}/part/submission"
    assert "Say why" in text(sign_in("gao"), address)
    shown = sign_in("gao").post(address, {"reason": "Checking the age"}).content.decode()
    assert XML.decode().replace("<", "&lt;").replace(">", "&gt;") in shown
    assert Opening.objects.get().field == "submission"


def test_a_reporter_reads_his_own_report_and_no_other(sign_in, accident):
    report, _found, _person = accident
    assert NAME in text(sign_in("reporter"), f"/journal/{report.id}/part/submission")
    other = said([incident()], reporter="somebody")
    assert other.author == "reporter"
    text(sign_in("kidal"), f"/journal/{other.id}/", 404)


def test_a_merged_record_is_found_under_both_ids_and_codes(sign_in):
    one, two = incident("EX-INC-1"), incident("EX-INC-2")
    accepted(said([one]))
    accepted(said([two]))
    from kambila.journal import Draft, append

    ids = sorted([one["id"], two["id"]])
    body = {"verb": "same-as", "kind": "incident", "records": ids}
    [decision] = append([Draft("decision", "fatou", body)])
    append([Draft("countersign", "gao", {"decision": decision.id})])
    client = sign_in("fatou")
    assert client.get(f"/record/incident/{ids[1]}/")["Location"] == f"/record/incident/{ids[0]}/"
    for code in ("EX-INC-1", "EX-INC-2"):
        assert client.get(f"/code/{code}/")["Location"] == f"/record/incident/{ids[0]}/"


def test_an_entry_is_hashed_again_when_it_is_looked_at(sign_in, accident):
    assert "it agrees" in text(sign_in("auditor"), f"/journal/{accident[0].id}/")


def test_lists_are_paged_by_key(sign_in):
    accepted(said([incident(f"EX-INC-{number}") for number in range(60)]))
    client = sign_in("fatou")
    first = text(client, "/area/incidents/incident/")
    following = re.search(r'href="(\?before=[^"]+)"', first)[1]
    second = text(client, f"/area/incidents/incident/{following}")
    found = [set(re.findall(r">(EX-INC-\d+)<", page)) for page in (first, second)]
    assert len(found[0]) == 50 and len(found[1]) == 10 and not found[0] & found[1]


def test_a_longer_list_costs_no_more_queries(sign_in, world):
    client = sign_in("gao")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page = text(client, "/area/incidents/casualty/")
        assert len(page.encode()) < 200_000
        return len(queries)

    few = incident()
    accepted(said([few, casualty(few)]))
    cost()
    before = cost()
    many = [incident(f"EX-INC-{number}") for number in range(40)]
    accepted(said([*many, *(casualty(each) for each in many)]))
    assert cost() <= before <= 20


def test_figures_lead_to_their_records(sign_in, accident):
    page = text(sign_in("fatou"), "/figures/erw-civilian-casualties/")
    assert "EX-CAS-1" in page and 'class="value">1<' in page
    hidden = text(sign_in("kidal"), "/figures/erw-civilian-casualties/")
    assert "EX-CAS-1" not in hidden and "not open to you" in hidden


def test_who_sees_only_what_is_public_is_shown_only_released_figures(sign_in, accident):
    assert sign_in("reporter").get("/figures/")["Location"] == "/programme/"
    text(sign_in("reporter"), "/figures/erw-civilian-casualties/", 404)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_list_answers_in_both_languages(sign_in, language):
    client = sign_in("fatou", language)
    home = text(client, "/")
    for address in re.findall(r'href="(/area/[^"]+)"', home):
        page = text(client, client.get(address)["Location"])
        for kind in re.findall(r'href="(/area/\w+/\w+/)"', page):
            assert f'lang="{language}"' in text(client, kind)


@pytest.mark.parametrize(
    "address", ["/area/nowhere/", "/record/nothing/x/", "/journal/x/", "/figures/none/", "/needs/x/"]
)
def test_what_there_is_not_is_not_found(sign_in, address):
    text(sign_in("fatou"), address, 404)
