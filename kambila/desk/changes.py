"""What a report says of each record, as it was stated; whether it is accepted or not."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kambila.desk import values
from kambila.journal.entry import Entry
from kambila.registry import access, geometry
from kambila.registry.fields import PartialDate, Shape, Stated
from kambila.registry.kinds import kinds
from kambila.registry.models import Record, kind_of, stated_fields


def changes_of(account: Any, entry: Entry, open_kinds: Collection[str]) -> list[dict[str, Any]]:
    """For each change of a report: its kind, its record (a link when the account sees it), and the values stated."""
    stated = entry.body.get("changes", [])
    opened = [each for each in stated if each["kind"] in open_kinds]
    seen, targets = _seen(account, stated), stated_targets(account, opened)
    return [_change(each, each["kind"] in open_kinds, seen, targets) for each in stated]


def _change(
    change: Mapping[str, Any], is_open: bool, seen: Mapping[tuple[str, str], str], targets: values.Targets
) -> dict[str, Any]:
    kind, id = change["kind"], change["id"]
    model = kinds().get(kind)
    said = change.get("values", {})
    code = seen.get((kind, id)) or (said.get("code") if is_open else None) or id[:8]
    return {
        "title": capfirst(str(model._meta.verbose_name)) if model else kind,
        "code": code,
        "url": reverse("record", args=[kind, id]) if (kind, id) in seen else "",
        "values": _values(model, said, change.get("sealed", {}), targets) if is_open else [],
    }


def _values(
    model: type[Record] | None, said: Mapping[str, Any], sealed: Mapping[str, str], targets: values.Targets
) -> list[tuple[str, str | SafeString]]:
    declared = stated_fields(model) if model else {}
    rows: list[tuple[str, str | SafeString]] = []
    order = [name for name in declared if name in said] + [name for name in said if name not in declared]
    for name in order:
        field = declared.get(name)
        rows.append((str(field.verbose_name) if field else name, stated_value(field, said[name], targets)))
    for name in sealed:
        rows.append((str(declared[name].verbose_name) if name in declared else name, _("sealed")))
    return rows


def stated_value(field: Stated | None, value: Any, targets: values.Targets) -> str | SafeString:
    """A stated value (JSON) as a person reads it; what the field cannot understand is shown as it was said."""
    if value is None:
        return _("stated as unknown")
    if field is None:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    to = values.linked_model(field)
    try:
        if to is not None:
            return format_html_join(", ", "{}", ((values.link(to, id, targets),) for id in _ids(field, value)))
        read = field.read(value)
        if isinstance(field, Shape):
            shape: geometry.Shape = read
            return values.shape(shape.wkb, shape.area_m2 if field.has_area else None, brief=False)
        return values.said(field, read[0] if isinstance(field, PartialDate) else read)
    except (ValueError, TypeError):
        return str(value)


def _ids(field: Stated, value: Any) -> tuple[str, ...]:
    read = field.read(value)
    return (read,) if isinstance(read, str) else tuple(read)


def stated_targets(account: Any, changes: list[Mapping[str, Any]]) -> values.Targets:
    """What the stated links lead to, as far as the account may know it."""
    wanted: dict[type[Record], set[str]] = defaultdict(set)
    for change in changes:
        model = kinds().get(change["kind"])
        for name, field in (stated_fields(model) if model else {}).items():
            to, value = values.linked_model(field), change.get("values", {}).get(name)
            if to is not None and value is not None:
                with suppress(ValueError):
                    wanted[to].update(_ids(field, value))
    return values.Targets(account, wanted)


def _seen(account: Any, changes: list[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The records concerned that the account sees, with their codes: one query for each kind."""
    found: dict[tuple[str, str], str] = {}
    for kind in {change["kind"] for change in changes} & set(kinds()):
        model = kinds()[kind]
        ids = [change["id"] for change in changes if change["kind"] == kind]
        for id, code in access.visible(account, model).filter(pk__in=ids).values_list("id", "code"):
            found[kind_of(model), id] = code or id[:8]
    return found
