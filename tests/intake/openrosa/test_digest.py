"""Digest: the worked example of RFC 2617, and nonces that need no table."""

from __future__ import annotations

import hashlib

import pytest

from kambila.intake.openrosa import digest

EXAMPLE = (
    'username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", '
    'qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", '
    'opaque="5ccc069c403ebaf9f0171e9517f40e41"'
)
A1 = hashlib.md5(b"Mufasa:testrealm@host.com:Circle Of Life").hexdigest()


def test_the_worked_example_of_the_specification():
    said = digest.read(EXAMPLE)
    assert digest.is_accepted(said)
    assert digest.response(A1, "GET", said) == "6629fae49393a05397450978507c4ef1"
    assert digest.is_right(A1, "GET", said)


@pytest.mark.parametrize(
    ("a1", "method", "header"),
    [
        ("0" * 32, "GET", EXAMPLE),
        (A1, "POST", EXAMPLE),
        (A1, "GET", EXAMPLE.replace("00000001", "00000002")),
        (A1, "GET", EXAMPLE.replace("index", "other")),
        (A1, "GET", ""),
    ],
)
def test_anything_else_is_wrong(a1, method, header):
    assert not digest.is_right(a1, method, digest.read(header))


def test_without_qop_the_older_sum_is_taken():
    said = digest.read('nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html"')
    assert digest.response(A1, "GET", said) == "670fd8c2df070c60b045671b8b24ff02"


@pytest.mark.parametrize("header", ['algorithm="SHA-256"', "algorithm=MD5-sess", "qop=auth-int"])
def test_what_was_not_offered_is_not_accepted(header):
    assert not digest.is_accepted(digest.read(header))


@pytest.mark.parametrize("header", ["", "=", ",,,", 'a="', "nonce", '"', "nonce=\x00", "é=é"])
def test_a_header_that_makes_no_sense_is_read_without_a_fault(header):
    assert not digest.is_ours(digest.read(header).get("nonce", ""))


def test_a_nonce_is_known_by_its_signature_and_grows_stale(monkeypatch):
    nonce = digest.new_nonce()
    assert digest.is_ours(nonce) and digest.is_fresh(nonce)
    assert not digest.is_ours(nonce[:-1] + ("0" if nonce[-1] != "0" else "1"))
    now = digest.time.time()
    monkeypatch.setattr(digest.time, "time", lambda: now + digest.LIFETIME + 1)
    assert digest.is_ours(nonce) and not digest.is_fresh(nonce)


def test_a_number_is_good_once_for_each_nonce():
    numbers = digest.Numbers()
    assert numbers.is_new("a", "1") and numbers.is_new("a", "2") and numbers.is_new("b", "1")
    assert not numbers.is_new("a", "1")


def test_the_challenge_offers_what_is_accepted():
    said = digest.read(digest.challenge("Kambila", "/openrosa/", stale=True).removeprefix("Digest "))
    assert digest.is_accepted(said) and digest.is_ours(said["nonce"])
    assert said["stale"] == "true" and said["domain"] == "/openrosa/" and said["opaque"]
