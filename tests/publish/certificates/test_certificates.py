"""Certificates: what is printed, for whom, and what anybody is told of the code on them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kambila.accounts.models import Opening
from kambila.accounts.people import find
from kambila.intake.lookup import entry_of
from kambila.journal.errors import Problem
from kambila.publish.certificates import asking, codes
from kambila.publish.certificates.printing import data_of, may_print, print_out
from kambila.publish.certificates.verifying import verify
from kambila.publish.models import CertificateKey
from kambila.registry.models import Change
from tests.intake.people import programme_people
from tests.publish.certificates.papers import ACCREDITATION, AREA, HANDOVER, HO, WORDS, A, papers
from tests.registry.telling import accept, at, change, decide, known, report


@pytest.fixture(autouse=True)
def _world(programme):
    at("2014-06-20")
    programme_people()
    papers()


def printed(kind="accreditation", id=A, by="fatou", reason=""):
    return print_out(find(by), kind, id, reason)


def page(kind, record, language, by="fatou", words=None):
    data = data_of(find(by), kind, record, "CODE", words or {})
    return next(each for each in data["pages"] if each["language"] == language)


def test_a_certificate_that_was_printed_is_valid():
    found = printed()
    assert found.pdf.startswith(b"%PDF") and len(found.code) == 59
    assert verify(found.code) == "valid"
    assert verify(found.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == "valid"


def test_it_is_expired_from_the_day_after_its_last():
    code = printed().code
    at("2014-12-31")
    assert verify(code) == "valid"
    at("2015-01-01")
    assert verify(code) == "expired"


@pytest.mark.parametrize(
    "values",
    [{"decision": "suspended", "ended_because": "accident"}, {"scopes": ["nts"]}, {"expires_on": "2014-12-30"}],
)
def test_it_is_expired_when_what_it_says_is_no_longer_what_is_known(values):
    code = printed().code
    accept(report(change(A, values, "accreditation"), date="2014-06-20"))
    assert verify(code) == "expired"


def test_it_is_valid_again_when_a_suspension_is_lifted():
    code = printed().code
    accept(report(change(A, {"decision": "suspended"}, "accreditation"), date="2014-06-20"))
    accept(report(change(A, {"decision": "granted"}, "accreditation"), date="2014-06-20"))
    assert verify(code) == "valid"


def test_a_handover_that_was_withdrawn_is_expired():
    code = printed("handover", HO).code
    assert verify(code) == "valid"
    decide("withdraw", entry_of(Change.objects.get(record=HO).entry))
    assert known(HO, "handover") is None and verify(code) == "expired"


def test_whatever_is_not_ours_is_unknown():
    code = printed().code
    other = "7" if code[-30] != "7" else "8"
    wrong = [code[:-30] + other + code[-29:], "", "x", "é" * 48, "0" * 48, "0" * 10_000, code + "0"]
    assert {verify(each) for each in wrong} == {"unknown"}


def test_nobody_makes_a_valid_code_without_the_secret():
    secret = bytes.fromhex(CertificateKey.objects.create().secret)
    forged = codes.make(b"another secret", "accreditation", A, "{}")
    assert verify(forged) == "unknown"
    assert verify(codes.make(secret, "accreditation", A, "{}")) == "expired"
    assert verify(codes.make(secret, "handover", A, "{}")) == "expired"


def test_nothing_is_known_where_nothing_was_ever_printed():
    assert verify(codes.make(bytes(32), "accreditation", A, "{}")) == "unknown"


def test_the_same_questions_are_asked_of_the_database_whatever_the_code():
    code, counts = printed().code, []
    for each in (code, code[:-1] + "0", "nonsense", ""):
        with CaptureQueriesContext(connection) as asked:
            verify(each)
        counts.append(len(asked))
    assert len(set(counts)) == 1


@pytest.mark.parametrize(("kind", "id"), [("accreditation", A), ("handover", HO)])
def test_who_does_not_see_all_of_it_prints_nothing(kind, id):
    assert may_print(find("fatou"), kind, id)
    assert not may_print(find("team"), kind, id)
    with pytest.raises(Problem):
        printed(kind, id, by="team")


def test_what_is_not_in_force_has_no_certificate():
    accept(report(change(A, {"decision": "suspended"}, "accreditation"), date="2014-06-20"))
    with pytest.raises(Problem) as caught:
        printed()
    assert caught.value.code == "no-certificate"


def test_every_value_stands_beside_the_code_of_its_record_in_both_languages():
    english, french = (page("handover", known(HO, "handover"), each) for each in ("en", "fr"))
    assert ["Size, m²", "23,456.50", "EX-HO-7"] in english["rows"]
    assert french["title"] != english["title"]
    assert all(row[-1] for found in (english, french) for row in found["rows"])
    present, points, items = english["tables"]
    assert present["rows"] == [["4", "3", "9", "12", "0", "EX-HO-7"]]
    assert points["rows"][0] == ["1.1", "16.270000", "-0.050000", "EX-HO-7"] and len(points["rows"]) == 3
    assert items["rows"][0][-1] == "EX-ORD-3"


def test_sealed_words_are_printed_with_a_reason_that_is_kept_and_not_without():
    printed("handover", HO)
    assert not Opening.objects.exists()
    printed("handover", HO, by="ana", reason="the signing in Gao")
    assert {(each.account, each.field) for each in Opening.objects.all()} == {("ana", name) for name in WORDS}


def test_conditions_of_an_accreditation_are_printed_and_there_is_no_place_for_them_where_there_are_none():
    assert page("accreditation", known(A, "accreditation"), "en")["texts"] == []
    stated = change(A, {}, "accreditation")
    accept(report(stated, date="2014-06-20", names={0: {"conditions": "By day only."}}))
    assert page("accreditation", known(A, "accreditation"), "en")["texts"] == [["Conditions", ""]]
    printed(by="ana", reason="the signing in Gao")
    assert Opening.objects.get().field == "conditions"


def test_a_linked_record_that_is_not_for_this_account_is_not_named():
    data = page("handover", known(HO, "handover"), "en", by="team")
    assert "Ansongo" not in str(data) and "EX-HA-1" not in str(data) and "82 mm" not in str(data)
    assert ACCREDITATION["holder"] not in str(data) and AREA not in str(data) and HANDOVER["number"] in str(data)


def test_an_address_asks_twenty_times_in_ten_minutes():
    asking.forget()
    assert [asking.may_ask("a", 0) for _ in range(21)] == [True] * 20 + [False]
    assert asking.may_ask("b", 0)
    assert asking.may_ask("a", 601)
    asking.forget()
