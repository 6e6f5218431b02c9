"""Filling a form as a phone does: answers in, the XML of a submission out. Quick enough for thousands."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from kambila.intake.definition import Definition
from kambila.intake.xml import child, local, parse
from kambila.journal import clock

Answers = Mapping[str, Any]
ID, BASE_VERSION = "__id", "__base_version"


@dataclass(frozen=True)
class _Node:
    """One element of the primary instance."""

    name: str
    path: str
    repeats: bool
    children: tuple[_Node, ...]
    names: frozenset[str]  # of what can be answered below, down to the repeats
    kind: str = ""  # of the entity that is declared here
    create: str | None = None
    update: str | None = None


@dataclass
class _Pen:
    """What is the same for the whole submission."""

    preloads: Mapping[str, str]
    new_id: Callable[[], str]
    out: list[str]
    named: str  # what stands in the meta of the whole: the ids of the submission


_templates: WeakKeyDictionary[Definition, _Node] = WeakKeyDictionary()


def fill(
    definition: Definition,
    answers: Answers,
    *,
    instance: str = "",
    deprecated: str = "",
    day: str = "",
    new_id: Callable[[], str] | None = None,
) -> bytes:
    """The submission of a form that was answered.

    `answers` gives a value for each question by its name; groups may be left out or be mappings; a repeat is a list of
    mappings. A list is a multiple choice, a tuple a position (latitude, longitude). ``__id`` is the UUID of the record
    that the form or the repeat creates or updates (or a mapping by kind), ``__base_version`` the version of it that the
    phone held. `day` is the day on the phone; `deprecated` the instance that is edited. Raises ValueError for a name that
    the form does not have.
    """
    new_id = new_id or _random_id
    day = day or clock.now().date().isoformat()
    preloads = {"date today": day, "timestamp start": f"{day}T09:00:00.000Z", "timestamp end": f"{day}T09:20:00.000Z"}
    known = {path: preloads[bind.preload] for path, bind in definition.binds.items() if bind.preload in preloads}
    edits = f"<deprecatedID>{escape(deprecated)}</deprecatedID>" if deprecated else ""
    named = f"<instanceID>{escape(instance or f'uuid:{new_id()}')}</instanceID>{edits}"
    pen = _Pen(known, new_id, [], named)
    root = _template(definition)
    xmlns = f" xmlns={quoteattr(definition.namespace)}" if definition.namespace else ""
    head = f"<{root.name}{xmlns} id={quoteattr(definition.id)} version={quoteattr(definition.version)}>"
    pen.out.append(f"<?xml version='1.0' encoding='UTF-8'?>{head}")
    _write_children(pen, root, answers)
    pen.out.append(f"</{root.name}>")
    return "".join(pen.out).encode()


def _random_id() -> str:
    return str(uuid.uuid4())


def _write_children(pen: _Pen, node: _Node, answers: Answers) -> None:
    if unknown := [name for name in answers if name not in node.names and not name.startswith("__")]:
        raise ValueError(f"the form has no question {', '.join(unknown)} in {node.path}")
    _write_below(pen, node, answers)


def _write_below(pen: _Pen, node: _Node, answers: Answers) -> None:
    for each in node.children:
        if each.repeats:
            for row in answers.get(each.name) or ():
                pen.out.append(f"<{each.name}>")
                _write_children(pen, each, row)
                pen.out.append(f"</{each.name}>")
        elif each.children or each.kind:
            own = answers.get(each.name)
            pen.out.append(f"<{each.name}>")
            if isinstance(own, Mapping):
                _write_children(pen, each, own)
            else:
                _write_below(pen, each, answers)
            pen.out.append(f"</{each.name}>")
        else:
            said = answers[each.name] if each.name in answers else pen.preloads.get(each.path)
            written = _text(said)
            pen.out.append(f"<{each.name}>{escape(written)}</{each.name}>" if written else f"<{each.name}/>")
    _write_meta(pen, node, answers)


def _write_meta(pen: _Pen, node: _Node, answers: Answers) -> None:
    """The record that is declared here, and the ids of the submission, in one block as pyxform has it."""
    named = "" if node.path.count("/") > 1 else pen.named
    entity = _entity(pen, node, answers) if node.kind else ""
    if named or entity:
        pen.out.append(f"<meta>{named}{entity}</meta>")


def _entity(pen: _Pen, node: _Node, answers: Answers) -> str:
    id = answers.get(ID)
    id = id.get(node.kind) if isinstance(id, Mapping) else id
    base = answers.get(BASE_VERSION)
    said = {"dataset": node.kind, "id": id or pen.new_id(), "create": node.create, "update": node.update}
    said["baseVersion"] = None if base is None else str(base)
    stated = " ".join(f"{name}={quoteattr(value)}" for name, value in said.items() if value is not None)
    return f"<entity {stated}><label>{escape(node.kind)}</label></entity>"


def _text(said: Any) -> str:
    if said is None:
        return ""
    if isinstance(said, bool):
        return "yes" if said else "no"
    if isinstance(said, tuple):
        return " ".join(str(each) for each in (*said, 0, 0)[:4])  # latitude, longitude, altitude, accuracy
    if isinstance(said, list | set | frozenset):
        return _several(said)
    return str(said)


def _several(said: Iterable[Any]) -> str:
    """A multiple choice, or the points of a line or a polygon."""
    points = [each for each in said if isinstance(each, tuple)]
    return ";".join(_text(each) for each in points) if points else " ".join(str(each) for each in said)


def _template(definition: Definition) -> _Node:
    if definition not in _templates:
        model = next(each for each in parse(definition.xform).iter() if local(each.tag) == "model")
        instance = next(each for each in model if local(each.tag) == "instance")
        _templates[definition] = _node(instance[0], f"/{definition.root}", definition)
    return _templates[definition]


def _node(element: Element, path: str, definition: Definition) -> _Node:
    below: dict[str, _Node] = {}  # a repeat stands there twice: as its template and as its first row
    for each in element:
        name = local(each.tag)
        if name != "meta" and name not in below:
            below[name] = _node(each, f"{path}/{name}", definition)
    meta = child(element, "meta")
    entity = child(meta, "entity") if meta is not None else None
    inner = [name for each in below.values() if not each.repeats for name in each.names]
    return _Node(
        name=local(element.tag),
        path=path,
        repeats=path in definition.repeats,
        children=tuple(below.values()),
        names=frozenset([*below, *inner]),
        kind=entity.get("dataset", "") if entity is not None else "",
        create=entity.get("create") if entity is not None else None,
        update=entity.get("update") if entity is not None else None,
    )
