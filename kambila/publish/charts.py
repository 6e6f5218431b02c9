"""Charts as SVG, drawn here from Vega-Lite: no script and no network where they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kambila.publish.languages import number
from kambila.publish.released import Amount

ACCENT, INK, QUIET = "#9c3d10", "#1e2124", "#5a6068"
WIDTH, HEIGHT = 380, 190  # of the plot; the picture is scaled down on a narrow page
FONT = "system-ui, 'Noto Sans', sans-serif"
Bars = Sequence[tuple[str, Amount]]


def columns(bars: Bars, title: str) -> SafeString:
    """A chart of one column for each (label, value), the value written above it."""
    shown = tuple((label, float(Decimal(value or 0)), number(value)) for label, value in bars)
    return mark_safe(_drawn(shown, title))  # noqa: S308  labels and title are escaped by Vega and below


@lru_cache(maxsize=512)
def _drawn(bars: tuple[tuple[str, float, str], ...], title: str) -> str:
    import vl_convert

    rows = [{"label": label, "value": value, "said": said} for label, value, said in bars]
    return _plain(vl_convert.vegalite_to_svg(_chart(rows)), title)


def _chart(rows: list[dict[str, object]]) -> dict[str, object]:
    where = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": 0}}
    height = {"field": "value", "type": "quantitative", "axis": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": rows},
        "encoding": {"x": where, "y": height},
        "layer": [
            {"mark": {"type": "bar", "color": ACCENT}},
            {"mark": {"type": "text", "dy": -9, "color": INK}, "encoding": {"text": {"field": "said"}}},
        ],
        "config": {
            "background": "transparent",
            "font": FONT,
            "text": {"fontSize": 15, "font": FONT},
            "bar": {"discreteBandSize": {"band": 0.62}},
            "view": {"stroke": None},
            "axis": {"labelFontSize": 14, "labelColor": QUIET, "domainColor": QUIET, "ticks": False, "labelPadding": 8},
        },
    }


def _plain(svg: str, title: str) -> str:
    """One picture with one name for those who hear the page; its parts say nothing by themselves."""
    svg = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", svg)
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    frame = f'role="img" aria-label="{escape(title)}" {_frame(svg)} width="{size[1] if size else WIDTH}"'
    return re.sub(r"<svg[^>]*>", f"<svg {frame}>", svg, count=1)


def _frame(svg: str) -> str:
    found = re.search(r'viewBox="[^"]*"', svg)
    return found[0] if found else f'viewBox="0 0 {WIDTH} {HEIGHT}"'
