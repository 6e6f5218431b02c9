"""The world of the OGC API's tests, read as files."""

from tests.publish.features.conftest import _told, ask, told

__all__ = ["_told", "ask", "told"]
