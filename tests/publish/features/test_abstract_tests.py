"""The list of abstract tests names tests that there are, and every conformance class that is declared."""

from __future__ import annotations

import re
from pathlib import Path

from kambila.publish.features import documents

HERE = Path(__file__).parent
LISTED = (HERE.parents[2] / "docs" / "ogc-abstract-tests.md").read_text()


def test_every_abstract_test_that_is_listed_is_run_by_a_test_that_there_is():
    written = "".join(each.read_text() for each in HERE.glob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", LISTED))
    assert len(named) > 30
    assert not [each for each in named if f"def {each}(" not in written]


def test_every_class_of_features_and_filters_that_is_declared_is_listed():
    declared = [each for each in documents.CONFORMS if "features" in each or "cql2" in each]
    classes = {each.rpartition("/")[2] for each in declared} - {"queryables"}  # its tests are those of filter
    assert not [each for each in classes if f"{each}/" not in LISTED]
