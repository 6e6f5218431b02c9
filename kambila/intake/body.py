"""From what a submission says to the body and the sealed parts of a report: codes given, places filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import orjson

from kambila.intake import codes
from kambila.intake.openrosa import chains
from kambila.intake.submissions import Said, Submission
from kambila.journal import Part
from kambila.registry.kinds import kinds, plan_of

PLACE = ("adm1", "adm2", "adm3")
Change = dict[str, Any]


def changes(submission: Submission, files: Collection[str], coded: bool = True) -> tuple[list[Change], dict[str, Part]]:
    """The changes of a report and their sealed parts. `files` are those that came: what is missing is not stated.

    Within the journal's write lock, because codes are given; not `coded`, it writes nothing and needs no lock.
    """
    said = [each for each in submission.records if each.says_something or each.is_created]
    if coded:
        give_codes(said)
    for each in said:
        _fill_in_place(each, said)
    found: list[Change] = []
    parts: dict[str, Part] = {}
    for index, each in enumerate(said):
        change: Change = {"kind": each.kind, "id": each.id, "values": each.values}
        sealed = {field: f"file/{name}" for field, name in each.files.items() if name in files}
        if each.opened:
            sealed |= dict.fromkeys(each.opened, f"change-{index}")
            parts[f"change-{index}"] = Part("application/json", orjson.dumps(each.opened))
        if sealed:
            change["sealed"] = sealed
        change |= {"base": base} if (base := chains.base_of(each)) else {}
        change |= {"branch": step} if (step := chains.step_of(each)) else {}
        found.append(change)
    return found, parts


def give_codes(said: Sequence[Said]) -> None:
    """A code for every new record; one that has a code already, because its form is corrected, states it again."""
    created = [each for each in said if each.is_created]
    for each in created:
        if each.values.get("pcode") and "code" not in each.values:
            each.values["code"] = each.values["pcode"]
    coded = [each for each in created if not each.values.get("code") and kinds()[each.kind].code_prefix]
    held = codes.held((each.kind, each.id) for each in coded) if coded else {}
    wanted: dict[str, list[Said]] = {}
    for each in coded:
        if code := held.get((each.kind, each.id)):
            each.values["code"] = code
        else:
            wanted.setdefault(kinds()[each.kind].code_prefix, []).append(each)
    given = codes.give({prefix: len(records) for prefix, records in wanted.items()}) if wanted else {}
    for prefix, records in wanted.items():
        for each, code in zip(records, given[prefix], strict=True):
            each.values["code"] = code


def _fill_in_place(said: Said, others: Sequence[Said]) -> None:
    """State région, cercle and commune of what a record is linked to, where only that was answered."""
    if any(said.values.get(name) for name in PLACE):
        return
    for name, kind in places_of(said.kind, said.is_created):
        target = said.values.get(name)
        found = _place_of(kind, target, others) if isinstance(target, str) else {}
        if found:
            said.values.update(found)
            return


def _place_of(kind: str, id: str, others: Sequence[Said]) -> Mapping[str, str]:
    here = next((each.values for each in others if each.kind == kind and each.id == id), None)
    known = here or kinds()[kind]._default_manager.filter(pk=id).values(*PLACE).first() or {}
    return {name: known[name] for name in PLACE if known.get(name)}


@cache
def places_of(kind: str, created: bool) -> tuple[tuple[str, str], ...]:
    """(link, kind) of what says where a record lies: places first, then what lies somewhere itself.

    A record that exists already moves only with a place: a new task does not carry its area elsewhere.
    """
    links = plan_of(kind).links.items()
    places = [(name, target) for name, target in links if "pcode" in plan_of(target).stated]
    return tuple(places + [each for each in links if created and each not in places and _lies_somewhere(each[1])])


@cache
def _lies_somewhere(kind: str, seen: tuple[str, ...] = ()) -> bool:
    """Whether a kind has a geometry, or leads to a place: an organisation does not, and is no sign of where things are."""
    plan = plan_of(kind)
    further = {*plan.links.values(), *plan.several.values()} - {kind, *seen}
    return "pcode" in plan.stated or bool(plan.shapes) or any(_lies_somewhere(each, (*seen, kind)) for each in further)
