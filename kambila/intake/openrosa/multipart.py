"""What a phone posts, read from the line to disk: never more than is allowed, never more of it in memory than a little."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from kambila.journal import directory
from kambila.journal.errors import Problem

MB = 1024 * 1024
SMALL = 64 * 1024  # files up to this stay in memory: they become rows of the database
XML_PART = "xml_submission_file"
A_DAY = 24 * 3600
Files = dict[str, bytes | Path]


@contextmanager
def received(request: HttpRequest) -> Iterator[tuple[bytes, Files]]:
    """The XML and the files of a submission, by the names they were sent under; the files are gone afterwards.

    Raises Problem for what is no such submission, or larger than the settings allow, as soon as that is known.
    """
    with ExitStack() as kept:
        disk = _ToDisk(kept)
        try:
            length = _length(request)
            meta = {**request.META, "CONTENT_LENGTH": length}
            line: Any = _Line(request.META["wsgi.input"], length, not request.META.get("CONTENT_LENGTH"))
            _Parser(meta, line, [disk], "utf-8").parse()
        except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig):
            raise Problem("too-many-parts", limit=settings.OPENROSA_PARTS) from None
        except MultiPartParserError as error:
            raise Problem("no-submission-part", why=str(error).rstrip(".")) from None
        if disk.xml is None:
            raise Problem("no-submission-part", why=", ".join(disk.files) or "–")
        yield disk.xml, disk.files


def _length(request: HttpRequest) -> int:
    """How many bytes may be read. A body in chunks does not say how long it is; the server says where it ends."""
    limit: int = settings.OPENROSA_BODY
    said = request.META.get("CONTENT_LENGTH")
    if not said:
        return limit + 1 if request.META.get("wsgi.input_terminated") else 0
    if not said.isdigit() or int(said) > limit:
        raise Problem("body-too-large", limit=limit // MB)
    return int(said)


class _Line:
    """The body as it comes, up to a length. One that does not say how long it is may not come to that length."""

    def __init__(self, source: Any, length: int, is_open: bool) -> None:
        self.source, self.left, self.is_open = source, length, is_open

    def read(self, size: int, /) -> bytes:
        data: bytes = self.source.read(min(size, self.left)) if self.left > 0 else b""
        self.left -= len(data)
        if self.is_open and data and self.left <= 0:
            raise Problem("body-too-large", limit=settings.OPENROSA_BODY // MB)
        return data


class _Parser(MultiPartParser):
    """Names of files are judged by whether the form names them, so they must come through as they were sent."""

    def sanitize_file_name(self, file_name: str) -> str:
        return file_name


class _ToDisk(FileUploadHandler):
    """Takes the XML into memory and files to disk, each up to its limit."""

    chunk_size = SMALL

    def __init__(self, kept: ExitStack) -> None:
        super().__init__()
        self.kept = kept
        self.xml: bytes | None = None
        self.files: Files = {}
        self.parts = self.size = 0
        self.name = ""
        self.is_xml = False
        self.out: Any = BytesIO()

    def new_file(self, field_name: str, file_name: str, *args: Any, **more: Any) -> None:
        self.parts += 1
        if self.parts > settings.OPENROSA_PARTS + 1:
            raise Problem("too-many-parts", limit=settings.OPENROSA_PARTS)
        self.name, self.size, self.out = file_name, 0, BytesIO()
        self.is_xml = field_name == XML_PART

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        limit = settings.OPENROSA_XML if self.is_xml else settings.OPENROSA_FILE
        before, self.size = self.size, self.size + len(raw_data)
        if self.size > limit:
            raise Problem("file-too-large", name=self.name[:200], limit=limit // MB)
        if not self.is_xml and before <= SMALL < self.size:
            held = self.out.getvalue()
            file = tempfile.NamedTemporaryFile(dir=_folder(directory.current().path))  # noqa: SIM115  it is kept open
            self.out = self.kept.enter_context(file)
            self.out.write(held)
        self.out.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        if isinstance(self.out, BytesIO):
            content = self.out.getvalue()
            if self.is_xml:
                self.xml = content if self.xml is None else self.xml
            else:
                self.files[self.name] = content
        else:
            self.out.flush()
            self.files[self.name] = Path(self.out.name)


@cache
def _folder(programme: Path) -> Path:
    """Where files lie while they come in: on the disk that will keep them. What a killed process left is swept out."""
    folder = programme / "incoming"
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        if time.time() - left.stat().st_mtime > A_DAY:
            left.unlink(missing_ok=True)
    return folder
