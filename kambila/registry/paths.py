"""Paths: which step may follow which in the life of a record, declared by the areas in their `paths.py`.

A step is a report with one change and the decision that accepts it, written together (`kambila.intake.stepping`), so that
the story of the record says who took it, when and why::

    PATH = path("accreditation", "decision", {Decision.SUBMITTED: {Decision.GRANTED: ("issued_on", "expires_on")}, …})

An ordinary report that leaves the path is not accepted. Where the path has guards, no ordinary report moves the record
at all: only a step asks them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import Problem
from kambila.registry.checks import ERROR, Draft, Found, check
from kambila.registry.findings import Finding
from kambila.registry.kinds import plan_of

Steps = Mapping[str, Mapping[str, Sequence[str]]]
Values = Mapping[str, Any]
Implied = Callable[[Any, str, Values, Any], Values]  # the record, the step, what is stated besides, who takes it
Choices = Callable[[], Sequence[tuple[str, str]]]
Guards = Callable[[Any, str, Values], Sequence[Finding]]  # the record as it would be, the step, what is stated besides


def _nothing(_record: Any, _step: str, _stated: Values, _account: Any) -> Values:
    return {}


@dataclass(frozen=True)
class Path:
    """The path of a kind: `field` holds where a record stands; `steps` what may follow, with what each step asks for.

    `begins` are the steps that may follow where nothing is known; None: any. `offers` are fields that may be stated with
    a step (`choices`: from what, of a text that is chosen), `implied` gives what follows from those that are. `today` are
    the fields that a step dates with its own day where nothing else is stated (those in `keeps` only while they are
    unknown), `dated` one that every step dates. `clears` are those that a step makes unknown, because they spoke of the
    state that it ends.

    `guards` are asked before each step, while the write lock is held. At the statuses of `works` people are at work:
    whatever brings a record back there, also a step that is withdrawn, is asked of them. `reported` says that an ordinary
    report may state any status: it comes from people on the spot, who have seen it. Of a step with such a record the
    checks of its kind are asked too.
    """

    kind: str
    field: str
    steps: Steps
    begins: Sequence[str] | None = None
    offers: Mapping[str, Sequence[str]] = declared(default_factory=dict)
    choices: Mapping[str, Choices] = declared(default_factory=dict)
    implied: Implied = _nothing
    today: Mapping[str, str] = declared(default_factory=dict)
    keeps: Collection[str] = ()
    dated: str = ""
    clears: Mapping[str, Sequence[str]] = declared(default_factory=dict)
    guards: Guards | None = None
    reported: bool = False
    works: Collection[str] = ()

    def next(self, status: str | None) -> Sequence[str]:
        """The steps that may follow; a status that the path does not know may be left for any that may begin it."""
        return list(self.steps.get(status or "", self.steps if self.begins is None else self.begins))

    def asks(self, status: str | None, step: str) -> Sequence[str]:
        """The fields that must be stated with a step."""
        return self.steps.get(status or "", {}).get(step, ())

    def missing(self, record: Any, step: str, also: Values) -> tuple[str, ...]:
        """What a step asks for, was not given with it, and is not known. What spoke of an earlier state is not."""
        ended = {name for names in self.clears.values() for name in names}
        asked = self.asks(getattr(record, self.field), step)
        return tuple(each for each in asked if not also.get(each) and (each in ended or not getattr(record, each)))

    def allows(self, before: str | None, after: str | None) -> bool:
        """Whether a report may bring a record from one status to another; what is not known yet may begin anywhere."""
        free = before is None or before == after or self.reported
        return free or (self.guards is None and after in self.next(before))

    def states(self, record: Any, step: str, day: str, also: Values) -> dict[str, Any]:
        """Everything that a step states: itself, what it ends and dates, and what is said with it."""
        values: dict[str, Any] = {each: None for each in self.clears.get(step, ()) if getattr(record, each) is not None}
        dated = self.today.get(step, "")
        if dated and not (dated in self.keeps and getattr(record, dated)):
            values[dated] = day
        if self.dated:
            values[self.dated] = day
        return values | dict(also) | {self.field: step}

    def ask(self, record: Any, step: str, also: Values) -> list[Finding]:
        """What the guards say of a step, the gravest first."""
        return list(self.guards(record, step, also)) if self.guards else []

    def word(self, status: str | None) -> str:
        """A status as people read it."""
        return str(dict(plan_of(self.kind).stated[self.field].choices or ()).get(status or "", status or _("unknown")))


_paths: dict[str, Path] = {}


def path(kind: str, field: str, steps: Steps, **more: Any) -> Path:
    """Declare the path of a kind, and the check of what reports say of it. Raises ValueError when it has one already."""
    if kind in _paths:
        raise ValueError(f"{kind} has two paths")
    made = _paths[kind] = Path(kind, field, steps, **more)

    @check(kind, f"{kind.replace('_', '-')}-off-its-path", ERROR, *OFF)
    def off_its_path(draft: Draft) -> Found:
        before, after = draft.known.get(field), draft.values.get(field)
        return None if made.allows(before, after) else {"before": made.word(before), "after": made.word(after)}

    return made


OFF = (
    _("It is “%(before)s”, and a report cannot make it “%(after)s”."),
    _(
        "Take the steps in their order, on the page of the record or on the command line; they ask what keeps it from each."
    ),
)


@cache
def _discover() -> None:
    """Once for each process: it looks into every app."""
    autodiscover_modules("paths")


def has_path(kind: str) -> bool:
    """Whether the records of a kind go a path."""
    _discover()
    return kind in _paths


def path_of(kind: str) -> Path:
    """The path of a kind. Raises Problem for one that has none."""
    if not has_path(kind):
        raise Problem("no-path", kind=kind, kinds=", ".join(_paths))
    return _paths[kind]
