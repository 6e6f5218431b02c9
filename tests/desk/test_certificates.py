"""The pages of certificates: printing one, and asking whether one is valid without being anybody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kambila.accounts.people import find
from kambila.publish.certificates import asking
from kambila.publish.certificates.printing import print_out
from tests.publish.certificates.papers import HO, A, papers
from tests.registry.telling import at


@pytest.fixture(autouse=True)
def _papers(world):
    asking.forget()
    at("2014-06-20")
    papers()


def told(answer):
    return re.sub(r'value="[^"]{30,}"', "", answer.content.decode())


def test_who_sees_all_of_it_gets_the_pdf(sign_in):
    client = sign_in("fatou")
    assert f"/record/accreditation/{A}/certificate/" in client.get(f"/record/accreditation/{A}/").content.decode()
    assert "sealed" in client.get(f"/record/handover/{HO}/certificate/").content.decode()
    answer = client.post(f"/record/handover/{HO}/certificate/", {"reason": "the signing in Gao"})
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_who_does_not_see_all_of_it_has_no_such_page(sign_in):
    assert sign_in("kidal").post(f"/record/handover/{HO}/certificate/").status_code == 404
    assert sign_in("reporter").post(f"/record/accreditation/{A}/certificate/").status_code == 404


def test_anybody_may_ask_and_is_told_one_word(world):
    code = print_out(find("fatou"), "accreditation", A).code
    pages = {}
    for name, asked in (("Valid", code), ("Unknown", "0" * 48)):
        answer = Client().post("/verify/", {"code": asked})
        assert answer.status_code == 200 and f"<strong>{name}</strong>" in answer.content.decode()
        pages[name] = told(answer).replace(f"<strong>{name}</strong>", "")
        assert "no-cache" in answer["Cache-Control"] and code not in answer.content.decode()
    assert len(set(pages.values())) == 1
    at("2015-06-20")
    expired = Client().post("/verify/", {"code": code})
    assert told(expired).replace("<strong>Expired</strong>", "") == pages["Valid"]


def test_who_asks_too_often_waits(world):
    client = Client()
    answers = [client.post("/verify/", {"code": "x"}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert client.get("/verify/").status_code == 200
