"""What a certificate says, in each language, under one code. Beside every value stands the record that it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from kambila.journal import clock, directory
from kambila.journal.errors import Problem
from kambila.publish.certificates.kinds import SORTS
from kambila.publish.certificates.verifying import code_of
from kambila.publish.documents import pdf
from kambila.publish.languages import LANGUAGES, day, number
from kambila.registry import access, history, openness
from kambila.registry.fields import SEX_AND_AGE, Codes, Number, PartialDate, Whole
from kambila.registry.gazetteer import LEVELS, names_of
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.models import Record, kind_of

TEMPLATE = "certificate"
SIZES = ("cancelled_m2", "reduced_m2", "cleared_m2", "total_m2")
FIELDS = {
    "accreditation": (
        "phase",
        "scopes",
        "decision",
        "certificate",
        "issued_on",
        "expires_on",
        "insured_until",
        "procedures_version",
    ),
    "completion_report": ("submitted_on", "started_on", "ended_on", "methods", *SIZES, "depth_cm"),
    "handover": ("number", "date", "area_m2", "depth_cm", "methods", "markers_placed", "intended_use"),
}
WORDS = ("conditions", "restrictions", "residual_risk")
DRAWN = {"handover": "polygon", "completion_report": "final_polygon"}
MOST_ITEMS = 400


@dataclass(frozen=True)
class Printed:
    """A certificate that was printed: its code, and its PDF."""

    code: str
    pdf: bytes


def may_print(account: Any, kind: str, id: str) -> bool:
    """Whether an account sees every value that the certificate of a record prints, and the record has one now."""
    record = _seen(account, kind, id)
    return record is not None and SORTS[kind].holds(record, clock.now().date())


def print_out(account: Any, kind: str, id: str, reason: str = "") -> Printed:
    """Print the certificate of a record. What is sealed is opened with the reason, which is kept; without one, or for who
    may not open it, its place stays empty to be filled in by hand.

    Raises Problem when the account does not see all of the record, or when it has no certificate now.
    """
    record = _seen(account, kind, id)
    if record is None:
        raise Problem("no-such-record", name=id)
    if not SORTS[kind].holds(record, clock.now().date()):
        raise Problem("no-certificate", record=record)
    code = code_of(kind, record.id, SORTS[kind].content(record))
    words = _opened(account, kind, record, reason)
    data = data_of(account, kind, record, code, words)
    return Printed(code, pdf(TEMPLATE, data))


def data_of(account: Any, kind: str, record: Any, code: str, words: Mapping[str, str]) -> dict[str, Any]:
    """What the template is given: a page for each language."""
    pages = []
    for language in LANGUAGES:
        with translation.override(language):
            pages.append({"language": language, **_page(account, kind, record, code, words)})
    return {"pages": pages}


def _seen(account: Any, kind: str, id: str) -> Any:
    if kind not in SORTS:
        return None
    model: Any = SORTS[kind].model
    record = access.visible(account, model).filter(pk=id).first()
    wanted = {*FIELDS[kind], *(each.removesuffix("_id") for each in SORTS[kind].bound)}
    return record if record is not None and wanted <= set(access.fields(account, model, record)) else None


def _opened(account: Any, kind: str, record: Record, reason: str) -> dict[str, str]:
    if not reason.strip() or not openness.may_open(account, kind, record.id):
        return {}
    said = [name for name in _words(kind) if name in history.shown(kind, record.id)]
    return {name: openness.open_words(account, kind, record.id, name, reason) or "" for name in said}


def _words(kind: str) -> list[str]:
    return [name for name in WORDS if name in plan_of(kind).stated]


def _page(account: Any, kind: str, record: Any, code: str, words: Mapping[str, str]) -> dict[str, Any]:
    node, address = directory.current().node, f"{settings.ADDRESS}/verify/"
    common = {
        "programme": node.name,
        "example": _("Example: not a certificate") if node.example else "",
        "head": [_("What"), _("Value"), _("Record")],
        "code": code,
        "verify": _("Is this genuine and does it hold? Enter the code at %(address)s.") % {"address": address},
        "printed": _("Printed on %(day)s.") % {"day": day(clock.text(clock.now()))},
    }
    parts = {"accreditation": _accreditation, "handover": _handover, "completion_report": _completion}
    return common | parts[kind](account, record, words)


def _accreditation(account: Any, record: Any, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": _("Certificate of accreditation"),
        "lead": _("The organisation named here may do the work named here, from the first day to the last."),
        "rows": [_linked(account, record, "holder"), *_rows("accreditation", record)],
        "tables": [],
        "texts": _texts("accreditation", words) if "conditions" in history.shown("accreditation", record.id) else [],
        "signatures": [_("For the national authority"), _("For the organisation")],
    }


def _handover(account: Any, record: Any, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": _("Certificate of handover of land"),
        "lead": _("The land described here was released and is handed over. Outside of it nothing is said to be safe."),
        "rows": _land(account, record),
        "texts": _texts("handover", words),
        "tables": [each for each in (_present(record), _points(record), _items(account, record)) if each["rows"]],
        "signatures": [
            _title("handover", f"signed_{each}") for each in ("operator", "authority", "community", "landowner")
        ],
    }


def _completion(account: Any, record: Any, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": _("Completion report"),
        "lead": _("The work described here is finished. A certificate of handover follows once quality control is passed."),
        "rows": _land(account, record),
        "texts": _texts("completion_report", words),
        "tables": [each for each in (_points(record), _items(account, record)) if each["rows"]],
        "signatures": [_("For the organisation"), _("For the national authority")],
    }  # fmt: skip


def _land(account: Any, record: Any) -> list[list[str]]:
    """Which land, where, by whom and how."""
    kind = kind_of(type(record))
    links = [_linked(account, record, each) for each in ("area", "task", "operator", "quality_control")]
    return [*links, *_places(account, record), *_rows(kind, record)]


def _places(account: Any, record: Any) -> list[list[str]]:
    """Région, cercle and commune by their names, as far as they are stated and known."""
    open_fields = access.fields(account, type(record), record)
    codes = {level: str(code) for level in LEVELS if level in open_fields and (code := getattr(record, level))}
    names = names_of(codes.values())
    kind = kind_of(type(record))
    return [
        [_title(kind, level), f"{names[code]} ({code})" if code in names else code, str(record)]
        for level, code in codes.items()
    ]


def _texts(kind: str, words: Mapping[str, str]) -> list[list[str]]:
    return [[_title(kind, name), words.get(name, "")] for name in _words(kind)]


def _present(record: Any) -> dict[str, Any]:
    """Who of the community was present, by sex and age; unknown stays unknown."""
    head = [*(str(words)[:1].upper() + str(words)[1:] for _group, words in SEX_AND_AGE), _("Record")]
    row = [*(_value("handover", record, f"present_{group}") for group, _words in SEX_AND_AGE), str(record)]
    return {"title": _("People of the community who were present"), "head": head, "rows": [row]}


def _rows(kind: str, record: Record) -> list[list[str]]:
    return [[_title(kind, name), _value(kind, record, name), str(record)] for name in FIELDS[kind]]


def _title(kind: str, name: str) -> str:
    said = str(plan_of(kind).stated[name].verbose_name)
    return said[:1].upper() + said[1:]


def _value(kind: str, record: Any, name: str) -> str:
    field, value = plan_of(kind).stated[name], getattr(record, name)
    if value in (None, "", ()):
        return "–"
    if isinstance(field, PartialDate):
        return day(str(value))
    if isinstance(field, Number | Whole):
        return number(value)
    codes: Any = getattr(field, "codes", None)
    labels = dict(codes.choices) if codes else {}
    if isinstance(field, Codes):
        return ", ".join(str(labels.get(each, each)) for each in value)
    return str(labels.get(value, value))


def _linked(account: Any, record: Any, name: str) -> list[str]:
    """The record that a link leads to, by its title, with its own code; a dash for one that the account does not see."""
    own = kind_of(type(record))
    model: Any = model_of(plan_of(own).links[name])
    target = access.visible(account, model).filter(pk=vars(record)[f"{name}_id"]).first()
    title = getattr(target, target.title_field, "") if target is not None and target.title_field else ""
    return [_title(own, name), str(title or target or "–"), str(target or "–")]


def _points(record: Any) -> dict[str, Any]:
    """The turning points of what was handed over, ring by ring, as WGS84 with six decimals (a tenth of a metre)."""
    rows = []
    for ring_number, ring in enumerate(_rings(getattr(record, DRAWN[kind_of(type(record))])), 1):
        for number_, (x, y, *_z) in enumerate(ring.coords[:-1], 1):
            rows.append([f"{ring_number}.{number_}", f"{y:.6f}", f"{x:.6f}", str(record)])
    head = [_("Turning point"), _("Latitude"), _("Longitude"), _("Record")]
    return {"title": _("Turning points (WGS84)"), "head": head, "rows": rows}


def _rings(wkb: Any) -> Sequence[Any]:
    shape: BaseGeometry | None = shapely.from_wkb(bytes(wkb)) if wkb else None
    parts: Sequence[Any] = () if shape is None else getattr(shape, "geoms", (shape,))
    return [ring for part in parts for ring in (part.exterior, *part.interiors)]


def _items(account: Any, record: Any) -> dict[str, Any]:
    """What was found in the area, as far as the account sees it, each with its own code."""
    model: Any = model_of("ordnance_item")
    found = access.visible(account, model).filter(area=vars(record)["area_id"]).order_by("code", "id")[:MOST_ITEMS]
    names = ("category", "model", "quantity", "disposition")
    seen = [each for each in found if set(names) <= set(access.fields(account, model, each))]
    rows = [[*(_value("ordnance_item", each, name) for name in names), str(each)] for each in seen]
    head = [*(_title("ordnance_item", name) for name in names), _("Record")]
    return {"title": _("Ordnance found in the area"), "head": head, "rows": rows}
