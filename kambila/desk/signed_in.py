"""Pages for people who have signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from kambila.accounts.roles import remember

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Send strangers to the sign-in page; look the account's roles up once for the whole request."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        remember(request.user)
        return view(request, *args, **kwargs)

    return never_cache(guarded)
