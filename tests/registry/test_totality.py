"""Whatever another office's entries hold, the registry goes on, and nothing that identifies a person leaks out of it."""

from __future__ import annotations

from typing import Any

import pytest

from kambila.journal import projections
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Held
from tests.registry.telling import C, H, accept, at, change, countersign, known, report, say

pytestmark = pytest.mark.usefixtures("programme")
WEIRD: list[Any] = [
    {"a": 1}, [1, {"b": None}], True, -1, 2**53 - 1, 1e300, f"1{'0' * 30}", "1E+9000", "x" * 5_000, "",
    "\uff12\uff10\uff11\uff14", "2014-00", "0000", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    {"type": "Point", "coordinates": ["a"]}, {"type": "Polygon", "coordinates": [[]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [1e-300, 0], [0, 1e-300], [0, 0]]]},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_summer() -> None:
    at("2014-07-01")


@pytest.mark.parametrize("value", WEIRD, ids=[str(number) for number in range(len(WEIRD))])
def test_no_value_of_any_field_stops_the_registry(value: Any) -> None:
    changes = [
        change(f"00000000-0000-7000-8000-{number:012}", dict.fromkeys(plan_of(kind).stated, value), kind)
        for number, kind in enumerate(sorted(kinds()))
    ]
    countersign(accept(report(*changes, date="2014-06-20")))  # some values take effect only by two people
    assert not projections.is_behind()
    assert sum(len(list(model.objects.all())) for model in kinds().values()) == len(changes)


def test_a_name_left_open_in_a_body_does_not_come_into_the_registry() -> None:
    accept(report(change(C, {"age": 9, "full_name": "Aminata"}), date="2014-06-20"))
    assert (known(C).age, known(C).full_name) == (9, None)


def test_codes_that_are_none_do_not_stop_the_registry() -> None:
    accept(report(change(C, {"code": {"a": 1}}), date="2014-06-20"))
    accept(report(change(C, {"code": "GAO-1"}), date="2014-06-21"))
    accept(report(change(C, {"code": "x" * 100}), date="2014-06-21"))
    assert not projections.is_behind()


def test_a_record_that_is_said_to_be_the_same_as_itself_stays_what_it_is() -> None:
    accept(report(change(C, {"age": 9}), date="2014-06-20"))
    say("same-as", kind="casualty", records=[C, C])
    assert known(C).age == 9


def test_a_recording_at_the_end_of_time_does_not_stop_the_registry() -> None:
    at("9999-12-31")
    accept(report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014"))
    assert not projections.is_behind()


def test_an_entry_that_stumbles_in_the_fold_is_listed_and_the_next_ones_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from kambila.registry import rows

    poisoned = report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014-06-20")
    whole = rows.fold

    def stumble(statements: Any, *others: Any) -> Any:
        if any(each.ref.startswith(poisoned.id) for each in statements):
            raise ZeroDivisionError
        return whole(statements, *others)

    monkeypatch.setattr(rows, "fold", stumble)
    fault = accept(poisoned)
    accept(report(change(C, {"age": 9}), date="2014-06-20"))
    assert known(C).age == 9
    assert not projections.is_behind()
    assert [each.entry for each in Held.objects.all()] == [fault.id]
