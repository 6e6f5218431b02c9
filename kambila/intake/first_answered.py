"""What a form computes that needs no engine: a question asked in two ways, and an answer that is always the same.

A record is chosen from a list, or typed where the list does not have it: such a form saves
``coalesce(${task_listed}, ${task_typed})``. A checklist saves for which work it is: ``'eod'``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

from kambila.intake.definition import Definition

CONSTANT = re.compile(r"\s*'([^']*)'\s*")
FIRST = re.compile(r"\s*coalesce\(\s*([\w./-]+)\s*,\s*([\w./-]+)\s*\)\s*")


@lru_cache(maxsize=256)
def first_answered(definition: Definition) -> Mapping[str, tuple[str, str]]:
    """The path of each answer that is the first of two others beside it: their paths."""
    found = {}
    for path, bind in definition.binds.items():
        if two := FIRST.fullmatch(bind.calculate):
            paths = (_absolute(path, two[1]), _absolute(path, two[2]))
            if {posixpath.dirname(each) for each in paths} == {posixpath.dirname(path)}:
                found[path] = paths
    return found


@lru_cache(maxsize=256)
def constants(definition: Definition) -> Mapping[str, str]:
    """The path of each answer that is always the same, and that answer."""
    matched = {path: CONSTANT.fullmatch(bind.calculate) for path, bind in definition.binds.items() if bind.calculate}
    return {path: found[1] for path, found in matched.items() if found}


def _absolute(here: str, said: str) -> str:
    return posixpath.normpath(posixpath.join(here, said))
