"""Errors of the door for phones that a person can meet. `answers.STATUS` says which status each is answered with."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem(
    "no-version-header",
    _("The request does not say which version of OpenRosa it speaks."),
    _("Send the header X-OpenRosa-Version: 1.0, as ODK Collect and KoboCollect do."),
)
problem(
    "sign-in",
    _("The user name or the device password is not known here."),
    _("Enter the device password that was shown when it was made, not your own; a lost one is made anew under Phones."),
)
problem(
    "key-ended",
    _("The address of this phone is not known, or no longer holds."),
    _("What you filled in stays on the phone. Ask your information officer for a new code to scan."),
)
problem("no-such-file", _("There is no such form, list or file."), _("Get the list of forms again on the phone."))
problem(
    "no-submission-part",
    _("What was sent has no part called xml_submission_file: %(why)s."),
    _("Send it as multipart/form-data, as OpenRosa has it."),
)
SMALLER = _("Send the photographs of this form in several parts, or make them smaller in the settings of the phone.")
problem("body-too-large", _("What was sent is larger than %(limit)s MB."), SMALLER)
problem("file-too-large", _("The file %(name)s is larger than %(limit)s MB."), SMALLER)
problem("too-many-parts", _("What was sent has more than %(limit)s files."), SMALLER)
problem("no-draft", _("No draft of a form %(form)s is kept here."), _("See `kambila forms list`."))
problem(
    "form-unknown-list",
    _("The form %(form)s looks things up in %(name)s, which is no kind of record and did not come with it."),
    _("Name the list after a kind of record, such as village.csv, or give the file with --media."),
)
