"""Everything that the pages are drawn from, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kambila.figures.models import Release
from kambila.journal import directory
from kambila.publish.languages import Words, in_all
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
    programme: str
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
    node = directory.current().node
    return Publication(
        release, node.name, node.example, public_figures(release, partners.areas), partners, read_texts()
    )
