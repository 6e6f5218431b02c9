"""What a form says of itself, read from its XForm, however that was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from django.utils.translation import get_language

from kambila.intake.xml import attribute, child, local, parse, text
from kambila.journal.errors import Problem

INSTANCE = re.compile(r"instance\('([^']+)'\)")
LABEL = re.compile(r"jr:itext\('([^']+)'\)")
XFORMS = "http://www.w3.org/2002/xforms"
ENTITY_VERSIONS = ("2022.1.0", "2023.1.0", "2024.1.0", "2025.1.0")
Words = Mapping[str, str]  # language: text


@dataclass(frozen=True, slots=True)
class Bind:
    """What the model of a form says of one node."""

    path: str
    type: str = "string"
    saveto: str = ""
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    calculate: str = ""
    preload: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A record that a form creates or updates: its kind, and the path of the container that it is declared in."""

    path: str
    kind: str
    create: bool
    update: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a list; `code` is its `kambila_code`, or its name."""

    name: str
    code: str
    labels: Words


@dataclass(frozen=True, eq=False)
class Definition:
    """A form: see the fields. Paths are as in the XForm, without namespaces: ``/data/casualties/age``."""

    id: str
    version: str
    title: str
    root: str
    binds: Mapping[str, Bind]
    entities: Mapping[str, Entity]  # by the path of their container
    repeats: frozenset[str]
    choices: Mapping[str, Mapping[str, Choice]]  # of a question, by path and name
    labels: Mapping[str, Words]  # of questions and groups, by path
    appearances: Mapping[str, str]
    languages: tuple[str, ...]
    namespace: str = ""
    order: tuple[str, ...] = ()  # every node of the instance below its root, in document order
    xform: bytes = field(default=b"", repr=False)

    @cached_property
    def saved(self) -> dict[str, tuple[Entity, str]]:
        """For each question that is saved: the entity that its answer belongs to, and the field."""
        found = {}
        for bind in self.binds.values():
            entity = self.entity_around(bind.path) if bind.saveto else None
            if entity is not None:
                found[bind.path] = (entity, bind.saveto)
        return found

    def entity_around(self, path: str) -> Entity | None:
        """The entity of the nearest container of a path."""
        while path.count("/") > 1:
            path = path.rpartition("/")[0]
            if path in self.entities:
                return self.entities[path]
        return None

    def label(self, path: str, language: str = "en") -> str:
        """The words of a question in a language, else in any, else its name."""
        words = self.labels.get(path, {})
        return words.get(language) or next(iter(words.values()), "") or path.rpartition("/")[2]

    def titled(self, language: str = "") -> str:
        """The title in a language, that of the reader unless another is named."""
        titles = self.titles()
        return titles.get(language or (get_language() or "en")[:2]) or self.title

    def titles(self) -> dict[str, str]:
        """The title in each language: an XForm has one; ``A village / Un village`` has them in the order of languages."""
        parts = [each.strip() for each in self.title.split(" / ")]
        languages = self.languages or ("",)
        return (
            dict(zip(languages, parts, strict=True))
            if len(parts) == len(languages)
            else dict.fromkeys(languages, self.title)
        )


def read(xform: bytes) -> Definition:
    """The definition of a form. Raises Problem when it is none, or follows a specification that is not known."""
    html = parse(xform)
    head, body = child(html, "head"), child(html, "body")
    model = child(head, "model") if head is not None else None
    instance = next((each for each in model or () if local(each.tag) == "instance" and not each.get("id")), None)
    if head is None or body is None or model is None or instance is None or not len(instance):
        raise Problem("not-a-form", why="html/head/model/instance")
    root = instance[0]
    stated, _, name = root.tag.rpartition("}")
    namespace = stated.lstrip("{") if stated != f"{{{XFORMS}" else ""
    form = root.get("id") or namespace
    version = attribute(model, "entities-version") or ""
    if version and version not in ENTITY_VERSIONS:
        raise Problem("entities-version", form=form, version=version)
    words = itext(model)
    lists = {each.get("id", ""): _items(each, words) for each in model if local(each.tag) == "instance"}
    controls = list(_controls(body))
    return Definition(
        id=form,
        version=root.get("version") or "",
        title=text(child(head, "title")),
        root=name,
        namespace=namespace,
        binds={bind.path: bind for bind in _binds(model)},
        entities={each.path: each for each in _entities(root, f"/{name}")},
        repeats=frozenset(each.get("nodeset", "") for each in body.iter() if local(each.tag) == "repeat"),
        choices={path: found for path, each in controls if (found := _choices(each, lists, words))},
        labels={path: words_of for path, each in controls if (words_of := _label(each, words))},
        appearances={path: each.get("appearance", "") for path, each in controls if each.get("appearance")},
        languages=tuple(dict.fromkeys(language for each in words.values() for language in each)),
        order=tuple(dict.fromkeys(_paths(root, f"/{name}"))),
        xform=xform,
    )


def _binds(model: Element) -> Iterator[Bind]:
    for each in model:
        if local(each.tag) == "bind" and each.get("nodeset"):
            yield Bind(
                path=each.get("nodeset", ""),
                type=local(each.get("type", "string").replace(":", "}")),
                saveto=attribute(each, "saveto") or "",
                required=each.get("required", "").strip() in ("true()", "true"),
                relevant=each.get("relevant", "").strip(),
                constraint=each.get("constraint", "").strip(),
                calculate=each.get("calculate", "").strip(),
                preload=" ".join(filter(None, (attribute(each, "preload"), attribute(each, "preloadParams")))),
            )


def _entities(element: Element, path: str) -> Iterator[Entity]:
    for each in element:
        name = local(each.tag)
        if name == "meta":
            entity = child(each, "entity")
            if entity is not None and entity.get("dataset"):
                yield Entity(path, entity.get("dataset", ""), "create" in entity.attrib, "update" in entity.attrib)
        else:
            yield from _entities(each, f"{path}/{name}")


def _paths(element: Element, path: str) -> Iterator[str]:
    for each in element:
        if local(each.tag) != "meta":
            below = f"{path}/{local(each.tag)}"
            yield below
            yield from _paths(each, below)


def _controls(body: Element) -> Iterator[tuple[str, Element]]:
    for each in body.iter():
        path = each.get("ref") or each.get("nodeset") or ""
        if path.startswith("/") and local(each.tag) not in ("repeat", "setvalue"):
            yield path, each


def itext(model: Element) -> dict[str, dict[str, str]]:
    """Text id: {language: text}. A language called "French (fr)" is "fr"."""
    found: dict[str, dict[str, str]] = {}
    block = child(model, "itext")
    for translation in block if block is not None else ():
        code = re.search(r"\(([A-Za-z-]+)\)\s*$", translation.get("lang", ""))
        language = code.group(1) if code else translation.get("lang", "")
        for each in translation:
            value = next((v for v in each if local(v.tag) == "value" and not v.get("form")), None)
            if value is not None:
                found.setdefault(each.get("id", ""), {})[language] = "".join(value.itertext()).strip()
    return found


def _label(element: Element, words: Mapping[str, dict[str, str]]) -> Words:
    label = child(element, "label")
    if label is None:
        return {}
    reference = LABEL.search(label.get("ref", ""))
    return words.get(reference.group(1), {}) if reference else {"": "".join(label.itertext()).strip()}


def _items(instance: Element, words: Mapping[str, dict[str, str]]) -> dict[str, Choice]:
    root = instance[0] if len(instance) else instance
    found = {}
    for item in root:
        name = text(child(item, "name"))
        labels = words.get(text(child(item, "itextId"))) or {"": text(child(item, "label"))}
        found[name] = Choice(name, text(child(item, "kambila_code")) or name, labels)
    return found


def _choices(
    control: Element, lists: Mapping[str, Mapping[str, Choice]], words: Mapping[str, dict[str, str]]
) -> Mapping[str, Choice]:
    itemset = child(control, "itemset")
    if itemset is not None:
        reference = INSTANCE.search(itemset.get("nodeset", ""))
        return lists.get(reference.group(1), {}) if reference else {}
    found = {}
    for item in control:
        if local(item.tag) == "item":
            name = text(child(item, "value"))
            found[name] = Choice(name, name, _label(item, words))
    return found
