"""Kambila: information management and coordination for mine action programmes."""

__version__ = "0.1.0"
