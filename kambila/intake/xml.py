"""XML from outside: read without document types, entities or anything that would be fetched."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from kambila.intake import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem

LIMIT = 16 * 1024 * 1024
DEPTH = 40
ELEMENTS = 100_000  # each takes about a hundred bytes of memory while it is read
ATTRIBUTES = 200  # of one element
LONG_TAG = re.compile(rb"<[^<>]{100000}")  # its attributes would all be in memory before they could be counted


class _Bounded(TreeBuilder):
    """Builds the tree, and stops as soon as it grows beyond what a form needs."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > DEPTH:
            raise Problem("too-deep", depth=DEPTH)
        if self.elements > ELEMENTS or len(attributes) > ATTRIBUTES:
            raise Problem("too-many-elements", elements=ELEMENTS, attributes=ATTRIBUTES)
        return super().start(tag, attributes)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse(content: bytes) -> Element:
    """The root element. Raises Problem for what is no XML, has a DTD, is too large, nested too deep or too numerous."""
    if len(content) > LIMIT:
        raise Problem("too-large", limit=LIMIT // 1024 // 1024)
    if b"\0" in content:
        raise Problem("not-xml", why="NUL")
    if content.count(b"<") > 2 * ELEMENTS or LONG_TAG.search(content):
        raise Problem("too-many-elements", elements=ELEMENTS, attributes=ATTRIBUTES)
    try:
        parser = XMLParser(target=_Bounded(), forbid_dtd=True)
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException:
        raise Problem("xml-forbidden") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Problem("not-xml", why=str(error)) from None
    return root


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def child(element: Element, name: str) -> Element | None:
    """The first child of a name, whatever its namespace."""
    return next((each for each in element if local(each.tag) == name), None)


def text(element: Element | None) -> str:
    """The text of an element, without the space around it; empty for none."""
    return (element.text or "").strip() if element is not None else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    if name in element.attrib:
        return element.attrib[name]
    return next((value for key, value in element.attrib.items() if local(key) == name), None)
