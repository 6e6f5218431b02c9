"""A form that begins with what is known of a record, and updates it: the same XForm with another first instance."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import shapely

from kambila.intake import forms
from kambila.intake.definition import Bind, Definition, Entity
from kambila.intake.first_answered import first_answered
from kambila.intake.plain import errors  # noqa: F401  the catalogue
from kambila.intake.values import target_kind
from kambila.intake.xml import child, local, parse
from kambila.journal.errors import Problem
from kambila.registry import access
from kambila.registry.fields import Link, Links, PartialDate, Several, Shape
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.models import Record, kind_of

PREFIXES = {
    "": "http://www.w3.org/2002/xforms",
    "h": "http://www.w3.org/1999/xhtml",
    "ev": "http://www.w3.org/2001/xml-events",
    "xsd": "http://www.w3.org/2001/XMLSchema",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "entities": "http://www.opendatakit.org/xforms/entities",
}
for _prefix, _name in PREFIXES.items():
    ElementTree.register_namespace(_prefix, _name)


def prefilled(definition: Definition, account: Any, kind: str, id: str) -> Definition:
    """The form with the answers that are known of a record, as far as the account may see them; never names.

    Raises Problem when the form writes no record of this kind, or the account sees no such record.
    """
    entity = next((each for each in definition.entities.values() if each.kind == kind), None)
    if entity is None or any(f"{entity.path}/".startswith(f"{each}/") for each in definition.repeats):
        raise Problem("form-of-another-kind", form=definition.id, kind=kind)
    record = access.visible(account, model_of(kind)).filter(pk=id).first()
    if record is None:
        raise Problem("no-such-record", name=id)
    html = parse(definition.xform)
    model = next(each for each in html.iter() if local(each.tag) == "model")
    for path, answer in known_answers(definition, entity, account, record).items():
        _at(model, path).text = answer
    _update_instead(model, entity, record)
    return forms.definition_in(ElementTree.tostring(html, encoding="utf-8", xml_declaration=True))


def known_answers(definition: Definition, entity: Entity, account: Any, record: Record) -> dict[str, str]:
    """For each question that is saved to the record what would be answered, by path."""
    open_fields = set(access.fields(account, type(record), record))
    found, listed = {}, {path: first for path, (first, _typed) in first_answered(definition).items()}
    for path, (owner, name) in definition.saved.items():
        if owner is not entity or name not in open_fields:
            continue
        if path in listed and (chosen := _listed(record, name, account)):
            found[listed[path]] = chosen
        elif not definition.binds[path].calculate and (
            answer := _answer(definition, definition.binds[path], record, name, account)
        ):
            found[path] = answer
    return found


def _listed(record: Record, name: str, account: Any) -> str:
    """The record that a link leads to, as a list of records names it; nothing when it is not for this account to see."""
    field = plan_of(kind_of(type(record))).stated[name]
    id = getattr(record, f"{name}_id") if isinstance(field, Link) else None
    target: Any = field.related_model
    return id if id and access.visible(account, target).filter(pk=id).exists() else ""


def _answer(definition: Definition, bind: Bind, record: Record, name: str, account: Any) -> str:
    """The text of an answer; empty for what is not known, is sealed, or cannot be said in this question."""
    declared, value = plan_of(kind_of(type(record))).stated[name], getattr(record, name)
    if value in (None, "", ()) or declared.sealed:
        return ""
    choices = definition.choices.get(bind.path)
    if isinstance(declared, Link | Links):
        ids = [getattr(record, f"{name}_id")] if isinstance(declared, Link) else list(value)
        return _links(declared, ids, account)
    if isinstance(declared, Shape):
        return _shape(bytes(value))
    if choices is not None:
        named = {each.code: each.name for each in choices.values()}
        said = value if isinstance(declared, Several) else (value,)
        return " ".join(named[each] for each in map(str, said) if each in named)
    if isinstance(declared, PartialDate) and bind.type == "date":
        return _day(str(value), definition.appearances.get(bind.path, ""))
    return " ".join(value) if isinstance(declared, Several) else str(value)


def _links(declared: Link | Links, ids: list[str], account: Any) -> str:
    """Codes, as they are typed; nothing when one of them is not for this account to see."""
    model: Any = declared.related_model if isinstance(declared, Link) else model_of(target_kind(declared))
    seen = dict(access.visible(account, model).filter(pk__in=ids).values_list("id", "code"))
    return " ".join(seen[id] or id for id in ids) if set(ids) <= set(seen) else ""


def _day(text: str, look: str) -> str:
    """A whole date, as a question for a day, a month or a year sends it; nothing where the question asks for more."""
    words = look.split()
    wanted = 4 if "year" in words else 7 if "month-year" in words else 10
    return (text + "-01-01"[len(text) - 4 :])[:10] if len(text) >= wanted else ""


def _shape(wkb: bytes) -> str:
    """``lat lon 0 0; …`` of a point, a line or an area without holes; nothing for what a question cannot hold."""
    geometry = shapely.from_wkb(wkb)
    if geometry.geom_type.startswith("Multi") and len(geometry.geoms) == 1:
        geometry = geometry.geoms[0]
    if geometry.geom_type == "Polygon":
        if geometry.interiors:
            return ""
        geometry = geometry.exterior
    elif geometry.geom_type not in ("Point", "LineString"):
        return ""
    return ";".join(f"{y:.7f} {x:.7f} 0 0" for x, y, *_ in geometry.coords)


def _at(model: Element, path: str) -> Element:
    """A node of the first instance. Raises KeyError when the form has none."""
    instance = next(each for each in model if local(each.tag) == "instance")
    node: Element | None = instance
    for name in path.strip("/").split("/"):
        node = child(node, name) if node is not None else None
    if node is None:
        raise KeyError(path)
    return node


def _update_instead(model: Element, entity: Entity, record: Record) -> None:
    """The entity of the form is this record: updated, not created, in the version that was shown."""
    below = f"{entity.path}/meta/entity/@"
    for each in list(model):
        if (each.get("nodeset") or each.get("ref") or "").startswith(below):
            model.remove(each)
    node = _at(model, f"{entity.path}/meta/entity")
    for name in ("create", "trunkVersion", "branchId"):
        node.attrib.pop(name, None)
    node.attrib.update({"update": "1", "id": record.id, "baseVersion": str(record.revision)})
