"""Names of places for P-codes, from whatever kinds have a P-code and a title and are public."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from kambila.registry import access
from kambila.registry.fields import PUBLIC
from kambila.registry.kinds import kinds
from kambila.registry.models import Record, stated_fields

LEVELS = ("adm1", "adm2", "adm3")


class Places:
    """The names of the places of some records, looked up with one query for each kind that has P-codes."""

    def __init__(self, records: Iterable[Record]) -> None:
        codes = {getattr(record, level) for record in records for level in LEVELS} - {None, ""}
        self._names: dict[str, str] = {}
        for model in _gazetteers() if codes else ():
            rows: Any = access.visible(None, model).filter(pcode__in=codes).values_list("pcode", "title")
            self._names.update({pcode: title for pcode, title in rows if title})

    def name(self, code: str | None) -> str:
        return self._names.get(code or "", code or "")

    def of(self, record: Record) -> str:
        """Région, cercle and commune of a record, as far as they are known to everyone."""
        return " › ".join(self.name(getattr(record, level)) for level in LEVELS if getattr(record, level))


@cache
def _gazetteers() -> tuple[type[Record], ...]:
    return tuple(
        model
        for model in kinds().values()
        if model.default_tier == PUBLIC and {"pcode", "title"} <= set(stated_fields(model))
    )
