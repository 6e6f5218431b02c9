"""Run by the Python that QGIS brings: how many records it finds in files, as JSON {file: number}."""

from __future__ import annotations

import json
import sys

from qgis.core import QgsApplication, QgsProviderRegistry, QgsVectorLayer  # type: ignore[import-not-found]


def counted(file: str) -> int:
    """The records of all layers of a file, styles left out; of a workbook those of its first sheet, not its codes."""
    address = f"/vsizip/{file}" if file.endswith(".zip") else file
    found, layers = 0, QgsProviderRegistry.instance().querySublayers(address)
    for each in layers[:1] if file.endswith(".xlsx") else layers:
        if each.providerKey() == "ogr" and each.name() != "layer_styles":
            layer = QgsVectorLayer(each.uri(), each.name(), "ogr")
            assert layer.isValid(), each.uri()
            found += sum(1 for _feature in layer.getFeatures())
    return found


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps({file: counted(file) for file in sys.argv[1:]}))
    application.exitQgis()
