"""Questions that are asked in two ways: chosen from a list of records, or typed where the list does not have it.

Such a form saves ``coalesce(${task_listed}, ${task_typed})``. Where no engine computes that, it is read from here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

from kambila.intake.definition import Definition

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


def _absolute(here: str, said: str) -> str:
    return posixpath.normpath(posixpath.join(here, said))
