"""Other offices bear witness: the signed heads that they were sent are looked for when they verify."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kambila.journal import Draft, append, directory, exchange, heads, nodes, verify
from kambila.journal.directory import Directory
from tests.journal.test_verify import alter


@pytest.fixture
def sent(new_programme: Callable[..., Directory], tmp_path: Path) -> Path:
    """A file from Gao, whose head is signed; the office that is open afterwards has not taken it in."""
    new_programme("Gao", "GAO")
    nodes.introduce()
    append([Draft("setting", "somebody", {"number": 1})])
    heads.sign()
    exchange.export(tmp_path / "from-gao", {})
    new_programme("Bamako", "BKO")
    nodes.introduce()
    return tmp_path / "from-gao"


def test_a_signed_head_travels_with_the_entries(sent: Path) -> None:
    exchange.bring_in(sent)
    assert [line.seq for line in heads.signed_heads() if line.node != directory.current().node.id] == [2]
    assert verify.verify_all().findings == []


def test_what_another_office_loses_is_missed_where_its_head_was_received(sent: Path) -> None:
    exchange.bring_in(sent)
    own = directory.current().node.id
    alter(f"DELETE FROM journal_entry WHERE node <> '{own}' AND seq = 2")
    assert "head" in {finding.code for finding in verify.verify_all().findings}


def test_a_head_is_kept_once(sent: Path) -> None:
    exchange.bring_in(sent)
    before = len(heads.signed_heads())
    exchange.bring_in(sent)
    assert len(heads.signed_heads()) == before
