"""Where each value of a record comes from, and everything that was said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from kambila.registry import same, sql
from kambila.registry.fold import Folded, Statement
from kambila.registry.kinds import kinds, links_to, model_of, plan_of
from kambila.registry.models import Alias, Change, Code, Countersign, Decision, Report
from kambila.registry.rows import Component, Writer, load


@dataclass(frozen=True)
class Origin:
    """Where a value comes from: the report, the index of its change, who sent it, when it was true and when it came."""

    report: str
    index: int
    code: str
    reporter: str
    date: str
    recorded: str
    stated: Any

    @property
    def ref(self) -> str:
        return f"{self.report}/{self.index}"


@dataclass(frozen=True)
class Step:
    """A step of a record's story: a report, or a decision that bears on it."""

    recorded: str
    verb: str
    entry: str
    author: str
    code: str
    effective: bool


@dataclass(frozen=True)
class Unresolved:
    """A link whose target is not known."""

    kind: str
    record: str
    code: str
    field: str
    target: str


def find(name: str, kind: str | None = None) -> list[tuple[str, str]]:
    """(kind, id) of the records that a code or a UUID leads to: the present code, an older one, or a merged record's."""
    found: list[tuple[str, str]] = []
    for each in [kind] if kind else kinds():
        found += [
            (each, id)
            for id in model_of(each)._default_manager.filter(Q(pk=name) | Q(code=name)).values_list("id", flat=True)
        ]
    older = Code.objects.filter(code=name)
    merged = Alias.objects.filter(record=name)
    found += [(each.kind, each.record) for each in older if kind in (None, each.kind)]
    found += [(each.kind, each.root) for each in merged if kind in (None, each.kind)]
    return list(dict.fromkeys(found))


def component(kind: str, record: str) -> Component:
    """Everything that is known of a record and of those that are the same."""
    whole = same.whole(kind, [record])
    return next(iter(load(kind, whole, {}).values()))


def folded(kind: str, record: str) -> tuple[Component, Folded]:
    """The changes of a record and what they add up to, also when it does not exist (any more)."""
    everything = component(kind, record)
    writer = Writer(plan_of(kind), 0, "", {})
    return everything, writer.fold_all(everything)


def origins(kind: str, record: str) -> dict[str, Origin]:
    """For each field that has been stated, where the value that stands comes from."""
    _, result = folded(kind, record)
    reports = Report.objects.in_bulk({each.order[2] for each in result.winners.values()})
    return {name: _origin(each, name, reports) for name, each in result.winners.items()}


def sides(kind: str, record: str, field: str, refs: Sequence[str]) -> list[Origin]:
    """The sides of a conflict, with what each states."""
    everything = component(kind, record)
    reports = Report.objects.in_bulk({each.order[2] for each in everything.statements})
    by_ref = {each.ref: each for each in everything.statements}
    return [_origin(by_ref[each], field, reports) for each in refs if each in by_ref]


def shown(kind: str, record: str) -> dict[str, list[str]]:
    """For each field the refs of every change that counts: what a person who looks at the record is shown."""
    found: dict[str, list[str]] = {}
    for each in component(kind, record).statements:
        for name in each.values if each.counts else ():
            found.setdefault(name, []).append(each.ref)
    return found


def stated(kind: str, record: str, field: str) -> list[Statement]:
    """Every change of a record that counts and states a field, in their order."""
    said = [each for each in component(kind, record).statements if each.counts and field in each.values]
    return sorted(said, key=lambda each: each.order)


def story(kind: str, record: str) -> list[Step]:
    """Everything that was said about a record, in order: reports, decisions about them and about it."""
    members = next(iter(same.whole(kind, [record]).values()))
    entries = set(Change.objects.filter(kind=kind, record__in=members).values_list("entry", flat=True))
    reports = Report.objects.filter(pk__in=entries)
    about = Q(kind="", record__in=entries) | Q(kind=kind) & (Q(record__in=members) | Q(other__in=members))
    decisions = list(Decision.objects.filter(about))
    signed = Countersign.objects.filter(decision__in=[each.id for each in decisions])
    steps = [(r.tick, Step(r.recorded, "report", r.id, r.reporter, r.code, r.counts)) for r in reports]
    steps += [(d.tick, Step(d.recorded, d.verb, d.id, d.author, "", d.effective)) for d in decisions]
    steps += [(c.tick, Step(c.recorded, "countersign", c.id, c.author, "", True)) for c in signed]
    return [step for _, step in sorted(steps, key=lambda each: (each[0], each[1].recorded, each[1].entry))]


def unresolved(limit: int = 1_000) -> list[Unresolved]:
    """Links whose target is not in the registry."""
    found: list[Unresolved] = []
    for target in kinds():
        for kind, link in links_to(target):
            model = model_of(kind)
            missing = model._default_manager.filter(**{f"{link}__isnull": False}).exclude(
                **{f"{link}__in": model_of(target)._default_manager.values("pk")}
            )
            rows = missing.values_list("id", "code", f"{link}_id")[: limit - len(found)]
            found += [Unresolved(kind, id, code or "", link, to) for id, code, to in rows]
    return found


def reports_of(kind: str, records: Sequence[str]) -> dict[str, list[str]]:
    """For each record the reports whose changes count in it, oldest first."""
    roots = {member: root for root, members in same.whole(kind, records).items() for member in members}
    found: dict[str, list[str]] = {}
    for record, entry in sorted(
        sql.select(
            "SELECT record, entry FROM registry_change WHERE record IN ({keys}) AND kind = %s AND counts", roots, kind
        ),
        key=lambda row: row[1],
    ):
        found.setdefault(roots[record], []).append(entry)
    return found


def _origin(statement: Statement, name: str, reports: dict[str, Report]) -> Origin:
    entry, index = statement.order[2], statement.order[3]
    report = reports[entry]
    stated = statement.values.get(name)
    return Origin(entry, index, report.code, report.reporter, report.date, report.recorded, stated)
