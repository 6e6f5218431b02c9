"""The answers of a plain form: from what a browser posts, from a submission, and to what `fill` writes.

Answers are nested as the form is: a group is a mapping, a repeat a list of mappings. In the page a field is called by
its place: ``people/name``, ``casualties[0]/age``; ``#casualties`` says how many rows there are.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from kambila.intake.definition import Definition
from kambila.intake.fill import ID
from kambila.intake.plain.questions import Group, Question, asked
from kambila.intake.xml import attribute, child, local, text

Answers = dict[str, Any]
ROWS = 200  # of one repeat
WHOLE, DECIMAL = re.compile(r"-?\d{1,10}"), re.compile(r"-?\d+(\.\d+)?")
LEAST = {"geopoint": 1, "geotrace": 2, "geoshape": 3}


@dataclass
class Posted:
    """What was posted: the answers as they were written, as they are sent, the files, and what is wrong, by field."""

    raw: Mapping[str, str | list[str]]
    answers: Answers = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def posted(definition: Definition, data: Any, files: Mapping[str, Any]) -> Posted:
    """Read a QueryDict and its files. Only what is certain is wrong here: the review judges the rest."""
    found = Posted({name: data.getlist(name) for name in data})
    found.answers = _group(asked(definition), "", data, files, found)
    return found


def _group(group: Group, place: str, data: Any, files: Mapping[str, Any], found: Posted) -> Answers:
    answers: Answers = {}
    if known := data.get(f"{place}{ID}"):
        answers[ID] = known
    for part in group.parts:
        for name, around in _around(group, part, answers):
            here = f"{place}{name}"
            if isinstance(part, Question):
                said = _question(part, here, data, files, found)
                if said not in ("", []):
                    around[part.name] = said
            elif part.is_repeat:
                rows = [f"{here}[{index}]/" for index in range(count(data, here))]
                rows = [each for each in rows if _is_answered(each, data, files)]
                around[part.name] = [_group(part, each, data, files, found) for each in rows]
            else:
                around[part.name] = _group(part, f"{here}/", data, files, found)
    for name, two in group.firsts:
        if said := next((answers[each] for each in two if each in answers), None):
            answers[name] = said
    return answers | dict(group.constants)


def _around(group: Group, part: Group | Question, answers: Answers) -> Iterator[tuple[str, Answers]]:
    """The name of a part below its group, and where its answer goes: the body may leave out groups that the model has."""
    names = part.path.removeprefix(f"{group.path}/").split("/")
    around = answers
    for each in names[:-1]:
        around = around.setdefault(each, {})
    yield "/".join(names), around


def count(data: Any, place: str) -> int:
    """How many rows a repeat has on the page."""
    said = data.get(f"#{place}", "0")
    return min(int(said), ROWS) if said.isascii() and said.isdigit() else 0


def _is_answered(row: str, data: Any, files: Mapping[str, Any]) -> bool:
    names = [name for name in (*data, *files) if name.startswith(row) and not name.endswith(ID)]
    return any(name in files or any(data.getlist(name)) for name in names)


def _question(question: Question, name: str, data: Any, files: Mapping[str, Any], found: Posted) -> Any:
    if question.control == "upload":
        return _file(name, data, files, found)
    said = [each.strip() for each in data.getlist(name) if each.strip()]
    if question.control in ("select", "rank"):
        answer: Any = said
    else:
        answer = said[0] if said else ""
        if answer and (why := _unreadable(question, answer)):
            found.wrong[name] = why
        elif answer:
            answer = _stated(question, answer)
    if question.required and not answer and not question.relevant:
        found.wrong[name] = _("This must be answered.")
    return answer


def _file(name: str, data: Any, files: Mapping[str, Any], found: Posted) -> str:
    """The name of the file that was chosen, else of the one that came with the report that is corrected."""
    if name not in files:
        return str(data.get(f"{name}@kept", ""))
    stem, dot, ending = files[name].name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem if dot else ending).strip("-")[:60] or "file"
    number = re.sub(r"[^A-Za-z0-9]+", "-", name)
    called = f"{plain}-{number}{f'.{ending.lower()}' if dot and ending.isalnum() else ''}"
    found.files[called] = files[name]
    return called


def _unreadable(question: Question, answer: str) -> str:
    if question.type == "int" and not WHOLE.fullmatch(answer):
        return _("Write a whole number, such as 12.")
    if question.type == "decimal" and not DECIMAL.fullmatch(answer.replace(",", ".")):
        return _("Write a number, such as 12.5.")
    if question.type == "date" and not _is_day(_whole_day(answer)):
        return _("Write a day, such as 2014-06-20.")
    if question.type in LEAST and (points(answer) is None or len(points(answer) or ()) < LEAST[question.type]):
        return _("Write latitude and longitude in degrees, such as 16.27, -0.04; each point on a line of its own.")
    return ""


def _stated(question: Question, answer: str) -> Any:
    if question.type == "decimal":
        return answer.replace(",", ".")
    if question.type == "date":
        return _whole_day(answer)
    if question.type in LEAST:
        found = points(answer) or []
        ring = question.type == "geoshape" and found[0] != found[-1]
        return found[0] if question.type == "geopoint" else [*found, *found[:1]] if ring else found
    return answer


def points(said: str) -> list[tuple[float, ...]] | None:
    """(latitude, longitude) of each line; None when one cannot be read."""
    found: list[tuple[float, ...]] = []
    for line in filter(None, (each.strip() for each in re.split(r"[\n;]", said))):
        parts = line.replace(",", " ").split()
        try:
            latitude, longitude = float(parts[0]), float(parts[1])
        except (ValueError, IndexError):
            return None
        if len(parts) > 4 or abs(latitude) > 90 or abs(longitude) > 180:
            return None
        found.append((latitude, longitude))
    return found


def _whole_day(answer: str) -> str:
    """A question for a month or a year sends a whole date, as a phone does."""
    return (answer + "-01-01"[len(answer) - 4 :])[:10] if len(answer) in (4, 7) else answer


def _is_day(answer: str) -> bool:
    try:
        datetime.date.fromisoformat(answer)
    except ValueError:
        return False
    return True


def fields_of(definition: Definition, root: Element) -> dict[str, list[str]]:
    """What a page shows of a submission: each field by its place. The same names that `posted` reads."""
    found: dict[str, list[str]] = {}
    questions = {each.path: each for each in _questions(asked(definition))}
    _fields(root, f"/{definition.root}", "", definition, questions, found)
    return found


def _fields(
    element: Element,
    path: str,
    place: str,
    definition: Definition,
    questions: Mapping[str, Question],
    found: dict[str, list[str]],
) -> None:
    meta = child(element, "meta")
    entity = child(meta, "entity") if meta is not None else None
    if entity is not None and (id := attribute(entity, "id")):
        found[f"{place}{ID}"] = [id]
    rows: dict[str, int] = {}
    for each in element:
        name, below = local(each.tag), f"{path}/{local(each.tag)}"
        here = f"{place}{name}"
        if below in definition.repeats:
            index = rows[name] = rows.get(name, -1) + 1
            found[f"#{here}"] = [str(index + 1)]
            _fields(each, below, f"{here}[{index}]/", definition, questions, found)
        elif len(each) and name != "meta":
            _fields(each, below, f"{here}/", definition, questions, found)
        elif below in questions and text(each):
            is_file = questions[below].control == "upload"
            found[f"{here}@kept" if is_file else here] = _shown(questions[below], text(each))


def _questions(group: Group) -> Iterator[Question]:
    for part in group.parts:
        if isinstance(part, Question):
            yield part
        else:
            yield from _questions(part)


def _shown(question: Question, said: str) -> list[str]:
    if question.control in ("select", "rank"):
        return said.split()
    if question.type in LEAST:
        found = points(said) or []
        closed = question.type == "geoshape" and len(found) > 1 and found[0] == found[-1]
        return ["\n".join(f"{point[0]}, {point[1]}" for point in (found[:-1] if closed else found))]
    return [said]
