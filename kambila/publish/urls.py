"""The addresses of the doors out: each folder that has any brings them in its `urls.py`."""

from importlib.util import find_spec
from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

DOORS = sorted(each.parent.name for each in Path(__file__).parent.glob("*/__init__.py"))

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"kambila.publish.{door}.urls")) for door in DOORS if find_spec(f"kambila.publish.{door}.urls")
]
