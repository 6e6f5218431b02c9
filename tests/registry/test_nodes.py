"""Examples of the contract that need two offices, a restored directory, or a look at the past."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kambila.journal import backup, directory, exchange, heads, nodes, verify
from kambila.journal.directory import Directory
from kambila.registry.kinds import kinds
from kambila.registry.replay import replayed
from tests.registry.telling import C, H, I, accept, at, change, countersign, decide, known, report

Reopen = Callable[[Directory], Directory]


@pytest.fixture
def offices(new_programme: Callable[..., Directory]) -> dict[str, Directory]:
    at("2014-01-01")
    made = {}
    for name, prefix in (("Gao", "GAO"), ("Bamako", "BKO")):
        made[prefix] = new_programme(name, prefix)
        nodes.introduce()
    return made


def send(sender: Directory, receiver: Directory, reopen: Reopen) -> exchange.Brought:
    """Carry everything that the receiver lacks from one office to the other; the receiver is open afterwards."""
    reopen(receiver)
    since = heads.head()
    reopen(sender)
    file = sender.path / "to-send.kambila"
    exchange.export(file, since)
    reopen(receiver)
    return exchange.bring_in(file)


def registry() -> dict[str, list[dict[str, Any]]]:
    """Every record of every kind, field by field, but for when it was written here."""
    rows = {}
    for kind, model in kinds().items():
        found = [{k: v for k, v in row.items() if k != "revision"} for row in model.objects.order_by("id").values()]
        if found:
            rows[kind] = found
    return rows


def test_07_an_edit_holds_for_the_past_and_what_was_known_then_is_still_told(programme: Directory) -> None:
    at("2014-07-01")
    r1 = report(change(C, {"sex": "female", "age": 9}), date="2014-06-20")
    accept(r1)
    at("2014-07-20")
    r2 = report(change(C, {"sex": "female", "age": 19}), date="2014-06-20", edits=r1.id)
    at("2014-07-21")
    accept(r2)
    with replayed(as_of="2014-06-22"):
        assert known(C).age == 19
    with replayed(known_at="2014-07-01T23:59:59Z"):
        assert known(C).age == 9


def test_13_what_another_office_recorded_is_known_from_its_receipt(
    offices: dict[str, Directory], reopen: Reopen
) -> None:
    reopen(offices["GAO"])
    at("2014-06-29")
    accept(report(change(C, {"age": 9}), date="2014-06-20"))
    at("2014-07-10")
    send(offices["GAO"], offices["BKO"], reopen)
    assert known(C).age == 9
    with replayed(known_at="2014-06-30T23:59:59Z"):
        assert known(C) is None
    reopen(offices["GAO"])
    with replayed(known_at="2014-06-30T23:59:59Z"):
        assert known(C).age == 9


def test_16_an_imported_decision_that_was_never_countersigned_has_no_effect(
    offices: dict[str, Directory], reopen: Reopen
) -> None:
    from kambila.registry.models import Decision

    reopen(offices["BKO"])
    at("2014-06-20")
    r = report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014-06-01")
    accept(r)
    withdrawn = decide("withdraw", r)
    countersign(withdrawn, by="officer")  # by the same person; no door stood before it
    send(offices["BKO"], offices["GAO"], reopen)
    assert known(H, "hazardous_area") is not None
    assert [each.id for each in Decision.objects.filter(waits=True)] == [withdrawn.id]
    countersign(withdrawn, by="manager in Gao")
    assert known(H, "hazardous_area") is None
    send(offices["GAO"], offices["BKO"], reopen)
    assert known(H, "hazardous_area") is None


def test_24_order_goes_by_tick_when_a_clock_is_a_year_slow(offices: dict[str, Directory], reopen: Reopen) -> None:
    reopen(offices["BKO"])
    at("2014-06-20")
    r = report(change(C, {"age": 9}), date="2014-06-20")
    accept(r)
    at("2013-06-21")
    send(offices["BKO"], offices["GAO"], reopen)
    decide("withdraw", r)
    assert known(C) is None
    at("2014-06-22")
    send(offices["GAO"], offices["BKO"], reopen)
    assert known(C) is None


def test_25_a_restored_directory_knows_what_the_old_one_knew(
    new_programme: Callable[..., Directory], reopen: Reopen, tmp_path: Path
) -> None:
    at("2014-06-01")
    old = new_programme("Bamako", "BKO")
    nodes.introduce()
    accept(report(change(C, {"age": 9}), date="2014-05-20"))
    at("2014-06-20")
    accept(report(change(C, {"age": 10}), date="2014-06-10"))
    before = registry()
    backup.backup(tmp_path / "kept.kambila")
    at("2014-07-01")
    restored = backup.restore(tmp_path / "kept.kambila", tmp_path / "restored", database="")
    assert restored.node.id != old.node.id
    assert registry() == before
    with replayed(known_at="2014-06-10T00:00:00Z"):
        assert known(C).age == 9


def test_26_offices_that_exchange_come_to_rest_with_equal_registries(
    offices: dict[str, Directory], reopen: Reopen
) -> None:
    at("2014-06-25")
    reopen(offices["GAO"])
    accept(report(change(C, {"age": 9, "incident": I}), date="2014-06-20"))
    reopen(offices["BKO"])
    accept(report(change(C, {"age": 11}), date="2014-06-20"))
    rounds = 0
    while rounds < 10:
        first = send(offices["GAO"], offices["BKO"], reopen)
        second = send(offices["BKO"], offices["GAO"], reopen)
        rounds += 1
        if not set(first.entries) - {"receive"} and not set(second.entries) - {"receive"}:
            break
    assert rounds <= 3
    here = registry()
    reopen(offices["BKO"])
    assert registry() == here


def test_20_an_erased_name_is_nowhere_also_when_it_comes_again(
    offices: dict[str, Directory], reopen: Reopen, tmp_path: Path
) -> None:
    from kambila.journal import Draft, append

    reopen(offices["BKO"])
    at("2014-06-25")
    accept(report(change(C, {"age": 9}), date="2014-06-20", names={0: {"full_name": "Aminata Zzyzx"}}))
    erase = append([Draft("erase", "manager", {"records": [["casualty", C]], "authority": "the family"})])[0]
    reopen(offices["GAO"])
    accept(report(change(C, {"sex": "female"}), date="2014-06-24", names={0: {"full_name": "Aminata Zzyzx"}}))
    reopen(offices["BKO"])
    since = heads.head()
    reopen(offices["GAO"])
    exchange.export(tmp_path / "late", since, exchange.everything)
    reopen(offices["BKO"])
    exchange.bring_in(tmp_path / "late")
    backup.backup(tmp_path / "kept")
    assert (known(C).age, known(C).sex) == (9, "female")
    assert verify.verify_all().findings == []
    assert verify.verify_all().parts["erased"] == 4
    found = [f for f in offices["BKO"].path.rglob("*") if f.is_file() and b"Zzyzx" in f.read_bytes()]
    assert found == []
    assert b"Zzyzx" not in _unpacked(tmp_path / "kept")
    assert erase.id in set(_erased_by())


def _erased_by() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM journal_erased")
        return [row[0] for row in cursor.fetchall()]


def _unpacked(path: Path) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as file:
        return b"".join(file.read(name) for name in file.namelist())


def test_18_a_year_alone_counts_when_all_of_it_has_passed(programme: Directory) -> None:
    at("2014-03-01")
    accept(report(change(I, {"category": "mine_erw", "date": "2013"}, "incident"), date="2014-02-01"))
    found = known(I, "incident")
    assert (str(found.date_first), str(found.date_last)) == ("2013-01-01", "2013-12-31")


def test_as_of_a_day_a_state_is_what_it_was(programme: Directory) -> None:
    at("2014-07-01")
    accept(report(change(I, {"classification": "sha"}, "hazardous_area"), date="2014-05-01"))
    accept(report(change(I, {"classification": "cha"}, "hazardous_area"), date="2014-06-15"))
    with replayed(as_of="2014-06-01"):
        assert known(I, "hazardous_area").classification == "sha"
    assert known(I, "hazardous_area").classification == "cha"


def test_a_replay_cannot_be_written_to(programme: Directory) -> None:
    from kambila.journal.errors import Problem

    nodes.introduce()
    with replayed(), pytest.raises(Problem) as caught:
        nodes.introduce()
    assert caught.value.code == "read-only"
    assert directory.current() == programme
