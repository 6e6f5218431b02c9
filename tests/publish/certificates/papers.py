"""An accreditation and a handover, for tests of certificates."""

from __future__ import annotations

import json

from kambila.journal import Draft, Part, append
from tests.registry.telling import accept, change, report

A, STS, HO, AREA, ITEM = (f"00000000-0000-7000-8000-0000000000{each}" for each in ("ac", "f1", "c1", "d1", "e5"))
DATES = {"issued_on": "2014-01-08", "expires_on": "2014-12-31"}
ACCREDITATION = {
    "holder": STS, "phase": "operational", "scopes": ["nts", "eod"], "decision": "granted", "code": "EX-ACR-01OP",
    "certificate": "EX-2014/01", "procedures_version": "1.0", **DATES,
}  # fmt: skip
RING = [[-0.05, 16.27], [-0.048, 16.27], [-0.048, 16.272], [-0.05, 16.27]]
HANDOVER = {
    "number": "EX-HO-2014/7", "date": "2014-06-20", "area": AREA, "operator": STS, "area_m2": "23456.5", "depth_cm": 20,
    "methods": ["bac_surface", "bac_subsurface"], "polygon": {"type": "Polygon", "coordinates": [RING]}, "code": "EX-HO-7",
    "present_women": 12, "present_girls": 3, "present_men": 9, "present_boys": 4, "present_unknown": 0,
    "markers_placed": "yes",
}  # fmt: skip
MARKET = {"title": "Marché à bétail d’Ansongo", "code": "EX-HA-1", "classification": "cha"}
FOUND = {
    "category": "uxo", "model": "Obus de 82 mm à ailettes", "quantity": 3, "area": AREA,
    "disposition": "destroyed_in_place", "code": "EX-ORD-3", "found_on": "2014-05-02", "disposed_on": "2014-05-02",
}  # fmt: skip
WORDS = {
    "restrictions": "Pas de forage au-delà de 20 cm près du château d’eau.",
    "residual_risk": "Éclats au nord-est.",
}


def papers() -> None:
    """Everything accepted on the day of the clock."""
    organisation = {"title": "Sahel Terre Sûre (exemple)", "code": "EX-ORG-STS", "roles": ["operator"]}
    accept(
        report(
            change(STS, organisation, "organisation"),
            change(A, ACCREDITATION, "accreditation"),
            change(
                AREA,
                {"title": "Marché à bétail d’Ansongo", "code": "EX-HA-1", "classification": "cha"},
                "hazardous_area",
            ),
            change(ITEM, FOUND, "ordnance_item"),
            date="2014-06-20",
        )
    )
    handed = change(HO, HANDOVER, "handover") | {"sealed": dict.fromkeys(WORDS, "change-0")}
    body = {"form": "test", "version": "1", "reporter": "team", "office": "", "organisation": "", "date": "2014-06-20"}
    parts = {"change-0": Part("application/json", json.dumps(WORDS).encode())}
    accept(append([Draft("report", "team", body | {"changes": [handed]}, parts)])[0])
