"""A file that came with a request of a browser or of another system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile


def content_of(file: Any) -> bytes | Path:
    """Its content; a large one lies on the disk already, and need not come into memory."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    content: bytes = file.read()
    return content
