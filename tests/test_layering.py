"""Imports point down, never up; an area of work imports no other area; no engine names an area."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kambila"

# From the ground to the roof. The doors (intake, publish, desk) stand above the areas of work.
ROOMS = ["journal", "accounts", "registry", "figures", "domain", "intake", "publish", "desk", "demo"]
ENGINES = ["journal", "accounts", "registry", "figures"]
ROOF = len(ROOMS)  # cli.py, settings.py, urls.py, which put the rooms together
AREAS = sorted(path.parent.name for path in PACKAGE.glob("domain/*/__init__.py"))

FILES = sorted(path for path in PACKAGE.rglob("*.py"))
DOTTED = re.compile(r"kambila(\.[a-z_]+)+(\.[A-Za-z_]+)*")
SETTINGS = "kambila.settings"  # Django is told its settings by name, wherever a process starts
MODEL = re.compile(rf"({'|'.join(AREAS)})\.[A-Z]\w+")


def module_of(path: Path) -> str:
    """kambila/domain/land/models.py → kambila.domain.land.models"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def level(module: str) -> int:
    """How high a module stands; the package itself (its version) lies below everything."""
    parts = module.split(".")
    if len(parts) == 1:
        return -1
    return ROOMS.index(parts[1]) if parts[1] in ROOMS else ROOF


def area(module: str) -> str | None:
    """The area of work that a module belongs to, if any."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[1] == "domain" and parts[2] in AREAS else None


def absolute(node: ast.ImportFrom, path: Path) -> str:
    """The module that a `from … import` names, its leading dots resolved."""
    if not node.level:
        return node.module or ""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    base = package[: len(package) - (node.level - 1)]
    return ".".join([*base, *([node.module] if node.module else [])])


def is_module(name: str) -> bool:
    """Whether a dotted name is a module or package of Kambila."""
    place = ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").exists()


def imports(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """(line, module) of everything imported, wherever it stands in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = absolute(node, path)
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield node.lineno, full if is_module(full) else module


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every string that is not a docstring."""
    doc = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in doc:
            yield node.lineno, node.value


def _has_docstring(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    return isinstance(body, list) and bool(body) and isinstance(body[0], ast.Expr)


def parsed(path: Path) -> ast.AST:
    return ast.parse(path.read_text(), filename=str(path))


def breaches_of_import(path: Path) -> list[str]:
    """What a file imports or names and may not."""
    own, tree = module_of(path), parsed(path)
    named = [(line, text) for line, text in texts(tree) if DOTTED.fullmatch(text) and text != SETTINGS]
    found = []
    for line, target in [*imports(tree, path), *named]:
        if target.split(".")[0] != "kambila":
            continue
        if level(target) > level(own):
            found.append(f"{path.relative_to(ROOT)}:{line} reaches up to {target}")
        if area(own) and area(target) not in (None, area(own)):
            found.append(f"{path.relative_to(ROOT)}:{line} reaches into the area {area(target)}")
    return found


def test_every_room_has_its_place_in_the_order():
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders <= set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_it_imports_only_what_lies_below(path):
    assert breaches_of_import(path) == []


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.relative_to(PACKAGE).parts[0] in ENGINES],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_no_engine_names_an_area(path):
    named = [f"line {line}: {text!r}" for line, text in texts(parsed(path)) if MODEL.fullmatch(text)]
    assert named == []


def test_the_rule_notices_an_import_that_points_up(tmp_path, monkeypatch):
    engine = tmp_path / "kambila" / "registry" / "bad.py"
    engine.parent.mkdir(parents=True)
    engine.write_text("def late():\n    from kambila.domain.land import models\n\nNAMED = 'kambila.desk.views'\n")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert [breach.split(" ", 1)[1] for breach in breaches_of_import(engine)] == [
        "reaches up to kambila.domain.land",
        "reaches up to kambila.desk.views",
    ]
