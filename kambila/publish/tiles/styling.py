"""The symbols as layers of a map library (MapLibre Style Specification 8): outlines, marks, and marks of many."""

from __future__ import annotations

from typing import Any

from kambila.publish.tiles.symbols import BORDER, CLUSTER, LAND, SEA, rules_of

Layer = dict[str, Any]
IS_MARK: list[Any] = ["==", ["geometry-type"], "Point"]
IS_OUTLINE: list[Any] = ["!=", ["geometry-type"], "Point"]
IS_AREA: list[Any] = ["==", ["geometry-type"], "Polygon"]
MANY: list[Any] = [">", ["coalesce", ["get", "count"], 1], 1]


def ground() -> list[Layer]:
    """Sea, land and borders, of a source called `countries`."""
    return [
        {"id": "sea", "type": "background", "paint": {"background-color": SEA}},
        {"id": "land", "type": "fill", "source": "countries", "paint": {"fill-color": LAND}},
        {"id": "borders", "type": "line", "source": "countries", "paint": {"line-color": BORDER, "line-width": 1}},
    ]


def layers(kind: str, source: str) -> list[Layer]:
    """The layers of one kind, of a source of tiles: fillings under outlines under marks."""
    of = {"source": source, "source-layer": kind}
    return [
        {
            "id": f"{kind}-fill",
            "type": "fill",
            **of,
            "filter": IS_AREA,
            "paint": {"fill-color": _by(kind, "fill"), "fill-opacity": _by(kind, "cover")},
        },
        *_lines(kind, of),
        {
            "id": f"{kind}-mark",
            "type": "circle",
            **of,
            "filter": ["all", IS_MARK, ["!", MANY]],
            "paint": {
                "circle-color": _by(kind, "fill"),
                "circle-radius": _by(kind, "radius"),
                "circle-stroke-color": _by(kind, "outline"),
                "circle-stroke-width": 1.5,
            },
        },
        {
            "id": f"{kind}-many",
            "type": "circle",
            **of,
            "filter": ["all", IS_MARK, MANY],
            "paint": {
                "circle-color": rules_of(kind)[-1].symbol.fill,
                "circle-opacity": 0.8,
                "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "count"]], 0, 7, 2, 14, 5, 26],
                "circle-stroke-color": CLUSTER,
                "circle-stroke-width": 1.5,
            },
        },
    ]


def _lines(kind: str, of: Layer) -> list[Layer]:
    """An outline for each way of dashing, which a style cannot choose by what a record says."""
    made = []
    for number, dash in enumerate(dict.fromkeys(rule.symbol.dash for rule in rules_of(kind))):
        is_dashed_so: Any = _choose(kind, lambda symbol, dash=dash: symbol.dash == dash)
        paint: Layer = {"line-color": _by(kind, "outline"), "line-width": _by(kind, "width")}
        made.append(
            {
                "id": f"{kind}-line-{number}",
                "type": "line",
                **of,
                "filter": ["all", IS_OUTLINE, is_dashed_so],
                "paint": paint | ({"line-dasharray": list(dash)} if dash else {}),
            }
        )
    return made


def _by(kind: str, name: str) -> Any:
    return _choose(kind, lambda symbol: getattr(symbol, name))


def _choose(kind: str, of: Any) -> Any:
    """An expression that gives what the first fitting rule says; plain where all say the same."""
    rules = rules_of(kind)
    said: list[Any] = [of(rule.symbol) for rule in rules]
    if all(each == said[0] for each in said):
        return said[0]
    cases: list[Any] = []
    for rule, value in zip(rules[:-1], said[:-1], strict=True):
        fits = [["==", ["get", field], wanted] for field, wanted in rule.where.items()]
        cases += [["all", *fits], value]
    return ["case", *cases, said[-1]]
