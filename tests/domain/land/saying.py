"""Reports of ground and decisions on them, through a real journal."""

from __future__ import annotations

from shapely.geometry import mapping

from kambila.journal import Draft, append
from tests.domain.land.grounds import box


def uuid(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012}"


def drawn(corners):
    """A rectangle of grid cells as a form states it."""
    return mapping(box(*corners))


def change(kind, number, **values):
    return {"kind": kind, "id": uuid(number), "values": values}


def area(number, corners=None, **values):
    said = {"classification": "cha", "devices": ["uxo"], "code": f"HA-{number}", **values}
    return change("hazardous_area", number, **said, **({"polygon": drawn(corners)} if corners else {}))


def product(number, of, corners, day, method="cleared", **values):
    said = {"area": uuid(of), "method": method, "date": day, "code": f"P-{number}", **values}
    return change("land_release_product", number, **said, polygon=drawn(corners))


def report(*changes, date="2014-06-20"):
    body = {"form": "f", "version": "1", "reporter": "ahmed", "office": "GAO", "organisation": "", "code": "",
            "date": date, "instance": "", "changes": list(changes)}  # fmt: skip
    return append([Draft("report", "ahmed", body)])[0].id


def decide(verb, report_id, by="head"):
    return append([Draft("decision", by, {"verb": verb, "report": report_id, "base": {}})])[0].id


def countersign(decision, by="deputy"):
    append([Draft("countersign", by, {"decision": decision})])


def accepted(*changes, date="2014-06-20", two=False):
    """Send and accept a report, with a second person where two are needed."""
    found = report(*changes, date=date)
    decision = decide("accept", found)
    if two:
        countersign(decision)
    return found
