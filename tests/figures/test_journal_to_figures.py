"""From reports to figures and releases, through the journal, on both databases."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kambila.figures import columns, commands
from kambila.figures.definitions import all_figures
from kambila.figures.diff import diff
from kambila.figures.evaluate import evaluate, evaluate_all, figure_of, records
from kambila.figures.evidence import reports_behind
from kambila.figures.models import Release
from kambila.figures.paths import needed
from kambila.figures.releases import content_of, create_release, release_of
from kambila.journal import Draft, append, heads, projections, read_part, verify
from kambila.journal.errors import Problem
from tests.journal.test_verify import alter
from tests.registry.telling import C2, C, H, I, V, accept, at, change, decide, report, say

pytestmark = pytest.mark.usefixtures("programme")
ERW = "erw-civilian-casualties"
CIVILIAN = {"incident": I, "status": "civilian", "outcome": "injured", "sex": "female", "age": 9}
C3 = "00000000-0000-7000-8000-0000000000c3"


@pytest.fixture(autouse=True)
def _in_summer() -> None:
    at("2014-07-01")


def accident(date: str, *casualties: str, **values: object):
    """An accepted report of an accident with civilians."""
    rows = [change(each, {**CIVILIAN, **values}) for each in casualties]
    entry = report(change(I, {"category": "mine_erw", "date": date}, "incident"), *rows, date="2014-06-20")
    accept(entry)
    return entry


def value(id: str, as_of: str = "") -> object:
    return evaluate(figure_of(id), as_of).value


def test_example_18_a_year_counts_as_a_whole():
    accident("2013", C)
    assert value(ERW) == value(ERW, "2013-12-31") == 1
    assert value(ERW, "2013-06-30") == 0
    assert evaluate(figure_of(ERW), by="month").cells == {"unknown": 1}
    assert evaluate(figure_of(ERW), by="year").cells == {"2013": 1}


def test_one_more_accepted_casualty_counts_and_withdrawn_it_does_not():
    accident("2014-06-01", C)
    more = report(change(C2, CIVILIAN), date="2014-06-20")
    assert value(ERW) == 1
    accept(more)
    assert value(ERW) == 2
    decide("withdraw", more)
    assert value(ERW) == 1


def test_a_casualty_counts_when_its_incident_comes():
    accept(report(change(C, CIVILIAN), date="2014-06-20"))
    assert value(ERW) == 0
    accept(report(change(I, {"category": "mine_erw", "date": "2014-06-01"}, "incident"), date="2014-06-20"))
    assert value(ERW) == 1


def test_each_record_leads_to_its_reports_and_to_the_bytes_that_were_submitted():
    first = accident("2014-06-01", C, C2)
    second = report(change(C, {"age": 10}), date="2014-06-25")
    accept(second)
    say("same-as", kind="casualty", records=[C, C2])
    [found] = records(figure_of(ERW))
    assert reports_behind(found.kind, [found.id]) == {found.id: sorted([first.id, second.id])}
    assert read_part(first.sealed[0]["commitment"]) == b'["", {}]'


def test_a_village_surveyed_twice_counts_once_at_its_first_visit():
    for number, day in enumerate(("2014-03-01", "2014-05-01")):
        survey = f"00000000-0000-7000-8000-0000000000e{number}"
        accept(report(change(survey, {"village": V, "date": day}, "village_survey"), date=day))
    assert value("villages-surveyed") == 1
    assert evaluate(figure_of("villages-surveyed"), by="month").cells == {"2014-03": 1}


def test_only_what_changed_is_exported_again():
    accident("2014-06-01", C, C2)
    wanted = needed(all_figures().values())
    with columns.opened() as using:
        assert columns.refresh(using, wanted) == 0
    accept(report(change(C2, {"outcome": "killed"}), date="2014-06-25"))
    with columns._lock:
        using = columns._open(columns.directory.current().path / "columns.duckdb")
        assert 1 <= columns.refresh(using, wanted) <= 2  # the casualty, and the incident in which it is counted
        using.close()
    assert value("erw-civilian-casualties-killed") == 1


def test_columns_may_be_deleted_or_spoilt_at_any_time(programme):
    accident("2014-06-01", C)
    assert value(ERW) == 1
    (programme.path / "columns.duckdb").write_bytes(b"not a database")
    assert value(ERW) == 1


def test_a_state_on_another_day_needs_a_replay():
    with pytest.raises(Problem, match="replay"):
        evaluate(figure_of("hazardous-areas"), "2014-01-01")


def test_every_figure_is_evaluated_at_once():
    assert {each.figure.id for each in evaluate_all()} == set(all_figures())


def released(title: str, day: str) -> Release:
    entry = create_release(title, "manager", "Monthly", as_of=day)
    return release_of(entry.id)


def classes(one: Release, two: Release, id: str = ERW) -> dict[str, int]:
    [found] = [each for each in diff(one, two) if each.id == id]
    return {name: each.records for name, each in found.revisions.items()}


def test_example_23_a_release_stays_and_the_next_says_what_changed_and_why():
    accident("2014-06-01", C, C2)
    gone = report(change(C3, CIVILIAN), date="2014-06-20")
    accept(gone)
    one = released("June 2014", "2014-06-30")
    at("2014-07-20")
    late = "00000000-0000-7000-8000-0000000000c4"
    reported = report(change(late, CIVILIAN), date="2014-06-25")
    accept(reported)
    say("same-as", kind="casualty", records=[C, C2])
    decide("withdraw", gone)
    at("2014-07-31")
    two = released("July 2014", "2014-07-31")
    assert classes(one, two) == {"late-report": 1, "merge": 1, "withdrawal": 1}
    assert (one.values[ERW], two.values[ERW]) == (3, 2)
    assert content_of(release_of(one.id))["figures"] == content_of(one)["figures"]
    [found] = [each for each in diff(one, two) if each.id == ERW]
    assert found.revisions["late-report"].reports == [reported.id]


def test_example_22_a_tail_that_was_cut_off_with_the_release_in_it_is_found():
    accident("2014-06-01", C)
    released("June 2014", "2014-06-30")
    accident("2014-06-02", C2)
    signed = heads.signed_heads()[-1]
    alter(f"DELETE FROM journal_entry WHERE seq > {signed.seq - 3}")
    for findings in (verify.verify_all().findings, verify.verify_since_checkpoint()):
        assert ("head", signed.seq) in [(each.code, each.values["seq"]) for each in findings]
    assert signed.hash in str(verify.verify_since_checkpoint()[0])


def test_example_20_what_was_counted_stays_counted_when_the_name_is_erased():
    accept(report(change(I, {"category": "mine_erw", "date": "2014-06-01"}, "incident"), date="2014-06-20"))
    named = {0: {"full_name": "Aminata Zzyzx"}}
    accept(report(change(C, CIVILIAN), date="2014-06-20", names=named))
    before = evaluate(figure_of(ERW), by="sex")
    append([Draft("erase", "manager", {"records": [["casualty", C]], "authority": "the family"})])
    after = evaluate(figure_of(ERW), by="sex")
    assert (after.value, after.cells) == (before.value, before.cells) == (1, {"female": 1})


def test_an_edit_is_a_correction_and_a_later_event_is_new():
    r1 = accident("2014-06-01", C, C2)
    one = released("June 2014", "2014-06-30")
    at("2014-07-20")
    mended = [change(each, {**CIVILIAN, "status": "military"}) for each in (C,)] + [change(C2, CIVILIAN)]
    edit = report(
        change(I, {"category": "mine_erw", "date": "2014-06-01"}, "incident"), *mended, date="2014-06-20", edits=r1.id
    )
    accept(edit)
    later = "00000000-0000-7000-8000-0000000000a2"
    accept(
        report(
            change(later, {"category": "mine_erw", "date": "2014-07-10"}, "incident"),
            change(C3, {**CIVILIAN, "incident": later}),
            date="2014-07-12",
        )
    )
    two = released("July 2014", "2014-07-31")
    assert classes(one, two) == {"correction": 1, "new": 1}


def test_a_release_signs_the_head_and_a_replay_knows_it():
    accident("2014-06-01", C)
    one = released("June 2014", "2014-06-30")
    assert heads.signed_heads()[-1].hash == next(iter(heads.head().values()))[1]
    projections.rebuild()
    assert [(each.id, each.values[ERW]) for each in Release.objects.all()] == [(one.id, 1)]


def test_a_release_freezes_the_words_of_the_definition_in_both_languages():
    one = released("June 2014", "2014-06-30")
    [frozen] = [each for each in content_of(one)["figures"] if each["id"] == ERW]
    assert set(frozen["definition"]["title"]) == {"en", "fr"}
    assert frozen["contributions"] == []


def run(*arguments: str):
    [command] = [each for each in commands.COMMANDS if each.name == arguments[0]]
    result = CliRunner().invoke(command, [*arguments[1:], "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_command_figures_lists_values():
    accident("2014-06-01", C)
    [row] = [each for each in run("figures") if each["id"] == ERW]
    assert (row["value"], row["unit"], row["period"]) == (1, "persons", {"since": "2012-01-01", "until": None})
    assert set(row) == {"id", "title", "value", "unit", "period", "as_of", "known_at"}


def test_the_command_figure_opens_the_records():
    entry = accident("2014-06-01", C)
    told = run("figure", ERW, "--records", "--by", "sex")
    assert told["cells"] == {"female": 1}
    assert told["records"] == [{"kind": "casualty", "id": C, "code": "", "contributes": 1, "reports": [entry.id]}]


def test_known_at_replays_what_was_known_then():
    accident("2014-06-01", C)
    at("2014-07-10")
    accept(report(change(C2, CIVILIAN), date="2014-06-25"))
    [row] = [each for each in run("figures", "--known-at", "2014-07-05") if each["id"] == ERW]
    assert row["value"] == 1
    assert value(ERW) == 2


def test_as_of_replays_states():
    accept(report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014-06-20"))
    assert run("figure", "hazardous-areas")["value"] == 1
    assert run("figure", "hazardous-areas", "--as-of", "2014-06-01")["value"] == 0
