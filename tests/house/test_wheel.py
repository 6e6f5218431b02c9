"""The wheel has all that Kambila needs to run: whoever installs it has neither Node nor the repository."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kambila"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    """The paths in a wheel built from the checkout as it stands."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def in_wheel(paths) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in paths if path.is_file() and "__pycache__" not in path.parts}


def test_it_has_every_file_of_the_package(wheel):
    assert in_wheel(PACKAGE.rglob("*")) - wheel == set()


def test_it_has_every_catalogue_compiled(wheel):
    compiled = {path.replace(".po", ".mo") for path in in_wheel(PACKAGE.rglob("django.po"))}
    assert compiled and compiled <= wheel


def test_it_has_the_browser_bundle(wheel):
    bundle = "kambila/desk/static/bundle"
    assert {f"{bundle}/htmx.js", f"{bundle}/basemap.json", f"{bundle}/LICENSES.txt"} <= wheel


def test_it_has_nothing_but_the_package_and_its_licence(wheel):
    assert {path.split("/")[0].split("-")[0] for path in wheel} == {"kambila"}
    assert any(path.endswith("licenses/LICENSE") for path in wheel)
