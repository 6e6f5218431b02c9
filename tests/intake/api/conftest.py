"""A programme with tokens for its people, and a client that sends them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kambila.accounts import keys
from tests.intake.door import open_door

Call = Callable[..., Any]


@pytest.fixture
def door(programme: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The forms of the box, published, and people with roles."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    open_door()
    return programme


@pytest.fixture
def token(door: Any) -> Call:
    """A new token of somebody, with all that he or she may do unless actions are named."""

    def make(username: str, *actions: str, **limits: Any) -> str:
        chosen = actions or ("read", "report", "decide")
        return keys.issue(username, keys.Use.API, "a test", username, actions=chosen, **limits)[1]

    return make


@pytest.fixture
def call(token: Call) -> Call:
    """``call("post", "/reports", "team", {...})``: (status, what was answered)."""
    client, tokens = Client(raise_request_exception=False), {}

    def send(method: str, path: str, by: str = "omar", said: Any = None, **headers: str) -> tuple[int, Any]:
        if by not in tokens:
            tokens[by] = token(by)
        content = None if said is None else json.dumps(said)
        answer = client.generic(
            method.upper(), f"/api/v1{path}", content or "", content_type="application/json",
            headers={"Authorization": f"Bearer {tokens[by]}", **headers},
        )  # fmt: skip
        is_json = answer.headers["Content-Type"].startswith("application/json")
        return answer.status_code, json.loads(answer.content) if is_json else answer.content

    return send
