"""A record told as data: each value with its origin, its story, and where reports disagree. Nothing sealed is opened."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kambila.journal.errors import Problem
from kambila.registry import errors, history, whys  # noqa: F401  the catalogue
from kambila.registry.fields import PartialDate, Stated
from kambila.registry.history import Origin
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Change, Code, Conflict

Told = dict[str, Any]


def of(name: str) -> list[Told]:
    """The records that a code or a UUID leads to; also one that is not shown now. Raises Problem when there is none."""
    found = history.find(name)
    if not found:
        known = Change.objects.filter(record=name).values_list("kind", "record").distinct()
        found = [(kind, record) for kind, record in known if kind in kinds()]
    if not found:
        raise Problem("no-such-record", name=name)
    return [_record(kind, id) for kind, id in found]


def _record(kind: str, id: str) -> Told:
    row = kinds()[kind]._default_manager.filter(pk=id).first()
    older = Code.objects.filter(kind=kind, record=id).order_by("code").values_list("code", flat=True)
    code = "" if row is None else row.code or ""
    return {
        "kind": kind,
        "id": id,
        "code": code,
        "codes": list(dict.fromkeys([*([code] if code else []), *older])),
        "exists": row is not None,
        "members": history.component(kind, id).members,
        "values": _values(kind, id, row),
        "story": [asdict(step) for step in history.story(kind, id)],
        "why": whys.sentence_of(kind, row),
        "conflicts": [_conflict(each) for each in Conflict.objects.filter(kind=kind, record=id).order_by("field")],
    }


def _values(kind: str, id: str, row: Any) -> list[Told]:
    plan, origins = plan_of(kind), history.origins(kind, id)
    told = []
    for name, field in plan.stated.items():
        if name in origins:
            value = None if field.sealed else origins[name].stated
            told.append({"field": name, "value": value, "sealed": field.sealed and origins[name].stated is not None}
                        | {"computed": False, "origin": _origin(origins[name], sealed=field.sealed)})  # fmt: skip
    for name, field in {**plan.own_rules, **plan.rollups}.items():
        value = None if row is None else _plain(field, getattr(row, field.attname))
        if value is not None:
            told.append({"field": name, "value": value, "sealed": False, "computed": True, "origin": None})
    return told


def _plain(field: Stated, value: Any) -> Any:
    """A computed value as JSON has it: numbers with decimals as text, lists as lists; a geometry is left out."""
    if isinstance(value, bytes | memoryview):
        return None
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, int | str) or isinstance(field, PartialDate) else str(value)


def _origin(origin: Origin, sealed: bool = False) -> Told:
    """The commitment of a sealed value says nothing to a reader; it is left out."""
    told = {**asdict(origin), "ref": origin.ref}
    if sealed:
        told["stated"] = None
    return told


def conflicts() -> list[Told]:
    """Every conflict, by kind and record; of kind ``report`` those of two accepted corrections of one report."""
    return [_conflict(each) for each in Conflict.objects.order_by("kind", "record", "field")]


def _conflict(conflict: Conflict) -> Told:
    refs = conflict.sides.split()
    told = {"kind": conflict.kind, "record": conflict.record, "field": conflict.field}
    if conflict.kind not in kinds():
        return told | {"code": "", "sides": [{"ref": ref, "code": "", "stated": None} for ref in refs]}
    declared = plan_of(conflict.kind).stated.get(conflict.field)
    sealed = declared is not None and declared.sealed
    sides = [_origin(each, sealed) for each in history.sides(conflict.kind, conflict.record, conflict.field, refs)]
    row = kinds()[conflict.kind]._default_manager.filter(pk=conflict.record).values_list("code", flat=True).first()
    return told | {"code": row or "", "sides": sides}
