"""A release as a web site: {relative path: content}. The same release gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from kambila.figures.models import Release
from kambila.publish import exports
from kambila.publish.front import front
from kambila.publish.gathering import Publication, gather
from kambila.publish.languages import LANGUAGES, day
from kambila.publish.telling import page_of, told

STYLE = "site.css"


def files_of(release: Release) -> dict[str, bytes]:
    """Every file of the publication of a release. Raises Problem when its content is not held or was altered."""
    publication = gather(release)
    files = {
        "index.html": _page(publication, "choose", "index.html", "en", "", titles=_titles(publication)),
        STYLE: (Path(__file__).parent / STYLE).read_bytes(),
        "figures.json": exports.as_json(release, publication.programme, publication.figures),
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
        plain = {"index": front(publication), "figures": _list(publication), "news": {}, "data": {}}
        for name, context in plain.items():
            made[f"{language}/{name}.html"] = _page(publication, name, f"{name}.html", language, "../", **context)
        for figure in publication.figures:
            path = f"figures/{figure.id}.html"
            context = page_of(figure)
            made[f"{language}/{path}"] = _page(publication, "figure", path, language, "../../", **context)
    return made


def _page(publication: Publication, template: str, path: str, language: str, root: str, **context: Any) -> bytes:
    """One page. `path` is its place in a folder of a language, `root` leads from it to the top."""
    shared = {
        "publication": publication,
        "release": publication.release,
        "language": language,
        "languages": [(code, translation.get_language_info(code)["name_local"]) for code in LANGUAGES],
        "examples": sorted(publication.example.items(), key=lambda item: item[0] != language),
        "path": path,
        "root": root,
        "home": f"{root}{language}/" if root else "",
        "here": template,
    }
    with translation.override(language):
        shared |= {"as_of": day(publication.release.as_of), "known_at": day(publication.release.known_at)}
        text = render_to_string(f"publish/{template}.html", {**shared, **context})
    return "\n".join(line for line in text.splitlines() if line.strip()).encode() + b"\n"


def _titles(publication: Publication) -> list[tuple[str, str]]:
    """The name of the programme in every language; once where it is the same."""
    once: dict[str, str] = {}
    for language in LANGUAGES:
        once.setdefault(publication.programme[language], language)
    return [(language, name) for name, language in once.items()]


def _list(publication: Publication) -> Mapping[str, Any]:
    return {"told": [told(figure) for figure in publication.figures]}
