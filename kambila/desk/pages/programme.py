"""The programme page: what everyone may see, without signing in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kambila.desk import around, counted
from kambila.desk.values import partial_date
from kambila.domain.programme.codes import TextPlace
from kambila.domain.programme.models import Mandate, NewsItem, Objective, ProgrammeText
from kambila.figures.definitions import all_figures
from kambila.figures.models import Release
from kambila.registry import access
from kambila.registry.fields import PUBLIC

NEWS = 10


def programme(request: HttpRequest) -> HttpResponse:
    """The newest release, and the texts of the programme; figures that were not released are not here."""
    release = Release.objects.last()
    texts = _public(ProgrammeText).order_by("position", "id")
    context = {
        "about": [_words(each, "text") for each in texts if each.text_place in (TextPlace.ABOUT, TextPlace.CONTEXT)],
        "contact": [_words(each, "text") for each in texts if each.text_place == TextPlace.CONTACT],
        "release": release,
        "as_of": _("As of %(day)s") % {"day": partial_date(release.as_of)} if release else "",
        "figures": _headlines(release),
        "around": around.everyone(release),
        "objectives": [_titled(each) for each in _public(Objective).order_by("position", "id")],
        "mandates": [(each, _words(each, "role")) for each in _public(Mandate).order_by("-year", "symbol")],
        "news": [(each, _titled(each)) for each in _public(NewsItem).order_by("-date_last", "id")[:NEWS]],
    }
    return render(request, "desk/programme.html", context)


def _public(model: Any) -> Any:
    return access.visible(None, model)


def _headlines(release: Release | None) -> list[dict[str, Any]]:
    """The public headlines of a release, with what each means."""
    chosen = [each for each in all_figures().values() if each.headline and each.tier == PUBLIC]
    known = release.values if release else {}
    return [
        {
            "title": figure.title,
            "unit": figure.unit,
            "value": counted.amount(figure, known[figure.id]),
            "since": counted.since(figure),
            "meaning": figure.meaning,
        }
        for figure in sorted(chosen, key=lambda figure: figure.headline)
        if figure.id in known
    ]


def _words(record: Any, name: str) -> str:
    """A text in the reader's language; in English where it was not translated."""
    return getattr(record, f"{name}_{get_language()}", None) or getattr(record, f"{name}_en", None) or ""


def _titled(record: Any) -> dict[str, str]:
    return {"title": _words(record, "title"), "text": _words(record, "text")}
