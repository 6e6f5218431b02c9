"""Decisions at the door: who may, what must be said, what takes one person and what two."""

from __future__ import annotations

import pytest
from django.db import connection

from kambila.accounts import granting
from kambila.accounts.scopes import Scope
from kambila.intake import decisions
from kambila.intake.corrections import correct
from kambila.intake.lookup import entry_of, find_record
from kambila.journal import read_part
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.journal.verify import verify_all
from kambila.registry import history
from kambila.registry.models import Conflict, Report
from tests.intake.people import area, casualty, incident, programme_people
from tests.registry.telling import C2, H2, C, H, I, at, change, known, report

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def people(programme):
    at("2014-06-29")
    programme_people()


def refused(code, function, *args, **more):
    with pytest.raises(Problem) as caught:
        function(*args, **more)
    assert caught.value.code == code
    assert str(caught.value)


def accept(entry, author="omar", **more):
    return decisions.accept(entry.id, author, "seen", **more)


def status(entry):
    return Report.objects.get(pk=entry.id).status


def test_an_accepted_report_counts():
    result = accept(casualty())
    assert (result.effective, result.waits, result.remains) == (True, False, [])
    assert known(C).age == 9


def test_errors_keep_a_report_out():
    r = casualty(age="nine")
    refused("report-blocked", accept, r)
    assert status(r) == "waiting"


def test_a_warning_needs_an_answer_which_is_kept_sealed():
    r = casualty(outcome="lost")
    refused("warnings-unanswered", accept, r)
    result = accept(r, answers="the form was an older one")
    from kambila.journal.entry import Entry
    from kambila.journal.models import EntryRow

    row = EntryRow._default_manager.get(id=result.id)
    entry = Entry(row.id, row.node, row.seq, row.tick, row.kind, row.schema, row.recorded, row.author, row.body,
                  row.sealed, row.prev, row.hash)  # fmt: skip
    assert b"older one" in read_part(named(entry.sealed, "answers"))
    assert read_part(named(entry.sealed, "reason")) == b"seen"
    assert "older one" not in row.body


def test_a_decision_needs_a_reason():
    refused("no-reason", decisions.accept, casualty().id, "omar", "  ")


def test_nobody_decides_without_the_right():
    r = casualty()
    refused("may-not", accept, r, author="viewer")
    refused("may-not", accept, r, author="kidal")
    refused("no-account", accept, r, author="nobody")


def test_an_officer_decides_within_the_place_of_the_role():
    r = report(change(I, {"category": "mine_erw", "date": "2014-06-18", "device": "uxo", "adm1": "ML08"}, "incident"),
               date="2014-06-20")  # fmt: skip
    assert accept(r, author="kidal").effective


def test_a_report_that_does_not_exist_is_named():
    refused("no-such-report", decisions.accept, "GAO-R-99999", "omar", "seen")


def test_a_report_is_not_accepted_twice():
    r = casualty()
    accept(r)
    refused("already-decided", accept, r)


def test_a_code_names_a_report():
    r = casualty(code="GAO-R-00012")
    decisions.accept("GAO-R-00012", "omar", "seen")
    assert status(r) == "accepted"


def test_what_was_known_is_shown_so_that_a_later_report_is_no_conflict():
    accept(casualty())
    later = report(change(C, {"age": 10}), date="2014-06-20")
    assert decisions.shown_for(later.id)["0"]["age"]
    accept(later)
    assert known(C).age == 10
    assert not Conflict.objects.exists()


def test_a_blind_acceptance_leaves_a_conflict_which_the_result_names():
    accept(casualty())
    later = report(change(C, {"age": 10}), date="2014-06-20")
    result = accept(later, base={})
    assert result.conflicts == (("casualty", C, "age"),)
    assert "age" in result.remains[0]


def test_resolve_overrules_all_the_others():
    r1 = casualty()
    accept(r1)
    for age in (10, 11):
        accept(report(change(C, {"age": age}), date="2014-06-20"), base={})
    decisions.resolve("casualty", C, "age", r1.id, "omar", "the mother says nine")
    assert known(C).age == 9
    assert not Conflict.objects.exists()


def test_only_a_side_can_be_chosen():
    accept(casualty())
    refused("not-a-side", decisions.resolve, "casualty", C, "age", "x/0", "omar", "why")


def test_withdrawing_a_confirmed_area_takes_two_people():
    r = area()
    accept(r, answers="the team saw it from the road")
    result = decisions.withdraw(r.id, "omar", "a mistake")
    assert result.waits and not result.effective and "countersign" in result.remains[0]
    assert known(H, "hazardous_area") is not None
    assert [each.id for each in decisions.waiting_decisions()] == [result.id]
    refused("own-countersign", decisions.countersign, result.id, "omar", "agreed")
    refused("may-not", decisions.countersign, result.id, "viewer", "agreed")
    assert decisions.countersign(result.id, "fatou", "agreed").effective
    assert known(H, "hazardous_area") is None
    refused("does-not-wait", decisions.countersign, result.id, "fatou", "again")


def test_rejecting_an_unconfirmed_danger_takes_two_people_unless_another_report_stands():
    one, other = incident(), incident()
    assert decisions.reject(one.id, "omar", "a duplicate").waits
    assert decisions.reject(one.id, "omar", "a duplicate", stands=other.id).effective
    assert status(one) == "rejected"


def test_a_returned_danger_still_waits_for_its_reporter():
    r = incident()
    assert decisions.return_(r.id, "omar", "where was it?").effective
    assert status(r) == "returned"


def test_who_reported_may_take_a_waiting_report_back():
    r = report(change(C, {"age": 9}), date="2014-06-20")
    assert decisions.withdraw(r.id, "team", "sent twice").effective
    accepted = casualty()
    accept(accepted)
    refused("may-not", decisions.withdraw, accepted.id, "team", "sent twice")


def test_two_records_become_one_and_two_again():
    accept(casualty(code="R-1"))
    accept(casualty(record=C2), answers="another girl of nine")
    assert decisions.same_as("casualty", C, C2, "omar", "one girl").effective
    assert history.find(C2) == [("casualty", C)]
    decisions.not_same_as("casualty", C, C2, "omar", "two girls after all")
    assert known(C2) is not None


def test_a_code_of_a_merged_record_names_that_record():
    accept(casualty(code="R-1"))
    second = report(change(C2, {"code": "GAO-CAS-2", "sex": "female", "incident": I, "outcome": "injured",
                                "status": "civilian"}), date="2014-06-20")  # fmt: skip
    accept(second)
    decisions.same_as("casualty", C, "GAO-CAS-2", "omar", "one girl")
    assert find_record("casualty", "GAO-CAS-2") == C2


def test_one_record_is_not_the_same_as_itself():
    accept(casualty())
    refused("same-record", decisions.same_as, "casualty", C, C, "omar", "why")


def test_a_record_is_retired_and_restored():
    accept(casualty())
    refused("not-retired", decisions.restore, "casualty", C, "omar", "why")
    decisions.retire("casualty", C, "omar", "not in our country")
    assert known(C) is None
    refused("not-shown", decisions.retire, "casualty", C, "omar", "again")
    decisions.restore("casualty", C, "omar", "it is after all")
    assert known(C) is not None


def test_a_record_is_disclosed_until_a_day_and_closed_again():
    accept(area(), answers="the team saw it from the road")
    refused("may-not", decisions.disclose, "hazardous_area", H, "omar", "why", "public")
    decisions.disclose("hazardous_area", H, "ana", "people walk there", "public", "commune", "2014-12-31")
    shown = known(H, "hazardous_area")
    assert (shown.record_tier, str(shown.tier_until)) == ("public", "2014-12-31")
    decisions.close("hazardous_area", H, "ana", "fenced", "public")
    assert known(H, "hazardous_area").record_tier != "public"
    refused("unknown-audience", decisions.disclose, "hazardous_area", H, "ana", "why", "press")
    refused("unknown-precision", decisions.disclose, "hazardous_area", H, "ana", "why", "public", "village")
    refused("bad-day", decisions.disclose, "hazardous_area", H, "ana", "why", "public", "", "soon")


def test_many_reports_are_accepted_in_one_append_and_a_review_is_left_out_only_with_a_ground():
    reports = [casualty(record=f"00000000-0000-7000-8000-00000000c{n:03}").id for n in range(5)]
    refused("no-ground", decisions.accept_many, reports, "omar", "imported", unreviewed=" ")
    results = decisions.accept_many(reports, "omar", "imported", unreviewed="checked in the older system")
    assert [each.effective for each in results] == [True] * 5


def test_one_bad_report_keeps_all_of_a_batch_out():
    good, bad = casualty(), casualty(record=C2, age="nine")
    refused("report-blocked", decisions.accept_many, [good.id, bad.id], "omar", "seen", "yes")
    assert status(good) == "waiting"


def test_a_correction_restates_the_report_and_counts_when_it_is_accepted():
    r = casualty()
    accept(r)
    edit = correct(r.id, {"age": "19"}, "omar", "read wrongly")
    assert edit.body["edits"] == r.id and edit.body["changes"][1]["values"]["sex"] == "female"
    assert known(C).age == 9
    accept(edit)
    assert known(C).age == 19


def test_a_correction_keeps_sealed_parts_by_commitment():
    r = casualty(names={1: {"full_name": "Aïssata", "contact": "74 00 00 00"}})
    edit = correct(r.id, {"age": "19"}, "omar", "read wrongly")
    for name in ("change-1", "submission"):
        assert named(edit.sealed, name) == named(r.sealed, name)


def test_a_sealed_value_is_corrected_in_a_sealed_part_of_its_own():
    r = casualty(names={1: {"full_name": "Aïssata", "contact": "74 00 00 00"}})
    edit = correct(r.id, {"full_name": "Aminata"}, "omar", "the name was another")
    said = edit.body["changes"][1]["sealed"]
    assert read_part(named(edit.sealed, said["full_name"])) == b'{"full_name":"Aminata"}'
    assert said["contact"] == "change-1"
    assert "Aminata" not in edit.body_text


def test_a_correction_names_what_it_cannot_do():
    r = casualty()
    refused("no-such-field", correct, r.id, {"1/colour": "red"}, "omar", "why")
    refused("which-change", correct, r.id, {"adm2": None, "colour": "red"}, "omar", "why")
    refused("unreadable-value", correct, r.id, {"age": "nine"}, "omar", "why")
    refused("nothing-corrected", correct, r.id, {"age": "9"}, "omar", "why")
    refused("may-not", correct, r.id, {"age": "10"}, "viewer", "why")


def test_an_empty_value_is_stated_unknown():
    edit = correct(casualty().id, {"age": ""}, "team", "nobody knows")
    assert edit.body["changes"][1]["values"]["age"] is None


def bytes_of(programme):
    """Everything that a programme has on disk."""
    return b"".join(path.read_bytes() for path in sorted(programme.path.rglob("*")) if path.is_file())


def held_anywhere(word):
    """Whether a word stands in any part that the database holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM journal_part WHERE content IS NOT NULL")
        return any(word.encode() in bytes(row[0]) for row in cursor.fetchall())


def test_an_erased_name_is_nowhere_also_when_it_comes_again(programme):
    name = "Zeinabou-canary"
    r = casualty(names={1: {"full_name": name}}, raw=name)
    accept(r)
    assert held_anywhere(name)
    refused("may-not", decisions.erase, "casualty", C, "omar", "why", "law 2013-015")
    refused("no-authority", decisions.erase, "casualty", C, "ana", "why", " ")
    result = decisions.erase("casualty", C, "ana", "her family asked", "law 2013-015")
    assert result.effective
    late = report(change(C, {"age": 9}), date="2014-06-21", names={0: {"full_name": name}}, raw=name)
    accept(late)
    connection.close()
    assert not held_anywhere(name)
    assert name.encode() not in bytes_of(programme)
    assert known(C).age == 9


def test_an_erasure_takes_all_that_were_merged():
    accept(casualty())
    accept(casualty(record=C2, names={1: {"full_name": "Zeinabou-canary"}}), answers="another girl of nine")
    decisions.same_as("casualty", C, C2, "omar", "one girl")
    decisions.erase("casualty", C, "ana", "asked", "law 2013-015")
    assert not held_anywhere("Zeinabou-canary")


def test_an_erasure_takes_what_was_said_when_the_report_was_decided_about():
    r = casualty()
    decisions.accept(r.id, "omar", "Zeinabou-canary is in our register")
    decisions.erase("casualty", C, "ana", "asked", "law 2013-015")
    assert not held_anywhere("Zeinabou-canary")
    decisions.withdraw(r.id, "omar", "Zeinabou-canary, once more")
    assert not held_anywhere("Zeinabou-canary")
    assert verify_all().findings == []


def test_an_erasure_takes_what_was_said_when_the_record_was_decided_about_and_under_a_signature():
    accept(area(), answers="seen on the spot")
    decision = decisions.retire("hazardous_area", H, "omar", "Zeinabou-canary says that it was never mined").id
    decisions.countersign(decision, "ana", "Zeinabou-canary was there")
    decisions.erase("hazardous_area", H, "ana", "asked", "law 2013-015")
    assert not held_anywhere("Zeinabou-canary")


def test_an_erasure_leaves_what_was_said_about_others():
    accept(casualty())
    decisions.accept(casualty(record=C2).id, "omar", "Zeinabou-canary is in our register", answers="another girl")
    decisions.erase("casualty", C, "ana", "asked", "law 2013-015")
    assert held_anywhere("Zeinabou-canary")


def test_who_was_erased_does_not_come_back_by_a_merge():
    accept(casualty())
    accept(casualty(record=C2, names={1: {"full_name": "Zeinabou-canary"}}), answers="another girl of nine")
    decisions.erase("casualty", C, "ana", "asked", "law 2013-015")
    refused("merged-with-erased", decisions.same_as, "casualty", C, C2, "omar", "one girl")
    decisions.erase("casualty", C2, "ana", "she is the same girl", "law 2013-015")
    assert decisions.same_as("casualty", C, C2, "omar", "one girl").effective


def test_nor_by_a_second_signature_under_a_merge_that_was_said_before():
    accept(area(), answers="seen on the spot")
    accept(area(record=H2), answers="another one")
    merge = decisions.same_as("hazardous_area", H, H2, "omar", "one area").id
    decisions.erase("hazardous_area", H, "ana", "asked", "law 2013-015")
    refused("merged-with-erased", decisions.countersign, merge, "ana", "so it is")


def test_a_correction_can_be_made_by_who_reported_and_by_nobody_else_without_reading():
    granting.grant("viewer", "reporter", Scope(), "their work", "ana")
    r = casualty()
    assert entry_of(correct(r.id, {"age": "8"}, "team", "miscounted").id).author == "team"
