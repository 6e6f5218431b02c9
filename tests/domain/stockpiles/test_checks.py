"""Checks of sites, stock, disposal and weapons handed in."""

import pytest

from tests.domain.conftest import uuid

LOT = {"id": uuid(2), "lot_number": "7-81", "on_hand": 100, "condition": "a", "restriction": "none"}
MOVE = {"lot": uuid(2), "movement": "issue", "quantity": 10, "from_storehouse": uuid(3)}
DONE = {
    "status": "done",
    "authority": uuid(4),
    "authority_reference": "EX-12/2014",
    "witnesses": [uuid(5)],
    "destroyed_on": "2014-06-06",
}


def lots(**values):
    return {"lot": [{**LOT, **values}]}


def test_no_more_goes_out_than_is_there(found):
    assert found("issue-more-than-on-hand", "movement", MOVE | {"quantity": 101}, others=lots()) == {
        "quantity": 101,
        "on_hand": 100,
    }
    assert not found("issue-more-than-on-hand", "movement", MOVE | {"quantity": 100}, others=lots())
    assert not found(
        "issue-more-than-on-hand", "movement", MOVE | {"movement": "receipt", "quantity": 900}, others=lots()
    )


def test_a_stock_that_is_not_known_is_doubted(found):
    assert found("issue-from-unknown-stock", "movement", MOVE)
    assert not found("issue-from-unknown-stock", "movement", MOVE, others=lots())


def test_a_transfer_goes_somewhere_else(found):
    move = MOVE | {"movement": "transfer", "to_storehouse": uuid(3)}
    assert found("transfer-to-the-same-store", "movement", move)
    assert not found("transfer-to-the-same-store", "movement", move | {"to_storehouse": uuid(6)})


@pytest.mark.parametrize(
    ("movement", "stores", "wrong"),
    [
        ("receipt", {"to_storehouse": uuid(3)}, False),
        ("receipt", {"from_storehouse": uuid(3)}, True),
        ("issue", {"from_storehouse": uuid(3)}, False),
        ("transfer", {"from_storehouse": uuid(3)}, True),
        ("loss", {}, True),
    ],
)
def test_a_movement_names_its_stores(found, movement, stores, wrong):
    assert bool(found("movement-without-store", "movement", {"movement": movement, **stores})) is wrong


def test_a_banned_lot_stays_where_it_is(found):
    banned = lots(restriction="ban", restriction_reference="EX-B-3")
    assert found("banned-lot-moved", "movement", MOVE, others=banned) == {"reference": "EX-B-3"}
    assert found("banned-lot-moved", "movement", MOVE | {"movement": "transfer"}, others=banned)
    assert not found("banned-lot-moved", "movement", MOVE | {"movement": "disposal"}, others=banned)


def test_what_is_for_disposal_is_not_issued(found):
    assert found("unserviceable-issued", "movement", MOVE, others=lots(condition="d"))
    assert not found("unserviceable-issued", "movement", MOVE, others=lots())


def test_an_unverified_condition_is_doubted_even_when_it_sounds_good(found):
    assert found("serviceable-unknown", "movement", MOVE, others=lots())


def test_nothing_is_taken_out_for_disposal_without_an_order(found):
    move = MOVE | {"movement": "disposal"}
    assert found("disposal-movement-without-order", "movement", move)
    assert not found("disposal-movement-without-order", "movement", move | {"disposal_order": uuid(8)})


def test_a_missing_quantity_is_explained(found):
    count = {"counted": 90, "book": 100}
    assert found("difference-unexplained", "stocktake", count) == {"difference": -10}
    assert not found("difference-unexplained", "stocktake", count | {"outcome": "open"})


@pytest.mark.parametrize(
    ("code", "left_out"),
    [
        ("disposal-without-authority", "authority_reference"),
        ("disposal-without-witness", "witnesses"),
        ("disposal-without-date", "destroyed_on"),
    ],
)
def test_a_disposal_needs_authority_witness_and_date(found, code, left_out):
    assert not found(code, "disposal_order", DONE)
    assert found(code, "disposal_order", {name: value for name, value in DONE.items() if name != left_out})
    assert not found(code, "disposal_order", {"status": "planned"})


def test_items_do_not_weigh_more_than_their_order(found, change):
    item = change("disposal_item", {"disposal_order": uuid(1), "gross_kg": "900", "quantity": 85}, id=uuid(2))
    assert found("items-heavier-than-order", "disposal_order", {"gross_tonnes": "0.8"}, together=[item])
    assert not found("items-heavier-than-order", "disposal_order", {"gross_tonnes": "0.9"}, together=[item])
    assert not found("disposal-without-items", "disposal_order", DONE, together=[item])
    assert found("disposal-without-items", "disposal_order", DONE)


def test_the_explosive_does_not_weigh_more_than_the_whole(found):
    assert found("net-heavier-than-gross", "disposal_item", {"neq_kg": "2", "gross_kg": "1.999"})


def test_a_level_from_an_unverified_checklist_is_doubted(found):
    assert found("level-from-unverified-checklist", "site_assessment", {"reported_level": "2"})
    assert not found(
        "level-from-unverified-checklist", "site_assessment", {"reported_level": "2", "checklist_verified": "yes"}
    )


def test_a_low_risk_does_not_rest_on_what_nobody_looked_at(found):
    assert found("low-risk-with-faults", "site_assessment", {"risk": "low", "fire": "good"}) == {"faults": 13}


def test_faults_ask_for_findings(found, change):
    finding = change("finding", {"site_assessment": uuid(1), "heading": "fire"}, id=uuid(2))
    assert found("assessment-without-findings", "site_assessment", {"fire": "bad"})
    assert not found("assessment-without-findings", "site_assessment", {"fire": "bad"}, together=[finding])


def test_a_critical_finding_has_a_deadline(found):
    critical = {"severity": "critical", "status": "open"}
    assert found("critical-without-deadline", "finding", critical)
    assert not found("critical-without-deadline", "finding", critical | {"due": "2014-07-01"})


def test_a_measure_is_for_a_site(found):
    assert found("work-without-site", "threat_reduction_measure", {"measure": "fence"})
    assert not found("work-without-site", "threat_reduction_measure", {"site_assessment": uuid(2)})


def test_more_explosive_than_licensed_is_noticed(found):
    assert found("more-than-licensed", "storehouse", {"held_kg": "501", "limit_kg": "500"})


def test_what_is_unsafe_is_not_carried_away(found):
    assert found("unsafe-and-moved", "handed_in_weapon", {"safe_to_move": "no", "disposition": "stored"})
    assert not found("unsafe-and-moved", "handed_in_weapon", {"safe_to_move": "no", "disposition": "left"})
