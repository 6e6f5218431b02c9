"""Names of places for P-codes, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from kambila.registry.gazetteer import LEVELS, names_of
from kambila.registry.models import Record


class Places:
    """The names of the places of some records, and of P-codes: one query for each kind that has P-codes."""

    def __init__(self, records: Iterable[Record] = (), codes: Iterable[str] = ()) -> None:
        self._names = names_of([*codes, *(getattr(record, level) for record in records for level in LEVELS)])

    def name(self, code: str | None) -> str:
        return self._names.get(code or "", code or "")

    def title(self, code: str) -> str:
        """The name with its code, or the code alone."""
        return f"{self.name(code)} ({code})" if self.name(code) != code else code

    def of(self, record: Record) -> str:
        """Région, cercle and commune of a record, as far as they are known to everyone."""
        return " › ".join(self.name(getattr(record, level)) for level in LEVELS if getattr(record, level))
