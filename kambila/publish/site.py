"""A release as a web site: {relative path: content}. The same release gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.figures.models import Release
from kambila.journal import directory
from kambila.publish import exports
from kambila.publish.charts import columns
from kambila.publish.languages import LANGUAGES, Words, day, here, in_all, month, number
from kambila.publish.map import Place, draw
from kambila.publish.partners import Partners, offices_on_map, read_partners
from kambila.publish.records import as_known
from kambila.publish.released import Amount, Breakdown, PublicFigure, public_figures
from kambila.publish.texts import Texts, read_texts

EXAMPLE: Promise = gettext_lazy(
    "This is an example: the totals are those published in July 2014; the individual reports behind them are invented "
    "for demonstration."
)
STYLE = "site.css"
CHARTS_ON_FRONT = 2
NEWS_ON_FRONT = 3


@dataclass(frozen=True)
class Publication:
    """Everything that the pages are drawn from."""

    release: Release
    programme: str
    is_example: bool
    figures: Sequence[PublicFigure]
    partners: Partners
    texts: Texts
    example: Words = field(default_factory=lambda: in_all(lambda: EXAMPLE))

    @property
    def headlines(self) -> list[PublicFigure]:
        return [figure for figure in self.figures if figure.headline]

    def figure(self, id: str) -> PublicFigure | None:
        return next((figure for figure in self.figures if figure.id == id), None)


def gather(release: Release) -> Publication:
    """Read what is published: figures as frozen, partners and places as known then, texts as they are now."""
    with as_known(release):
        partners = read_partners()
    node = directory.current().node
    return Publication(
        release, node.name, node.example, public_figures(release, partners.areas), partners, read_texts()
    )


def files_of(release: Release) -> dict[str, bytes]:
    """Every file of the publication of a release. Raises Problem when its content is not held or was altered."""
    publication = gather(release)
    files = {
        "index.html": _page(publication, "choose", "index.html", "en", ""),
        STYLE: (Path(__file__).parent / STYLE).read_bytes(),
        "figures.json": exports.as_json(release, publication.figures),
        "figures.csv": exports.as_csv(release, publication.figures),
        "head.json": exports.as_head(release),
    }
    for language in LANGUAGES:
        files.update(_pages(publication, language))
    return dict(sorted(files.items()))


def _pages(publication: Publication, language: str) -> dict[str, bytes]:
    """The pages of one language."""
    made = {}
    with translation.override(language):
        plain = {"index": _front(publication), "figures": _list(publication), "news": {}, "data": {}}
        for name, context in plain.items():
            made[f"{language}/{name}.html"] = _page(publication, name, f"{name}.html", language, "../", **context)
        for figure in publication.figures:
            path = f"figures/{figure.id}.html"
            made[f"{language}/{path}"] = _page(
                publication, "figure", path, language, "../../", **_figure(publication, figure)
            )
    return made


def _page(publication: Publication, template: str, path: str, language: str, root: str, **context: Any) -> bytes:
    """One page. `path` is its place in a folder of a language, `root` leads from it to the top."""
    shared = {
        "publication": publication,
        "release": publication.release,
        "as_of": day(publication.release.as_of),
        "known_at": day(publication.release.known_at),
        "language": language,
        "languages": [(code, translation.get_language_info(code)["name_local"]) for code in LANGUAGES],
        "examples": sorted(publication.example.items(), key=lambda item: item[0] != language),
        "path": path,
        "root": root,
        "home": f"{root}{language}/" if root else "",
        "here": template,
    }
    text = render_to_string(f"publish/{template}.html", {**shared, **context})
    return "\n".join(line for line in text.splitlines() if line.strip()).encode() + b"\n"


def _front(publication: Publication) -> Mapping[str, Any]:
    texts, partners = publication.texts, publication.partners
    return {
        "headlines": [_told(figure) for figure in publication.headlines],
        "charts": _charts(publication)[:CHARTS_ON_FRONT],
        "map": _map(publication),
        "objectives": [(aim, _shown_by(publication, aim.figures)) for aim in texts.objectives],
        "news": texts.news[:NEWS_ON_FRONT],
        "texts": texts,
        "partners": partners,
    }


def _shown_by(publication: Publication, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [_told(figure) for id in ids if (figure := publication.figure(id))]


def _list(publication: Publication) -> Mapping[str, Any]:
    return {"told": [_told(figure) for figure in publication.figures]}


def _told(figure: PublicFigure) -> dict[str, Any]:
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


def _figure(publication: Publication, figure: PublicFigure) -> Mapping[str, Any]:
    definition = figure.definition
    words = {word: here(definition[word]) for word in ("title", "unit", "meaning", "source", "note")}
    return {
        **_told(figure),
        **words,
        "breakdowns": [_table(figure, each) for each in figure.breakdowns],
        "withheld": [here(words) for words in figure.withheld],
        "chart": _chart(publication.release, figure),
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
    }


def _charts(publication: Publication) -> list[dict[str, Any]]:
    """The headline figures that can be seen over the years, in their order."""
    drawn = ((figure, _chart(publication.release, figure)) for figure in publication.headlines)
    return [{**_told(figure), "chart": chart} for figure, chart in drawn if chart]


def _chart(release: Release, figure: PublicFigure) -> dict[str, Any] | None:
    """Columns by year where there are at least two and nothing is merged or missing; the year that is not over is marked."""
    years = figure.by("year")
    if years is None or years.merged or not years.whole:
        return None
    cells = [cell for cell in years.cells if cell.code.isdigit()]
    if len(cells) < 2 or len(cells) < len(years.cells):
        return None
    last = release.as_of[:4]
    open_year = last if not release.as_of.endswith("-12-31") and any(cell.code == last for cell in cells) else ""
    bars = [(f"{cell.code}*" if cell.code == open_year else cell.code, cell.value) for cell in cells]
    title = _("%(figure)s, by year") % {"figure": here(figure.definition["title"])}
    said = "; ".join(f"{label}: {number(value)}" for label, value in bars)
    return {"svg": columns(bars, f"{title}. {said}"), "title": title, "open_year": open_year}


def _map(publication: Publication) -> dict[str, Any] | None:
    """Offices, and the first headline figure that is public by région."""
    offices = offices_on_map(publication.partners.offices)
    for figure in publication.headlines:
        breakdown = next((each for each in figure.breakdowns if each.is_place), None)
        if breakdown is not None:
            regions = _regions(publication, breakdown)
            rows = [(here(cell.label), number(cell.value)) for cell in breakdown.cells]
            title = _("Offices, and by région: %(figure)s") % {"figure": here(figure.definition["title"]).lower()}
            return {**_told(figure), "svg": draw(offices, regions, title), "rows": rows, "caption": title}
    title = _("Offices")
    return {"svg": draw(offices, [], title), "rows": [], "caption": title} if offices else None


def _regions(publication: Publication, breakdown: Breakdown) -> list[Place]:
    where = publication.partners.regions
    return [
        Place(*where[cell.code], here(cell.label), float(cell.value or 0), number(cell.value))
        for cell in breakdown.cells
        if cell.code in where and cell.value
    ]
