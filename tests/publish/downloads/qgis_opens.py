"""Run by the Python that QGIS brings: how the layers of a file are drawn, as JSON {layer: [records, renderer, colours]}."""

from __future__ import annotations

import json
import sys
from typing import Any

from qgis.core import QgsApplication, QgsRenderContext, QgsVectorLayer  # type: ignore[import-not-found]


def drawn(file: str, name: str) -> list[Any]:
    """[records, renderer, {id: the colour of each symbol that a record is drawn with}]"""
    layer, context = QgsVectorLayer(f"{file}|layername={name}", name, "ogr"), QgsRenderContext()
    assert layer.isValid(), name
    renderer, colours = layer.renderer().clone(), {}
    context.setExpressionContext(layer.createExpressionContext())
    renderer.startRender(context, layer.fields())
    for each in layer.getFeatures():
        context.expressionContext().setFeature(each)
        colours[each["id"]] = [symbol.color().name() for symbol in renderer.symbolsForFeature(each, context)]
    renderer.stopRender(context)
    return [layer.featureCount(), renderer.type(), colours]


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps({name: drawn(sys.argv[1], name) for name in sys.argv[2:]}))
    application.exitQgis()
