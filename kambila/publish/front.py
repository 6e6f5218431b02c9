"""The first page: what a reader finds who opens the publication. In the language that is active."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kambila.publish.gathering import Publication
from kambila.publish.languages import here, number
from kambila.publish.map import Place, draw
from kambila.publish.partners import Partners, offices_on_map
from kambila.publish.released import Breakdown, PublicFigure
from kambila.publish.telling import chart_of, told

CHARTS_ON_FRONT = 2
NEWS_ON_FRONT = 3


def front(publication: Publication) -> Mapping[str, Any]:
    texts, partners = publication.texts, publication.partners
    return {
        "headlines": [told(figure) for figure in publication.headlines],
        "charts": _charts(publication)[:CHARTS_ON_FRONT],
        "map": where(publication.headlines, partners),
        "objectives": [(aim, _shown_by(publication, aim.figures)) for aim in texts.objectives],
        "news": texts.news[:NEWS_ON_FRONT],
        "texts": texts,
        "partners": partners,
    }


def _shown_by(publication: Publication, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [told(figure) for id in ids if (figure := publication.figure(id))]


def _charts(publication: Publication) -> list[dict[str, Any]]:
    """The headline figures that can be seen over the years, in their order."""
    drawn = ((figure, chart_of(figure)) for figure in publication.headlines)
    return [{**told(figure), "chart": chart} for figure, chart in drawn if chart]


def where(headlines: Sequence[PublicFigure], partners: Partners) -> dict[str, Any] | None:
    """Offices, and the first headline figure that is public by région: as places, as a drawing and as a table."""
    offices = offices_on_map(partners.offices)
    for figure in headlines:
        breakdown = next((each for each in figure.breakdowns if each.is_place and not each.merged), None)
        if breakdown is not None:
            regions = _regions(partners, breakdown)
            rows = [(here(cell.label), number(cell.value)) for cell in breakdown.cells]
            title = _("Offices, and by région: %(figure)s") % {"figure": here(figure.definition["title"])}
            drawn = {"svg": draw(offices, regions, title), "caption": title, "offices": offices, "regions": regions}
            return {**told(figure), **drawn, "region": here(breakdown.title), "rows": rows}
    title = _("Offices")
    if not offices:
        return None
    return {"svg": draw(offices, [], title), "caption": title, "offices": offices, "regions": []}


def _regions(partners: Partners, breakdown: Breakdown) -> list[Place]:
    return [
        Place(*partners.regions[cell.code], here(cell.label), float(cell.value or 0), number(cell.value))
        for cell in breakdown.cells
        if cell.code in partners.regions and cell.value
    ]
