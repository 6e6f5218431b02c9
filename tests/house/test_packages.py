"""What Kambila depends on: declared with a reason, locked with hashes, fetched from wherever the machine fetches."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = ROOT / "pyproject.toml"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

# Imported by nothing: Django's driver for PostgreSQL, the columns that ibis hands over, the zones behind zoneinfo,
# the engine behind ibis, the server and the middleware that settings name.
NOT_IMPORTED = {"psycopg", "tzdata", "granian", "whitenoise"}


def dependencies(*extras: str) -> set[str]:
    project = tomllib.loads(PYPROJECT.read_text())["project"]
    lines = [*project["dependencies"], *(line for each in extras for line in project["optional-dependencies"][each])]
    return {re.match(r"[A-Za-z0-9_.-]+", line)[0].lower().replace("_", "-") for line in lines}


def imported() -> dict[str, str]:
    """{third-party top-level module: a file that imports it} of kambila/"""
    found = {}
    for path in (ROOT / "kambila").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0]: path.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found[node.module.split(".")[0]] = path.name
    return {module: path for module, path in found.items() if module not in sys.stdlib_module_names | {"kambila"}}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_registry(path):
    assert not re.search(r"https?://|file://|^--(index|extra|find)", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_a_hash(path):
    packages = re.split(r"\n(?=\S)", path.read_text().strip())
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_the_browser_lock_names_no_registry_and_has_hashes():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    fetched = {title: package for title, package in packages.items() if title}
    assert [title for title, package in fetched.items() if "resolved" in package or "integrity" not in package] == []


def test_every_dependency_says_why():
    listed = re.findall(r'^    "[a-z][^"]*(?:[<>=]=?)[^"]*",.*$', PYPROJECT.read_text(), re.MULTILINE)
    assert listed
    assert [line for line in listed if not re.search(r", # \w.{10,}$", line)] == []


def test_what_the_code_imports_is_declared():
    provided = packages_distributions()
    declared = dependencies("spark")
    undeclared = {
        f"{module} ({path})"
        for module, path in imported().items()
        if not declared & {title.lower() for title in provided.get(module, [])}
        and module.replace("_", "-") not in declared
    }
    assert undeclared == set()


def test_what_is_declared_is_used():
    provided = packages_distributions()
    used = {title.lower().replace("_", "-") for module in imported() for title in provided.get(module, [])}
    assert dependencies() - used - NOT_IMPORTED == set()


def test_the_runtime_lock_agrees_with_the_one_for_development():
    def pins(path: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / "requirements" / path).read_text(), re.MULTILINE))

    assert pins("runtime.txt") <= pins("dev.txt")
