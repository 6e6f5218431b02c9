"""The walk of docs/walk.md: each test is about one thing that was seen. It is gone once on each database."""

from __future__ import annotations

import pytest

from kambila.journal import clock
from tests import terminal
from tests.served import bare  # noqa: F401
from tests.walk import story

MOVES = ("new", "larger", "cancelled", "reduced", "cleared")
REASONS = {"smaller", "measurement", "residual", "split", "merged", "overlap", "ended", "unstated"}


@pytest.fixture(scope="module")
def seen(bare, tmp_path_factory):  # noqa: F811
    with pytest.MonkeyPatch.context() as patch:
        terminal.at(bare, patch)
        yield story.walk(tmp_path_factory.mktemp("walk"))
        clock.set_clock(None)


def stages(seen):
    return {chapter: area["stage"] for chapter, area in seen.areas.items()}


def total(seen, chapter, measure="geodesic"):
    return seen.balances[chapter]["total"][measure]


def test_what_a_village_says_is_an_indication_in_none_of_the_sums(seen):
    assert stages(seen)["village"] == "indication"
    assert (total(seen, "village")["closing"], len(seen.balances["village"]["unsized"])) == (0, 1)


def test_the_first_survey_draws_a_suspected_area_that_is_new_to_the_balance(seen):
    assert stages(seen)["drawn"] == "sha"
    assert total(seen, "drawn")["new"] == total(seen, "drawn")["closing"] == pytest.approx(14_194, abs=1)
    assert total(seen, "drawn", "stated")["new"] == 14_000


def test_what_the_survey_cancels_leaves_the_balance(seen):
    assert total(seen, "survey")["cancelled"] == pytest.approx(-2_366, abs=1)
    assert total(seen, "survey", "stated")["cancelled"] == -2_350


def test_technical_survey_confirms_the_area_and_reduces_it(seen):
    assert seen.areas["technical"]["classification"] == "cha"
    assert total(seen, "technical")["reduced"] == pytest.approx(-2_366, abs=1)


def test_ground_that_is_found_beside_the_area_is_found_larger(seen):
    assert total(seen, "larger")["larger"] == pytest.approx(1_183, abs=1)


def test_the_area_is_scored_by_what_the_village_said_and_each_part_names_its_record(seen):
    parts = {each["criterion"]: each for each in seen.scores[0]["parts"] if each["points"]}
    assert (parts["fields"]["points"], [each["code"] for each in parts["fields"]["records"]]) == (10.0, ["WALK-VS"])
    assert seen.scores[0]["score"] == 11.3
    assert seen.scores[0]["code"] == "WALK-HA" and seen.scores[0]["score"] == sum(e["points"] for e in parts.values())


def test_a_team_of_an_operator_without_accreditation_is_refused(seen):
    assert "No accreditation of Desert Works is known" in seen.said["not accredited"]


def test_a_place_of_which_nothing_is_known_is_not_open(seen):
    assert "Nothing is known of access to the place" in seen.said["access unknown"]


def test_a_suspension_has_a_reason_of_the_list(seen):
    assert "reason of the suspension" in seen.said["no reason code"]
    assert seen.said["suspended"] == "suspended"


def test_work_that_is_reported_moves_no_square_metre(seen):
    assert seen.balances["worked"] == seen.balances["larger"]


def test_the_task_is_complete_only_when_its_area_is_accounted_for(seen):
    assert "Nothing accounts for these objectives" in seen.said["not accounted for"]


def test_land_that_failed_quality_control_is_neither_checked_nor_released(seen):
    assert "WALK-QC-1" in seen.said["control failed"]
    assert "The last quality control of this land was not passed (WALK-QC-1)" in seen.said["product after failure"]
    assert seen.balances["failed"] == seen.balances["worked"]


def test_what_was_missed_is_followed_until_it_is_verified(seen):
    assert seen.said["non-conformity"] == "verified"


def test_the_area_is_released_by_the_product_after_the_control_that_was_passed(seen):
    assert stages(seen)["again"] == "worked_on"
    assert stages(seen)["passed"] == "released"
    assert total(seen, "passed")["closing"] == total(seen, "passed", "stated")["closing"] == 0


@pytest.mark.parametrize("paper", ["completion", "certificate"])
def test_the_papers_of_the_land_are_genuine(seen, paper):
    assert terminal.run("verify-document", seen.said[paper].strip()).stdout.strip() == "Valid"


def test_dossier_and_certificate_are_pdf(seen):
    assert [each[:5] for each in (seen.dossier, seen.certificate)] == [b"%PDF-"] * 2


@pytest.mark.parametrize("measure", ["geodesic", "stated"])
def test_the_balance_adds_up_after_each_chapter(seen, measure):
    for chapter, each in seen.balances.items():
        sums = each["total"][measure]
        moved = sum(sums.get(name, 0) for name in (*MOVES, *REASONS))
        assert sums["opening"] + moved == pytest.approx(sums["closing"], abs=0.005), chapter
        assert each["total"]["holds"], chapter


def test_the_balance_as_of_each_day_is_what_was_seen_on_it(seen):
    last = {day: chapter for chapter, day in seen.days.items()}
    for day, chapter in last.items():
        assert terminal.data("balance", "--to", day)["total"] == seen.balances[chapter]["total"], chapter


@pytest.mark.parametrize("by", ["task", "organisation", "region"])
def test_the_groups_of_any_chapter_make_the_whole(seen, by):
    for first, last in (("", "2014-04-03"), ("2014-04-02", "2014-06-14"), ("2014-06-14", "")):
        found = terminal.data("balance", "--by", by, "--from", first, "--to", last)
        assert all(row["holds"] for row in found["rows"])
        for measure in ("geodesic", "stated"):
            assert sum(row[measure]["closing"] for row in found["rows"]) == found["total"][measure]["closing"]


def test_each_chapter_opens_with_what_the_one_before_closed_with(seen):
    days = list(dict.fromkeys(seen.days.values()))
    for first, last in zip(days[:-1], days[1:], strict=True):
        opening = terminal.data("balance", "--from", last)["total"]
        closing = terminal.data("balance", "--to", first)["total"]
        assert opening["geodesic"]["opening"] == closing["geodesic"]["closing"]
        assert opening["stated"]["opening"] == closing["stated"]["closing"]


def test_the_task_tells_all_its_states(seen):
    states = [each["status"] for each in terminal.data("task", "show", story.TASK)["states"]]
    assert states == [
        "identified", "prioritised", "drafted", "issued", "accepted", "in_progress", "suspended", "in_progress",
        "completed", "in_progress", "completed", "checked", "handed_over", "closed",
    ]  # fmt: skip
