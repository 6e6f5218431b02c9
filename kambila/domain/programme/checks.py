"""What a good text for the programme page satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.registry.checks import ERROR, WARNING, Draft, Found, check


@check(
    "mandate",
    "mandate-in-another-year",
    WARNING,
    _("The resolution was adopted on %(date)s, which is not in the year %(year)s."),
    _("Correct the day or the year."),
)
def mandate_in_another_year(draft: Draft) -> Found:
    year, date = draft.values.get("year"), draft.values.get("adopted_on")
    return {"date": date[0], "year": year} if year and date and not date[0].startswith(str(year)) else None


@check(
    "news_item",
    "news-of-the-future",
    ERROR,
    _("The news is dated %(date)s, which lies in the future."),
    _("State the day on which it happened or was published."),
)
def news_of_the_future(draft: Draft) -> Found:
    date = draft.values.get("date")
    return {"date": date[0]} if date and date[1] > draft.received else None


def same_in_both(draft: Draft) -> Found:
    """Whether a longer text is the same in English and in French: one of them was probably pasted twice."""
    pairs = [(draft.values.get(f"{each}_en"), draft.values.get(f"{each}_fr")) for each in ("text", "role")]
    return any(english and english == french and len(english) > 40 for english, french in pairs)


for kind in ("mandate", "objective", "news_item", "programme_text"):
    check(
        kind,
        f"{kind.replace('_', '-')}-not-translated",
        WARNING,
        _("The English and the French text are the same."),
        _("Write each in its own language."),
    )(same_in_both)
