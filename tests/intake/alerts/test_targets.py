"""Where webhooks may lead."""

from __future__ import annotations

import socket

import pytest
from django.conf import settings

from kambila.intake.alerts import mail, targets, webhook
from kambila.journal.errors import Problem
from tests.intake.alerts.outside import webhook_server

INSIDE = (
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_is_sent_inside_the_network(address):
    assert not targets.is_allowed(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_addresses_are_allowed(address):
    assert targets.is_allowed(address)


def test_a_network_of_the_house_can_be_named(monkeypatch):
    monkeypatch.setattr(settings, "WEBHOOK_NETWORKS", "192.168.20.0/24, fd00::/64")
    assert targets.is_allowed("192.168.20.7") and targets.is_allowed("fd00::7")
    assert not targets.is_allowed("192.168.21.7") and not targets.is_allowed("127.0.0.1")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "example.org",
        "https://",
        "https://user:word@example.org/",
        "https://example.org/ a",
        "https://example.org/\r\nX: y",
        "http://example.org:99999/",
        "http://[::1",
        f"https://example.org/{'a' * 500}",
    ],
)
def test_what_can_be_no_webhook_is_refused(url):
    with pytest.raises(Problem) as caught:
        targets.read(url)
    assert caught.value.code == "bad-url"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_an_address_inside_is_refused_however_it_is_written(host):
    with pytest.raises(Problem) as caught:
        targets.look_up(f"http://{host}:8080/")
    assert caught.value.code == "url-refused"


def test_a_name_that_leads_outside_and_inside_is_refused(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: both)
    with pytest.raises(Problem):
        targets.look_up("https://two.example/")


def test_a_name_that_leads_inside_later_is_refused_when_something_is_sent(monkeypatch):
    with webhook_server() as hook:
        assert webhook.post(hook.url, webhook.new_secret(), "1", {}) == "forbidden url-refused"
        assert not hook.calls


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(monkeypatch):
    """A name whose second answer leads elsewhere gains nothing: it is asked once."""
    monkeypatch.setattr(settings, "WEBHOOK_NETWORKS", "127.0.0.1/32")
    asked = []

    def answer(host, port, *args, **more):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with webhook_server() as hook:
        monkeypatch.setattr(
            targets.socket, "getaddrinfo", lambda host, *rest, **more: _first(answer, host, *rest, **more)
        )
        assert webhook.post(f"http://name.example:{hook.port}/", webhook.new_secret(), "1", {}) == ""
        assert hook.calls[0][0]["host"] == f"name.example:{hook.port}"
    assert asked.count("name.example") == 1


REAL = socket.getaddrinfo


def _first(answer, host, *rest, **more):
    return answer(host, *rest, **more) if host == "name.example" else REAL(host, *rest, **more)


def test_a_receiver_that_never_answers_is_given_up_in_time(monkeypatch):
    monkeypatch.setattr(settings, "WEBHOOK_NETWORKS", "127.0.0.1/32")
    monkeypatch.setattr(webhook, "DEADLINE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert webhook.post(url, webhook.new_secret(), "1", {}).startswith("unreachable ")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://u:p%40w@mail.example", ("mail.example", 465, "u", "p@w", True, False)),
        ("smtp://u:p@mail.example", ("mail.example", 587, "u", "p", False, True)),
        ("smtp://127.0.0.1:2525?tls=no", ("127.0.0.1", 2525, "", "", False, False)),
    ],
)
def test_the_address_of_a_mail_server_says_how_it_is_encrypted(url, expected):
    found = mail.server_of(url)
    assert tuple(found[name] for name in ("host", "port", "username", "password", "use_ssl", "use_tls")) == expected


def test_a_mail_server_that_offers_no_encryption_gets_nothing(monkeypatch, mailbox):
    monkeypatch.setattr(settings, "SMTP_URL", mailbox.url.partition("?")[0])
    assert mail.Mail("a@example.org", "s", "t", ("1",)).send()["1"] == "refused SMTPNotSupportedError"
    assert not mailbox.mails
