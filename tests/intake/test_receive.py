"""The door: one submission is one report, whoever sends it how often, and nothing of it is lost."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.intake.forms import in_box
from kambila.intake.instances import _pending
from kambila.intake.lookup import entry_of
from kambila.intake.receive import Incoming, Receipt, receive, receive_all
from kambila.journal import read_part
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.registry.kinds import kinds
from kambila.registry.models import Report
from tests.intake.door import ACCIDENT, PERSON, VILLAGE, body, changes, filled, open_door, send
from tests.registry.telling import accept, decide

UUID = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(autouse=True)
def door(programme):
    open_door()


def part(receipt: Receipt, name: str) -> bytes | None:
    commitment = named(entry_of(receipt.report_id).sealed, name)
    return None if commitment is None else read_part(commitment)


def problem(xml: bytes, **more) -> str:
    with pytest.raises(Problem) as caught:
        send(xml, **more)
    assert str(caught.value)
    return caught.value.code


def test_a_submission_becomes_a_report_with_its_records():
    receipt = send()
    said = body(receipt)
    assert {name: said[name] for name in ("form", "version", "reporter", "date", "code")} == {
        "form": "accident",
        "version": in_box("accident").version,
        "reporter": "team",
        "date": "2014-06-18",
        "code": "BKO-R-00001",
    }
    assert [(each["kind"], each["values"]["code"]) for each in said["changes"]] == [
        ("incident", "BKO-INC-00001"),
        ("casualty", "BKO-CAS-00001"),
    ]
    assert not receipt.duplicate


def test_an_accepted_submission_is_in_the_registry():
    receipt = send()
    accept(entry_of(receipt.report_id), by="omar")
    casualty = kinds()["casualty"].objects.get(code="BKO-CAS-00001")
    assert (casualty.age, casualty.incident.code, casualty.incident.adm1) == (9, "BKO-INC-00001", "ML07")


def test_the_raw_submission_is_kept_sealed():
    xml = filled()
    assert part(send(xml), "submission") == xml


def test_what_identifies_a_person_lies_only_in_a_sealed_part():
    receipt = send(filled(answers=ACCIDENT | {"casualties": [PERSON | {"full_name": "Aminata"}]}))
    entry = entry_of(receipt.report_id)
    assert "Aminata" not in entry.body_text
    assert changes(receipt, "casualty")[0]["sealed"] == {"full_name": "change-1"}
    assert part(receipt, "change-1") == b'{"full_name":"Aminata"}'


def test_a_person_in_a_repeat_belongs_to_the_accident_around_it():
    receipt = send(filled(answers=ACCIDENT | {"casualties": [PERSON, PERSON]}))
    incident = changes(receipt, "incident")[0]["id"]
    assert [each["values"]["incident"] for each in changes(receipt, "casualty")] == [incident, incident]


def test_the_same_submission_again_is_the_same_report():
    xml = filled()
    first, again = send(xml), send(xml)
    assert (again.report_id, again.code, again.duplicate) == (first.report_id, first.code, True)
    assert Report.objects.count() == 1


def test_the_same_submission_from_eight_connections_at_once_is_one_report():
    xml = filled()

    def one(_number: int) -> Receipt:
        try:
            return send(xml)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(one, range(8)))
    assert len({each.report_id for each in receipts}) == Report.objects.count() == 1
    assert [each.duplicate for each in receipts].count(False) == 1
    assert not _pending


def test_the_same_submission_twice_in_one_transaction_is_one_report():
    xml = filled()
    one, two = receive_all([Incoming(xml, author="team"), Incoming(xml, author="team")])
    assert (two.report_id, two.duplicate) == (one.report_id, True)
    assert Report.objects.count() == 1


def test_a_bad_submission_among_good_ones_keeps_no_other_out():
    found = receive_all(
        [Incoming(filled(), author="team"), Incoming(b"<x", author="team"), Incoming(filled(), author="team")]
    )
    assert [isinstance(each, Receipt) for each in found] == [True, False, True]
    assert [each.code for each in found] == ["BKO-R-00001", "not-xml", "BKO-R-00002"]


def test_the_same_id_with_other_content_is_refused():
    send(filled(instance=f"uuid:{UUID}"))
    other = filled(answers=ACCIDENT | {"date": "2014-06-19"}, instance=f"uuid:{UUID}")
    assert problem(other) == "same-id-other-content"
    assert Report.objects.count() == 1


def test_a_known_submission_stays_known_when_all_is_derived_again():
    from kambila.journal import projections

    xml = filled()
    first = send(xml)
    projections.rebuild()
    assert send(xml) == Receipt(first.report_id, first.code, duplicate=True)


NEWS = {"date": "2014-06-20", "title_en": "A course", "title_fr": "Un cours", "photo": "a.jpg"}


def test_files_come_with_the_report_and_are_named_by_their_field():
    receipt = send(filled("news_item", NEWS), {"a.jpg": b"picture"})
    assert changes(receipt, "news_item")[0]["sealed"]["photo"] == "file/a.jpg"
    assert part(receipt, "file/a.jpg") == b"picture"


def test_a_file_that_did_not_come_is_not_stated():
    assert "sealed" not in changes(send(filled("news_item", NEWS)), "news_item")[0]


def test_a_file_that_comes_later_restates_the_report_under_its_code():
    xml = filled("news_item", NEWS)
    first, later = send(xml), send(xml, {"a.jpg": b"picture"})
    assert (later.code, body(later)["edits"], later.duplicate) == (first.code, first.report_id, False)
    assert part(later, "file/a.jpg") == b"picture"
    assert changes(later, "news_item")[0]["values"] == changes(first, "news_item")[0]["values"]
    assert send(xml) == send(xml, {"a.jpg": b"picture"}) == Receipt(later.report_id, later.code, duplicate=True)


def test_a_correction_edits_the_first_report_and_keeps_the_codes_of_its_records():
    first = send(filled(instance="uuid:one"))
    ids = {"__id": changes(first, "incident")[0]["id"]}
    rows = [PERSON | {"age": 10, "__id": changes(first, "casualty")[0]["id"]}]
    xml = filled(answers=ACCIDENT | ids | {"casualties": rows}, instance="uuid:two", deprecated="uuid:one")
    second = send(xml)
    assert body(second)["edits"] == first.report_id
    assert [each["values"]["code"] for each in body(second)["changes"]] == ["BKO-INC-00001", "BKO-CAS-00001"]
    assert second.code == "BKO-R-00002"


def test_a_correction_names_the_files_again_that_were_not_sent_again():
    first = send(filled("news_item", NEWS, instance="uuid:one"), {"a.jpg": b"picture"})
    answers = NEWS | {"title_en": "Another course", "__id": changes(first, "news_item")[0]["id"]}
    second = send(filled("news_item", answers, instance="uuid:two", deprecated="uuid:one"))
    assert changes(second, "news_item")[0]["sealed"]["photo"] == "file/a.jpg"
    assert part(second, "file/a.jpg") == b"picture"


def test_a_correction_speaks_of_the_same_records_where_the_phone_gave_them_no_id():
    def without_ids(xml: bytes) -> bytes:
        return re.sub(rb' id="[0-9a-f-]{36}"', b' id=""', xml)

    first = send(without_ids(filled(instance="uuid:one")))
    second = send(without_ids(filled(instance="uuid:two", deprecated="uuid:one")))
    third = send(without_ids(filled(instance="uuid:three", deprecated="uuid:two")))
    ids = [[each["id"] for each in body(receipt)["changes"]] for receipt in (first, second, third)]
    assert ids[0] == ids[1] == ids[2]


def test_a_correction_of_what_is_not_known_is_refused():
    assert problem(filled(instance="uuid:two", deprecated="uuid:one")) == "unknown-edited"


def test_a_second_correction_of_the_same_is_refused_and_names_the_newest():
    send(filled(instance="uuid:one"))
    second = send(filled(instance="uuid:two", deprecated="uuid:one"))
    with pytest.raises(Problem) as caught:
        send(filled(instance="uuid:three", deprecated="uuid:one"))
    assert caught.value.values == {"instance": "uuid:two", "report": second.code}


def test_who_may_not_report_is_told_so():
    assert problem(filled(), by="viewer") == "may-not"
    assert problem(filled(), by="nobody") == "may-not"


def test_a_role_for_one_area_of_work_reports_nothing_else():
    people.add("store")
    granting.grant("store", "reporter", Scope(kind="stockpiles"), "keeps the stores", "ana")
    assert problem(filled(), by="store") == "may-not"


def test_a_form_that_was_not_published_is_refused():
    assert problem(re.sub(rb' version="[0-9]+"', b' version="7"', filled())) == "unknown-form"


def test_a_submission_without_an_instance_is_refused():
    xml = filled(instance="uuid:one").replace(b"uuid:one", b"")
    assert problem(xml) == "no-instance-id"


def test_a_file_that_the_form_does_not_name_is_refused_by_its_name_and_the_rest_is_taken_in():
    receipt = send(filled("news_item", NEWS), {"a.jpg": b"picture", "../a.jpg": b"x", "b.jpg": b"y"})
    assert receipt.refused == ("../a.jpg", "b.jpg") and receipt.missing == ()
    assert part(receipt, "file/a.jpg") == b"picture" and part(receipt, "file/b.jpg") is None


def test_a_name_that_leads_elsewhere_is_refused_also_when_the_form_names_it():
    receipt = send(filled("news_item", NEWS | {"photo": "../a.jpg"}), {"../a.jpg": b"x"})
    assert receipt.refused == receipt.missing == ("../a.jpg",)


def test_the_files_that_have_not_come_are_named():
    xml = filled("news_item", NEWS)
    assert send(xml).missing == ("a.jpg",)
    assert send(xml, {"a.jpg": b"picture"}).missing == send(xml).missing == ()


def test_a_village_gives_its_region_to_what_happened_there():
    village = send(filled("village", VILLAGE))
    code = changes(village, "village")[0]["values"]["code"]
    accept(entry_of(village.report_id), by="omar")
    answers = {name: value for name, value in ACCIDENT.items() if not name.startswith("adm")}
    receipt = send(filled(answers=answers | {"village": code}))
    for kind in ("incident", "casualty"):
        values = changes(receipt, kind)[0]["values"]
        assert [values[name] for name in ("adm1", "adm2", "adm3")] == ["ML08", "ML0803", "ML080301"]
    assert changes(receipt, "incident")[0]["values"]["village"] == changes(village, "village")[0]["id"]


def test_what_was_answered_is_not_overwritten_by_the_village():
    village = send(filled("village", VILLAGE))
    accept(entry_of(village.report_id), by="omar")
    receipt = send(filled(answers=ACCIDENT | {"village": "BKO-VIL-00001"}))
    assert changes(receipt, "incident")[0]["values"]["adm1"] == "ML07"


def test_a_code_of_a_record_that_waits_is_understood():
    village = send(filled("village", VILLAGE))
    receipt = send(filled(answers=ACCIDENT | {"village": "BKO-VIL-00001"}))
    assert changes(receipt, "incident")[0]["values"]["village"] == changes(village, "village")[0]["id"]


def test_a_code_that_nobody_knows_stays_as_it_was_written():
    receipt = send(filled(answers=ACCIDENT | {"village": "BKO-VIL-00077"}))
    assert changes(receipt, "incident")[0]["values"]["village"] == "BKO-VIL-00077"


def test_the_office_and_the_organisation_stand_in_the_report():
    said = body(receive(filled(), {}, "team", office="GAO", organisation=UUID))
    assert (said["office"], said["organisation"]) == ("GAO", UUID)


def update(record: str, base: int | None) -> bytes:
    """A later visit to a village, as a phone sends it that was given the list of villages."""
    xml = filled("village", VILLAGE | {"title": "Tin Essako Ouest", "__id": record, "__base_version": base})
    return xml.replace(b'create="1"', b'update="1"')


def test_an_update_states_which_changes_the_phone_was_shown():
    first = send(filled("village", VILLAGE))
    accept(entry_of(first.report_id), by="omar")
    record = changes(first, "village")[0]["id"]
    version = kinds()["village"].objects.get(pk=record).revision
    second = send(update(record, version))
    accept(entry_of(second.report_id), by="omar")
    third = send(update(record, version))
    assert changes(second, "village")[0]["base"]["title"] == [f"{first.report_id}/0"]
    assert changes(third, "village")[0]["base"]["title"] == [f"{first.report_id}/0"]
    assert "base" not in changes(send(update(record, None)), "village")[0]


def test_an_update_gives_no_new_code():
    first = send(filled("village", VILLAGE))
    assert "code" not in changes(send(update(changes(first, "village")[0]["id"], 1)), "village")[0]["values"]


def test_a_rejected_report_still_makes_its_submission_known():
    xml = filled("village", VILLAGE)
    first = send(xml)
    decide("reject", entry_of(first.report_id), "omar")
    assert send(xml).duplicate
