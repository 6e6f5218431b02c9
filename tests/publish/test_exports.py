"""The files for programs."""

import csv
import io
import json

from kambila.figures.definitions import all_figures
from kambila.figures.releases import content_of
from kambila.journal import heads
from kambila.journal.errors import Problem
from kambila.publish.exports import COLUMNS


def rows(published):
    return list(csv.DictReader(io.StringIO(published.page("figures.csv"))))


def test_the_json_has_every_public_figure_with_definition_value_and_history(published):
    said = json.loads(published.files["figures.json"])
    assert said["example"] is True and said["release"]["as_of"] == "2014-07-31"
    found = {figure["id"]: figure for figure in said["figures"]}
    assert set(found) == {figure.id for figure in all_figures().values() if figure.tier == "public"}
    casualties = found["erw-civilian-casualties"]
    assert casualties["value"] == 30 and casualties["since"] == "2012-01-01"
    assert [(past["value"], past["classes"]) for past in casualties["history"]] == [(24, []), (30, ["late-report"])]
    assert set(casualties["title"]) == {"en", "fr"}


def test_the_json_never_names_a_record_or_a_report(reopened):
    text = reopened.page("figures.json")
    contributions = [
        each for figure in content_of(reopened.release)["figures"] for each in figure.get("contributions", [])
    ]
    assert contributions and not any(id in text for _kind, id, *_rest in contributions)


def test_the_csv_has_hxl_tags_under_the_names(published):
    assert rows(published)[0] == COLUMNS
    assert all(tag.startswith("#") for tag in COLUMNS.values())


def test_what_hxl_takes_for_numbers_and_dates_is_one(published):
    for row in rows(published)[1:]:
        assert row["value"] == "" or float(row["value"]) >= 0
        assert all(len(row[name]) in (0, 10) for name in ("since", "as_of", "known_at"))
        assert row["example"] == "true"


def test_the_csv_has_places_by_their_codes(published):
    found = {r["adm1_code"]: (r["value"], r["cell_fr"]) for r in rows(published) if r["figure"] == "villages-surveyed"}
    assert found["ML07"] == ("9", "Gao")


def test_cells_of_few_people_stand_together(published):
    merged = [row for row in rows(published) if row["cell"] == "merged"]
    assert merged and all(int(row["value"]) >= 5 and " + " in row["cell_en"] for row in merged)


def test_the_head_is_signed_by_the_node_and_covers_the_release(reopened):
    said = json.loads(reopened.files["head.json"])
    signed = heads.SignedHead(**said["signed"])
    assert signed.is_signed_by(said["public_key"])
    assert signed.node == said["entry"]["node"] and signed.seq >= said["entry"]["seq"]
    assert said["release"] == reopened.release.id and said["content_hash"] == reopened.release.hash


def test_the_journal_can_be_verified_against_the_published_head(reopened):
    try:
        read = heads.read_head(str(reopened.folder / "head.json"))
    except Problem as problem:
        raise AssertionError(problem) from None
    assert read == reopened.release.head
