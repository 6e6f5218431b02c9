"""`make lock`: compile requirements/*.txt with hashes and no registry's address (docs/decisions/packaging.md)."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path("requirements")
OPTIONS = [
    *("--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet", "--upgrade"),
]
# File to write, what to compile; the later ones agree with the first, since they are installed beside it.
LOCKS = {
    "dev.txt": ["pyproject.toml", "--extra", "dev"],
    "runtime.txt": ["pyproject.toml", "--constraint", "requirements/dev.txt"],
    "node.txt": ["requirements/node.in", "--constraint", "requirements/dev.txt"],
    "sbom.txt": ["requirements/sbom.in", "--constraint", "requirements/dev.txt"],
}


def main() -> None:
    """Write every lock file, in order. Raises CalledProcessError if packages cannot be made to agree."""
    for title, what in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", *what, *OPTIONS, "--output-file", str(FOLDER / title)]
        subprocess.run(command, check=True)
        print(f"{FOLDER / title}: locked")


if __name__ == "__main__":
    main()
