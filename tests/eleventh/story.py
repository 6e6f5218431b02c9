"""What happens to one well, from the form to the list. Run by the test in a process of its own, with the area named.

Prints what it saw as JSON.
"""

from __future__ import annotations

import json
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402

from kambila.accounts import people  # noqa: E402
from kambila.figures.evaluate import evaluate, figure_of  # noqa: E402
from kambila.intake import decisions, forms, review  # noqa: E402
from kambila.intake.fill import fill  # noqa: E402
from kambila.intake.receive import receive  # noqa: E402
from kambila.journal import directory  # noqa: E402
from kambila.journal.errors import Problem  # noqa: E402
from kambila.registry import dangers, history  # noqa: E402
from tests.intake.people import programme_people  # noqa: E402

ANSWERS = {"title": "Tin Fadimata", "date": "2014-06-18", "adm1": "ML07", "state": "confirmed", "depth": 140}
SEALED = {"keeper": "Aminata Zzyzx", "remarks": "The rope is new."}


def page(language: str) -> str:
    client = Client()
    client.force_login(people.find("omar"))
    client.cookies["django_language"] = language
    return client.get("/area/wells/well/").content.decode()


def tell() -> dict[str, Any]:
    directory.open_directory(settings.DATA)
    programme_people()
    form = forms.definition_of("well", forms.in_box("well").version)
    seen: dict[str, Any] = {"before": evaluate(figure_of("wells-looked-at")).value}
    report = receive(fill(form, {**ANSWERS, **SEALED}), {}, "team").report_id
    seen["unconfirmed"] = [each.id for each in dangers.unconfirmed("well")] == [report]
    found = review.review(report)
    seen["complaints"] = [[each.code, each.level, each.sentence] for each in found]
    with translation.override("fr"):
        seen["complaint in French"] = found[0].sentence
    try:
        decisions.accept(report, "omar", "The team measured it")
    except Problem as problem:
        seen["unanswered"] = problem.code
    decisions.accept(report, "omar", "The team measured it", "Measured twice with a rope")
    seen["code"] = history.component("well", _record()).statements[0].values["code"]
    seen["after"] = evaluate(figure_of("wells-looked-at")).value
    seen["pages"] = {language: page(language) for language in ("en", "fr")}
    return seen


def _record() -> str:
    from tests.eleventh.wells.models import Well

    return Well.objects.get().id


if __name__ == "__main__":
    print(json.dumps(tell()))
