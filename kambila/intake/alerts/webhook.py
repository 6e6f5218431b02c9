"""Alerts by webhook, signed after the Standard Webhooks specification, version 1.0.0.

webhook-id          the delivery: the same however often it is tried, so that a receiver can tell what it has already
webhook-timestamp   seconds since 1970, of this attempt
webhook-signature   v1,BASE64 of HMAC-SHA256 over ID.TIMESTAMP.BODY with the secret of the subscription
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import secrets
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kambila import __version__
from kambila.intake.alerts import failing, targets
from kambila.journal import clock
from kambila.journal.errors import Problem

PREFIX = "whsec_"
TIMEOUT = 10.0  # seconds, for each step
DEADLINE = 20.0  # seconds, for one request as a whole, however slowly the other side answers


@dataclass(frozen=True)
class Calls:
    """Alerts for one webhook, (delivery, body) each, sent one after the other until one fails."""

    url: str
    secret: str
    bodies: Sequence[tuple[str, Mapping[str, Any]]]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(id for id, _ in self.bodies)

    def send(self) -> dict[str, str]:
        """Gives for each delivery what went wrong (see `failing`), empty when nothing did."""
        outcome: dict[str, str] = {}
        error = ""
        for id, body in self.bodies:
            error = error or post(self.url, self.secret, id, body)
            outcome[id] = error
        return outcome


def new_secret() -> str:
    """A secret of 256 bits, as the specification writes it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """The signature of one attempt."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = b".".join((id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def post(url: str, secret: str, id: str, body: Mapping[str, Any]) -> str:
    """Send one body; what went wrong, empty when the other side answered 2xx. Redirects are not followed."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    timestamp = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Kambila/{__version__}",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secret, id, timestamp, content),
    }
    try:
        status = _request(targets.look_up(url), content, headers)
    except Problem as problem:
        return f"{failing.FORBIDDEN} {problem.code}"
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"{failing.UNREACHABLE} {type(error).__name__}"
    return "" if 200 <= status < 300 else f"{failing.ANSWERED} {status}"


def _request(target: targets.Target, content: bytes, headers: Mapping[str, str]) -> int:
    connection = _Pinned(target)
    timer = threading.Timer(DEADLINE, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target.path, content, dict(headers))
        return connection.getresponse().status
    finally:
        timer.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at; a certificate is checked against the name."""

    def __init__(self, target: targets.Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self._target = target
        self.default_port = 443 if target.secure else 80  # so that the Host header has no needless port

    def connect(self) -> None:
        self.sock = socket.create_connection((self._target.ip, self._target.port), TIMEOUT)
        if self._target.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)

    def cut(self) -> None:
        """End it from another thread."""
        with suppress(OSError):
            if self.sock:
                self.sock.shutdown(socket.SHUT_RDWR)
