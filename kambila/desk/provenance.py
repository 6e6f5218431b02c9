"""A record, value by value: what is known, and where each value comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kambila.desk import values
from kambila.desk.changes import stated_value
from kambila.desk.columns import is_group
from kambila.desk.places import LEVELS, Places
from kambila.desk.telling import Line, lines
from kambila.journal.erasure import erased_by
from kambila.journal.parts import read_parts
from kambila.registry import access, history, openness
from kambila.registry.fields import Attachment, Narrative
from kambila.registry.history import Origin
from kambila.registry.models import Code, Conflict, Record, derived_fields, kind_of, stated_fields

Rows = list[dict[str, Any]]


class Provenance:
    """Everything that a record's page tells, as far as the account may know it."""

    def __init__(self, account: Any, record: Record) -> None:
        self.account, self.record, self.model = account, record, type(record)
        self.kind = kind_of(self.model)
        self.allowed = access.fields(account, self.model, record)
        self.origins = history.origins(self.kind, record.id)
        steps = history.story(self.kind, record.id)
        ids = {step.entry for step in steps}
        self.entries = {row.id: row for row in openness.entries(account).filter(id__in=ids)}
        self.story: list[Line] = lines(self.entries[step.entry] for step in steps if step.entry in self.entries)
        self.targets = values.targets_of(account, self.model, [record], self.allowed)
        self.fields: dict[str, Any] = {**stated_fields(self.model), **derived_fields(self.model)}

    def values(self) -> Rows:
        """The fields that are known or were stated to be unknown, with the origin of each; tables by sex and age last."""
        rows = self.by_field()
        in_order = sorted(rows, key=lambda name: is_group(name, self.fields[name]))
        return [rows[name] for name in in_order if rows[name]["value"] or rows[name]["unknown"]]

    def by_field(self) -> dict[str, dict[str, Any]]:
        """Every field that may be shown, by name, whether it is known or not."""
        texts, places = self._texts(), Places([self.record])
        return {name: self._value(name, texts, places) for name in self.allowed}

    def _value(self, name: str, texts: Mapping[str, str], places: Places) -> dict[str, Any]:
        field, origin = self.fields[name], self.origins.get(name)
        return {
            "title": field.verbose_name,
            "value": self._shown(name, texts, places),
            "unknown": origin is not None and origin.stated is None,
            "origin": self._origin(origin) if origin else None,
            "derived": field.derived is not None,
        }

    def _shown(self, name: str, texts: Mapping[str, str], places: Places) -> Any:
        if isinstance(self.fields[name], Narrative):
            return texts.get(name, "")
        if isinstance(self.fields[name], Attachment):
            return self._attachment(name)
        if name in LEVELS:
            code = getattr(self.record, name)
            return places.title(code) if code else ""
        return values.shown(self.record, name, self.targets)

    def _texts(self) -> dict[str, str]:
        """The stories that may be read, by field; what was erased says so."""
        return stories_of(self.record, (n for n in self.allowed if isinstance(self.fields[n], Narrative)))

    def _attachment(self, name: str) -> Any:
        """A link to the file in the entry that it came with."""
        commitment, origin = getattr(self.record, name), self.origins.get(name)
        row = self.entries.get(origin.report) if origin else None
        part = next((p for p in json.loads(row.sealed) if p["commitment"] == commitment), None) if row else None
        if row is None or part is None:
            return _("held by the programme") if commitment else ""
        url = reverse("part", args=[row.id, part["name"]])
        return format_html('<a href="{}">{}</a>', url, part["name"].removeprefix("file/"))

    def _origin(self, origin: Origin) -> dict[str, str]:
        """Which report, who sent it, when it was true and when it came; only the dates for those not entitled."""
        dates = _("as of %(date)s, recorded %(recorded)s") % {
            "date": values.partial_date(origin.date),
            "recorded": values.day(origin.recorded[:10]),
        }
        if origin.report not in self.entries:
            return {"text": _("a report"), "detail": dates, "url": ""}
        detail = f"{origin.reporter}; {dates}"
        return {
            "text": origin.code or origin.report[:8],
            "detail": detail,
            "url": reverse("entry", args=[origin.report]),
        }

    def personal(self) -> Rows:
        """The fields that identify people and hold something: who may, opens them on a page of their own."""
        names = [name for name in access.personal_fields(self.model) if getattr(self.record, name)]
        erased = erased_by([getattr(self.record, name) for name in names])
        opens = bool(names) and openness.may_open(self.account, self.kind, self.record.id)
        return [self._personal(name, erased, opens) for name in names]

    def _personal(self, name: str, erased: Mapping[str, str], opens: bool) -> dict[str, Any]:
        is_erased = getattr(self.record, name) in erased
        url = reverse("open", args=[self.kind, self.record.id, name]) if opens and not is_erased else ""
        state = _state(getattr(self.record, name), erased) if is_erased else _("sealed; you may not open it")
        return {"title": self.fields[name].verbose_name, "url": url, "state": state}

    def conflicts(self) -> Rows:
        """The fields on which reports disagree, with every side that the account may see."""
        found = Conflict.objects.filter(kind=self.kind, record=self.record.id, field__in=self.allowed)
        return [self._conflict(each) for each in found]

    def _conflict(self, conflict: Conflict) -> dict[str, Any]:
        refs = conflict.sides.split()
        said = history.sides(self.kind, self.record.id, conflict.field, refs)
        field = self.fields[conflict.field]
        sides = [
            {"value": stated_value(field, each.stated, self.targets), "stands": each.ref == refs[0]}
            | self._origin(each)
            for each in said
        ]
        return {"title": field.verbose_name, "sides": sides}

    def codes(self) -> list[str]:
        """The code of the record, and those that it had or took over; each leads here."""
        older = Code.objects.filter(kind=self.kind, record=self.record.id).values_list("code", flat=True)
        return list(dict.fromkeys([str(self.record), *older]))


def stories_of(record: Record, names: Iterable[str]) -> dict[str, str]:
    """What narratives of a record tell, by field, of those that tell something; of what is not here, why."""
    wanted = {name: commitment for name in names if (commitment := getattr(record, name))}
    held, erased = read_parts(list(wanted.values())), erased_by(list(wanted.values()))
    return {
        name: str(json.loads(held[each]).get(name) or "") if each in held else _state(each, erased)
        for name, each in wanted.items()
    }


def _state(commitment: str, erased: Mapping[str, str]) -> str:
    if commitment in erased:
        return _("erased by the entry %(entry)s") % {"entry": erased[commitment][:13]}
    return _("not held here")
