"""A file as one thing, and the profiles by which files are read."""

from __future__ import annotations

import pytest

from kambila.intake.sheets import batches, profile, profiles
from kambila.journal import projections
from kambila.journal.errors import Problem
from kambila.registry.models import Report
from tests.intake.sheets.accidents import ACCIDENTS, READ, bring, incidents, people_account, sheet


def test_a_batch_is_accepted_and_withdrawn_as_one(people, tmp_path):
    outcome = bring(sheet(tmp_path / "a.csv"), by="team", name="liste.csv")
    batch = batches.find(outcome.batch[:8])
    assert batches.decide("accept", batch, "omar", "compared")["open"] == outcome.counts["doubtful"]
    done = batches.decide("accept", batch, "omar", "compared", "known")
    assert (done["open"], len(incidents())) == (0, 3)
    told = batches.told(batch, people_account("omar"))
    assert (told.name, told.now, told.whole) == ("liste.csv", {"accepted": 3}, True)
    batches.decide("withdraw", batch, "omar", "The wrong list.")
    assert {*Report.objects.values_list("status", flat=True)} <= {"withdrawn", "accepted"}


def test_a_batch_is_returned_with_what_must_be_mended(people, tmp_path):
    outcome = bring(sheet(tmp_path / "a.csv"), by="team")
    batches.decide("return", batches.find(outcome.batch), "omar", "The places are missing.")
    assert set(Report.objects.values_list("status", flat=True)) == {"returned"}


def test_a_batch_shows_nothing_to_those_who_may_not_see_its_reports(people, tmp_path):
    outcome = bring(sheet(tmp_path / "a.csv"), by="team")
    assert batches.listed(people_account("kidal")) == []
    assert batches.told(batches.find(outcome.batch), people_account("kidal")).now == {}


def test_batches_and_profiles_are_there_again_after_a_rebuild(people, tmp_path):
    profiles.save(ACCIDENTS, "omar")
    outcome = bring(sheet(tmp_path / "a.csv"))
    before = vars(batches.told(batches.find(outcome.batch), people_account("omar")))
    projections.rebuild()
    assert vars(batches.told(batches.find(outcome.batch), people_account("omar"))) == before
    assert profiles.find("accidents").version == READ.version


def test_a_saved_profile_has_versions_and_goes_before_the_box(people):
    assert profiles.save(ACCIDENTS, "omar") is not None
    assert profiles.save(ACCIDENTS, "omar") is None
    changed = ACCIDENTS.replace("Accidents of an operator", "Accidents")
    profiles.save(changed, "ana")
    assert profiles.find("accidents").title == "Accidents"
    with pytest.raises(Problem):
        profiles.save(changed + "\n# more", "team")


WRONG = [("incident", "accident"), ("locality =", "place ="), ('"dmy"', '"ydm"'), ("is =", "was =")]


@pytest.mark.parametrize(
    "text", ["", "name = 'x'", "name = 'X y'\n", "= 1", *(ACCIDENTS.replace(*each) for each in WRONG)]
)
def test_a_profile_that_cannot_be_read_is_refused_with_a_sentence(text):
    with pytest.raises(Problem) as said:
        profile.read(text)
    assert said.value.code == "profile-unreadable" and said.value.sentence


def test_every_profile_of_the_box_can_be_read():
    assert {"aid-worker-incidents", "settlements", "imsma-hazards", "imsma-accidents", "imsma-victims"} <= set(
        profiles.box()
    )
