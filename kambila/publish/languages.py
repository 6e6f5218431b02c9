"""The languages of a publication, and how numbers and days read in each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
Words = Mapping[str, str]  # a text in every language


def in_all(text: Callable[..., Any], *of: Any) -> Words:
    """A text in every language: what `text`, called with `of`, gives while each of them is active."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(text(*of))
    return found


def here(words: Words) -> str:
    """The text in the language that is active; in any other where there is none."""
    return words.get(get_language() or "", "") or next((text for text in words.values() if text), "")


def number(value: int | str | Decimal | None) -> str:
    """A number with its thousands set apart; a dash for what has no value."""
    if value is None:
        return "–"
    exact = Decimal(value)
    plain = int(exact) if exact == exact.to_integral_value() else exact
    return str(number_format(plain, use_l10n=True, force_grouping=True))


def day(text: str) -> str:
    """``2014-06-20`` is 20 June 2014, ``2014-06`` June 2014, ``2014`` stays; a moment is its day."""
    try:
        if len(text) >= 10:
            return date_format(datetime.date.fromisoformat(text[:10]), "j F Y")
        return date_format(datetime.date.fromisoformat(f"{text}-01"), "F Y") if len(text) == 7 else text
    except ValueError:
        return text


def month(text: str) -> str:
    """The first day of a period as people say it: ``2012-01-01`` is January 2012."""
    return day(text[:7]) if text.endswith("-01") else day(text)
