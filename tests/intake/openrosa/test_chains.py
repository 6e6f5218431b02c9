"""Changes that a phone made without a network: in whatever order they arrive, the last that was made stands."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from kambila.intake import forms, instances
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.openrosa.models import Link
from kambila.intake.receive import Receipt
from kambila.journal import projections, verify
from kambila.registry.kinds import kinds
from kambila.registry.models import Conflict, Report
from tests.intake.door import VILLAGE, body, changes, filled, open_door, send
from tests.intake.openrosa.forms_of_a_programme import visit
from tests.registry.telling import accept, decide

BRANCH = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"


@pytest.fixture(autouse=True)
def door(programme: Any) -> None:
    open_door()
    forms.publish({forms.compile_form(visit()): b""}, "ana")


@pytest.fixture
def village(door: None) -> str:
    """A village that is in the registry."""
    first = send(filled("village", VILLAGE))
    accept(entry_of(first.report_id), by="omar")
    return str(changes(first, "village")[0]["id"])


def version(record: str) -> int:
    return int(kinds()["village"].objects.get(pk=record).revision)


def update(record: str, title: str, base: int, trunk: int | str = "", branch: str = BRANCH) -> bytes:
    """A change of the name of a village, as a phone makes it offline."""
    answers = {"place": record, "title": title, "__id": record, "__base_version": base}
    xml = fill(forms.definition_of("visit", "1"), answers)
    stated = f'baseVersion="{base}" trunkVersion="{trunk}" branchId="{branch}"'
    return re.sub(rb'baseVersion="\d+"', stated.encode(), xml)


def title(record: str) -> str | None:
    return kinds()["village"].objects.get(pk=record).title


def latest(receipt: Receipt) -> str:
    """The report that stands for a submission now."""
    return instances.of(body(receipt)["instance"])[-1].id


def accept_all(receipts: list[Receipt]) -> None:
    for each in receipts:
        accept(entry_of(latest(each)), by="omar")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_chain_that_arrives_in_any_order_ends_in_the_last_change(village, order):
    trunk = version(village)
    made = [update(village, name, trunk + step, trunk) for step, name in enumerate(("One", "Two", "Three"))]
    receipts = {number: send(made[number]) for number in order}
    accept_all([receipts[number] for number in range(3)])
    assert title(village) == "Three"
    assert not Conflict.objects.filter(kind="village").exists()
    assert verify.verify_all().findings == []


def test_a_step_that_comes_first_does_not_wait(village):
    trunk = version(village)
    send(update(village, "Two", trunk + 1, trunk))
    accept(entry_of(Report.objects.latest("tick").id), by="omar")
    assert title(village) == "Two"


def test_a_later_step_that_came_first_is_restated_when_the_earlier_comes(village):
    trunk = version(village)
    two = send(update(village, "Two", trunk + 1, trunk))
    one = send(update(village, "One", trunk, trunk))
    again = body(Receipt(latest(two), ""))
    assert (again["edits"], again["code"]) == (two.report_id, two.code)
    assert f"{one.report_id}/0" in again["changes"][0]["base"]["title"]
    assert send(update(village, "Two", trunk + 1, trunk)).code != two.code  # another submission; the same is known:
    assert [each["name"] for each in entry_of(latest(two)).sealed] == ["submission"]


def test_the_same_submission_stays_one_report_after_it_was_restated(village):
    trunk = version(village)
    xml = update(village, "Two", trunk + 1, trunk)
    two = send(xml)
    send(update(village, "One", trunk, trunk))
    again = send(xml)
    assert again.duplicate and again.code == two.code


def test_a_village_made_offline_and_changed_before_it_was_sent(door):
    made = filled("village", VILLAGE)
    record = re.search(rb'<entity[^>]* id="([^"]+)"', made)[1].decode()  # type: ignore[index]
    changed = update(record, "Changed", 1)
    accept_all([send(made), send(changed)])
    assert title(record) == "Changed"
    assert not Conflict.objects.filter(kind="village").exists()


def test_a_change_that_comes_before_the_village_it_changes(door):
    made = filled("village", VILLAGE)
    record = re.search(rb'<entity[^>]* id="([^"]+)"', made)[1].decode()  # type: ignore[index]
    changed, created = send(update(record, "Changed", 1)), send(made)
    accept_all([created, changed])
    assert title(record) == "Changed"
    assert not Conflict.objects.filter(kind="village").exists()


def test_what_changed_here_meanwhile_is_a_conflict_that_is_kept_and_listed(village):
    trunk = version(village)
    desk = send(update(village, "Desk", trunk, branch=""))
    accept(entry_of(desk.report_id), by="omar")
    accept_all([send(update(village, "Phone", trunk, trunk))])
    assert Conflict.objects.filter(kind="village", record=village, field="title").exists()


def test_two_phones_that_changed_the_same_are_a_conflict(village):
    trunk = version(village)
    ours = [send(update(village, "Ours", trunk, trunk)), send(update(village, "Ours 2", trunk + 1, trunk))]
    other = "11111111-1111-4111-8111-111111111111"
    theirs = send(update(village, "Theirs", trunk, trunk, branch=other))
    accept_all([*ours, theirs])
    sides = Conflict.objects.get(kind="village", record=village, field="title").sides.split()
    assert {each.partition("/")[0] for each in sides} == {latest(theirs), latest(ours[1])} | (
        {latest(ours[0])} if len(sides) > 2 else set()
    )


def test_a_version_is_what_counted_here_then_and_not_what_was_accepted_later(village):
    waiting = send(update(village, "Waiting", version(village), branch=""))
    old = version(village)
    accept(entry_of(waiting.report_id), by="omar")
    accept_all([send(update(village, "Blind", old, old))])
    assert Conflict.objects.filter(kind="village", record=village, field="title").exists()


def test_a_version_that_is_withdrawn_was_still_not_seen_by_who_came_before(village):
    old = version(village)
    first = send(update(village, "First", old, branch=""))
    accept(entry_of(first.report_id), by="omar")
    seen = version(village)
    decide("withdraw", entry_of(first.report_id), "omar")
    base = changes(send(update(village, "Second", seen, branch="")), "village")[0]["base"]["title"]
    assert f"{first.report_id}/0" in base


def test_links_of_chains_follow_from_the_journal(village):
    trunk = version(village)
    send(update(village, "Two", trunk + 1, trunk))
    send(update(village, "One", trunk, trunk))
    before = sorted(Link.objects.values_list("entry", "number", "branch", "step", "from_creation"))
    assert before
    projections.rebuild()
    assert sorted(Link.objects.values_list("entry", "number", "branch", "step", "from_creation")) == before
