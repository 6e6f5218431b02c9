"""XML from outside: read without document types, entities or anything that would be fetched."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.etree.ElementTree import XMLParser as QuickParser

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from kambila.intake import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem
from kambila.journal.uncollected import uncollected

LIMIT = 16 * 1024 * 1024
DEPTH = 40
DOCUMENT_TYPE = b"<!DOCTYPE"
CHUNK = 16 * 1024
ELEMENTS = 20_000  # each takes about a hundred bytes of memory while it is read
ATTRIBUTES = 200  # of one element
LONG_TAG = re.compile(rb"<[^<>]{100000}")  # its attributes would all be in memory before they could be counted


def parse(content: bytes) -> Element:
    """The root element. Raises Problem for what is no XML, has a DTD, is too large, nested too deep or too numerous."""
    if len(content) > LIMIT:
        raise Problem("too-large", limit=LIMIT // 1024 // 1024)
    if b"\0" in content:
        raise Problem("not-xml", why="NUL")
    if content.count(b"<") > 2 * ELEMENTS or LONG_TAG.search(content):
        raise Problem("too-many-elements", elements=ELEMENTS, attributes=ATTRIBUTES)
    try:
        with uncollected():
            root = _slowly(content) if DOCUMENT_TYPE in content else _quickly(content)
            _must_be_a_form(root)
    except DefusedXmlException:
        raise Problem("xml-forbidden") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Problem("not-xml", why=str(error)) from None
    return root


def _slowly(content: bytes) -> Element:
    """By the parser that looks for document types. It is written in Python: others would wait for it."""
    parser = XMLParser(forbid_dtd=True)
    parser.feed(content)
    root: Element = parser.close()
    return root


def _quickly(content: bytes) -> Element:
    """Ten times as quick. Nothing hides a document type from whoever looks for its letters: every encoding that is read
    has those of ASCII where ASCII has them, except UTF-16, which is full of NUL."""
    builder = TreeBuilder()
    around = builder.start("around", {})  # so that the tree can be looked at while it grows
    parser = QuickParser(target=builder)  # noqa: S314  there is no document type
    for start in range(0, len(content), CHUNK):
        parser.feed(content[start : start + CHUNK])
        inmost, depth = around, 0
        while len(inmost):
            inmost, depth = inmost[-1], depth + 1
            if depth > DEPTH:
                raise Problem("too-deep", depth=DEPTH)
    parser.close()
    return around[0]


def _must_be_a_form(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise Problem("too-deep", depth=DEPTH)
        level = [child for each in level for child in each]
    attributes = [len(each.attrib) for each in root.iter()]
    if len(attributes) > ELEMENTS or max(attributes) > ATTRIBUTES:
        raise Problem("too-many-elements", elements=ELEMENTS, attributes=ATTRIBUTES)


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
