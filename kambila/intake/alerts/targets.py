"""Where webhooks may lead: a public address, or a network of the house that the administrator has named.

A server that sends wherever it is told to would open the doors of the network in which it stands: to pages of other
machines that ask for no password, to a cloud's metadata. So names are looked up anew for every attempt, and the address
that was looked at is the one that is connected to.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from kambila.journal.errors import Problem

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Target:
    """An address of the web that was looked up: `ip` is where to connect."""

    secure: bool
    host: str
    port: int
    path: str
    ip: str


def read(url: str) -> tuple[bool, str, int, str]:
    """(https, host, port, path with query) of an address. Raises Problem for what cannot be one of a webhook."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else parts.hostname
    except (ValueError, UnicodeError):
        raise Problem("bad-url", url=url[:200]) from None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= 500
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password or not plain:
        raise Problem("bad-url", url=url[:200])
    return parts.scheme == "https", host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def look_up(url: str) -> Target:
    """The target of an address now. Raises Problem when it lies where nothing is sent, OSError for an unknown name."""
    secure, host, port, path = read(url)
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    refused = sorted(each for each in found if not is_allowed(each))
    if refused or not found:
        raise Problem("url-refused", url=url[:200], address=", ".join(refused))
    return Target(secure, host, port, path, min(found, key=lambda each: (":" in each, each)))


def is_allowed(text: str) -> bool:
    """Whether something may be sent to an IP address."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    named = [ipaddress.ip_network(each.strip(), strict=False) for each in settings.WEBHOOK_NETWORKS.split(",") if each]
    if any(address in network for network in named):
        return True
    return address.is_global and not address.is_multicast
