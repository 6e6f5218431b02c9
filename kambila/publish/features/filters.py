"""CQL2 text (OGC 21-065r2) as a condition of the database, over the fields by which the reader may ask.

A comparison with what is not known is neither true nor false, also under `NOT`: such records are never found by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kambila.journal.errors import Problem
from kambila.publish.features import comparing, crs, spatial_filters, temporal_filters
from kambila.publish.features.collections import GEOMETRY, INFORMATION_DATE, Collection
from kambila.publish.features.comparing import wrong
from kambila.registry import access, whereabouts

LONGEST = 20_000  # characters
DEEPEST, MOST_NOTS, MOST_SIGNS = 40, 40, 8  # the parser's stack is not endless: what is deeper would end the process
QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")
PIECES = re.compile(r"[,()]|\band\b|\bor\b", re.IGNORECASE)
COMPARISONS = ("=", "<>", "<", ">", "<=", ">=")
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "<>": "<>"}
Node = Any


def condition(account: Any, collection: Collection, text: str, filter_crs: str = crs.CRS84) -> Q:
    """The records that a filter means. Raises Problem for one that is not understood or asks by what it may not."""
    return _Translation(account, collection, filter_crs).of(parsed(text), negated=False)


def equal(collection: Collection, name: str, said: str) -> Q:
    """The records whose field has a value that was given as a parameter of its own. Raises Problem."""
    if name not in collection.asked and name not in ("id", INFORMATION_DATE):
        raise Problem("unknown-parameter", name=name)
    return comparing.equals_text(collection, name, said)


def parsed(text: str) -> Node:
    """The filter as CQL2 JSON. Raises Problem."""
    import cql2

    if len(text) > LONGEST or _is_too_deep(QUOTED.sub("''", text)):
        raise wrong(_("it is too long, or too deep"))
    try:
        return cql2.parse_text(text).to_json()
    except Exception as error:  # the parser's own, which it does not export
        raise wrong(" ".join(str(error).split())[:200]) from None


def _is_too_deep(text: str) -> bool:
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    nots = len(re.findall(r"not", text, re.IGNORECASE))
    signs = max(len(re.findall(r"[-+*/^%]|div", each)) for each in PIECES.split(text))
    return deepest > DEEPEST or nots > MOST_NOTS or signs > MOST_SIGNS


class _Translation:
    """One filter on its way to a condition."""

    def __init__(self, account: Any, collection: Collection, filter_crs: str) -> None:
        self.account, self.collection, self.filter_crs = account, collection, filter_crs
        self.operators: Mapping[str, Callable[[str, list[Node]], tuple[Q, Q]]] = {
            **dict.fromkeys(COMPARISONS, self._compared),
            **dict.fromkeys(("like", "between", "in"), self._of_property),
            **dict.fromkeys(comparing.ARRAYS, self._of_property),
            **dict.fromkeys(spatial_filters.OPERATORS, self._placed),
            **dict.fromkeys(temporal_filters.OPERATORS, self._dated),
        }

    def of(self, node: Node, negated: bool) -> Q:
        """The condition that a node, or its contrary, holds."""
        if isinstance(node, bool):
            return Q() if node is not negated else access.NOTHING
        operator, arguments = _taken_apart(node)
        if operator == "not":
            return self.of(arguments[0], not negated)
        if operator in ("and", "or"):
            parts = [self.of(each, negated) for each in arguments]
            return _all_of(parts) if (operator == "and") is not negated else access.any_of(parts)
        if operator == "isNull":
            return self._is_null(arguments[0], not negated)
        if operator not in self.operators:
            raise wrong(_("%(operator)s is not supported here") % {"operator": operator})
        holds, known = self.operators[operator](operator, arguments)
        return known & ~holds if negated else holds

    def _is_null(self, node: Node, missing: bool) -> Q:
        name = self._name(node)
        if name == GEOMETRY:
            told = whereabouts.is_told(self.account, self.collection.model)
            return ~told if missing else told
        return Q(**{f"{comparing.column(self.collection, name)}__isnull": missing})

    def _compared(self, operator: str, arguments: list[Node]) -> tuple[Q, Q]:
        left, right = arguments
        if not _is_property(left):
            left, right, operator = right, left, FLIPPED[operator]
        return comparing.compare(self.collection, self._name(left), operator, right)

    def _of_property(self, operator: str, arguments: list[Node]) -> tuple[Q, Q]:
        return comparing.compare(self.collection, self._name(arguments[0]), operator, arguments[1:])

    def _dated(self, operator: str, arguments: list[Node]) -> tuple[Q, Q]:
        left, right = arguments
        if not _is_property(left):
            left, right, operator = right, left, temporal_filters.CONTRARY.get(operator, operator)
        return temporal_filters.condition(self.collection, self._name(left), operator, right)

    def _placed(self, operator: str, arguments: list[Node]) -> tuple[Q, Q]:
        left, right = arguments
        if not _is_property(left):
            left, right, operator = right, left, spatial_filters.CONTRARY.get(operator, operator)
        if self._name(left) != GEOMETRY:
            raise Problem("unknown-property", name=self._name(left))
        region = spatial_filters.region(operator, right, self.filter_crs)
        told = whereabouts.is_told(self.account, self.collection.model)
        if operator == "s_disjoint":
            return told & ~whereabouts.lies(self.account, self.collection.model, region), told
        return whereabouts.lies(self.account, self.collection.model, region), told

    def _name(self, node: Node) -> str:
        """The name of a property by which this reader may ask; any other is as unknown as one that is not there."""
        if not _is_property(node):
            raise wrong(_("a field was expected"))
        name = node["property"]
        usable = (*self.collection.asked, "id", INFORMATION_DATE, *([GEOMETRY] if self.collection.has_place else []))
        if name not in usable:
            raise Problem("unknown-property", name=name)
        return str(name)


def _is_property(node: Node) -> bool:
    return isinstance(node, dict) and isinstance(node.get("property"), str)


def _taken_apart(node: Node) -> tuple[str, list[Node]]:
    if not isinstance(node, dict) or "op" not in node:
        raise wrong(_("a condition was expected"))
    return str(node["op"]), list(node["args"])


def _all_of(parts: list[Q]) -> Q:
    joined = Q()
    for each in parts:
        joined &= each
    return joined
