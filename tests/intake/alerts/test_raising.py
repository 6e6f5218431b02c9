"""Which reports raise an alert, and that each does so once."""

from __future__ import annotations

import uuid

import pytest
from django.conf import settings

from kambila.accounts import keys
from kambila.intake.alerts.expiring import ALSO_EXPIRING, EXPIRING, LATE
from kambila.intake.alerts.models import Alert, Turn
from kambila.intake.alerts.phones import STOLEN_PHONE
from kambila.intake.alerts.raising import raise_alert, read_journal
from kambila.journal import exchange, nodes, projections
from kambila.journal.errors import Problem
from kambila.registry.alerts import all_alerts
from tests.intake import people
from tests.intake.alerts.conftest import NOW, at, later
from tests.registry.telling import H, I, change, decide, report

ROUTE = "00000000-0000-7000-8000-0000000000e1"
PLACE = "00000000-0000-7000-8000-0000000000d1"
BATCH = "00000000-0000-7000-8000-0000000000b1"
SPOT = "00000000-0000-7000-8000-0000000000f1"


def raised() -> list[str]:
    read_journal()
    return list(Alert.objects.order_by("id").values_list("sort", flat=True))


def route(status: str | None, **more):
    values = {"title": "Gao–Kidal", "status": status, "last_verified": "2014-06-20", "adm1": "ML07"}
    return report(change(ROUTE, values, "route_status"), date="2014-06-20", **more)


def spot(status: str):
    return report(change(SPOT, {"status": status, "requested_on": "2014-06-20"}, "spot_task"), date="2014-06-20")


@pytest.fixture(autouse=True)
def _house(house):
    pass


def test_every_area_declares_what_is_asked_of_it():
    kinds = {code: each.kind for code, each in all_alerts().items()}
    assert kinds == {
        "accident": "incident",
        "eod-call": "spot_task",
        "closed-place": "accessibility",
        "closed-route": "route_status",
        "hazardous-area": "hazardous_area",
        STOLEN_PHONE: "",
        EXPIRING: "",
        ALSO_EXPIRING: "",
        LATE: "",
    }
    assert [code for code, each in all_alerts().items() if each.urgent] == ["accident"]


def test_an_accident_is_raised_with_its_place_and_nothing_decided():
    entry = report(change(I, people.INCIDENT, "incident"), date="2014-06-20", code="BKO-R-7")
    assert raised() == ["accident"]
    alert = Alert.objects.get()
    assert (alert.report, alert.code, alert.chain, alert.raised) == (
        entry.id,
        "BKO-R-7",
        ("ML07", "ML0701", "ML070101"),
        NOW,
    )


def test_what_was_looked_at_is_not_looked_at_again():
    people.incident()
    assert raised() == ["accident"]
    assert read_journal() == 0


def test_a_correction_of_a_report_is_no_second_accident():
    first = people.incident()
    people.incident(time_of_day="night")
    report(change(I, people.INCIDENT, "incident"), date="2014-06-20", edits=first.id)
    assert raised() == ["accident"]


def test_a_route_is_raised_when_it_closes_and_again_after_it_was_open():
    route("open")
    assert raised() == []
    route("closed")
    assert raised() == ["closed-route"]
    route("closed")
    assert raised() == ["closed-route"]
    route("open")
    route("closed")
    assert raised() == ["closed-route"] * 2


def test_a_village_is_raised_when_its_access_is_closed_and_not_again():
    for status in ("open", "closed", "closed"):
        values = {"locality": "Tin Essako", "status": status, "last_verified": "2014-06-20", "adm1": "ML08"}
        report(change(PLACE, values, "accessibility"), date="2014-06-20")
    assert raised() == ["closed-place"]
    assert Alert.objects.get().chain == ("ML08",)


def test_what_was_rejected_does_not_keep_the_next_from_being_news():
    first = route("closed")
    assert raised() == ["closed-route"]
    decide("reject", first, stands=route("open").id)
    route("closed")
    assert raised() == ["closed-route"] * 2


def test_a_call_is_raised_and_work_that_is_done_is_not():
    spot("requested")
    spot("assigned")
    assert raised() == ["eod-call"]


def test_a_spot_task_that_was_dealt_with_is_no_call():
    spot("closed")
    assert raised() == []


def test_a_hazardous_area_is_raised_when_it_is_new():
    people.area()
    people.area(title="By the well")
    assert raised() == ["hazardous-area"]


def test_an_area_that_was_released_before_anybody_told_us_is_not_raised():
    people.area(reported_status="released")
    assert raised() == []


def test_a_change_that_states_no_place_takes_that_of_the_village():
    village = str(uuid.uuid4())
    values = {"title": "Tin Essako", "adm1": "ML08", "adm2": "ML0803", "adm3": "ML080301"}
    decide("accept", report(change(village, values, "village"), date="2014-06-01"))
    report(change(H, {"devices": ["uxo"], "village": village}, "hazardous_area"), date="2014-06-20")
    assert raised() == ["hazardous-area"]
    assert Alert.objects.get().chain == ("ML08", "ML0803", "ML080301")


def test_rebuilding_the_registry_raises_nothing_again():
    people.incident()
    assert raised() == ["accident"]
    projections.rebuild()
    assert raised() == ["accident"]


def test_reading_everything_again_raises_nothing_again():
    people.incident()
    assert raised() == ["accident"]
    Turn.objects.update(arrival=0)
    assert raised() == ["accident"]


def test_what_was_recorded_more_than_a_day_ago_is_no_news():
    people.incident()
    later(hours=25)
    assert raised() == []
    assert Turn.objects.get().arrival == projections.position()


def row(number: int, kind: str = "hazardous_area", batch: str = BATCH, adm1: str = "ML07"):
    """A row of a file, as an import writes it."""
    said = {"category": "mine_erw", "date": "2014-06-18"} if kind == "incident" else {"devices": ["uxo"]}
    values = change(str(uuid.uuid4()), {**said, "adm1": adm1}, kind)
    return report(values, date="2014-06-18", code=f"BKO-R-{number}", batch=batch, row=number)


def test_a_file_is_one_alert_of_each_sort_and_place_with_its_reports():
    rows = [row(1), row(2), row(3, adm1="ML08"), row(4, "incident"), row(5, "incident"), row(6)]
    assert sorted(raised()) == ["accident", "hazardous-area", "hazardous-area"]
    north, south = (Alert.objects.get(sort="hazardous-area", place=f" {code} ") for code in ("ML08", "ML07"))
    assert [each.report for each in south.occurrences.order_by("id")] == [rows[0].id, rows[1].id, rows[5].id]
    assert [each.code for each in north.occurrences.all()] == ["BKO-R-3"]
    accident = Alert.objects.get(sort="accident")
    assert accident.urgent and accident.occurrences.count() == 2 and accident.batch == BATCH


def test_the_rest_of_a_file_joins_the_alert_of_its_beginning():
    row(1)
    assert raised() == ["hazardous-area"]
    row(2)
    assert raised() == ["hazardous-area"]
    Turn.objects.update(arrival=0)
    assert raised() == ["hazardous-area"]
    assert Alert.objects.get().occurrences.count() == 2


def test_another_file_and_another_day_are_alerts_of_their_own():
    row(1)
    row(2, batch=str(uuid.uuid4()))
    later(hours=20)
    row(3)
    assert raised() == ["hazardous-area"] * 3


def test_how_old_news_may_be_is_a_setting(monkeypatch):
    monkeypatch.setattr(settings, "ALERT_HOURS", 48)
    people.incident()
    later(hours=25)
    assert raised() == ["accident"]


def test_a_report_from_another_office_is_news_when_it_arrives(new_programme, reopen, house, tmp_path):
    at(2014, 6, 20, 8, 0)
    gao = new_programme("Gao", "GAO")
    nodes.introduce()
    people.incident()
    exchange.export(tmp_path / "gao.zip", {}, exchange.everything)
    reopen(house)
    at(2014, 6, 20, 14, 30)
    exchange.bring_in(tmp_path / "gao.zip")
    assert raised() == ["accident"]
    assert gao.node.name == "Gao"


def test_a_stolen_phone_is_raised_once_with_the_chain_of_its_place():
    places = (("ML07", "adm1", {}), ("ML0701", "adm2", {"adm1": "ML07"}))
    for code, level, above in places:
        values = {"pcode": code, "code": code, "title": f"Place {code}", "level": level, level: code, **above}
        decide("accept", report(change(str(uuid.uuid4()), values, "admin_area"), date="2014-06-01"))
    for _again in range(2):
        alert = raise_alert(STOLEN_PHONE, "ML0701", link="/phones/7/", source="key-7")
    assert Alert.objects.count() == 1
    assert alert.chain == ("ML07", "ML0701") and "stolen" in alert.sentence


def test_a_sort_that_nobody_declared_cannot_be_raised():
    with pytest.raises(Problem) as caught:
        raise_alert("fire", "ML07")
    assert caught.value.code == "no-such-alert"


@pytest.mark.parametrize(("is_stolen", "said"), [(True, [STOLEN_PHONE]), (False, [])])
def test_a_key_that_is_ended_because_its_phone_was_stolen_is_told(is_stolen, said):
    key, _ = keys.issue("team", keys.Use.APP, "the phone of team 3", "team", places=["ML07"])
    keys.revoke(key.pk, "taken on the road", "team", stolen=is_stolen)
    assert raised() == said
