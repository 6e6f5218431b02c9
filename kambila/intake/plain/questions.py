"""What a form asks, as a tree: groups, repeats and questions, from the body of its XForm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from kambila.intake.definition import INSTANCE, LABEL, Bind, Choice, Definition, Words, itext
from kambila.intake.first_answered import constants, first_answered
from kambila.intake.xml import attribute, child, local, parse

CONTROLS = ("input", "select1", "select", "rank", "upload", "trigger", "range")


@dataclass(frozen=True)
class Question:
    """Something that is asked, in the languages of the form. `relevant` is the XPath of when, empty for always."""

    path: str
    control: str
    type: str
    label: Words
    hint: Words
    message: Words
    required: bool
    relevant: str
    look: str
    choices: tuple[Choice, ...] = ()
    source: str = ""  # the instance from whose file the choices come
    media: str = ""
    is_note: bool = False

    @property
    def name(self) -> str:
        return _name(self.path)


@dataclass(frozen=True)
class Group:
    """Questions that belong together; in a repeat any number of times.

    `firsts`: the name of each answer in it that is the first of two others, with their names; `constants`: the name of
    each that is always the same, and that answer.
    """

    path: str
    label: Words
    relevant: str
    is_repeat: bool = False
    parts: tuple[Group | Question, ...] = ()
    firsts: tuple[tuple[str, tuple[str, str]], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return _name(self.path)


@lru_cache(maxsize=64)
def asked(definition: Definition) -> Group:
    """The whole form. What a form computes by itself is not in it."""
    html = parse(definition.xform)
    body, model = child(html, "body"), next(each for each in html.iter() if local(each.tag) == "model")
    binds = {each.get("nodeset", ""): each for each in model if local(each.tag) == "bind"}
    reader = _Reader(definition, itext(model), binds)
    root = f"/{definition.root}"
    parts = tuple(reader.parts(body)) if body is not None else ()
    return Group(root, {}, "", parts=parts, firsts=reader.firsts(root), constants=reader.constants(root))


@dataclass
class _Reader:
    definition: Definition
    words: Mapping[str, Words]
    binds: Mapping[str, Element]

    def parts(self, element: Element) -> Iterator[Group | Question]:
        for each in element:
            name, path = local(each.tag), each.get("ref") or each.get("nodeset") or ""
            if name == "group":
                yield self._group(each, path)
            elif name in CONTROLS and path in self.definition.binds:
                yield self._question(each, name, self.definition.binds[path])

    def _group(self, element: Element, path: str) -> Group:
        repeat = child(element, "repeat")
        path = path or (repeat.get("nodeset", "") if repeat is not None else "")
        relevant = self.definition.binds[path].relevant if path in self.definition.binds else ""
        parts = tuple(self.parts(repeat if repeat is not None else element))
        label = self._said(child(element, "label"))
        return Group(path, label, relevant, repeat is not None, parts, self.firsts(path), self.constants(path))

    def firsts(self, group: str) -> tuple[tuple[str, tuple[str, str]], ...]:
        """The answers right in a group that are the first of two others."""
        found = first_answered(self.definition).items()
        return tuple(
            (_name(path), (_name(one), _name(other))) for path, (one, other) in found if _around(path) == group
        )

    def constants(self, group: str) -> tuple[tuple[str, str], ...]:
        """The answers right in a group that are always the same."""
        found = constants(self.definition).items()
        return tuple((_name(path), said) for path, said in found if _around(path) == group)

    def _question(self, element: Element, control: str, bind: Bind) -> Question:
        itemset, stated = child(element, "itemset"), self.binds[bind.path]
        source = INSTANCE.search(itemset.get("nodeset", "")) if itemset is not None else None
        choices = tuple(self.definition.choices.get(bind.path, {}).values())
        return Question(
            path=bind.path,
            control=control,
            type=bind.type,
            label=self._said(child(element, "label")),
            hint=self._said(child(element, "hint")),
            message=self._of(attribute(stated, "constraintMsg") or ""),
            required=bind.required,
            relevant=bind.relevant,
            look=element.get("appearance", ""),
            choices=choices,
            source=source.group(1) if source and not choices else "",
            media=element.get("mediatype", ""),
            is_note=control == "input" and stated.get("readonly", "").strip() == "true()",
        )

    def _said(self, element: Element | None) -> Words:
        if element is None:
            return {}
        return self._of(element.get("ref", "") or "".join(element.itertext()).strip())

    def _of(self, reference: str) -> Words:
        found = LABEL.search(reference)
        return self.words.get(found.group(1), {}) if found else ({"": reference} if reference else {})


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _around(path: str) -> str:
    return path.rpartition("/")[0]
