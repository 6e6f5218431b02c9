"""The registry as an account sees it, for checks that tell somebody at once what lies beside what is being drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kambila.intake.drafts import Known, Row
from kambila.registry import access
from kambila.registry.kinds import kinds
from kambila.registry.models import derived_fields, stated_fields


class Seen(Known):
    """Answers with the records, and the fields of them, that an account may see: all others are not there."""

    def __init__(self, account: Any) -> None:
        super().__init__()
        self._account = account

    def rows(self, kind: str, filters: Mapping[str, Any]) -> list[Row]:
        found = super().rows(kind, filters)
        model = kinds()[kind]
        ids = [row["id"] for row in found]
        seen = {each.pk: each for each in access.visible(self._account, model).filter(pk__in=ids)} if ids else {}
        declared = {**stated_fields(model), **derived_fields(model)}
        told: list[Row] = []
        for row in found:
            if (record := seen.get(row["id"])) is not None:
                shown = set(access.fields(self._account, model, record))
                hidden = {column for name, field in declared.items() if name not in shown for column in _columns(field)}
                told.append({name: None if name in hidden else value for name, value in row.items()})
        return told


def _columns(field: Any) -> set[str]:
    return {field.name, field.attname, *field.columns()}
