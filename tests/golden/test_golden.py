"""Every later version replays the golden journals to the same registry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kambila.journal import exchange, projections, verify
from kambila.journal.directory import Directory
from kambila.journal.entry import KINDS
from tests.golden import journal

VERSIONS = sorted(int(file.stem[1:]) for file in journal.HERE.glob("v*.jsonl"))


@pytest.fixture(params=VERSIONS)
def golden(request: pytest.FixtureRequest, programme: Directory, tmp_path: Path) -> int:
    exchange.bring_in(journal.pack(request.param, tmp_path / "golden"))
    return int(request.param)


def expected(version: int) -> object:
    return json.loads((journal.HERE / f"v{version}-registry.json").read_text())


def test_it_gives_the_registry_that_it_gave(golden: int) -> None:
    assert json.loads(json.dumps(journal.registry())) == expected(golden)


def test_it_gives_the_same_when_it_is_derived_again(golden: int) -> None:
    projections.rebuild()
    assert json.loads(json.dumps(journal.registry())) == expected(golden)


def test_its_chains_and_parts_are_whole(golden: int) -> None:
    result = verify.verify_all()
    assert result.findings == []
    assert result.parts["held"] > 0
    assert result.parts["erased"] > 0


def test_it_has_every_kind_of_entry(golden: int) -> None:
    kinds = {entry.kind for batch in projections.read_since(0) for entry in batch}
    assert kinds == set(KINDS)
