"""The figures that the programme's own texts feed."""

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Figure

FIGURES = [
    Figure(
        id="press-releases",
        title=_("Press releases"),
        unit=_("press releases"),
        kind="news_item",
        where={"news_kind": "press_release"},
        since="2013-01-01",
        public_by=("year",),
        meaning=_("Press releases of the programme, each counted once for both languages."),
        source=_("News of the programme."),
    ),
]
