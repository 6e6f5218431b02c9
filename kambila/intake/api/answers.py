"""A form answered as JSON, made into the submission that a phone would send: the same door, the same checks."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from kambila.accounts.models import Account
from kambila.intake import forms, instances
from kambila.intake.api import errors  # noqa: F401  the catalogue
from kambila.intake.api.schemas import NewReport
from kambila.intake.definition import Definition
from kambila.intake.fill import fill
from kambila.intake.xml import child, parse, text
from kambila.journal.errors import Problem

SPACE = uuid.UUID("c0a1e5a4-9c36-5b0e-9d8a-6f5a7f1f0b7e")
DEEPEST = 20
DATED = ("date today", "timestamp start", "timestamp end")


def submission(account: Account, report: NewReport, key: str = "") -> tuple[str, bytes]:
    """(instanceID, XML) of a report; with the same idempotency key both are the same again.

    Raises Problem for an unknown form or question.
    """
    definition = forms.definition_of(report.form, report.version or _latest(report.form))
    if report.instance:
        instance = report.instance
    elif key:
        instance = f"uuid:{uuid.uuid5(SPACE, f'{account.username} {key}')}"
    else:
        instance = f"uuid:{uuid.uuid4()}"
    if bad := [each for each in (instance, report.edits) if not each.isprintable()]:
        raise Problem("request-unreadable", why=repr(bad[0]))
    try:
        xml = fill(
            definition,
            _answered(definition, report.answers),
            instance=instance,
            deprecated=report.edits,
            day=_day(definition, instance),
            new_id=_ids(instance),
        )
    except (ValueError, AttributeError, TypeError) as error:
        raise Problem("unknown-question", form=report.form, why=str(error)) from None
    return instance, xml


def _latest(form: str) -> str:
    versions = [each.version for each in forms.published() if each.form == form and not each.retired]
    return versions[-1] if versions else ""


def _day(definition: Definition, instance: str) -> str:
    """The day on which a submission that is known was filled in: sent again on another day it is still the same."""
    known = instances.of(instance)
    if not known or known[0].xml is None:
        return ""
    root = parse(known[0].xml)
    for path, bind in definition.binds.items():
        if bind.preload in DATED:
            element: Element | None = root
            for name in path.split("/")[2:]:
                element = child(element, name) if element is not None else None
            if said := text(element):
                return said[:10]
    return ""


def _ids(instance: str) -> Callable[[], str]:
    """The ids of the records in a submission follow from its own, so that the same request makes the same ones."""
    number = 0

    def following() -> str:
        nonlocal number
        number += 1
        return str(uuid.UUID(bytes=hashlib.sha256(f"{instance} {number}".encode()).digest()[:16], version=4))

    return following


def _answered(definition: Definition, answers: Any, depth: int = 0) -> Any:
    """GeoJSON as a form writes a position; everything else as it is."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(answers, Mapping):
        if "coordinates" in answers and "type" in answers:
            return _position(answers)
        return {name: _answered(definition, each, depth + 1) for name, each in answers.items()}
    if isinstance(answers, list):
        return [_answered(definition, each, depth + 1) for each in answers]
    if isinstance(answers, str) and not _is_xml(answers):
        raise ValueError(repr(answers[:40]))
    return answers


def _is_xml(text: str) -> bool:
    """Whether XML can carry a text: no control characters but tab and line ends, no half of a pair."""
    return all(c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") for c in text)


def _position(geometry: Mapping[str, Any]) -> str:
    """``lat lon 0 0; …`` of a Point, a LineString, or the outer ring of a Polygon."""
    points = geometry["coordinates"]
    if geometry["type"] == "Point":
        points = [points]
    elif geometry["type"] == "Polygon":
        if len(points) != 1:
            raise ValueError("a polygon with one ring was expected")
        points = points[0]
    elif geometry["type"] != "LineString":
        raise ValueError(f"{geometry['type']}: Point, LineString or Polygon was expected")
    return ";".join(f"{float(lat)!r} {float(lon)!r} 0 0" for lon, lat, *_height in points)
