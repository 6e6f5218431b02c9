"""The answers of a form as they were given, with the form's own words in the reader's language.

What may identify a person stays closed until it is opened with a reason: every answer that is sealed in a record, and
every answer that is saved to no record, unless it is a choice from a list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kambila.desk import values
from kambila.desk.places import LEVELS, Places
from kambila.intake import forms
from kambila.intake.definition import Definition
from kambila.intake.xml import local, parse, text
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.parts import named, read_part
from kambila.registry import openness
from kambila.registry.fields import PartialDate, Stated
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Record, Report

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIMES = {"timestamp start": "start", "timestamp end": "end"}


@dataclass(frozen=True)
class Line:
    """A question with its answer, or (without a value) the title of a group. `closed`: there is an answer, sealed."""

    label: str
    value: str | SafeString = ""
    is_heading: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Answers:
    """The answers in the order of the form; `some_closed` when a reason would open more; times as the phone had them."""

    lines: list[Line]
    some_closed: bool
    times: dict[str, str]


def language() -> str:
    return (get_language() or "en")[:2]


def form_title(form: str, version: str) -> str:
    """The title of a form in the reader's language; its id where it is not known here."""
    try:
        return forms.definition_of(form, version).titles().get(language()) or form
    except Problem:
        return form


def answers(
    account: Any, entry: Entry, report: Report, open_kinds: Collection[str], opened: bool = False
) -> Answers | None:
    """The answers, as far as the account may read them; all of them once `opened` with a reason. None where there is
    no submission, or its form is not known here."""
    commitment = named(entry.sealed, "submission")
    content = read_part(commitment) if commitment else None
    try:
        definition = forms.definition_of(report.form, report.version)
        root = parse(content) if content else None
    except Problem:
        return None
    if root is None or local(root.tag) != definition.root:
        return None
    everything = opened or openness.part_rule(account, entry, report, "submission") == openness.OPEN
    return _Reader(account, entry, report, definition, frozenset(open_kinds), everything).read(root)


class _Reader:
    def __init__(
        self, account: Any, entry: Entry, report: Report, definition: Definition, open_kinds: frozenset[str], all: bool
    ) -> None:
        self.account, self.entry, self.report, self.definition = account, entry, report, definition
        self.open_kinds, self.everything = open_kinds, all
        self.files = {each["name"] for each in entry.sealed}
        self.times: dict[str, str] = {}

    def read(self, root: Element) -> Answers:
        self.targets = self._targets(root)
        said = {(self._field(path), text(each)) for each, path in _walk(root, f"/{self.definition.root}")}
        self.places = Places(codes={code for field, code in said if field is not None and field.name in LEVELS})
        lines = list(self._container(root, f"/{self.definition.root}"))
        return Answers(lines, any(each.closed for each in lines), self.times)

    def _container(self, element: Element, path: str) -> Iterator[Line]:
        seen: dict[str, int] = defaultdict(int)
        for each in element:
            name, below = local(each.tag), f"{path}/{local(each.tag)}"
            bind = self.definition.binds.get(below)
            if name == "meta":
                continue
            if bind and bind.preload in TIMES and text(each):
                self.times[TIMES[bind.preload]] = text(each)
            if len(each) or below in self.definition.repeats:
                seen[name] += 1
                inside = list(self._container(each, below))
                if inside:
                    number = seen[name] if below in self.definition.repeats else 0
                    yield from self._heading(below, number)
                    yield from inside
            elif text(each) and not (
                bind and (bind.preload or (bind.calculate and below not in self.definition.labels))
            ):
                yield self._line(below, text(each))

    def _heading(self, path: str, number: int) -> Iterator[Line]:
        if path in self.definition.labels or number:
            label = self.definition.label(path, language())
            yield Line(f"{label} {number}" if number else label, is_heading=True)

    def _line(self, path: str, answer: str) -> Line:
        label = self.definition.label(path, language())
        return Line(label, self._said(path, answer)) if self._is_open(path, answer) else Line(label, closed=True)

    def _is_open(self, path: str, answer: str) -> bool:
        if self.everything:
            return True
        if self._type(path) == "binary":
            return openness.part_rule(self.account, self.entry, self.report, f"file/{answer}") == openness.OPEN
        saved, field = self.definition.saved.get(path), self._field(path)
        if saved is None:
            return path in self.definition.choices and self._whole()
        return saved[0].kind in self.open_kinds and field is not None and not field.sealed

    def _whole(self) -> bool:
        return {change["kind"] for change in self.entry.body.get("changes", [])} <= self.open_kinds

    def _said(self, path: str, answer: str) -> str | SafeString:
        choices, type, field = self.definition.choices.get(path, {}), self._type(path), self._field(path)
        if choices:
            words = [answer] if answer in choices else answer.split()
            return ", ".join(_words(choices[word].labels, word) if word in choices else word for word in words)
        if type == "binary":
            return self._file(answer)
        if type in ("geopoint", "geoshape", "geotrace"):
            return _place(answer)
        if field is not None and field.name in LEVELS:
            return self.places.title(answer)
        if type in ("date", "dateTime") or isinstance(field, PartialDate):
            return values.moment(answer) if "T" in answer else values.partial_date(answer)
        target = self._target(path)
        if target is not None and UUID.fullmatch(answer.removeprefix("uuid:")):
            return values.link(target, answer.removeprefix("uuid:"), self.targets)
        return answer

    def _file(self, name: str) -> str | SafeString:
        if f"file/{name}" not in self.files:
            return _("%(name)s (not received)") % {"name": name}
        return format_html('<a href="{}">{}</a>', reverse("part", args=[self.entry.id, f"file/{name}"]), name)

    def _target(self, path: str) -> type[Record] | None:
        field = self._field(path)
        return values.linked_model(field) if field is not None else None

    def _field(self, path: str) -> Stated | None:
        """The field of a record that an answer is saved to."""
        saved = self.definition.saved.get(path)
        return plan_of(saved[0].kind).stated.get(saved[1]) if saved and saved[0].kind in kinds() else None

    def _type(self, path: str) -> str:
        bind = self.definition.binds.get(path)
        return bind.type if bind else "string"

    def _targets(self, root: Element) -> values.Targets:
        wanted: dict[type[Record], set[str]] = defaultdict(set)
        for each, path in _walk(root, f"/{self.definition.root}"):
            answer = text(each).removeprefix("uuid:")
            if UUID.fullmatch(answer) and (target := self._target(path)) is not None:
                wanted[target].add(answer)
        return values.Targets(self.account, wanted)


def _walk(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """Every element below one, with its path."""
    for each in element:
        below = f"{path}/{local(each.tag)}"
        yield each, below
        yield from _walk(each, below)


def _words(labels: Any, name: str) -> str:
    return labels.get(language()) or next(iter(labels.values()), "") or name


def _place(answer: str) -> str:
    """A point in degrees; of a line or an area how many corners were taken: it is drawn beside what is known."""
    points = [each.split() for each in answer.split(";") if each.strip()]
    try:
        if len(points) == 1:
            return values.degrees(float(points[0][0]), float(points[0][1]))
    except (ValueError, IndexError):
        return answer
    return ngettext("%(count)d point", "%(count)d points", len(points)) % {"count": len(points)}
