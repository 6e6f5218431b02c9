"""A report that is opened again in its form, to be corrected: its submission, made to fit the form's own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.db.models import Q

from kambila.intake import forms, instances, submissions
from kambila.intake.authority import may_with_report
from kambila.intake.definition import Definition
from kambila.intake.instances import FILE
from kambila.intake.lookup import entry_of
from kambila.intake.plain import errors  # noqa: F401  the catalogue
from kambila.intake.xml import local, parse
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.registry import openness
from kambila.registry.models import Report


@dataclass(frozen=True)
class Reopened:
    """A report with the form that it answers. `rule` says how its submission may be opened (see `openness`)."""

    report: Report
    entry: Entry
    definition: Definition
    rule: str

    @property
    def files(self) -> list[str]:
        """The names of the files that came with it."""
        return [each["name"].removeprefix(FILE) for each in self.entry.sealed if each["name"].startswith(FILE)]


def reopened(account: Any, name: str) -> Reopened:
    """A report that an account may correct: its own, or one that it may decide about.

    Raises Problem when there is none such, when it came from no form, or was corrected before.
    """
    # Looked for only among what the account sees: an id or a code says nothing about other reports.
    found = openness.reports(account).filter(Q(pk=name) | Q(code=name)).order_by("tick")[:2]
    if len(found) != 1:
        raise Problem("no-such-report", name=name)
    report = found[0]
    entry = entry_of(report.id)
    own = account.username in (report.author, report.reporter)
    if not own and not may_with_report(account, "decide", entry):
        raise Problem("may-not", account=account.username, action="decide")
    if not report.instance or not any(each["name"] == "submission" for each in entry.sealed):
        raise Problem("not-from-a-form", report=str(report))
    instances.corrected(report.instance)
    definition = forms.definition_of(report.form, report.version)
    return Reopened(report, entry, definition, openness.part_rule(account, entry, report, "submission"))


def submission_of(account: Any, opened: Reopened, reason: str = "") -> bytes:
    """The submission, with names as the form has them. Raises Problem when it may not be opened, or without a reason."""
    content = openness.open_part(account, opened.entry, opened.report, "submission", reason)
    if content is None:
        raise Problem("not-from-a-form", report=str(opened.report))
    return aligned(content, opened.definition)


def aligned(xml: bytes, definition: Definition) -> bytes:
    """A submission in the namespaces of its form: phones write them in several ways, the engine reads only one."""
    root = parse(xml)
    if submissions.form_of(root) != (definition.id, definition.version):
        raise Problem("unknown-form", form=definition.id, version=definition.version)
    model = next(each for each in parse(definition.xform).iter() if local(each.tag) == "model")
    instance = next(each for each in model if local(each.tag) == "instance")
    tags: dict[str, str] = {}
    _name(instance[0], f"/{definition.root}", tags)
    _rename(root, f"/{definition.root}", tags)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _name(element: Element, path: str, tags: dict[str, str]) -> None:
    tags.setdefault(path, element.tag)
    for each in element:
        _name(each, f"{path}/{local(each.tag)}", tags)


def _rename(element: Element, path: str, tags: Mapping[str, str]) -> None:
    """What the form does not name (deprecatedID) is in the namespace of what is around it."""
    around, _, _ = tags.get(path.rpartition("/")[0], "").rpartition("}")
    element.tag = tags.get(path) or (f"{around}}}{local(element.tag)}" if around else local(element.tag))
    element.attrib = {local(name): value for name, value in element.attrib.items()}
    for each in element:
        _rename(each, f"{path}/{local(each.tag)}", tags)
