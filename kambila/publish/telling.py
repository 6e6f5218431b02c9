"""How a figure reads on the pages: in a list, on a page of its own, as a chart. In the language that is active."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kambila.publish.charts import columns
from kambila.publish.languages import day, here, month, number
from kambila.publish.released import Amount, Breakdown, PublicFigure


def told(figure: PublicFigure) -> dict[str, Any]:
    """A figure in a list."""
    definition = figure.definition
    return {
        "id": figure.id,
        "title": here(definition["title"]),
        "meaning": here(definition["meaning"]),
        "value": amount(figure.definition, figure.value),
        "unit": here(definition["unit"]),
        "is_share": here(definition["unit"]) == "%",
        "since": month(definition["since"]),
    }


def amount(definition: Mapping[str, Any], value: Amount) -> str:
    """A value as it reads, with its unit only where it makes no sense without."""
    share = value is not None and here(definition["unit"]) == "%"
    return f"{number(value)}\u00a0%" if share else number(value)


def page_of(figure: PublicFigure) -> Mapping[str, Any]:
    definition = figure.definition
    words = {word: here(definition[word]) for word in ("title", "unit", "meaning", "source", "note")}
    return {
        **told(figure),
        **words,
        "breakdowns": [_table(figure, each) for each in figure.breakdowns],
        "whole": all(each.whole for each in figure.breakdowns),
        "withheld": [here(words) for words in figure.withheld],
        "chart": chart_of(figure),
        "history": [
            (
                past.release,
                day(past.release.as_of),
                day(past.release.known_at),
                amount(definition, past.value),
                past.classes,
            )
            for past in reversed(figure.history)
        ],
        "figure": figure,
    }


def _table(figure: PublicFigure, breakdown: Breakdown) -> dict[str, Any]:
    return {
        "title": here(breakdown.title),
        "rows": [(here(cell.label), amount(figure.definition, cell.value)) for cell in breakdown.cells],
        "merged": ", ".join(here(words) for words in breakdown.merged),
        "merged_value": number(breakdown.merged_value),
        "whole": breakdown.whole,
        "stands": day(breakdown.stands.as_of),
    }


def chart_of(figure: PublicFigure) -> dict[str, Any] | None:
    """Columns by year where there are at least two and nothing is merged; the year that is not over is marked."""
    years = figure.by("year")
    if years is None or years.merged:
        return None
    cells = [cell for cell in years.cells if cell.code.isdigit()]
    if len(cells) < 2 or len(cells) < len(years.cells):
        return None
    as_of = years.stands.as_of
    last = "" if as_of.endswith("-12-31") else as_of[:4]
    bars = [(f"{cell.code}*" if cell.code == last else cell.code, cell.value) for cell in cells]
    title = _("%(figure)s, by year") % {"figure": here(figure.definition["title"])}
    said = "; ".join(f"{label}: {number(value)}" for label, value in bars)
    marked = any(cell.code == last for cell in cells)
    svg = columns(bars, f"{title}. {said}")
    return {"svg": svg, "title": title, "open_year": last if marked else "", "until": day(as_of), "whole": years.whole}
