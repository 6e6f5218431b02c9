"""Human codes: given at the door with this node's prefix, kept for ever, and found again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from kambila.journal import directory
from kambila.registry import history, sql
from kambila.registry.kinds import model_of, plan_of

REPORT = "R"
EXAMPLE = "EX-"


def give(wanted: Mapping[str, int]) -> dict[str, list[str]]:
    """For each middle part (``CAS``) as many new codes as asked for. Within the journal's write lock only."""
    series = {f"{_prefix()}-{middle}": middle for middle in wanted}
    last = dict(sql.select("SELECT series, number FROM intake_counter WHERE series IN ({keys})", series))
    given: dict[str, list[str]] = {}
    for name, middle in series.items():
        codes = given[middle] = []
        while missing := wanted[middle] - len(codes):
            first = last.get(name, 0) + 1
            last[name] = first + missing - 1
            codes += _untaken([f"{name}-{number:05}" for number in range(first, first + missing)])
    sql.insert(
        "intake_counter",
        ("series", "number"),
        [(name, last[name]) for name in series],
        "ON CONFLICT (series) DO UPDATE SET number = excluded.number",
    )
    return given


def _prefix() -> str:
    node = directory.current().node
    return EXAMPLE + node.prefix if node.example and not node.prefix.startswith(EXAMPLE) else node.prefix


def _untaken(codes: list[str]) -> list[str]:
    """Without those that somebody wrote by hand, or that came from another office with the same prefix."""
    taken = {code for (code,) in sql.select("SELECT code FROM intake_code WHERE code IN ({keys})", codes)}
    return [code for code in codes if code not in taken]


def held(records: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The codes that reports have stated for these (kind, id), so that a record is not given a second one."""
    wanted = set(records)
    rows = sql.select("SELECT kind, record, code FROM intake_code WHERE record IN ({keys})", {id for _, id in wanted})
    return {(kind, id): code for kind, id, code in sorted(rows, reverse=True) if (kind, id) in wanted}


def resolve(kind: str, code: str) -> str | None:
    """The UUID of the record of a kind that a code or P-code names; None when it names none, or several."""
    model: Any = model_of(kind)
    named = Q(code=code) | Q(pcode=code) if "pcode" in plan_of(kind).stated else Q(code=code)
    found = set(model.objects.filter(named).values_list("id", flat=True)[:2])
    # Not shown in the registry: an older code, a merged record, or one of a report that nobody has accepted yet.
    found = found or {id for _, id in history.find(code, kind)} or _reported(kind, code)
    return found.pop() if len(found) == 1 else None


def _reported(kind: str, code: str) -> set[str]:
    rows = sql.select("SELECT kind, record FROM intake_code WHERE code IN ({keys})", [code])
    return {id for known, id in rows if known == kind}


class Resolver:
    """Looks up each code of a submission once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], str | None] = {}

    def __call__(self, kind: str, code: str) -> str | None:
        if (kind, code) not in self._found:
            self._found[kind, code] = resolve(kind, code)
        return self._found[kind, code]
