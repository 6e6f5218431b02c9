"""A submission becomes records by the form's own entity declarations."""

from __future__ import annotations

import re
import uuid

import pytest

from kambila.intake import submissions
from kambila.intake.definition import read
from kambila.intake.fill import fill
from kambila.intake.xml import parse
from kambila.journal.errors import Problem
from tests.intake.phone import ACCIDENT, compiled, sent

GIRL = {"full_name": "Aminata", "sex": "f", "age": 9, "outcome": "injured"}
ANSWERS = {"category": "erw", "date": "2014-06-18", "location": (16.27, -0.04), "circumstances": "She picked it up."}


def records(submission, kind):
    return [each for each in submission.records if each.kind == kind]


def test_an_accident_and_its_casualties_come_from_one_submission():
    said = sent({**ANSWERS, "anyone": "yes", "casualties": [GIRL, {"sex": "m", "outcome": "killed"}]})
    assert [each.kind for each in said.records] == ["incident", "casualty", "casualty"]
    assert said.records[0].values["category"] == "mine_erw"
    assert said.records[1].values == {"sex": "female", "age": 9, "outcome": "injured", "incident": said.records[0].id}


def test_a_row_is_linked_to_the_record_around_it():
    said = sent({**ANSWERS, "anyone": "yes", "casualties": [GIRL, GIRL]})
    (incident,) = records(said, "incident")
    assert {each.values["incident"] for each in records(said, "casualty")} == {incident.id}


def test_an_update_says_nothing_of_a_link_that_was_not_answered():
    xml = fill(ACCIDENT, {**ANSWERS, "casualties": [{**GIRL, "__id": str(uuid.UUID(int=8))}]})
    xml = re.sub(rb'(dataset="casualty" id="[^"]*") create="1"', rb'\1 update="1"', xml)
    said = submissions.read(ACCIDENT, parse(xml), lambda kind, code: None)
    assert "incident" not in records(said, "casualty")[0].values


def test_what_names_a_person_or_tells_a_story_is_kept_apart():
    said = sent({**ANSWERS, "anyone": "yes", "casualties": [GIRL]})
    assert records(said, "casualty")[0].opened == {"full_name": "Aminata"}
    assert records(said, "incident")[0].opened == {"circumstances": "She picked it up."}
    assert "Aminata" not in str([each.values for each in said.records])


def test_an_empty_answer_is_silent():
    assert set(records(sent({"category": "erw"}), "incident")[0].values) == {"category"}


def test_a_question_that_was_not_relevant_is_silent():
    xml = fill(ACCIDENT, ANSWERS).replace(b"<locality/>", b"")
    (incident,) = submissions.read(ACCIDENT, parse(xml), lambda kind, code: None).records
    assert "locality" not in incident.values


def test_an_answer_that_is_saved_to_nothing_stays_in_the_raw_submission():
    said = sent({**ANSWERS, "anyone": "no"})
    assert all("anyone" not in each.values for each in said.records)


def test_a_row_without_any_answer_is_no_record():
    assert len(records(sent({**ANSWERS, "casualties": [{}, GIRL]}), "casualty")) == 1


def test_a_row_that_only_answers_what_is_not_saved_is_a_record():
    assert len(records(sent({**ANSWERS, "casualties": [{"photo": "a.jpg"}]}), "casualty")) == 1


def test_files_are_named_also_when_they_are_saved_to_nothing():
    assert sent({**ANSWERS, "casualties": [{**GIRL, "photo": "a.jpg"}]}).files == ["a.jpg"]


def test_the_phone_gives_the_ids_of_records():
    mine = {"__id": {"incident": str(uuid.UUID(int=7))}}
    assert sent({**ANSWERS, **mine}).records[0].id == str(uuid.UUID(int=7))


def test_a_record_without_an_id_gets_the_same_one_each_time():
    xml = fill(ACCIDENT, {**ANSWERS, "casualties": [GIRL, GIRL]}, instance="uuid:one")
    bare = re.sub(rb' id="[0-9a-f-]{36}"', b' id=""', xml)
    first, second = (submissions.read(ACCIDENT, parse(bare), lambda kind, code: None) for _ in range(2))
    assert [each.id for each in first.records] == [each.id for each in second.records]
    assert len({each.id for each in first.records}) == 3


def test_a_correction_keeps_the_ids_that_were_given_before():
    xml = re.sub(rb' id="[0-9a-f-]{36}"', b' id=""', fill(ACCIDENT, ANSWERS, instance="uuid:one"))
    edit = xml.replace(b"uuid:one", b"uuid:two")
    before = submissions.read(ACCIDENT, parse(xml), lambda kind, code: None)
    after = submissions.read(ACCIDENT, parse(edit), lambda kind, code: None, "uuid:one")
    assert [each.id for each in before.records] == [each.id for each in after.records]


def test_the_date_of_information_is_that_of_the_event():
    assert sent(ANSWERS, day="2014-06-20").date == "2014-06-18"


def test_without_an_event_it_is_the_day_on_the_phone():
    assert sent({"category": "erw"}, day="2014-06-20").date == "2014-06-20"


def test_a_question_called_date_of_information_comes_first():
    xform = compiled().replace(b"/data/what/anyone", b"/data/what/date_of_information")
    form = read(xform.replace(b"<anyone/>", b"<date_of_information/>"))
    xml = fill(form, {**ANSWERS, "date_of_information": "2014-06"})
    assert submissions.read(form, parse(xml), lambda kind, code: None).date == "2014-06"


def test_meta_in_the_namespace_of_openrosa_is_read_too():
    xml = fill(ACCIDENT, ANSWERS, instance="uuid:a", deprecated="uuid:b")
    prefixed = xml.replace(b"<meta><instanceID>", b'<o:meta xmlns:o="http://openrosa.org/xforms"><o:instanceID>')
    prefixed = prefixed.replace(b"</instanceID><deprecatedID>", b"</o:instanceID><o:deprecatedID>")
    prefixed = prefixed.replace(b"</deprecatedID></meta>", b"</o:deprecatedID></o:meta>")
    assert submissions.instance_of(parse(prefixed)) == ("uuid:a", "uuid:b")


def test_a_submission_without_an_id_is_refused():
    xml = fill(ACCIDENT, ANSWERS, instance="uuid:a").replace(b"<instanceID>uuid:a</instanceID>", b"")
    with pytest.raises(Problem, match="instanceID"):
        submissions.read(ACCIDENT, parse(xml), lambda kind, code: None)


def updating(xml: bytes, id: str, more: str = "") -> bytes:
    return re.sub(rb'(dataset="incident") id="[^"]*" create="1"', rf'\1 id="{id}" update="1"{more}'.encode(), xml)


def test_an_update_names_its_record_and_the_version_that_the_phone_held():
    id = str(uuid.UUID(int=7))
    xml = updating(fill(ACCIDENT, ANSWERS), id, ' baseVersion="3"')
    (said,) = submissions.read(ACCIDENT, parse(xml), lambda kind, code: None).records
    assert (said.id, said.is_created, said.base_version) == (id, False, 3)


def test_an_update_may_name_its_record_by_code():
    known = {("incident", "GAO-INC-00001"): str(uuid.UUID(int=7))}
    xml = updating(fill(ACCIDENT, ANSWERS), "GAO-INC-00001")
    (said,) = submissions.read(ACCIDENT, parse(xml), lambda kind, code: known.get((kind, code))).records
    assert said.id == str(uuid.UUID(int=7))


def test_an_update_of_nothing_is_refused():
    with pytest.raises(Problem) as caught:
        submissions.read(ACCIDENT, parse(updating(fill(ACCIDENT, ANSWERS), "")), lambda kind, code: None)
    assert caught.value.code == "update-without-record"


def test_an_entity_whose_condition_is_false_is_no_record():
    xml = fill(ACCIDENT, ANSWERS).replace(b'create="1"', b'create="false"')
    assert submissions.read(ACCIDENT, parse(xml), lambda kind, code: None).records == []
