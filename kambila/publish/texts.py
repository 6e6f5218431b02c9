"""What the programme says of itself: mandate, objectives, news and texts, as the registry has them at publication."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kambila.domain.programme.codes import NewsKind
from kambila.domain.programme.models import Mandate, NewsItem, Objective, ProgrammeText
from kambila.publish.languages import LANGUAGES, Words, in_all
from kambila.publish.records import Row, public


@dataclass(frozen=True)
class Resolution:
    """A resolution of the mandate. `year` is None where its symbol says it; `link` is empty unless it is of the web."""

    symbol: str
    year: int | None
    adopted_on: str
    role: Words
    link: str


@dataclass(frozen=True)
class Aim:
    """An objective, what is done for it, and the ids of the figures that show it."""

    title: Words
    text: Words
    figures: tuple[str, ...]


@dataclass(frozen=True)
class News:
    """A piece of news; `anchor` is its place on the page of news, the same in every language."""

    anchor: str
    kind: Words
    date: str
    title: Words
    text: Words


@dataclass(frozen=True)
class Texts:
    """All of it. `paragraphs` are by their place on the page: context, about, method, contact."""

    mandates: Sequence[Resolution]
    objectives: Sequence[Aim]
    news: Sequence[News]
    paragraphs: Mapping[str, Sequence[Words]]


def read_texts() -> Texts:
    """The texts of the open registry, in the order of the page."""
    paragraphs: dict[str, list[Words]] = {}
    for row in _in_order(ProgrammeText):
        paragraphs.setdefault(row["text_place"] or "", []).append(_words(row, "text"))
    return Texts(
        [_resolution(row) for row in sorted(public(Mandate), key=lambda row: (row["year"] or 0, row["symbol"] or ""))],
        [_aim(row) for row in _in_order(Objective)],
        [_news(row) for row in sorted(public(NewsItem), key=lambda row: (row["date"] or "", row["id"]), reverse=True)],
        paragraphs,
    )


def _in_order(model: Any) -> list[Row]:
    return sorted(public(model), key=lambda row: (row["position"] or 0, row["id"]))


def _words(row: Row, name: str) -> Words:
    return {language: row.get(f"{name}_{language}") or "" for language in LANGUAGES}


def _resolution(row: Row) -> Resolution:
    link = row["link"] or ""
    safe = link if re.match(r"https?://", link) else ""
    symbol = row["symbol"] or ""
    year = None if str(row["year"]) in symbol else row["year"]  # S/RES/2164 (2014) says it already
    return Resolution(symbol, year, row["adopted_on"] or "", _words(row, "role"), safe)


def _aim(row: Row) -> Aim:
    return Aim(_words(row, "title"), _words(row, "text"), tuple((row["figures"] or "").split()))


def _news(row: Row) -> News:
    labels = dict(NewsKind.choices)
    kind = row["news_kind"] if row["news_kind"] in labels else NewsKind.NEWS.value
    words = in_all(str, labels[kind])
    return News(f"news-{row['id']}", words, row["date"] or "", _words(row, "title"), _words(row, "text"))
