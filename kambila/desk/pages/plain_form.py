"""A form without script: the same questions as plain HTML, sent through the same door."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kambila.desk.pages.forms import chosen, failed
from kambila.desk.sending import taken_in, told
from kambila.desk.signed_in import signed_in
from kambila.intake import record_choices, submissions
from kambila.intake.definition import Definition
from kambila.intake.fill import fill
from kambila.intake.plain.answers import count, fields_of, posted
from kambila.intake.plain.page import Page
from kambila.intake.prefilled import prefilled
from kambila.intake.reopened import Reopened, submission_of
from kambila.intake.submissions import INVENTED
from kambila.intake.xml import attribute, local, parse
from kambila.journal.errors import Problem
from kambila.registry.openness import WITH_REASON

INSTANCE, REASON, ADD, DEPRECATED = "instance", "reason", "add", "deprecated"


@signed_in
def plain_form(request: HttpRequest, form: str) -> HttpResponse:
    """Shown, with another row, with what is wrong, or sent."""
    try:
        definition, edited = chosen(request, form)
        if record := request.GET.get("record", ""):
            definition = prefilled(definition, request.user, *record.split("/", 1))
        if request.method == "POST" and INSTANCE in request.POST:
            return _posted(request, definition, edited)
        if edited and edited.rule == WITH_REASON and request.method != "POST":
            return render(request, "desk/part.html", {"title": str(edited.report), "back": reverse("forms")})
        return _shown(request, definition, _begun(request, definition, edited), {})
    except Problem as problem:
        return failed(request, problem)


def _begun(request: HttpRequest, definition: Definition, edited: Reopened | None) -> QueryDict:
    """What stands in the form at first: a new instanceID, and the answers of the report or of the record."""
    data = QueryDict(mutable=True)
    data[INSTANCE] = f"uuid:{uuid.uuid4()}"
    root = _first_instance(definition)
    if edited:
        root = parse(submission_of(request.user, edited, request.POST.get(REASON, "")))
        data[DEPRECATED] = submissions.instance_of(root)[0]
    for name, said in fields_of(definition, root).items():
        data.setlist(name, said)
    return data


def _first_instance(definition: Definition) -> Any:
    model = next(each for each in parse(definition.xform).iter() if local(each.tag) == "model")
    root = next(each for each in model if local(each.tag) == "instance")[0]
    for parent in list(root.iter()):
        for each in [child for child in parent if attribute(child, "template") is not None]:
            parent.remove(each)
    return root


def _posted(request: HttpRequest, definition: Definition, edited: Reopened | None) -> HttpResponse:
    data = request.POST.copy()
    if name := data.get(ADD, ""):
        data[f"#{name}"] = str(count(data, name) + 1)
        return _shown(request, definition, data, {}, added=name)
    found = posted(definition, data, request.FILES)
    if found.wrong:
        return _shown(request, definition, data, found.wrong, status=400)
    instance, deprecated = str(data[INSTANCE]), str(data.get(DEPRECATED, ""))
    xml = fill(definition, found.answers, instance=instance, deprecated=deprecated, new_id=_ids(instance))
    try:
        receipt = taken_in(request.user, definition.id, xml, found.files, edited.report.id if edited else "")
    except Problem as problem:
        return _shown(request, definition, data, {}, problem=problem, status=400)
    return render(
        request, "desk/form_sent.html", {"title": definition.titled(), "form": definition.id, **told(receipt)}
    )


def _ids(instance: str) -> Callable[[], str]:
    """Ids that follow from the instanceID: a page that is sent twice says the same, byte for byte."""
    numbers = itertools.count()
    return lambda: str(uuid.uuid5(INVENTED, f"{instance}#{next(numbers)}"))


def _shown(
    request: HttpRequest,
    definition: Definition,
    data: QueryDict,
    wrong: dict[str, str],
    added: str = "",
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    page = Page(definition, data, wrong, (get_language() or "en")[:2], _lists(request, definition))
    hidden = [(name, str(data[name])) for name in (INSTANCE, DEPRECATED) if data.get(name)]
    context = {
        "title": definition.titled(),
        "form": definition.id,
        "query": request.GET.urlencode(),
        "parts": page.parts(),
        "hidden": hidden + page.hidden(),
        "errors": page.errors(),
        "problem": problem,
        "added": added,
        "must": _("must be answered"),
    }
    return render(request, "desk/plain_form.html", context, status=status)


def _lists(request: HttpRequest, definition: Definition) -> dict[str, list[tuple[str, str]]]:
    """The records that may be chosen, by the name of the instance in the form."""
    names = {name: name.rpartition(".")[0] for name in record_choices.files_of(definition)}
    return {source: record_choices.labels_of(request.user, definition, name) for name, source in names.items()}
