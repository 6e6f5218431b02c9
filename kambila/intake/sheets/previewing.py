"""What a row would change, for the eyes of the person who tries a file: never more than that person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kambila.accounts.models import Account
from kambila.intake.sheets.mapping import Fault, Mapped
from kambila.registry import access
from kambila.registry.fields import Shape
from kambila.registry.kinds import kinds, plan_of


@dataclass(frozen=True)
class Preview:
    """What a row would change: (kind, field, old, new) for each value that is not yet known."""

    number: int
    becomes: str
    values: list[tuple[str, str, str, str]]
    doubts: list[Fault]


def preview(mapped: Mapped, account: Account) -> Preview:
    """What a row would change; what is known is told only to those who may see it."""
    values = []
    for said in mapped.said:
        model = kinds()[said.kind]
        record = access.visible(account, model).filter(pk=said.id).first()
        shown = set(access.fields(account, model, record)) if record is not None else set()
        held_values = mapped.known.record(said.kind, said.id) if shown else {}
        for name, value in said.values.items():
            was = held_values.get(name) if name in shown else None
            old, new = _shown_as(was), _shown_as(value)
            if old != new and not _same_shape(said.kind, name, was, value):
                values.append((said.kind, str(plan_of(said.kind).stated[name].verbose_name), old, new))
    return Preview(mapped.row.number, mapped.becomes, values, mapped.doubts)


def _same_shape(kind: str, name: str, held: Any, value: Any) -> bool:
    declared = plan_of(kind).stated[name]
    return isinstance(declared, Shape) and held is not None and bytes(held) == declared.read(value).wkb


def _shown_as(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes | memoryview):
        return "…"
    if isinstance(value, tuple) and len(value) == 3:
        return str(value[0])
    if isinstance(value, dict):
        return str(value.get("typed") or value.get("type"))
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
