"""When a question is asked, in words: “Was anyone hurt?” is “Yes”. What is more than that is said only as a condition."""

from __future__ import annotations

import posixpath
import re

from django.utils.translation import gettext as _

from kambila.intake.definition import Definition

PATH = r"\s*((?:/|\.\./)[\w./-]+)\s*"
EQUAL = re.compile(rf"{PATH}=\s*'([^']*)'\s*")
UNEQUAL = re.compile(rf"{PATH}!=\s*'([^']*)'\s*")
CHOSEN = re.compile(rf"\s*selected\({PATH},\s*'([^']*)'\s*\)\s*")
JOINED = re.compile(r"\s+(and|or)\s+")


def in_words(definition: Definition, path: str, relevant: str, language: str) -> str:
    """A sentence that says when what lies at this path is asked; empty when it is always."""
    if not relevant:
        return ""
    parts = JOINED.split(relevant)
    said = [_simple(definition, path, each, language) for each in parts[::2]]
    if not all(said) or len(set(parts[1::2])) > 1:
        return _("Only if it applies.")
    return _("Only if %(condition)s.") % {"condition": f" {_word(parts[1]) if len(parts) > 1 else ''} ".join(said)}


def _word(joint: str) -> str:
    return _("and") if joint == "and" else _("or")


def _simple(definition: Definition, here: str, part: str, language: str) -> str:
    """One comparison in words; empty for what is none."""
    if found := EQUAL.fullmatch(part) or CHOSEN.fullmatch(part):
        path, value = posixpath.normpath(posixpath.join(here, found[1])), found[2]
        told = {"question": definition.label(path, language), "answer": _answer(definition, path, value, language)}
        return (_("“%(question)s” is “%(answer)s”") if value else _("“%(question)s” is not answered")) % told
    if found := UNEQUAL.fullmatch(part):
        path, value = posixpath.normpath(posixpath.join(here, found[1])), found[2]
        told = {"question": definition.label(path, language), "answer": _answer(definition, path, value, language)}
        return (_("“%(question)s” is not “%(answer)s”") if value else _("“%(question)s” is answered")) % told
    return ""


def _answer(definition: Definition, path: str, value: str, language: str) -> str:
    choice = definition.choices.get(path, {}).get(value)
    labels = choice.labels if choice else {}
    return labels.get(language) or next(iter(labels.values()), "") or value
