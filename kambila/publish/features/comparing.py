"""Comparisons of a filter: each gives (condition, that the field is known), so that its contrary can be told apart."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.utils.translation import gettext as _

from kambila.journal.errors import Problem
from kambila.publish.features import errors  # noqa: F401  the catalogue
from kambila.publish.features.collections import INFORMATION_DATE, Collection, is_partial
from kambila.publish.features.times import ends, moment
from kambila.registry.fields import LARGEST_WHOLE, Number, Several, Whole

ARRAYS = ("a_contains", "a_overlaps")
LOOKUPS = {"=": "exact", "<": "lt", ">": "gt", "<=": "lte", ">=": "gte"}
LONGEST_LIST = 1_000
LARGEST_NUMBER = Decimal(10) ** 16  # what the columns of numbers hold
Compared = tuple[Q, Q]


def wrong(why: str) -> Problem:
    return Problem("bad-filter", why=why)


class Like(Func):
    """`LIKE` that tells capitals apart on both databases: SQLite's own does not, its GLOB does."""

    output_field = BooleanField()
    template, arg_joiner = "%(expressions)s", " LIKE "

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, arg_joiner=" GLOB ", **extra)


def column(collection: Collection, name: str) -> str:
    """The column that says whether a field is known, and has its text or number."""
    if name == "id":
        return "pk"
    return name if name == INFORMATION_DATE else str(collection.field(name).attname)


def compare(collection: Collection, name: str, operator: str, right: Any) -> Compared:
    """A comparison of a field with what a filter gives. Raises Problem where the two cannot be compared."""
    if name == "geometry":
        raise Problem("unknown-property", name=name)
    if name == INFORMATION_DATE or (name != "id" and is_partial(collection.field(name))):
        return _compare_dates(collection, name, operator, right)
    place = column(collection, name)
    known = Q(**{f"{place}__isnull": False})
    field = None if name == "id" else collection.field(name)
    if isinstance(field, Several):
        return _compare_lists(place, operator, right), known
    if operator in ARRAYS:
        raise wrong(_("%(name)s is not a list") % {"name": name})
    is_number = isinstance(field, Whole | Number)
    if operator == "like":
        return _like(place, right, is_number), known
    if operator == "in":
        return Q(**{f"{place}__in": [_value(each, is_number) for each in _list(right[0])]}), known
    if operator == "between":
        low, high = (_value(each, is_number) for each in right)
        return Q(**{f"{place}__gte": low, f"{place}__lte": high}), known
    value = _value(right, is_number)
    if operator == "<>":
        return known & ~Q(**{place: value}), known
    return Q(**{f"{place}__{LOOKUPS[operator]}": value}), known


def equals_text(collection: Collection, name: str, said: str) -> Q:
    """A field has a value that came as text."""
    field = None if name in ("id", INFORMATION_DATE) else collection.field(name)
    if isinstance(field, Several):
        return compare(collection, name, "a_contains", [[said]])[0]
    if isinstance(field, Whole | Number):
        try:
            return compare(collection, name, "=", float(said))[0]
        except ValueError:
            raise Problem("bad-parameter", name=name, why=said) from None
    return compare(collection, name, "=", said)[0]


def day_of(node: Any) -> tuple[datetime.date, datetime.date]:
    """First and last day of a date, a timestamp or a text of a filter. Raises Problem."""
    said = node.get("date") or node.get("timestamp") if isinstance(node, dict) else node
    try:
        return moment(said if isinstance(said, str) else "")
    except (ValueError, OverflowError):
        raise wrong(_("%(said)s: a date was expected") % {"said": said}) from None


def _compare_dates(collection: Collection, name: str, operator: str, right: Any) -> Compared:
    """Dates compare by their first and last days: 2014 is neither before nor after June 2014."""
    first, last = ends(collection, name)
    known = Q(**{f"{first}__isnull": False})
    if operator == "between":
        begin, end = day_of(right[0])[0], day_of(right[1])[1]
        return Q(**{f"{first}__gte": begin, f"{last}__lte": end}), known
    if operator == "in":
        found = Q()
        for each in _list(right[0]):
            days = day_of(each)
            found |= Q(**{first: days[0], last: days[1]})
        return found, known
    if operator not in (*LOOKUPS, "<>"):
        raise wrong(_("%(name)s is a date, and %(operator)s is not for dates") % {"name": name, "operator": operator})
    begin, end = day_of(right)
    same = Q(**{first: begin, last: end})
    conditions = {
        "=": same,
        "<>": known & ~same,
        "<": Q(**{f"{last}__lt": begin}),
        "<=": Q(**{f"{last}__lte": end}),
        ">": Q(**{f"{first}__gt": end}),
        ">=": Q(**{f"{first}__gte": begin}),
    }
    return conditions[operator], known


def _compare_lists(place: str, operator: str, right: Any) -> Q:
    """Several values in one column: all of those named, or one of them."""
    if operator not in ARRAYS:
        raise wrong(_("%(place)s is a list: use A_CONTAINS or A_OVERLAPS") % {"place": place})
    found, values = Q(), _list(right[0])
    for each in values:
        if not isinstance(each, str):
            raise wrong(_("a list of texts was expected"))
        one = Q(**{f"{place}__contains": f" {each} "})
        found = found & one if operator == "a_contains" else found | one
    return found


def _like(place: str, right: Any, is_number: bool) -> Q:
    pattern = right[0]
    if is_number or not isinstance(pattern, str):
        raise wrong(_("LIKE compares a text with a pattern"))
    if (len(pattern) - len(pattern.rstrip("\\"))) % 2:
        pattern += "\\"  # a last backslash means itself
    return Q(Like(F(place), Value(_globbed(pattern) if connection.vendor == "sqlite" else pattern)))


def _globbed(pattern: str) -> str:
    """A pattern of LIKE (% any text, _ any letter, a backslash before what is meant itself) as one of GLOB."""
    found, signs = [], iter(pattern)
    for sign in signs:
        if sign in "%_":
            found.append("*" if sign == "%" else "?")
            continue
        meant = next(signs, sign) if sign == "\\" else sign
        found.append(f"[{meant}]" if meant in "*?[" else meant)
    return "".join(found)


def _value(node: Any, is_number: bool) -> Any:
    if is_number:
        if isinstance(node, bool) or not isinstance(node, int | float) or not math.isfinite(node):
            raise wrong(_("a number was expected"))
        return Decimal(repr(node)) if abs(node) < LARGEST_NUMBER else Decimal(math.copysign(LARGEST_WHOLE, node))
    said = node.get("timestamp") if isinstance(node, dict) else node
    if not isinstance(said, str):
        raise wrong(_("a text was expected"))
    return said


def _list(node: Any) -> list[Any]:
    if not isinstance(node, list) or not 0 < len(node) <= LONGEST_LIST:
        raise wrong(_("a list of at most %(limit)s values was expected") % {"limit": LONGEST_LIST})
    return node
