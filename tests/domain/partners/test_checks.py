"""What a report of a partner must satisfy."""

import pytest

from tests.domain.conftest import uuid

DONOR, HOLDER = uuid(7), uuid(8)


@pytest.mark.parametrize(
    ("code", "kind", "good", "bad"),
    [
        ("accreditation-expired-before-issued", "accreditation",
         {"issued_on": "2014-01-10", "expires_on": "2015-01-09"}, {"issued_on": "2014-01-10", "expires_on": "2013"}),
        ("accreditation-without-dates", "accreditation",
         {"decision": "granted", "issued_on": "2014", "expires_on": "2015"}, {"decision": "granted"}),
        ("accreditation-ended-without-reason", "accreditation",
         {"decision": "suspended", "ended_because": "accident"}, {"decision": "withdrawn"}),
        ("amount-not-positive", "contribution", {"amount": "0.01"}, {"amount": "0"}),
        ("amount-without-currency", "contribution", {"amount": "5", "currency": "EUR"}, {"amount": "5"}),
        ("not-a-currency", "contribution", {"currency": "XOF"}, {"currency": "F.C"}),
        ("rate-not-positive", "contribution", {"usd_rate": "0.002"}, {"usd_rate": "-1"}),
        ("cash-without-amount", "contribution", {"form_of_aid": "cash", "amount": "5"}, {"form_of_aid": "cash"}),
        ("in-kind-without-description", "contribution",
         {"form_of_aid": "in_kind", "in_kind": "Two instructors"}, {"form_of_aid": "in_kind"}),
        ("contribution-ends-before-start", "contribution",
         {"starts_on": "2014-01", "ends_on": "2014"}, {"starts_on": "2014-01", "ends_on": "2013"}),
        ("received-before-committed", "contribution",
         {"committed_on": "2013", "received_on": "2013-05"}, {"committed_on": "2014", "received_on": "2013-05"}),
        ("office-closed-before-opened", "office",
         {"opened_on": "2013-05", "closed_on": "2014"}, {"opened_on": "2013-05", "closed_on": "2012"}),
    ],
)  # fmt: skip
def test_a_check_complains_of_what_is_wrong_and_of_nothing_else(found, code, kind, good, bad):
    assert not found(code, kind, good)
    assert found(code, kind, bad)


def test_an_accreditation_keeps_to_its_path(found):
    ended = {"decision": "withdrawn", "ended_because": "request"}
    assert found("accreditation-off-its-path", "accreditation", {"decision": "granted"}, ended)
    assert not found("accreditation-off-its-path", "accreditation", {"scopes": ["eod"]}, ended)
    assert not found("accreditation-off-its-path", "accreditation", ended, {"decision": "granted"})
    assert not found("accreditation-off-its-path", "accreditation", ended)


def test_a_donor_must_be_known(found):
    known = {"organisation": [{"id": DONOR, "title": "Japan"}]}
    assert found("donor-not-known", "contribution", {"donor": DONOR})
    assert not found("donor-not-known", "contribution", {"donor": DONOR}, others=known)


def test_the_operational_phase_follows_the_organisational_one(found, change):
    stated = {"holder": HOLDER, "phase": "operational", "decision": "granted"}
    assert found("operational-before-organisational", "accreditation", stated)
    beside = change("accreditation", {"holder": HOLDER, "phase": "organisational", "decision": "granted"})
    assert not found("operational-before-organisational", "accreditation", stated, together=[beside])
    other = change("accreditation", {"holder": DONOR, "phase": "organisational", "decision": "granted"})
    assert found("operational-before-organisational", "accreditation", stated, together=[other])


@pytest.mark.parametrize(
    ("code", "kind", "first", "last"),
    [
        ("competence-ended-before-issued", "competence", "issued_on", "valid_until"),
        ("test-ended-before-made", "equipment", "tested_on", "tested_until"),
        ("insurance-ends-before-start", "insurance", "starts_on", "valid_until"),
    ],
)
def test_nothing_ends_before_it_begins(found, code, kind, first, last):
    assert found(code, kind, {first: "2014-06-20", last: "2014-06-19"})
    assert not found(code, kind, {first: "2014-06-20", last: "2014-06-20"})


def test_procedures_are_approved_with_their_days_and_keep_to_their_path(found):
    dated = {"status": "approved", "approved_on": "2014-06-20", "review_by": "2015-06-20"}
    assert found("approved-without-date", "procedure", {"status": "approved", "approved_on": "2014-06-20"})
    assert not found("approved-without-date", "procedure", dated)
    assert found("procedure-off-its-path", "procedure", dated, {"status": "superseded"})
    assert not found("procedure-off-its-path", "procedure", dated, {"status": "submitted"})
