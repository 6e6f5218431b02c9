"""Forms that are being tried: kept beside the journal, sent to an address of their own, and never counted."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kambila.intake import body, codes, forms, submissions
from kambila.intake.definition import Definition
from kambila.intake.openrosa import references
from kambila.intake.openrosa.models import FormDraft, TestSubmission
from kambila.intake.review import Finding, review_entry
from kambila.intake.xml import parse
from kambila.journal import clock, directory
from kambila.journal.entry import Entry, canonical
from kambila.journal.errors import Problem

KEPT = 200  # submissions of a draft


def keep(xform: bytes, xlsform: bytes, media: Mapping[str, bytes], author: str) -> tuple[FormDraft, str]:
    """Keep a draft in place of the earlier one of the same form; gives it with the secret of its test address.

    Raises Problem when it could not be published.
    """
    definition = forms.definition_in(xform)
    forms.must_fit(definition)
    references.must_be_there(definition, media)
    secret = secrets.token_urlsafe(32)
    FormDraft.objects.filter(form=definition.id).delete()
    draft = FormDraft.objects.create(
        form=definition.id,
        version=definition.version,
        author=author,
        created=clock.now(),
        xform=xform,
        xlsform=xlsform,
        media={name: base64.b64encode(content).decode() for name, content in media.items()},
        digest=_digest(secret),
    )
    return draft, secret


def publish(xform: bytes, xlsform: bytes, media: Mapping[str, bytes], author: str) -> list[Entry]:
    """Publish a form with its files. Raises Problem when something that it needs is missing."""
    references.must_be_there(forms.definition_in(xform), media)
    return forms.publish({xform: xlsform}, author, media)


def publish_draft(form: str, author: str) -> list[Entry]:
    """Publish a draft as it stands; it is then a draft no longer, and what was tried with it is thrown away."""
    draft = find(form)
    media = {name: base64.b64decode(content) for name, content in draft.media.items()}
    entries = publish(bytes(draft.xform), bytes(draft.xlsform), media, author)
    draft.delete()
    return entries


def definitions() -> list[Definition]:
    """Every draft."""
    return [forms.definition_in(bytes(each.xform)) for each in FormDraft.objects.order_by("form")]


def tried(draft: FormDraft) -> list[dict[str, Any]]:
    """What was sent to a draft, the newest first."""
    return [
        {
            "instance": each.instance,
            "received": each.received.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "files": each.files,
            "said": each.said,
            "findings": each.findings,
        }
        for each in draft.submissions.order_by("-received", "-pk")
    ]


def find(form: str) -> FormDraft:
    """The draft of a form. Raises Problem when there is none."""
    draft = FormDraft.objects.filter(form=form).first()
    if draft is None:
        raise Problem("no-draft", form=form)
    return draft


def by_token(token: str) -> FormDraft:
    """The draft that a test address leads to. Raises Problem."""
    draft = FormDraft.objects.filter(digest=_digest(token)).first()
    if draft is None:
        raise Problem("key-ended")
    return draft


def new_address(draft: FormDraft) -> str:
    """The secret of a new test address; the earlier one ends."""
    secret = secrets.token_urlsafe(32)
    FormDraft.objects.filter(pk=draft.pk).update(digest=_digest(secret))
    return secret


def take(draft: FormDraft, xml: bytes, files: Mapping[str, bytes | Path]) -> list[str]:
    """Check a submission of a draft and keep it for the author of the form; gives the lines for the phone.

    Raises Problem for what a published form would refuse too.
    """
    root = parse(xml)
    form, version = submissions.form_of(root)
    if (form, version) != (draft.form, draft.version):
        raise Problem("unknown-form", form=form, version=version)
    said = submissions.read(forms.definition_in(bytes(draft.xform)), root, codes.Resolver())
    if not said.records:
        raise Problem("no-changes")
    named = sorted(set(files) & set(said.files))
    changes, findings = _checked(said, named, draft.author)
    TestSubmission.objects.update_or_create(
        draft=draft,
        instance=said.instance,
        defaults={
            "received": clock.now(),
            "content": xml,
            "files": named,
            "said": changes,
            "findings": [{"level": each.level, "sentence": each.sentence} for each in findings],
        },
    )
    old = draft.submissions.order_by("-id").values_list("id", flat=True)[KEPT:]
    TestSubmission.objects.filter(pk__in=list(old)).delete()
    return [_("A test: checked, and not in the journal."), *(each.sentence for each in findings[:1])]


def _checked(
    said: submissions.Submission, files: Collection[str], author: str
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """What the report would state, without codes, and what its review would find."""
    changes, parts = body.changes(said, files, coded=False)
    stated = {"form": said.form, "version": said.version, "reporter": author, "date": said.date, "changes": changes}
    now = clock.text(clock.now())
    sealed = [{"name": name, "commitment": name} for name in [*parts, *(f"file/{each}" for each in files)]]
    entry = Entry(
        str(uuid.uuid4()), directory.current().node.id, 0, 0, "report", 1, now, author,
        canonical(stated | {"date": said.date or now[:10]}), canonical(sealed), "", "",
    )  # fmt: skip
    shown = [{name: each[name] for name in ("kind", "id", "values")} for each in changes]
    return shown, review_entry(entry)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
