"""What a report would change: for each record and field what is known, where that comes from, and what is reported."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kambila.desk import drawing
from kambila.desk.beside import beside_stated
from kambila.desk.changes import stated_targets, stated_value
from kambila.desk.places import LEVELS, Places
from kambila.desk.provenance import Provenance
from kambila.desk.values import Targets, shape
from kambila.journal.entry import Entry
from kambila.journal.parts import named, read_part
from kambila.registry import access, openness, same
from kambila.registry.fields import Attachment, Shape, Stated
from kambila.registry.kinds import kinds
from kambila.registry.models import Record, Report, stated_fields

MOST = 40  # records that a page compares; the others are counted
MOST_BESIDE = 5  # records of which a page shows what lies beside what is reported
Change = Mapping[str, Any]


class Comparison:
    """The changes of a report beside what is known, as far as the account may know it."""

    def __init__(self, account: Any, entry: Entry, report: Report, open_kinds: Collection[str]) -> None:
        self.account, self.entry, self.report, self.open_kinds = account, entry, report, open_kinds
        stated = entry.body.get("changes", [])
        self.left_out = max(0, len(stated) - MOST)
        opened = [each for each in stated[:MOST] if each["kind"] in open_kinds]
        self.targets: Targets = stated_targets(account, opened)
        codes = {str(each.get("values", {}).get(level)) for each in opened for level in LEVELS}
        self.places = Places(codes=codes)
        self.here = {each["id"]: _named(each) for each in opened}
        self.changes = [self._change(index, each) for index, each in enumerate(stated[:MOST])]

    def _change(self, index: int, change: Change) -> dict[str, Any]:
        kind, id = change["kind"], change["id"]
        model, is_open = kinds().get(kind), kind in self.open_kinds
        exists, told = self._known(model, kind, id)
        code = str(told.record) if told else (change.get("values", {}).get("code") if is_open else None) or id[:8]
        return {
            "index": index,
            "title": capfirst(str(model._meta.verbose_name)) if model else kind,
            "code": code,
            "url": reverse("record", args=[kind, told.record.id]) if told else "",
            "is_new": not exists,
            "is_hidden": exists and told is None,
            "is_open": is_open,
            **_apart(self._rows(change, model, told) if is_open else []),
            "story": told.story if told else [],
            "beside": beside_stated(self.account, change) if is_open and index < MOST_BESIDE else {},
        }

    def _known(self, model: type[Record] | None, kind: str, id: str) -> tuple[bool, Provenance | None]:
        """Whether the record is known, and what the account may know of it. That there is one is told to nobody who
        may not see the report."""
        if model is None:
            return False, None
        root = same.roots_of(kind, [id]).get(id, id)
        record = access.visible(self.account, model).filter(pk=root).first()
        exists = record is not None or model._default_manager.filter(pk=root).exists()
        return exists, Provenance(self.account, record) if record is not None else None

    def _rows(self, change: Change, model: type[Record] | None, told: Provenance | None) -> list[dict[str, Any]]:
        declared = stated_fields(model) if model else {}
        said, sealed = change.get("values", {}), change.get("sealed", {})
        known = told.by_field() if told else {}
        order = [name for name in declared if name in said or name in sealed]
        order += [name for name in said if name not in declared]
        return [self._row(name, declared.get(name), change, known.get(name), told) for name in order if name or sealed]

    def _row(
        self, name: str, field: Stated | None, change: Change, known: dict[str, Any] | None, told: Provenance | None
    ) -> dict[str, Any]:
        sealed = change.get("sealed", {})
        new = self._sealed(name, sealed[name], field) if name in sealed else self._stated(name, field, change)
        old = _("not open to you") if told and known is None and field is not None and not field.sealed else ""
        if known:
            old = _("stated as unknown") if known["unknown"] else known["value"]
        row = {
            "name": name,
            "title": str(field.verbose_name) if field else name,
            "old": old,
            "new": new,
            "origin": known["origin"] if known else None,
            "is_same": bool(old) and str(old) == str(new),
        }
        return row | self._drawn(name, field, change, told if known else None)

    def _stated(self, name: str, field: Stated | None, change: Change) -> Any:
        value = change["values"][name]
        if name in LEVELS and isinstance(value, str):
            return self.places.title(value)
        if isinstance(value, str) and value in self.here:
            return self.here[value]
        if isinstance(field, Shape) and isinstance(value, dict):
            return self._size(field, value)
        return stated_value(field, value, self.targets)

    def _size(self, field: Shape, value: Any) -> Any:
        """Without the small outline: old and new are drawn in one frame."""
        said = stated_value(field, value, self.targets)
        return str(said).split("<br>")[0]

    def _sealed(self, name: str, part: str, field: Stated | None) -> Any:
        """A story is read where the rule lets it; what identifies a person is opened with a reason, on its own page."""
        url = reverse("part", args=[self.entry.id, part])
        rule = openness.part_rule(self.account, self.entry, self.report, part)
        if rule == openness.CLOSED:
            return _("sealed; you may not open it")
        if isinstance(field, Attachment):
            return format_html('<a href="{}">{}</a>', url, part.removeprefix("file/"))
        if rule == openness.WITH_REASON:
            return format_html('{} <a href="{}">{}</a>', _("sealed;"), url, _("open, with a reason"))
        return self._read(name, part)

    def _read(self, name: str, part: str) -> str:
        commitment = named(self.entry.sealed, part)
        content = read_part(commitment) if commitment else None
        return _("not held here") if content is None else str(json.loads(content).get(name) or "")

    def _drawn(self, name: str, field: Stated | None, change: Change, told: Provenance | None) -> dict[str, Any]:
        if not isinstance(field, Shape):
            return {}
        old = getattr(told.record, name) if told else None
        try:
            value = change.get("values", {}).get(name)
            new = field.read(value).wkb if value is not None else None
        except ValueError:
            new = None
        if told and old:
            area = getattr(told.record, f"{name}_area_m2", None)
            return {
                "old": shape(old, area, brief=True),
                "drawing": drawing.before_and_after(old, new),
            }
        return {"drawing": drawing.before_and_after(None, new)}


def _apart(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What would change, and the titles of what is known already just as it is reported."""
    same = [row["title"] for row in rows if row["is_same"]]
    return {"rows": [row for row in rows if not row["is_same"]], "same": same}


def _named(change: Change) -> str:
    """Another record of the same report, which may not be known yet."""
    model = kinds().get(change["kind"])
    title = str(model._meta.verbose_name) if model else change["kind"]
    code = change.get("values", {}).get("code") or change["id"][:8]
    return _("%(kind)s %(code)s, in this report") % {"kind": capfirst(title), "code": code}
