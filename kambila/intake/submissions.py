"""From a submission to what its report will state: by the form's own entity declarations, with no code for any form.

Nothing here touches the database; human codes are looked up through the function that is handed in.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from kambila.intake import phones, values
from kambila.intake.definition import Bind, Definition, Entity
from kambila.intake.values import Resolve
from kambila.intake.xml import attribute, child, local, text
from kambila.journal.errors import Problem
from kambila.registry import partial_dates
from kambila.registry.fields import Attachment, Stated
from kambila.registry.kinds import kinds, plan_of

INVENTED = uuid.UUID("6f0c9a5e-58a3-5d0c-8f43-0d8a2b6f9a11")
DATE_QUESTION = "date_of_information"
TRUE = ("1", "true", "true()", "yes")


@dataclass
class Said:
    """One record that a submission speaks of. `opened` are values that will be sealed, `files` names of files."""

    kind: str
    id: str
    is_created: bool
    base_version: int | None
    trunk_version: int | None = None  # where a chain of changes made without a network began; None: with the record
    branch: str = ""  # the chain
    values: dict[str, Any] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        return bool(self.values or self.opened or self.files)


@dataclass
class Submission:
    """What a submission says. `files` are the names of all files that its XML names, also those saved to no record.

    `phone` is what the phone says of itself: its `device`, and when filling in began (`start`) and ended (`end`).
    """

    form: str
    version: str
    instance: str
    deprecated: str
    date: str
    records: list[Said]
    files: list[str]
    phone: dict[str, str] = field(default_factory=dict)


@dataclass
class _Region:
    """The whole form, or one row of a repeat: within it, records are about one another."""

    around: _Region | None
    records: list[Said] = field(default_factory=list)
    answered: bool = False


def form_of(root: Element) -> tuple[str, str]:
    """(id, version) of the form that a submission answers."""
    namespace = root.tag.rpartition("}")[0].lstrip("{")
    return root.get("id") or namespace, root.get("version") or ""


def instance_of(root: Element) -> tuple[str, str]:
    """(instanceID, deprecatedID) of a submission; empty where there is none."""
    return text(_in_meta(root, "instanceID")), text(_in_meta(root, "deprecatedID"))


def read(definition: Definition, root: Element, resolve: Resolve, first: str = "") -> Submission:
    """What a submission says by its form. Raises Problem when it has no instanceID or updates nothing that it names.

    `first` is the instance that this one corrects, so that records without an id of their own keep the one they got.
    """
    instance, deprecated = instance_of(root)
    if not instance or len(instance) > 250:
        raise Problem("no-instance-id")
    reader = _Reader(definition, first or instance, resolve)
    reader.container(root, f"/{definition.root}", f"/{definition.root}", _Region(None), None)
    for region in reader.regions:
        region.records = [each for each in region.records if each.says_something or region.around]
    for region in reader.regions:
        _link(region)
    records = [said for region in reader.regions for said in region.records]
    return Submission(
        definition.id,
        definition.version,
        instance,
        deprecated,
        reader.date(records),
        records,
        reader.files,
        phones.of_itself(root, reader.preloaded),
    )


def file_names(definition: Definition, root: Element) -> list[str]:
    """The files that a submission names, in the order of the form."""
    reader = _Reader(definition, "", lambda kind, code: "")
    reader.container(root, f"/{definition.root}", f"/{definition.root}", _Region(None), None)
    return list(dict.fromkeys(reader.files))


class _Reader:
    def __init__(self, definition: Definition, instance: str, resolve: Resolve) -> None:
        self.definition, self.instance, self.resolve = definition, instance, resolve
        self.regions: list[_Region] = []
        self.files: list[str] = []
        self.dates: dict[str, str] = {}
        self.preloaded: dict[str, str] = {}

    def container(self, element: Element, path: str, place: str, region: _Region, said: Said | None) -> None:
        """A group, a row of a repeat, or the whole: `place` is its path with the numbers of the rows.

        A region lists its records before those of the rows in it: the accident comes before its casualties.
        """
        if path in self.definition.repeats or not self.regions:
            region = _Region(region if self.regions else None)
            self.regions.append(region)
        self.files += [text(each) for each in (_in_meta(element, "audit"),) if text(each)]
        entity = self.definition.entities.get(path)
        own = self._said(entity, element, place) if entity is not None else None
        if entity is not None:
            said = own
        for each, below, at in _numbered(element, path, place):
            if len(each) or below in self.definition.repeats:
                self.container(each, below, at, region, said)
            elif answer := text(each):
                self._answer(self.definition.binds.get(below) or Bind(below), answer, region, said)
        if own is not None:
            region.records.append(own)
        if path in self.definition.repeats and not region.answered:
            region.records.clear()

    def _answer(self, bind: Bind, answer: str, region: _Region, said: Said | None) -> None:
        region.answered = region.answered or not (bind.calculate or bind.preload)
        name = bind.path.rpartition("/")[2]
        if bind.preload:
            self.preloaded.setdefault(bind.preload, answer)
        if name == DATE_QUESTION or bind.preload in ("date today", "timestamp end"):
            key = name if name == DATE_QUESTION else bind.preload
            look = self.definition.appearances.get(bind.path, "")
            self.dates.setdefault(key, values.partial_date(answer, bind.type, look))
        if bind.type == "binary":
            self.files.append(answer)
        if said is None or not bind.saveto:
            return
        stated = plan_of(said.kind).stated.get(bind.saveto)
        if stated is not None:
            self._save(stated, bind, answer, said)

    def _save(self, stated: Stated, bind: Bind, answer: str, said: Said) -> None:
        choices = self.definition.choices.get(bind.path, {})
        if isinstance(stated, Attachment):
            said.files[bind.saveto] = answer
        elif stated.sealed:
            said.opened[bind.saveto] = choices[answer].code if answer in choices else answer
        else:
            look = self.definition.appearances.get(bind.path, "")
            said.values[bind.saveto] = values.state(stated, answer, choices, self.resolve, bind.type, look)

    def _said(self, entity: Entity, element: Element, place: str) -> Said | None:
        """The record that the entity in this container creates or updates; None when it does neither."""
        node = _in_meta(element, "entity")
        if node is None or entity.kind not in kinds():
            return None
        creates = (attribute(node, "create") or "").lower() in TRUE
        updates = (attribute(node, "update") or "").lower() in TRUE
        if not creates and not updates:
            return None
        base, trunk = (_number(attribute(node, name)) for name in ("baseVersion", "trunkVersion"))
        id = self._id(entity, (attribute(node, "id") or "").strip(), creates, place)
        return Said(entity.kind, id, creates, base, trunk, (attribute(node, "branchId") or "").strip()[:60])

    def _id(self, entity: Entity, stated: str, creates: bool, place: str) -> str:
        try:
            return str(uuid.UUID(stated.removeprefix("uuid:")))
        except ValueError:
            known = self.resolve(entity.kind, stated) if stated else None
        if known:
            return known
        if not creates:
            raise Problem("update-without-record", kind=entity.kind)
        return str(uuid.uuid5(INVENTED, f"{self.instance}#{place}"))

    def date(self, records: list[Said]) -> str:
        """The date of information: asked for, else of the event, else the day on the phone; empty when none is known."""
        found = [self.dates.get(DATE_QUESTION, "")]
        found += [str(said.values.get(kinds()[said.kind].event_date) or "") for said in records]
        found += [self.dates.get("date today", ""), self.dates.get("timestamp end", "")]
        return next((each for each in found if _is_date(each)), "")


def _number(said: str | None) -> int | None:
    said = (said or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None


def _in_meta(element: Element, name: str) -> Element | None:
    """A part of an element's meta, of which there may be two: a plain one, and one in the namespace of OpenRosa."""
    metas = (each for each in element if local(each.tag) == "meta")
    return next((found for meta in metas if (found := child(meta, name)) is not None), None)


def _link(region: _Region) -> None:
    """Fill in the links of new records to what encloses them, where the model has one link to that kind and none was
    answered. An update stays silent about what it was not asked."""
    for each in (said for said in region.records if said.is_created):
        for kind, names in _links_by_kind(each.kind).items():
            if len(names) == 1 and names[0] not in each.values and kind != each.kind:
                target = _nearest(region, kind)
                if target is not None:
                    each.values[names[0]] = target.id


def _numbered(element: Element, path: str, place: str) -> Iterator[tuple[Element, str, str]]:
    """The children that may be answers, with their path, and their path with numbers."""
    seen: dict[str, int] = {}
    for each in element:
        name = local(each.tag)
        if name != "meta":
            seen[name] = seen.get(name, 0) + 1
            yield each, f"{path}/{name}", f"{place}/{name}[{seen[name]}]"


def _links_by_kind(kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, target in plan_of(kind).links.items():
        found.setdefault(target, []).append(name)
    return found


def _nearest(region: _Region | None, kind: str) -> Said | None:
    """The record of a kind in the region, or in the nearest one around it; None when there are several."""
    while region is not None:
        found = [each for each in region.records if each.kind == kind]
        if found:
            return found[0] if len(found) == 1 else None
        region = region.around
    return None


def _is_date(said: str) -> bool:
    try:
        partial_dates.read(said)
    except ValueError:
        return False
    return True
