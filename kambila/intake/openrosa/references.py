"""What a form needs beside itself: lists of records, and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from kambila.intake.definition import Definition
from kambila.intake.xml import local, parse
from kambila.journal.errors import Problem
from kambila.registry.kinds import kinds

FILE = re.compile(r"jr://[a-z-]+/(.+)")
LIST = re.compile(r"instance\('([^']+)'\)|pulldata\('([^']+)'")
WORD = re.compile(r"[A-Za-z_][\w.-]*")
CSV = ".csv"
ENTITY_LIST = "jr://file-csv/"
RETURNED = "returned"  # not a kind: the reports that the account has to mend


@dataclass(frozen=True)
class Needed:
    """`lists`: for each list of records the words that the form uses with it, among them its columns; `files`: names."""

    lists: Mapping[str, frozenset[str]]
    files: frozenset[str]


@lru_cache(maxsize=1024)
def needed(definition: Definition) -> Needed:
    """What a form needs. A list is an instance that lies in a file called after a kind of record."""
    root = parse(definition.xform)
    sources = dict(_external(root))
    lists = {name: source for name, source in sources.items() if _kind_of(source)}
    words: dict[str, set[str]] = {_kind_of(source): set() for source in lists.values()}
    for expression in _expressions(root):
        for found in LIST.finditer(expression):
            source = lists.get(found[1] or found[2])
            if source:
                words[_kind_of(source)] |= set(WORD.findall(expression))
    files = {name[1] for source in _all_files(root) if (name := FILE.fullmatch(source)) and not _kind_of(source)}
    return Needed({kind: frozenset(said) for kind, said in words.items()}, frozenset(files - {"last-saved"}))


def must_be_there(definition: Definition, media: Mapping[str, bytes]) -> None:
    """Raise Problem when a form looks things up in a list that is no kind and does not come with it.

    Pictures and sounds that did not come are not asked for: a phone shows the question without them.
    """
    missing = {name for name in needed(definition).files if name.endswith(CSV)} - set(media)
    if missing:
        raise Problem("form-unknown-list", form=definition.id, name=min(missing))


def _kind_of(source: str) -> str:
    """The kind of record whose list a source is, or `returned`; empty when it is another file."""
    name = source.removeprefix(ENTITY_LIST).removesuffix(CSV)
    return name if source == f"{ENTITY_LIST}{name}{CSV}" and (name in kinds() or name == RETURNED) else ""


def _external(root: Element) -> Iterator[tuple[str, str]]:
    for each in root.iter():
        if local(each.tag) == "instance" and each.get("src"):
            yield each.get("id", ""), each.get("src", "")


def _all_files(root: Element) -> Iterator[str]:
    for each in root.iter():
        if (each.get("src") or "").startswith("jr://"):
            yield each.get("src", "")
        elif local(each.tag) == "value" and (each.text or "").strip().startswith("jr://"):
            yield (each.text or "").strip()


def _expressions(root: Element) -> Iterator[str]:
    """Every expression, with the columns that a choice shows and states."""
    for each in root.iter():
        yield from each.attrib.values()
        if local(each.tag) == "itemset":
            yield " ".join([each.get("nodeset", ""), *(part.get("ref", "") for part in each)])
            if "map" in each.get("appearance", ""):
                yield f"{each.get('nodeset', '')} geometry"
