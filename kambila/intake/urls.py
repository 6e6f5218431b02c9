"""The addresses of the doors: each folder of the intake that has any brings them in its `urls.py`."""

from importlib.util import find_spec
from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

from kambila.intake.api.service import api

DOORS = sorted(each.parent.name for each in Path(__file__).parent.glob("*/__init__.py"))

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    *(path("", include(f"kambila.intake.{door}.urls")) for door in DOORS if find_spec(f"kambila.intake.{door}.urls")),
]
