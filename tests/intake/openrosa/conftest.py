"""The server that the tests of this folder share."""

from tests.served import bare, server, shared  # noqa: F401
