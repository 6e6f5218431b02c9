"""Everything that the pages are drawn from, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kambila.domain.programme.codes import TextPlace
from kambila.figures.models import Release
from kambila.journal import directory
from kambila.publish.languages import LANGUAGES, Words, in_all
from kambila.publish.partners import Partners, read_partners
from kambila.publish.records import as_known
from kambila.publish.released import PublicFigure, public_figures
from kambila.publish.texts import Texts, read_texts

EXAMPLE: Promise = gettext_lazy(
    "This is an example: the totals are those published in July 2014; the individual reports behind them are invented "
    "for demonstration."
)


@dataclass(frozen=True)
class Publication:
    """Everything that the pages are drawn from."""

    release: Release
    programme: Words
    is_example: bool
    figures: Sequence[PublicFigure]
    partners: Partners
    texts: Texts
    example: Words = field(default_factory=lambda: in_all(str, EXAMPLE))

    @property
    def headlines(self) -> list[PublicFigure]:
        return [figure for figure in self.figures if figure.headline]

    def figure(self, id: str) -> PublicFigure | None:
        return next((figure for figure in self.figures if figure.id == id), None)


def gather(release: Release) -> Publication:
    """Read what is published: figures as frozen, partners and places as known then, texts as they are now."""
    with as_known(release):
        partners = read_partners()
    texts, figures = read_texts(), public_figures(release, partners.areas)
    return Publication(release, _title(texts), directory.current().node.example, figures, partners, texts)


def _title(texts: Texts) -> Words:
    """What the programme calls itself in its texts; the name of the installation where it has not said."""
    said = texts.paragraphs.get(TextPlace.TITLE.value, ())
    return said[0] if said else dict.fromkeys(LANGUAGES, directory.current().node.name)
