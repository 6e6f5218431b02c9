"""A profile is proposed from names, labels, tags and values, with how sure it is and why."""

from __future__ import annotations

import pytest

from kambila.intake.sheets.proposing import propose
from kambila.intake.sheets.tables import open_table
from tests.intake.sheets.files import csv_file, map_file
from tests.intake.sheets.hazards import hazard

FRENCH = [
    ("Numéro", "Date", "Catégorie", "Type d'engin", "Localité", "lat", "long"),
    ("A1", "2014-06-18", "mine_erw", "uxo", "Tabango", "16.2", "-0.05"),
    ("A2", "2014-05-02", "ied", "ied_unknown", "Kidal", "16.3", "-0.06"),
]
ENGLISH = [
    ("code", "classification", "devices", "surveyed on", "area_m2", "remark of the clerk"),
    ("H1", "sha", "uxo", "2014-05-01", "1200", "x"),
    ("H2", "cha", "ap_mine", "2014-05-03", "900", "y"),
]


def guessed(path) -> dict[str, str]:
    return {each.column: each.field for each in propose(open_table(path)).guesses}


def test_names_of_columns_in_english(programme, tmp_path):
    found = propose(open_table(csv_file(tmp_path / "a.csv", ENGLISH)))
    fields = {each.column: each.field for each in found.guesses}
    assert found.kind == "hazardous_area" and 0 < found.sure <= 1
    assert fields["classification"] == "classification" and fields["area_m2"] == "area_m2"
    assert "remark of the clerk" not in fields
    assert found.profile.records[0].identity.columns == ("code",)


def test_labels_in_french_and_names_of_coordinates(programme, tmp_path):
    found = propose(open_table(csv_file(tmp_path / "accidents.csv", FRENCH)))
    fields = {each.column: each.field for each in found.guesses}
    assert found.kind == "incident"
    assert (fields["Catégorie"], fields["lat"], fields["long"]) == (
        "category",
        "location.latitude",
        "location.longitude",
    )
    assert found.profile.name == "accidents" and found.profile.records[0].identity.columns == ("Numéro",)


def test_values_speak_against_a_name(programme, tmp_path):
    right = propose(open_table(csv_file(tmp_path / "a.csv", ENGLISH)))
    wrong = [ENGLISH[0], ("H1", "red", "uxo", "soon", "large", "x"), ("H2", "blue", "ap_mine", "later", "small", "y")]
    spoilt = propose(open_table(csv_file(tmp_path / "b.csv", wrong)))
    sure = {each.field: each.sure for each in right.guesses}
    assert sure["classification"] > {each.field: each.sure for each in spoilt.guesses}.get("classification", 0)


def test_tags_lead_to_a_profile_of_tags(programme, tmp_path):
    tags = (
        "#event+id",
        "#date+occurred",
        "#event+type",
        "#cause+type",
        "#affected+killed",
        "#adm1+code",
        "#geo+lat",
        "#geo+lon",
    )
    lines = [tuple(f"c{n}" for n in range(8)), tags, ("E1", "2014-06-01", "mine_erw", "uxo", "2", "ML06", "16", "-1")]
    found = propose(open_table(csv_file(tmp_path / "a.csv", lines)))
    assert (found.existing, found.kind) == ("hxl-incidents", "incident")


def test_our_own_export_is_recognised(programme, tmp_path):
    from kambila.intake.sheets import own

    columns = ["id", *own.exported("course"), "information_date", "office", "organisation"]
    found = propose(open_table(csv_file(tmp_path / "a.csv", [columns, ["x"] * len(columns)])))
    assert (found.existing, found.sure) == ("kambila-course", 1.0)


def test_the_geometry_of_a_map_file_is_that_of_the_area(programme, tmp_path):
    shape, said = hazard(1)
    path = map_file(tmp_path / "a.gpkg", [shape], {name: [value] for name, value in said.items()}, "GPKG")
    found = propose(open_table(path))
    assert found.profile.records[0].fields["polygon"].position == {"geometry": True}


@pytest.mark.parametrize("lines", [[("a", "b")], [("x1", "x2"), ("1", "2")]])
def test_a_file_that_says_nothing_gets_a_proposal_that_is_unsure(programme, tmp_path, lines):
    assert propose(open_table(csv_file(tmp_path / "a.csv", lines))).sure < 0.5
