"""Somebody who signed in at a server, without a browser: cookies, and the token that forms carry. For tests only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from kambila.accounts.models import Account
from tests.serving import Answer, Server

PASSWORD = "river-camel-lantern"  # noqa: S105  of accounts that live as long as the test


def may_sign_in(username: str) -> None:
    """Give somebody a password; hashed as a served programme knows it, and quickly."""
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-tests", iterations=1_000)
    Account.objects.filter(username=username).update(password=hashed)


class Visitor:
    """Signed in from the beginning."""

    def __init__(self, server: Server, username: str) -> None:
        self.server, self.cookies = server, dict[str, str]()
        self.get("/login/")
        entered = urlencode(
            {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        )
        answer = self._ask("POST", "/login/", entered.encode(), {"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status == 302, answer.text

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, said: Mapping[str, str], files: Mapping[str, bytes | tuple[str, bytes]] = {}) -> Answer:
        """A form of a page; a file is its content, or its name and content."""
        boundary, out = uuid.uuid4().hex, []
        for name, value in said.items():
            out += [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()]
        for name, file in files.items():
            called, content = file if isinstance(file, tuple) else (name, file)
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
            out += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), content, b"\r\n"]
        body = b"".join([*out, f"--{boundary}--\r\n".encode()])
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask("POST", path, body, headers | {"X-CSRFToken": self.cookies["csrftoken"]})

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.server.ask(method, path, body, {**(headers or {}), **({"Cookie": held} if held else {})})
        for said in answer.cookies:
            self.cookies |= {name: each.value for name, each in SimpleCookie(said).items()}
        return answer
