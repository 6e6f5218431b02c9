"""XML from outside: read without document types, entities or anything that would be fetched."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kambila.intake import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem

LIMIT = 16 * 1024 * 1024
DEPTH = 40


def parse(content: bytes) -> Element:
    """The root element. Raises Problem for what is no XML, has a DTD, is too large or nested too deep."""
    if len(content) > LIMIT:
        raise Problem("too-large", limit=LIMIT // 1024 // 1024)
    if b"\0" in content:
        raise Problem("not-xml", why="NUL")
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Problem("xml-forbidden") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Problem("not-xml", why=str(error)) from None
    _must_be_shallow(root)
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


def _must_be_shallow(root: Element) -> None:
    level = [root]
    for _depth in range(DEPTH):
        level = [each for element in level for each in element]
        if not level:
            return
    raise Problem("too-deep", depth=DEPTH)
