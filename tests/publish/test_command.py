"""`kambila publish`."""

import json

from click.testing import CliRunner

from kambila.cli import main
from kambila.publish.commands import publish


def run(*arguments):
    return CliRunner().invoke(publish, [str(each) for each in arguments])


def test_it_writes_what_it_says(reopened, tmp_path):
    result = run("--release", "last", "--to", tmp_path / "site", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0 and told["release"] == reopened.release.id
    sizes = {row["path"]: row["bytes"] for row in told["files"]}
    assert sizes == {path: len(content) for path, content in reopened.files.items()}
    written = {
        path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*") if path.is_file()
    }
    assert written == set(sizes)


def test_it_says_where_to_look(reopened, tmp_path):
    result = run("--release", reopened.release.id[:13], "--to", tmp_path / "site")
    assert f"Open {tmp_path / 'site' / 'index.html'}." in result.stdout


def test_an_unknown_release_is_named(reopened, tmp_path):
    result = CliRunner().invoke(
        main, ["--data", str(reopened.programme), "publish", "--release", "none", "--to", str(tmp_path / "site")]
    )
    assert result.exit_code == 1 and "There is no release called none." in result.stderr
    assert not (tmp_path / "site").exists()


def test_it_needs_a_release_and_a_place():
    assert run("--to", "site").exit_code == 2
