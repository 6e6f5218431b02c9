"""Forms without a line: the worker that gives back what a browser kept, and which bundle that belongs to."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse

SCRIPTS = ("fill.js", "list.js", "worker.js", "tree-sitter.wasm", "xpath.wasm")
FILES = ("forms.css", "desk.css", *(f"bundle/forms/{name}" for name in SCRIPTS))


@cache
def bundle() -> str:
    """What changes whenever the files do that a form page loads: what browsers keep is kept under this name."""
    found = [finders.find(name) for name in FILES]
    return hashlib.sha256(b"".join(Path(each).read_bytes() for each in found if each)).hexdigest()[:12]


def worker(request: HttpRequest) -> HttpResponse:
    """The worker. It is served beside the forms, and so may answer for them and for no other page."""
    path = finders.find("bundle/forms/worker.js")
    if path is None:
        raise Http404
    response = HttpResponse(Path(path).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
