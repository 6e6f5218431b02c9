"""What the pages of phones and of tokens have in common: asking for a new key, telling of one, ending one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kambila.accounts import keys
from kambila.accounts.models import Account, Key
from kambila.accounts.roles import may
from kambila.intake import forms as published_forms
from kambila.journal import clock
from kambila.journal.errors import Problem
from kambila.registry.names import folded


class NewKey(forms.Form):
    """Whose key, what for, and what limits it."""

    account = forms.CharField(label=gettext_lazy("User name"), max_length=60)
    title = forms.CharField(max_length=100)
    only_forms = forms.MultipleChoiceField(
        label=gettext_lazy("Only these forms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all that the account may send."),
    )
    places = forms.CharField(
        label=gettext_lazy("Only these places"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("P-codes with a space between them, such as ML07 ML08. Empty: all of the account."),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.label_suffix = ""
        titles = {each.form: _title(each.form, each.version) for each in published_forms.offered()}
        chosen: Any = self.fields["only_forms"]
        chosen.choices = sorted(titles.items(), key=lambda each: folded(each[1]))

    def clean_places(self) -> list[str]:
        """The P-codes as a list."""
        return str(self.cleaned_data["places"]).upper().split()

    def issue(self, author: str, use: str) -> tuple[Key, str] | None:
        """The key that was asked for, with its secret; None when something is wrong, which the form then says."""
        if not self.is_valid():
            return None
        said = {name: value for name, value in self.cleaned_data.items() if name != "use"}
        account, title, said["forms"] = said.pop("account"), said.pop("title"), said.pop("only_forms")
        try:
            return keys.issue(account, use, title, author, **said)
        except Problem as problem:
            self.add_error(None, ValidationError(str(problem)))
            return None


def _title(form: str, version: str) -> str:
    """What a form is called in the language of the page."""
    titles = published_forms.definition_of(form, version).titles()
    return titles.get((get_language() or "en")[:2]) or next(iter(titles.values()), "") or form


def seen_keys(account: Any, uses: tuple[str, ...]) -> QuerySet[Key]:
    """The keys of some uses that an account may see: its own; all for whoever may grant."""
    own = Q() if grants(account) else Q(account__username=name_of(account))
    return Key.objects.filter(own, use__in=uses).select_related("account")


def told(key: Key) -> dict[str, Any]:
    """A key as a page tells of it: its state in words, and what it is limited to."""
    today = clock.now().date()
    ended = key.valid_until is not None and key.valid_until < today
    begun = key.valid_from is None or key.valid_from <= today
    state = _("revoked") if key.revoked else _("ended") if ended else _("holds") if begun else _("not yet")
    limits = [*key.forms, *key.places]
    return {"key": key, "state": state, "holds": key.revoked is None and not ended, "limits": ", ".join(limits)}


def revoked(request: HttpRequest, key: Key) -> Problem | None:
    """End a key as its page asks; what is wrong with what was asked, if anything is."""
    said = [request.POST.get("because", "").strip(), request.POST.get("reason", "").strip()]
    try:
        because = ": ".join(each for each in said if each)
        keys.revoke(key.pk, because, name_of(request.user), stolen=said[0] == _("stolen"))
    except Problem as problem:
        return problem
    return None


def because() -> list[str]:
    """Why a key is ended, to choose from."""
    return [_("lost"), _("stolen"), _("no longer needed")]


def grants(account: Any) -> bool:
    """Whether an account may make and end the keys of others."""
    return may(account, "grant")


def name_of(account: Any) -> str:
    """The user name of whoever asks."""
    return account.username if isinstance(account, Account) else ""
