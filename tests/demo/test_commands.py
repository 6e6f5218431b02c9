"""Beginning a programme: the example, and an empty one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from kambila.demo import build, commands
from kambila.demo.beginning import read
from kambila.journal import directory
from kambila.journal.errors import Problem


def kambila(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KAMBILA_DATABASE": "", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "kambila", "--data", str(data), *arguments]
    if not (Path(build.__file__).parents[1] / "__main__.py").exists():
        command[1:3] = ["-c", "from kambila.cli import main; main()"]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603


def test_a_finished_example_is_not_built_again(built):
    before = (built / "kambila.sqlite3").stat().st_mtime_ns, (built / "node.json").read_text()
    assert kambila(built, "demo", "--no-serve").returncode == 0
    assert ((built / "kambila.sqlite3").stat().st_mtime_ns, (built / "node.json").read_text()) == before


def test_the_example_is_never_built_over_a_real_programme(tmp_path):
    directory.create_directory(tmp_path / "real", "Mali", "BKO", database="")
    with pytest.raises(Problem) as refused:
        commands._build(tmp_path / "real")
    assert refused.value.code == "not-the-example"
    connection.close()


def test_an_interrupted_build_starts_over(tmp_path, monkeypatch):
    path = tmp_path / "example"

    def interrupted(builder):
        raise KeyboardInterrupt

    monkeypatch.setattr(build.Builder, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build.build(path, database="")
    assert build.is_unfinished(path) and directory.is_programme(path)
    first = directory.current().node.id
    monkeypatch.setattr(build.Builder, "run", lambda builder: None)
    commands._build(path)
    assert not build.is_unfinished(path)
    assert directory.open_directory(path, database="").node.id != first
    connection.close()


def test_what_lies_beside_the_example_is_not_overwritten(tmp_path):
    directory.create_directory(tmp_path / "example-gao", "Gao", "GAO", database="")
    connection.close()
    with pytest.raises(Problem) as refused:
        build.build(tmp_path / "example", database="")
    assert refused.value.code == "programme-exists"
    assert not (tmp_path / "example").exists()


@pytest.mark.parametrize("content", ["name = ", 'colour = "red"'])
def test_a_settings_file_that_cannot_be_read_is_named(tmp_path, content):
    (tmp_path / "settings.toml").write_text(content)
    with pytest.raises(Problem) as refused:
        read(tmp_path / "settings.toml", {})
    assert refused.value.code == "bad-settings-file"
