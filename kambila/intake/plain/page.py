"""What the template of a plain form needs: each group, row and question with its names, words and what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kambila.intake.definition import Definition, Words
from kambila.intake.fill import ID
from kambila.intake.plain.answers import ROWS, count
from kambila.intake.plain.conditions import in_words
from kambila.intake.plain.questions import Group, Question, asked

RADIOS = 12  # more choices than this stand in a list that opens
LONGEST = 500  # records in such a list: with more the page would be too heavy, and the code is typed
TYPES = {"int": "numeric", "decimal": "decimal"}
Lists = Mapping[str, Sequence[tuple[str, str]]]  # (value, label) of the choices that come from a file


@dataclass(frozen=True)
class Page:
    """One form as it is shown: `raw` is what was written, `wrong` what is wrong with it, `lists` records to choose."""

    definition: Definition
    raw: Any
    wrong: Mapping[str, str]
    language: str
    lists: Lists

    def parts(self) -> list[dict[str, Any]]:
        """The whole form."""
        return list(self._parts(asked(self.definition), "", 2))

    def hidden(self) -> list[tuple[str, str]]:
        """The ids of records, which a page carries along."""
        return [(name, self.raw.getlist(name)[0]) for name in self.raw if name.endswith(ID)]

    def errors(self) -> list[tuple[str, str, str]]:
        """(field, question, what is wrong), in the order of the form."""
        return [(each["id"], each["label"], each["wrong"]) for each in _flat(self.parts()) if each.get("wrong")]

    def _parts(self, group: Group, place: str, depth: int) -> Iterator[dict[str, Any]]:
        for part in group.parts:
            here = place + part.path.removeprefix(f"{group.path}/")
            if isinstance(part, Question):
                yield self._question(part, here)
            elif part.is_repeat:
                yield self._repeat(part, here, depth)
            else:
                yield {
                    "sort": "group",
                    "label": self._word(part.label),
                    "when": in_words(self.definition, part.path, part.relevant, self.language),
                    "depth": min(depth, 6),
                    "parts": list(self._parts(part, f"{here}/", depth + 1)),
                }

    def _repeat(self, part: Group, here: str, depth: int) -> dict[str, Any]:
        rows = count(self.raw, here)
        return {
            "sort": "repeat",
            "name": here,
            "label": self._word(part.label) or part.name,
            "when": in_words(self.definition, part.path, part.relevant, self.language),
            "depth": min(depth, 6),
            "below": min(depth + 1, 6),
            "count": rows,
            "full": rows >= ROWS,
            "rows": [list(self._parts(part, f"{here}[{index}]/", depth + 2)) for index in range(rows)],
        }

    def _question(self, question: Question, here: str) -> dict[str, Any]:
        said = self.raw.getlist(here)
        choices = [(each.name, self._word(each.labels) or each.name) for each in question.choices]
        records = self.lists.get(question.source, ())
        choices += records if len(records) <= LONGEST else [each for each in records if each[0] in said]
        return {
            "sort": "note" if question.is_note else _sort(question, len(choices)),
            "name": here,
            "id": "f-" + here.replace("/", "-").replace("[", "-").replace("]", ""),
            "label": self._word(question.label) or question.name,
            "hint": _why_empty(question, len(records)) or self._word(question.hint),
            "message": self._word(question.message),
            "when": in_words(self.definition, question.path, question.relevant, self.language),
            "required": question.required,
            "wrong": self.wrong.get(here, ""),
            "value": said[0] if said else "",
            "choices": [(value, label, value in said) for value, label in choices],
            "inputmode": TYPES.get(question.type, ""),
            "accept": question.media,
            "kept": next(iter(self.raw.getlist(f"{here}@kept")), ""),
        }

    def _word(self, words: Words) -> str:
        return words.get(self.language) or next(iter(words.values()), "")


def _why_empty(question: Question, records: int) -> str:
    """Why a list of records cannot be chosen from, if it cannot."""
    if question.source and not records:
        return _("Nothing is on this list yet.")
    too_long = _("This list is too long for this page (%(count)d). Write the code.") % {"count": records}
    return too_long if records > LONGEST else ""


def _sort(question: Question, choices: int) -> str:
    if question.control == "select":
        return "several"
    if question.control == "rank":
        return "text"
    if question.control == "select1":
        return "radios" if choices <= RADIOS and not question.source else "list"
    if question.control == "trigger":
        return "tick"
    if question.control == "upload":
        return "file"
    if question.type in ("geotrace", "geoshape"):
        return "points"
    if question.type == "date" and not {"year", "month-year"} & set(question.look.split()):
        return "date"
    return "lines" if "multiline" in question.look.split() else "point" if question.type == "geopoint" else "text"


def _flat(parts: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in parts:
        for row in part.get("rows", ()):
            yield from _flat(row)
        yield from _flat(part.get("parts", ()))
        if "id" in part:
            yield part
