"""Run by the Python that QGIS brings: opens collections as layers with filters, and prints as JSON what it found."""

from __future__ import annotations

import json
import sys
from typing import Any

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer  # type: ignore[import-not-found]


def seen(address: str, credentials: str, kind: str, filters: list[str]) -> dict[str, Any]:
    """{"all": [count, ids], "box": …, filter: …} of one collection; None for a filter that is not taken."""
    whole = layer(address, credentials, kind)
    box = QgsFeatureRequest().setFilterRect(QgsRectangle(-1, 16, 2, 19))
    found: dict[str, Any] = {"all": [whole.featureCount(), ids(whole)], "box": [None, ids(whole, box)]}
    for each in filters:
        filtered = layer(address, credentials, kind)
        found[each] = [filtered.featureCount(), ids(filtered)] if filtered.setSubsetString(each) else None
    return found


def layer(address: str, credentials: str, kind: str) -> Any:
    uri = f"{credentials} url='{address}' typename='{kind}' restrictToRequestBBOX='1' pagingEnabled='true'"
    opened = QgsVectorLayer(uri, kind, "OAPIF")
    assert opened.isValid(), kind
    return opened


def ids(opened: Any, request: Any = None) -> list[str]:
    return sorted(str(each["id"]) for each in opened.getFeatures(request or QgsFeatureRequest()))


def main() -> None:
    application = QgsApplication([], False)
    application.initQgis()
    address, credentials, asked = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    found = {kind: seen(address, credentials, kind, filters) for kind, filters in asked.items()}
    print(json.dumps(found), flush=True)
    application.exitQgis()


main()
