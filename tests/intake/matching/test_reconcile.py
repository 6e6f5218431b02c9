"""Two registers side by side: exactly what differs is listed, with who has to act and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kambila.accounts import granting, people
from kambila.accounts.models import Account
from kambila.accounts.scopes import Scope
from kambila.intake import decisions
from kambila.intake.matching.reconcile import reconcile
from kambila.journal.errors import Problem
from tests.intake.matching import register
from tests.intake.matching.register import ORGANISATION, OTHER, close, code_of, id_of, line, ours, square, taken
from tests.intake.people import programme_people
from tests.registry.telling import at, change, report

KINDS = ["hazardous_area"]


@pytest.fixture(autouse=True)
def world(programme):
    at("2014-08-01")
    programme_people()


def omar():
    return Account.objects.get(username="omar")


def compared(*lines, account=None):
    return reconcile(lines, KINDS, ORGANISATION, account or omar())


def only(result):
    [difference] = result.differences
    return difference


def why(difference):
    return difference.act.sentence(difference.kind, difference.field)


def test_forty_planted_differences_among_five_hundred_areas_are_listed_and_no_other():
    ours()
    close(30)
    close(31)
    lines, expected = register.planted()
    result = reconcile(lines, KINDS, ORGANISATION, omar())
    listed: dict[str, set[str]] = {}
    for each in result.differences:
        sort = each.field if each.sort == "differs" else each.sort
        listed.setdefault(sort, set()).add(each.code or each.their_id)
    assert listed == expected
    assert len(result.differences) == result.differing == 40
    assert (
        len(result.same) == 500 - 6 - 25
    )  # not there: 6; there, and different in a field or in how the id is written: 25


def test_registers_that_agree_have_no_difference():
    ours(range(5))
    result = compared(*(line(n) for n in range(5)))
    assert result.differences == [] and len(result.same) == 5


def test_polygons_are_laid_over_one_another():
    ours(range(1))
    difference = only(compared(line(0, polygon=square(0, 0.0005))))
    overlay = difference.overlay
    assert difference.field == "polygon"
    assert overlay.theirs_m2 == pytest.approx(overlay.ours_m2, rel=1e-3)
    assert overlay.both_m2 == pytest.approx(3 * overlay.ours_m2, rel=1e-3)


def test_sizes_may_differ_by_a_hundredth():
    ours(range(1))
    assert compared(line(0, area_m2="47400")).differences == []


def test_an_empty_cell_is_silent():
    ours(range(1))
    assert compared(line(0, title=None, area_m2=None)).differences == []


def test_an_area_that_is_closed_here_and_open_there_counts_as_dangerous():
    ours(range(1))
    close(0)
    difference = only(compared(line(0)))
    assert (difference.theirs, difference.ours) == ("open", "closed")
    assert difference.act.urgent and difference.act.who == "programme" and "dangerous" in why(difference)


def test_an_area_that_is_closed_there_needs_its_product():
    ours(range(1))
    difference = only(compared(line(0, reported_status="released")))
    assert difference.act.who == "operator" and "product" in why(difference)


def test_who_holds_later_information_sends_it():
    ours(range(1))
    difference = only(compared(replace(line(0, area_m2="60000"), date="2014-07-15")))
    assert difference.act.who == "operator" and "2014-07-15" in why(difference) and "send a report" in why(difference)


def test_where_we_hold_later_information_the_operator_mends_its_register():
    ours(range(1))
    difference = only(compared(replace(line(0, area_m2="60000"), date="2014-01")))
    assert difference.act.who == "operator" and "BKO-R-00001" in why(difference)


def test_where_nobody_is_later_the_programme_asks():
    ours(range(1))
    assert only(compared(line(0, area_m2="60000"))).act.who == "programme"


def test_a_report_that_waits_is_for_the_programme_to_decide():
    ours(range(1))
    newer = {"area_m2": "60000"}
    said = change(id_of(0), newer, "hazardous_area")
    report(said, date="2014-07-15", organisation=ORGANISATION, code="BKO-R-00002")
    difference = only(compared(line(0, area_m2="60000")))
    assert difference.act.who == "programme" and "BKO-R-00002" in why(difference)


def test_a_new_area_whose_report_waits_is_for_the_programme_to_decide():
    said = change(id_of(1), register.values_of(1), "hazardous_area")
    report(said, date="2014-07-15", organisation=ORGANISATION, code="BKO-R-00002")
    for each in (line(1), replace(line(1), record="", id="another id")):
        difference = only(compared(each))
        assert (difference.sort, difference.act.who) == ("only-theirs", "programme")
        assert "BKO-R-00002" in why(difference)


def test_a_new_area_whose_report_was_returned_is_for_the_operator_to_mend():
    said = change(id_of(1), register.values_of(1), "hazardous_area")
    entry = report(said, date="2014-07-15", organisation=ORGANISATION, code="BKO-R-00002")
    decisions.return_(entry.id, "omar", "the polygon is missing")
    difference = only(compared(line(1)))
    assert difference.act.who == "operator" and "returned" in why(difference)


@pytest.mark.parametrize(("verb", "status"), [("reject", "rejected"), ("withdraw", "withdrawn")])
def test_a_new_area_whose_report_was_refused_is_for_the_operator(verb, status):
    said = change(id_of(1), register.values_of(1), "hazardous_area")
    entry = report(said, date="2014-07-15", organisation=ORGANISATION, code="BKO-R-00002")
    decided = getattr(decisions, verb)(entry.id, "omar", "it is a field of stones")
    decisions.countersign(decided.id, "fatou", "indeed")
    difference = only(compared(line(1)))
    assert (difference.act.who, difference.act.why) == ("operator", status) and "BKO-R-00002" in why(difference)


def test_two_rows_of_areas_that_were_joined_here_are_one_too_many():
    ours(range(2))
    joined = decisions.same_as("hazardous_area", id_of(0), id_of(1), "omar", "one field")
    decisions.countersign(joined.id, "fatou", "indeed")
    twice = [each for each in compared(line(0), line(1)).differences if each.sort == "twice"]
    assert [(each.row, each.act.why) for each in twice] == [(3, "one-here")]


def test_an_area_that_was_retired_here_is_to_be_struck_out():
    ours(range(2))
    decisions.retire("hazardous_area", id_of(1), "omar", "never was")
    waiting = decisions.waiting_decisions().get()
    decisions.countersign(waiting.id, "fatou", "indeed")
    difference = only(compared(line(0), line(1)))
    assert (difference.sort, difference.act.why) == ("only-theirs", "retired")


def test_an_id_written_otherwise_is_no_missing_area():
    ours(range(1))
    difference = only(compared(replace(line(0), id="clear/ha/0")))
    assert difference.sort == "other-id" and code_of(0) in why(difference)


def test_an_area_under_another_id_is_known_by_its_polygon():
    ours(range(1))
    difference = only(compared(replace(line(0), id="N-77")))
    assert difference.sort == "other-id" and "100 %" in why(difference)


def test_two_rows_of_one_area_are_one_too_many():
    ours(range(1))
    again = replace(line(0), number=99)
    difference = only(compared(line(0), again))
    assert (difference.sort, difference.row) == ("twice", 99)


def test_a_row_that_cannot_be_read_is_no_missing_area():
    difference = only(compared(replace(line(0), fault="The date is missing.")))
    assert difference.sort == "unread" and "The date is missing." in why(difference)


def test_what_another_organisation_reported_is_not_in_the_list():
    said = change(id_of(1), register.values_of(1), "hazardous_area")
    taken(report(said, date="2014-06-20", organisation=OTHER))
    assert compared().differences == []
    difference = only(compared(line(1)))
    assert (difference.act.why, difference.ours, difference.code) == ("elsewhere", None, "")


def test_an_account_that_sees_a_part_only_cannot_compare():
    with pytest.raises(Problem) as problem:
        compared(account=Account.objects.get(username="kidal"))
    assert problem.value.code == "reconcile-partial"


def test_an_operator_compares_its_own_register():
    ours(range(1))
    people.add("clear")
    granting.grant("clear", "operator", Scope(organisation=ORGANISATION), "their work", "ana")
    clear = Account.objects.get(username="clear")
    assert only(compared(account=clear)).sort == "only-ours"
    with pytest.raises(Problem):
        reconcile([], KINDS, OTHER, clear)


def test_nothing_sealed_is_compared():
    ours(range(1))
    assert compared(line(0, landowner="Somebody Invented", description="a story")).differences == []
