"""Which villages are surveyed: each counts once, what is left is told, and nobody sees more than their role allows."""

from __future__ import annotations

import pytest

from kambila.accounts import people
from kambila.domain.land import coverage
from kambila.journal.errors import Problem
from tests import terminal
from tests.intake.people import programme_people
from tests.registry.telling import accept, change, report, say

V1, V2, V3, V4 = (f"00000000-0000-7000-8000-0000000000b{n}" for n in range(1, 5))
S1, S2, S3, O1 = (f"00000000-0000-7000-8000-0000000000e{n}" for n in range(1, 5))
GAO, KIDAL = {"adm1": "ML07", "adm2": "ML0701"}, {"adm1": "ML08", "adm2": "ML0801"}


@pytest.fixture(autouse=True)
def surveyed(programme, monkeypatch):
    """Four villages; the first surveyed twice, the second once."""
    terminal.at(programme, monkeypatch)
    programme_people()
    accept(report(
        change(V1, {"title": "Tin Hama", "code": "EX-V-1", **GAO}, "village"),
        change(V2, {"title": "Abalak", "code": "EX-V-2", **GAO}, "village"),
        change(V3, {"title": "Zorho", "code": "EX-V-3", **GAO}, "village"),
        change(V4, {"title": "Essouk", "code": "EX-V-4", **KIDAL}, "village"),
        change(O1, {"title": "Invented Survey", "code": "EX-ORG"}, "organisation"),
        date="2014-06-01",
    ))  # fmt: skip
    for survey, village, date in ((S1, V1, "2014-03"), (S2, V1, "2014-05-20"), (S3, V2, "2014-02-01")):
        values = {"village": village, "date": date, "contaminated": "no", "operator": O1, "code": f"EX-S-{survey[-1]}"}
        accept(report(change(survey, values, "village_survey"), date="2014-06-01"))


def counted(account="omar", level="adm1", within=""):
    found = coverage.villages(people.find(account), level, within)
    return {each.code: (each.villages, each.surveyed, each.left) for each in coverage.places(found)}


def test_each_village_counts_once_and_what_is_left_is_told():
    assert counted() == {"ML07": (3, 2, 1), "ML08": (1, 0, 1)}
    assert counted(level="adm2", within="ML07") == {"ML0701": (3, 2, 1)}


def test_two_villages_that_are_one_count_once():
    say("same-as", kind="village", records=[V1, V2])
    assert counted()["ML07"] == (2, 1, 1)


def test_a_village_tells_its_latest_survey_and_who_made_it():
    found = {each.code: each for each in coverage.villages(people.find("omar"), "adm1")}
    assert (found["EX-V-1"].surveys, found["EX-V-1"].last, found["EX-V-1"].by) == (2, "2014-05-20", ["EX-ORG"])
    assert (found["EX-V-3"].surveys, found["EX-V-3"].last, found["EX-V-3"].survey) == (0, "", "")


def test_who_has_no_role_does_not_learn_what_is_surveyed():
    people.add("stranger")
    with pytest.raises(Problem, match="may not"):
        counted("stranger")


def test_the_command_tells_the_places_and_within_one_its_villages():
    told = terminal.data("coverage", "--as", "omar", "--by", "adm2")
    assert (told["villages"], told["surveyed"], told["left"], "list" in told) == (4, 2, 2, False)
    assert {each["code"] for each in told["places"]} == {"ML0701", "ML0801"}
    told = terminal.data("coverage", "--as", "omar", "--in", "ML07")
    assert [each["code"] for each in told["list"] if not each["surveys"]] == ["EX-V-3"]
    assert "2 of 3 surveyed, 1 left" in terminal.run("coverage", "--as", "omar").output
