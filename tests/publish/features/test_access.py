"""Roles × kinds × answers: nobody is given a record, a value, a place or a number that is not open to him."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.db.models import Q

from kambila.accounts.models import Account
from kambila.publish.features import finding
from kambila.registry import access, precision
from kambila.registry.keeping import Kept
from kambila.registry.kinds import kinds
from tests.publish.features.world import AFTER, AREA, CORNERS, INCIDENT, MIDDLE, OWN, SURVEY, SURVEYED, TRUE
from tests.registry.telling import at

SEES_PUBLIC_ONLY = [None, "reporter"]  # what other roles are given beyond the rule, the first test would notice
SQLITE = pytest.mark.parametrize("_told", ["sqlite"], indirect=True)
FORMS = ("json", "csv", "html")
DISCLOSED = (("incident", INCIDENT), ("hazardous_area", AREA))


def account(who):
    return Account.objects.get(username=who) if who else None


def ids(answer):
    return [each["id"] for each in json.loads(answer.content)["features"]]


def may_be_seen(who, kind):
    """(id, how far it is shown) by the rule itself."""
    return {row.pk: row for row in access.visible(account(who), kinds()[kind])}


def look_through(ask, who):
    """Every kind by every way of asking; raises AssertionError where more or less is given than is open."""
    for kind in kinds():
        seen = may_be_seen(who, kind)
        answer = ask(f"{kind}/items?limit=1000", who)
        assert answer.status_code == 200, (kind, answer.content)
        assert set(ids(answer)) == set(seen), kind
        assert json.loads(answer.content)["numberMatched"] == len(seen), kind
        world_wide = ask(f"{kind}/items?limit=1000&bbox=-180,-90,180,90", who)
        assert set(ids(world_wide)) <= set(seen), kind
        for row in kinds()[kind]._default_manager.all():
            assert ask(f"{kind}/items/{row.pk}", who).status_code == (200 if row.pk in seen else 404), kind
        for feature in json.loads(answer.content)["features"]:
            row = seen[feature["id"]]
            open_fields = set(access.fields(account(who), kinds()[kind], row))
            sizes = {f"{name}_area_m2" for name in open_fields & set(precision.shapes(kinds()[kind]))}
            assert set(feature["properties"]) - EXTRA <= open_fields | sizes, kind


EXTRA = {"information_date", "place_precision"}


@pytest.mark.parametrize("who", [None, "operator", "officer", "auditor"])
def test_a_reader_gets_the_records_that_he_may_see_and_no_other_field_of_them(ask, who):
    look_through(ask, who)


@SQLITE
@pytest.mark.parametrize("who", ["reporter", "administrator", "donor", "elsewhere", "assistance"])
def test_so_does_a_reader_of_every_other_role(ask, who):
    look_through(ask, who)


@pytest.fixture
def forgotten(monkeypatch):
    """Nothing is kept of what was compiled and counted with the rule as it is."""
    monkeypatch.setattr(finding, "_compiled", Kept(1_000))
    monkeypatch.setattr(finding, "_counted", Kept(1_000))


@SQLITE
def test_without_the_rule_in_the_query_this_would_be_noticed(ask, monkeypatch, forgotten):
    open_door = SimpleNamespace(**vars(access))
    open_door.visible = lambda account, model, queryset=None: access.visible("auditor", model, queryset)
    monkeypatch.setattr(finding, "access", open_door)
    with pytest.raises(AssertionError):
        look_through(ask, "operator")


@SQLITE
@pytest.mark.parametrize("who", SEES_PUBLIC_ONLY)
def test_nothing_restricted_leaves_in_any_form_or_error(ask, told, who):
    said = []
    for kind in kinds():
        said += [ask(f"{kind}/items?limit=1000&f={form}", who).content.decode() for form in FORMS]
        said += [ask(f"{kind}{path}", who).content.decode() for path in ("", "/queryables", "/schema")]
        said += [ask(f"{kind}/items/{row.pk}", who).content.decode() for row in kinds()[kind]._default_manager.all()]
        said.append(ask(f"{kind}/items?limit=1000&crs=EPSG:3857", who).content.decode())
    for secret in told.secrets:
        assert not [each for each in said if secret in each and not _only_repeats_the_id(each)], secret


def _only_repeats_the_id(text):
    return text.startswith('{"code"') and json.loads(text)["code"] == "no-such-record"


@SQLITE
@pytest.mark.parametrize("who", [None, "operator", "officer"])
@pytest.mark.parametrize("kind", ["incident", "hazardous_area", "casualty"])
def test_a_hidden_field_and_one_that_is_not_there_get_the_same_answer(ask, who, kind):
    asked = access.fields(account(who), kinds()[kind])
    hidden = next((name for name in ("landowner", "location", "full_name", "circumstances", "device", "polygon")
                   if name in [f.name for f in kinds()[kind]._meta.get_fields()] and name not in asked), None)  # fmt: skip
    if hidden is None:
        hidden = "last_entry"
    for way in ("sortby={}", "filter={} IS NULL", "filter={} = 'x'", "filter={} > 3", "{}=x"):
        answers = []
        for name in (hidden, "nonsense"):
            answer = ask(f"{kind}/items?{way.format(quote(name, safe=''))}", who)
            answers.append((answer.status_code, answer.content.decode().replace(name, "NAME")))
        assert answers[0] == answers[1], (kind, who, way)
        assert answers[0][0] == 400


def test_a_place_that_may_not_be_seen_is_told_as_the_middle_of_its_commune(ask):
    for kind, id in DISCLOSED:
        found = json.loads(ask(f"{kind}/items/{id}").content)
        assert found["geometry"] == {"type": "Point", "coordinates": list(MIDDLE)}
        assert found["properties"]["place_precision"] == "adm3"
    exact = json.loads(ask(f"incident/items/{INCIDENT}", "auditor").content)
    assert exact["geometry"]["coordinates"] == list(TRUE)
    assert exact["properties"]["place_precision"] == "exact"


def test_a_place_that_is_disclosed_exactly_to_partners_is_told_so_to_them_alone_until_the_last_day(ask):
    def told(who):
        return [json.loads(ask(f"{kind}/items/{id}", who).content)["geometry"] for kind, id in DISCLOSED]

    exactly = [{"type": "Point", "coordinates": list(TRUE)}, {"type": "Polygon", "coordinates": [CORNERS]}]
    middle = {"type": "Point", "coordinates": list(MIDDLE)}
    assert told("operator") == told("elsewhere") == told("auditor") == exactly
    assert told(None) == told("reporter") == [middle, middle]
    at(AFTER)
    assert told("operator") == told(None) == [middle, middle]
    assert told("auditor") == exactly


def box(x, y, half):
    return f"{x - half},{y - half},{x + half},{y + half}"


def polygon(x, y, half):
    w, s, e, n = (float(each) for each in box(x, y, half).split(","))
    return quote(f"S_INTERSECTS(geometry,POLYGON(({w} {s},{e} {s},{x} {n},{w} {n},{w} {s})))")


@pytest.mark.parametrize("half", [0.3, 0.01, 0.00001])
def test_who_is_told_the_commune_finds_nothing_by_the_true_place(ask, half):
    for asked in (f"bbox={box(*TRUE, half)}", f"filter={polygon(*TRUE, half)}"):
        assert INCIDENT not in ids(ask(f"incident/items?{asked}"))
        assert json.loads(ask(f"incident/items?{asked}").content)["numberMatched"] == 0
        assert INCIDENT in ids(ask(f"incident/items?{asked}", "auditor"))
    assert ids(ask(f"incident/items?bbox={box(*MIDDLE, half)}")) == [INCIDENT]
    assert ids(ask(f"incident/items?filter={polygon(*MIDDLE, half)}")) == [INCIDENT]
    outside = quote(f"S_DISJOINT(geometry,POINT({TRUE[0]} {TRUE[1]}))")
    assert ids(ask(f"incident/items?filter={outside}")) == [INCIDENT]


def narrow(ask, who, kind, wanted):
    """The place of a record as somebody finds it who halves a box again and again and looks at how many match."""
    west, south, east, north = -20.0, 5.0, 20.0, 30.0
    for step in range(28):
        middle = (west + east) / 2 if step % 2 else (south + north) / 2
        half = f"{west},{south},{middle},{north}" if step % 2 else f"{west},{south},{east},{middle}"
        inside = wanted in ids(ask(f"{kind}/items?bbox={half}&limit=1000", who))
        if step % 2:
            west, east = (west, middle) if inside else (middle, east)
        else:
            south, north = (south, middle) if inside else (middle, north)
    return (west + east) / 2, (south + north) / 2


def test_narrowing_a_box_leads_to_the_middle_of_the_commune_and_no_further(ask):
    assert narrow(ask, None, "incident", INCIDENT) == pytest.approx(MIDDLE, abs=0.005)
    assert narrow(ask, "auditor", "incident", INCIDENT) == pytest.approx(TRUE, abs=0.005)
    assert narrow(ask, "operator", "incident", INCIDENT) == pytest.approx(TRUE, abs=0.005)
    assert narrow(ask, "officer", "village_survey", SURVEY) == pytest.approx(SURVEYED, abs=0.005)
    assert narrow(ask, "elsewhere", "village_survey", SURVEY) == pytest.approx(MIDDLE, abs=0.005)


@SQLITE
def test_without_the_rule_of_precision_narrowing_would_lead_to_the_true_place(ask, monkeypatch, forgotten):
    monkeypatch.setattr(precision, "open_shapes", lambda model, shown: precision.shapes(model))
    assert narrow(ask, None, "incident", INCIDENT) == pytest.approx(TRUE, abs=0.005)


@SQLITE
def test_without_the_audience_of_a_disclosure_narrowing_would_lead_to_the_true_place(ask, monkeypatch, forgotten):
    monkeypatch.setattr(access, "_place_is_open", lambda far: Q(place_tier__isnull=False))
    assert narrow(ask, None, "incident", INCIDENT) == pytest.approx(TRUE, abs=0.005)


def test_one_reader_is_told_some_records_exactly_and_others_by_their_commune(ask):
    surveys = {each["id"]: each for each in json.loads(ask("village_survey/items", "operator").content)["features"]}
    assert surveys[SURVEY]["properties"]["place_precision"] == "exact"  # its own
    others = [each for id, each in surveys.items() if id != SURVEY]
    assert all(each["properties"]["place_precision"] != "exact" for each in others)
    assert surveys[SURVEY]["properties"]["operator"] == OWN


def test_numbers_are_counted_again_for_each_class_of_reader_and_when_something_changes(ask):
    number = {who: len(may_be_seen(who, "village_survey")) for who in (None, "elsewhere", "auditor")}
    for _again in range(2):
        for who, seen in number.items():
            for limit in (1, 100):  # counted by itself, and by the lines of a page that holds all
                answer = ask(f"village_survey/items?limit={limit}", who)
                assert json.loads(answer.content)["numberMatched"] == seen


def test_a_count_never_says_more_than_the_list(ask):
    """What is filtered by is shown of every record, so the number is that of the lines that match."""
    whole = json.loads(ask("village_survey/items?limit=1000", "elsewhere").content)["features"]
    answer = json.loads(ask("village_survey/items?filter=contaminated%3D'yes'", "elsewhere").content)
    assert answer["numberMatched"] == len([e for e in whole if e["properties"]["contaminated"] == "yes"]) > 0
