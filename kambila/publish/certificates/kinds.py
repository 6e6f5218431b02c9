"""What certificates there are: of which records, what of them is bound by the code, and until when one holds."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kambila.domain.land.models import CompletionReport, Handover
from kambila.domain.partners.models import Accreditation
from kambila.journal.entry import canonical
from kambila.registry.models import Record


@dataclass(frozen=True)
class Sort:
    """A sort of certificate: the model, the fields whose values the code binds, and whether a record holds on a day."""

    model: type[Record]
    bound: tuple[str, ...]
    holds: Callable[[Any, datetime.date], bool]

    def content(self, record: Any) -> str:
        """The values that the code binds, as canonical JSON."""
        return canonical({name: _plain(vars(record).get(name)) for name in self.bound})


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(bytes(value)).hexdigest()
    return list(value) if isinstance(value, tuple) else None if value is None else str(value)


SORTS: Mapping[str, Sort] = {
    "accreditation": Sort(
        Accreditation,
        ("holder_id", "phase", "scopes", "decision", "certificate", "issued_on", "expires_on"),
        lambda record, day: record.holds_on(day),
    ),
    "completion_report": Sort(
        CompletionReport,
        (
            "task_id",
            "area_id",
            "operator_id",
            "submitted_on",
            "ended_on",
            "methods",
            "final_polygon",
            "cancelled_m2",
            "reduced_m2",
            "cleared_m2",
            "total_m2",
            "depth_cm",
        ),
        lambda record, _day: True,
    ),
    "handover": Sort(
        Handover,
        ("number", "date", "area_id", "operator_id", "polygon", "area_m2", "depth_cm", "methods"),
        lambda record, _day: True,
    ),
}
