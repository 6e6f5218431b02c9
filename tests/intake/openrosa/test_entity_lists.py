"""Lists of records for phones: only what the form uses, only what the account may see, never what names people."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from kambila.accounts import granting, keys, people, roles
from kambila.accounts.scopes import Scope
from kambila.intake import decisions, forms
from kambila.intake.openrosa import entity_lists
from kambila.intake.openrosa.references import must_be_there, needed
from kambila.journal.errors import Problem
from kambila.registry.kinds import kinds
from tests.intake import tasking
from tests.intake.openrosa.forms_of_a_programme import visit
from tests.intake.people import area, casualty, programme_people
from tests.registry.telling import accept

WORDS = {"code", "classification", "status", "adm1", "sex", "full_name", "narrative", "age", "remarks"}


@pytest.fixture(autouse=True)
def world(programme: Any) -> None:
    programme_people()
    accept(area(code="BKO-HA-1"), by="omar")
    accept(area(record="22222222-2222-4222-8222-222222222222", adm1="ML08", code="BKO-HA-2"), by="omar")
    accept(casualty(code="BKO-CAS-1", names={0: {}, 1: {"full_name": "Aminata"}}), by="omar")


def rows(username: str, kind: str, words: set[str] = WORDS, key: bool = False) -> list[dict[str, str]]:
    account = people.find(username)
    roles.remember(account)
    return list(csv.DictReader(io.StringIO(entity_lists.listed(account, kind, words).content.decode())))


def test_a_list_has_the_columns_that_the_form_uses_and_none_that_identifies():
    found = rows("omar", "casualty")
    assert list(found[0]) == ["name", "label", "__version", "code", "adm1", "sex", "age", "status"]
    assert (found[0]["sex"], found[0]["age"]) == ("female", "9")
    assert "Aminata" not in str(found)


def test_a_list_holds_what_the_account_may_see():
    assert {each["code"] for each in rows("omar", "hazardous_area")} == {"BKO-HA-1", "BKO-HA-2"}
    assert {each["code"] for each in rows("kidal", "hazardous_area")} == {"BKO-HA-2"}
    assert rows("team", "hazardous_area") == []


def test_a_key_narrows_its_list():
    account = people.find("omar")
    key, _secret = keys.issue("omar", "app", "phone", "ana", places=["ML08"])
    narrowed = keys.opened(key)
    found = entity_lists.listed(narrowed, "hazardous_area", WORDS)
    assert found.rows == 1 and b"BKO-HA-2" in found.content
    assert entity_lists.listed(account, "hazardous_area", WORDS).rows == 2


def test_a_list_is_made_once_until_something_changes():
    account = people.find("omar")
    first = entity_lists.listed(account, "hazardous_area", WORDS)
    assert entity_lists.listed(account, "hazardous_area", WORDS) is first
    accept(area(date="2014-07-20", classification="sha"), by="omar")
    again = entity_lists.listed(account, "hazardous_area", WORDS)
    assert again is not first and again.hash != first.hash


def test_what_does_not_concern_a_list_leaves_its_hash_alone():
    account = people.find("kidal")
    before = entity_lists.listed(account, "hazardous_area", WORDS).hash
    accept(area(date="2014-07-20", classification="sha"), by="omar")
    assert entity_lists.listed(account, "hazardous_area", WORDS).hash == before


def test_phones_of_one_team_share_a_list():
    people.add("omar2")
    granting.grant("omar2", "information-officer", Scope(), "their work", "ana")
    first, second = (people.find(name) for name in ("omar", "omar2"))
    found = [entity_lists.listed(each, "hazardous_area", WORDS) for each in (first, second)]
    assert found[0] is found[1]


def test_a_form_that_asks_for_a_map_gets_the_geometry():
    point = {"type": "Polygon", "coordinates": [[[0, 16], [0.1, 16], [0.1, 16.1], [0, 16]]]}
    accept(area(date="2014-08-01", polygon=point), by="omar")
    found = rows("omar", "hazardous_area", {"geometry"})
    assert found[0]["geometry"].startswith("16 0 0 0;16 0.1 0 0")


def test_what_a_form_needs_is_read_from_it():
    found = needed(forms.definition_in(forms.compile_form(visit())))
    assert set(found.lists) == {"village"} and {"adm1", "adm2", "name", "label"} <= found.lists["village"]
    assert not found.files


def test_a_form_that_looks_things_up_where_there_is_nothing_is_refused():
    definition = forms.definition_in(
        forms.compile_form(visit().replace("village.csv", "towns.csv").replace("'village'", "'towns'"))
    )
    with pytest.raises(Problem, match="towns.csv"):
        must_be_there(definition, {})
    must_be_there(definition, {"towns.csv": b"name,label\n"})


def test_what_was_returned_is_a_list_with_what_must_be_mended():
    report = area(date="2014-07-20", code="BKO-HA-9", record="33333333-3333-4333-8333-333333333333")
    decisions.return_(report.id, "omar", "Which well?")
    found = rows(report.author, "returned", {"mend", "code"})
    assert [(each["name"], each["mend"]) for each in found] == [(report.id, "Which well?")]
    assert found[0]["label"].endswith(": Which well?")
    account = people.find(report.author)
    assert entity_lists.gone(account, "returned", [report.id, "x"]) == {report.id: False, "x": True}
    assert rows("viewer", "returned", {"mend"}) == []


def test_values_are_written_as_a_form_states_them():
    for kind in kinds():
        columns = entity_lists._columns(kind, set(entity_lists._fields(kind)))
        assert entity_lists.listed(people.find("omar"), kind, set(columns)).content.startswith(b"name,label,__version")


def test_phones_carry_the_tasks_that_were_issued_to_their_own_organisation():
    tasking.world("issued")
    other = {**tasking.ORDER, "operator": tasking.OTHER, "status": "issued", "code": "TO-2"}
    tasking.told("task", other)
    tasking.told("task", {**tasking.ORDER, "status": "drafted", "code": "TO-3"})
    people.add("sahel")
    granting.grant("sahel", "operator", Scope(organisation=tasking.OPERATOR), "their phones", "ana")
    assert [each["code"] for each in rows("sahel", "task")] == ["TO-1"]
    assert {each["code"] for each in rows("omar", "task")} == {"TO-1", "TO-2"}
