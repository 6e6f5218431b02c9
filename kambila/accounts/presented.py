"""A device password as HTTP presents it: `Authorization: Basic`, as phones and map programs send it.

A person's own password is compared with nothing here.
"""

from __future__ import annotations

import base64
import binascii

from kambila.accounts import keys
from kambila.accounts.models import Account


def by_basic(said: str) -> Account | None:
    """The account of what stands after `Basic`; None for a device password that opens nothing."""
    try:
        name, _colon, secret = base64.b64decode(said, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    account = keys.signed_in(secret, keys.Use.DEVICE)
    return account if account is not None and account.username == name else None
