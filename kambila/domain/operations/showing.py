"""What of a finding may be shown to whom: its sentence always, the codes of records that are not theirs never."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kambila.domain.operations.guards import Finding
from kambila.registry import access, openness
from kambila.registry.kinds import model_of


def hidden_from(account: Any, findings: Iterable[Finding]) -> set[str]:
    """The ids of records and reports behind findings that an account may not see."""
    named = {(kind, id) for said in findings for kind, id, _code in said.records}
    seen: set[str] = set()
    for kind in {kind for kind, _id in named if kind}:
        ids = {id for its, id in named if its == kind}
        if kind == "report":
            seen |= set(openness.reports(account).filter(pk__in=ids).values_list("pk", flat=True))
        else:
            shown = access.visible(account, model_of(kind)).filter(pk__in=ids)
            seen |= set(shown.values_list("pk", flat=True))
    return {id for _kind, id in named} - seen
