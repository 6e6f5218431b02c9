"""What lies outside in the tests of alerts: a real mail server and a real receiver of webhooks, on this machine."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What arrived; `refuses` makes the server answer that it cannot take anything now."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.refuses = False
        self.gate: threading.Event | None = None  # until it is set, the server lets its caller wait
        self.waiting = 0
        self.url = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.gate:
            self.waiting += 1
            try:
                await asyncio.to_thread(self.gate.wait, 20)
            finally:  # also when the caller is killed meanwhile
                self.waiting -= 1
        if self.refuses:
            return "451 not now"
        self.mails.append((envelope.rcpt_tos, BytesParser(policy=default).parsebytes(envelope.content)))
        return "250 OK"

    def texts(self) -> list[str]:
        """Subject and text of each mail."""
        return [f"{mail['Subject']}\n{mail.get_content()}" for _, mail in self.mails]

    def receivers(self) -> list[str]:
        return sorted(each for to, _ in self.mails for each in to)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{port}?tls=no"
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass
class Hook:
    """A receiver of webhooks that keeps what it is sent: (headers, body)."""

    port: int = 0
    status: int = 204
    location: str = ""
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/alerts?of=kambila"

    def is_signed(self, secret: str, number: int = -1) -> bool:
        """As a receiver checks it by the Standard Webhooks specification, written apart from our own code."""
        headers, body = self.calls[number]
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(secret.split("_")[1])
        expected = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
        return f"v1,{expected}" in headers["webhook-signature"].split(" ")


@contextmanager
def webhook_server() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
