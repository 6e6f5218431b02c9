"""The programme page: what everyone may see, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def programme(request: HttpRequest) -> HttpResponse:
    """The newest release; figures that were not released are not here."""
    return render(request, "desk/programme.html", {})
