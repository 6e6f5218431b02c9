"""What does not go smoothly in any programme is in the example."""

from __future__ import annotations

import datetime

from django.db.models import Count

from kambila.accounts.models import Account, Grant
from kambila.demo import build, cast, programme
from kambila.demo.story import FIRST_RELEASE
from kambila.domain.incidents.models import Casualty, Incident
from kambila.domain.land.models import Handover, HazardousArea, LandReleaseProduct, VillageSurvey
from kambila.domain.land.rules import differ
from kambila.domain.operations.codes import CorrectionStatus, Severity, TaskStatus, VisitType
from kambila.domain.operations.models import NonConformity, QualityVisit, SpotTask, Task
from kambila.domain.partners.models import Accreditation, Contribution, Office, Organisation
from kambila.domain.places.models import RouteStatus, Village
from kambila.domain.programme.models import Mandate, NewsItem, Objective, ProgrammeText
from kambila.domain.stockpiles.disposal import DisposalItem, DisposalOrder, HandedInWeapon
from kambila.domain.stockpiles.models import SiteAssessment, StorageSite, ThreatReductionMeasure
from kambila.domain.training.models import CapacitySupport
from kambila.journal import directory, nodes
from kambila.journal.verify import verify_all
from kambila.registry.kinds import kinds
from kambila.registry.models import Alias, Conflict, Decision, Report
from kambila.registry.partial_dates import read

END = datetime.date(2014, 7, 31)
PLACES = ("admin_area", "village")


def test_it_is_marked_as_an_example_and_every_code_begins_with_ex(example):
    assert example.node.example
    assert not Report.objects.exclude(code="").exclude(code__startswith="EX-").exists()
    for kind, model in kinds().items():
        codes = model.objects.exclude(code=None).exclude(code="").values_list("code", flat=True)
        if kind in PLACES:  # régions, cercles and towns bear their real P-codes
            codes = [code for code in codes if not code.startswith("ML")]
        assert [code for code in codes if not code.startswith("EX-")] == [], kind


def test_every_kind_that_people_send_is_there(example):
    empty = {kind for kind, model in kinds().items() if not model.objects.exists()}
    assert empty <= {"stocktake", "movement"}, empty


def test_reports_come_late_and_dates_are_partial_and_ages_unknown(example):
    waits = [
        (datetime.date.fromisoformat(recorded[:10]) - datetime.date.fromisoformat(read(date)[2])).days
        for recorded, date in Report.objects.exclude(form="places-import").values_list("recorded", "date")
    ]
    assert sum(wait > 30 for wait in waits) > 50
    assert {len(date) for date in Incident.objects.values_list("date", flat=True)} == {4, 7, 10}
    assert Casualty.objects.filter(age=None, age_group="unknown").count() > 5


def test_a_report_was_returned_mended_and_sent_again(example):
    mended = Report.objects.exclude(edits="").exclude(edits=None).filter(form="village_survey")
    assert [each.status for each in mended] == ["accepted"]
    assert Decision.objects.filter(verb="return", record=mended[0].edits).exists()


def test_a_report_was_rejected_and_an_accepted_one_withdrawn(example):
    assert Report.objects.filter(status="rejected").count() == 1
    assert Report.objects.get(status="withdrawn").form == "risk_education"


def test_two_casualties_were_reported_twice_and_merged(example):
    assert Alias.objects.filter(kind="casualty").values("root").distinct().count() == 2
    assert Alias.objects.filter(kind="incident").values("root").distinct().count() == 2


def test_villages_were_surveyed_twice(example):
    twice = VillageSurvey.objects.values("village").annotate(visits=Count("id")).filter(visits=2)
    assert twice.count() > 20


def test_a_report_was_corrected_after_the_release_of_30_june(example):
    corrected = Report.objects.get(form="course", edits__gt="")
    assert corrected.recorded > f"{FIRST_RELEASE}T23:59:59" and corrected.status == "accepted"


def test_an_area_has_a_stated_size_far_from_the_measured_one(example):
    sizes = HazardousArea.objects.exclude(polygon=None).values_list("area_m2", "polygon_area_m2")
    assert sum(differ(stated, measured) for stated, measured in sizes) == 1


def test_two_conflicts_are_open(example):
    assert sorted(Conflict.objects.values_list("kind", "field")) == [("casualty", "age"), ("hazardous_area", "area_m2")]


def test_a_hazard_waits_unconfirmed(example):
    assert Report.objects.filter(status="waiting", is_danger=True, form="hazardous_area").count() == 1


def test_the_answer_about_a_road_has_expired(example):
    expired = [each for each in RouteStatus.objects.all() if each.status == "open" and each.status_on(END) is None]
    assert len(expired) >= 1


def test_areas_are_open_worked_on_and_closed_by_products_and_handed_over(example):
    assert set(HazardousArea.objects.values_list("status", flat=True)) == {"open", "closed"}
    assert set(LandReleaseProduct.objects.values_list("method", flat=True)) == {"cancelled", "reduced", "cleared"}
    assert Handover.objects.exists() and Task.objects.exists() and SpotTask.objects.count() > 200
    assert QualityVisit.objects.count() > 40 and NonConformity.objects.count() > 8


def test_a_year_of_operations_has_believable_numbers(example):
    assert HazardousArea.objects.count() >= 120
    assert Task.objects.count() >= 60
    assert set(Task.objects.values_list("status", flat=True)) == {*TaskStatus.values}
    assert QualityVisit.objects.count() >= 150
    assert set(QualityVisit.objects.values_list("visit_type", flat=True)) == {*VisitType.values}
    assert NonConformity.objects.count() >= 40
    assert set(NonConformity.objects.values_list("status", flat=True)) == {*CorrectionStatus.values}
    assert set(NonConformity.objects.values_list("severity", flat=True)) == {*Severity.values}


def test_one_operator_is_suspended_and_the_accreditation_of_another_has_expired(example):
    suspended = Accreditation.objects.get(decision="suspended")
    assert suspended.ended_because == "non_conformity"
    expired = [each for each in Accreditation.objects.filter(phase="operational") if not each.holds_on(END)]
    assert len(expired) == 2 and suspended in expired


def test_the_missiles_were_destroyed_by_order_with_witnesses_on_6_june(example):
    order = DisposalOrder.objects.get(order_number="EX-DSP-2014-01")
    assert (order.status, order.destroyed_on, bool(order.authority_reference)) == ("done", "2014-06-06", True)
    assert len(order.witnesses) == 2 or len(order.witnesses.split()) == 2
    items = DisposalItem.objects.filter(disposal_order=order.id)
    assert {each.family for each in items} == {"missile"} and sum(each.quantity for each in items) == 85


def test_stockpiles_support_and_weapons_are_there(example):
    assert StorageSite.objects.exists() and SiteAssessment.objects.exists() and HandedInWeapon.objects.exists()
    assert ThreatReductionMeasure.objects.filter(status="done").exists()
    assert CapacitySupport.objects.filter(support="equipment").exists()


def test_gao_worked_on_its_own_and_its_entries_came_late(example):
    late = Report.objects.filter(code__startswith="EX-GAO-R-")
    assert late.count() > 20
    assert {each.status for each in late} == {"accepted"}
    assert max(each.recorded for each in late) < "2014-07-08"


def test_the_second_office_is_an_office_of_its_own(built):
    gao = directory.open_directory(build.gao_of(built), database="")
    assert (gao.node.prefix, gao.node.example) == ("EX-GAO", True)
    assert Report.objects.filter(code__startswith="EX-GAO-R-").exists()


def test_both_offices_have_introduced_themselves(example):
    assert {each.prefix for each in nodes.known_nodes().values()} == {"EX-BKO", "EX-GAO"}


def test_what_is_known_of_the_programme_is_in_it(example):
    assert {each.symbol[:10] for each in Mandate.objects.all()} == {"S/RES/2085", "S/RES/2100", "S/RES/2164"}
    assert Objective.objects.count() == 5 and ProgrammeText.objects.count() == 4
    assert sorted(NewsItem.objects.values_list("date", flat=True)) == ["2013-05-22", "2014-04-04", "2014-06-06"]
    assert {each.title for each in Office.objects.all()} == {"Bamako", "Sévaré", "Timbuktu", "Gao", "Kidal"}
    given = Contribution.objects.values_list("donor_id", "form_of_aid")
    titles = dict(Organisation.objects.values_list("id", "title"))
    assert {titles[donor] for donor, form in given if form == "cash"} == {
        "Estonia", "France", "Japan", "United Kingdom", "United States"
    }  # fmt: skip
    assert {titles[donor] for donor, form in given if form == "in_kind"} == {"Benin", "Switzerland", "Netherlands"}
    assert all(english != french for *_rest, english, french in programme.MANDATES)


def test_operators_are_accredited_and_villages_lie_in_their_cercles(example):
    assert Accreditation.objects.filter(phase="operational", decision="granted").count() == 7
    assert not Village.objects.filter(adm1=None).exists()


def test_there_is_an_account_for_each_role(example):
    roles = dict(Grant.objects.filter(active=True).values_list("account", "role"))
    assert {roles[each.username] for each in cast.PEOPLE} == {each.role for each in cast.PEOPLE}
    assert len({each.role for each in cast.PEOPLE}) == 11
    assert Account.objects.get(username=cast.MANAGER).check_password(cast.PASSWORD)


def test_the_journal_of_the_example_holds(example):
    assert verify_all().findings == []
