"""Errors of the intake that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

# Drawing

problem(
    "nothing-drawn",
    _("There is no geometry yet: a turning point is missing, or cannot be read."),
    _("Give at least one point, of a line two and of an area three, each with a position that can be read."),
)
problem(
    "drawn-with-errors",
    _("Something in it keeps it from being accepted: %(sentences)s"),
    _("Correct it, or tick the box beside the button to report it as it is."),
)

problem(
    "no-such-place",
    _("There is no région, cercle or commune with the P-code %(place)s."),
    _("Write its P-code as the list of administrative areas has it, or leave it out."),
)

# Decisions

problem("no-such-report", _("There is no report called %(name)s."), _("See `kambila reports`."))
problem("several-reports", _("Several reports have the code %(name)s."), _("Name one of them by its id: %(ids)s."))
problem("several-records", _("Several records have the code %(name)s."), _("Name one of them by its UUID: %(ids)s."))
problem(
    "no-reason", _("A decision needs a reason."), _("Say in a sentence why; it is kept sealed beside the decision.")
)
problem(
    "report-blocked",
    _("The report %(report)s cannot be accepted: %(sentences)s"),
    _("Return it to its reporter, or correct it: `kambila correct`."),
)
problem(
    "warnings-unanswered",
    _("Something about the report %(report)s is doubtful: %(sentences)s"),
    _("Answer with a reason why it is right all the same (--answer), or return it."),
)
problem(
    "already-decided",
    _("The report %(report)s is %(status)s already."),
    _("See `kambila report %(report)s`; another decision can change it."),
)
problem(
    "bad-base",
    _("What was shown of change %(index)s, field %(field)s, is nothing that the report %(report)s speaks of."),
    _("Open the report again and decide on what it shows now."),
)
problem(
    "not-on-path",
    _("%(record)s is “%(status)s”: the step “%(step)s” cannot follow."),
    _("These can: %(steps)s."),
)
problem(
    "step-asks",
    _("The step “%(step)s” asks for more: %(fields)s."),
    _("State it with the step: --set FIELD=VALUE; of a task that is suspended --because CODE."),
)
problem("no-ground", _("A review can be left out only with a stated ground."), _("State the ground, or let it review."))
problem("no-such-decision", _("There is no decision %(name)s."), _("See `kambila report` or `kambila show`."))
problem(
    "does-not-wait",
    _("The decision %(name)s does not wait for a second person."),
    _("See `kambila report` or `kambila show` for what became of it."),
)
problem(
    "own-countersign",
    _("%(account)s took this decision and cannot countersign it."),
    _("Ask another person who may countersign."),
)
problem("same-record", _("The two names lead to one and the same record."), _("Name two different records."))
problem(
    "not-shown",
    _("%(name)s is not in the registry now."),
    _("It is retired, or no accepted report speaks of it; see `kambila show %(name)s`."),
)
problem("not-retired", _("%(name)s is not retired."), _("See `kambila show %(name)s`."))
problem(
    "not-a-side",
    _("%(chosen)s is not one of the reports that state %(field)s of %(name)s and count."),
    _("Choose one of: %(refs)s."),
)
problem(
    "merged-with-erased",
    _("%(erased)s was erased, and what it would be merged with was not: the merge would bring back who was erased."),
    _("If they are one person, let somebody who may erase do it first, for each: `kambila erase %(kind)s` %(left)s."),
)
problem(
    "no-authority", _("An erasure needs an authority."), _("Say who ordered it, or which law or consent it follows.")
)
problem("unknown-audience", _("There is no audience called %(audience)s."), _("Choose one of: %(audiences)s."))
problem("unknown-precision", _("A place cannot be told as “%(precision)s”."), _("Choose one of: commune, exact."))
problem("bad-day", _("“%(text)s” is not a date that can be used here."), _("Write it as 2014-06-30."))

# Corrections

problem(
    "which-change",
    _("%(field)s could be corrected in more than one change of the report, or in none."),
    _("Name the change too, as in 0/%(field)s; `kambila report` numbers them."),
)
problem("no-such-field", _("A %(kind)s has no field %(field)s that can be stated."), _("Choose one of: %(fields)s."))
problem("unreadable-value", _("%(field)s cannot be %(value)s: %(why)s"), _("State it anew."))
problem(
    "nothing-corrected", _("Nothing is different from what the report says."), _("Name what to correct with --set.")
)
problem(
    "file-not-corrected",
    _("%(field)s holds a file, which cannot be corrected by a value."),
    _("Send the form again with the right file."),
)

# Forms and submissions

# What comes in

AGAIN = _("Send it again from the phone; if that does not help, ask the information officer.")
problem("not-xml", _("What was sent cannot be read as XML: %(why)s."), AGAIN)
problem(
    "xml-forbidden",
    _("What was sent has a document type or entities in it, which no form of a phone needs."),
    _("Send the file as the phone made it."),
)
problem("too-deep", _("The elements of what was sent lie more than %(depth)s deep in one another."), AGAIN)
problem(
    "too-many-elements",
    _("What was sent has more than %(elements)s elements, or more than %(attributes)s attributes in one of them."),
    AGAIN,
)
problem("too-large", _("What was sent is larger than %(limit)s megabytes."), _("Send photographs as separate files."))
problem(
    "not-a-form",
    _("This is no form definition: %(why)s."),
    _("Compile it from an XLSForm, for instance with pyxform, and look at its messages."),
)
problem(
    "form-does-not-compile",
    _("The form %(form)s cannot be compiled: %(why)s"),
    _("Mend the row that is named, and try again."),
)
problem(
    "form-unknown-kind",
    _("The form %(form)s writes records of the kind %(kind)s, which there is not."),
    _("Use a kind that an area declares as list_name on the sheet `entities`."),
)
problem(
    "form-unknown-field",
    _("The form %(form)s saves %(path)s to %(field)s, which the kind %(kind)s does not have."),
    _("Choose a field of that kind, or leave save_to empty: the answer then stays in the report."),
)
problem(
    "form-derived-field",
    _("The form %(form)s saves %(path)s to %(field)s of %(kind)s, which is computed and never stated."),
    _("Save the answer to the fields from which it is computed."),
)
problem(
    "form-changed",
    _("The form %(form)s in version %(version)s was published before with another content."),
    _("Give the changed form a new version."),
)
problem(
    "unknown-form",
    _("No form %(form)s in version %(version)s has been published here."),
    _("Get the list of forms again on the phone, or see `kambila forms list`."),
)
problem(
    "form-closed",
    _("The form %(form)s in version %(version)s is closed: nothing new is taken in with it."),
    _("What was sent is kept. Tell whoever looks after the forms; fill in a form that is offered."),
)
problem(
    "form-not-allowed",
    _("%(account)s may not send the form %(form)s."),
    _("Ask whoever set up the phone: its key is for other forms."),
)
problem(
    "no-instance-id",
    _("The submission has no instanceID, so it could not be told from another."),
    _("Send it from a phone or a browser that follows OpenRosa."),
)
problem(
    "no-changes",
    _("The form was sent without anything in it that concerns a record."),
    _("Open it on the phone, answer its questions, and send it again."),
)
problem(
    "update-without-record",
    _("The submission updates a record of the kind %(kind)s but does not say which."),
    _("Choose the record in the form and send it again."),
)
problem(
    "same-id-other-content",
    _("A submission with the same instanceID but another content is already here: it is the report %(report)s."),
    _("Nothing is lost: both are kept. Ask the information officer to compare them."),
)
problem(
    "unknown-edited",
    _("The submission corrects %(instance)s, which is not known here."),
    _("Send the first one, then the correction; what was sent is kept."),
)
problem(
    "superseded",
    _("What this corrects has been corrected before: the newest is %(instance)s, the report %(report)s."),
    _("Nothing is lost: it is kept. Correct the newest one instead."),
)
problem(
    "entities-version",
    _("The form %(form)s follows version %(version)s of the entities specification, which is not known."),
    _("Compile it with an older version of the specification (2025.1.0), or install a newer Kambila."),
)
problem(
    "quarantine-full",
    _("%(account)s has sent too much that could not be taken in; there is no more room to keep it."),
    _("Ask the information officer to look through what is kept: `kambila quarantine list`."),
)
problem(
    "not-in-quarantine",
    _("Nothing in quarantine has the number %(number)s, or it is not for you to decide about its sender."),
    _("See `kambila quarantine list`."),
)
problem(
    "cannot-correct",
    _("It cannot be taken in as a correction of %(report)s: one of the two has no instanceID."),
    _("Correct the report itself: `kambila correct`, or on its page."),
)

# Two steps, and what is accepted without a person

problem(
    "not-verified",
    _("The report %(report)s waits for its first step: this form is verified by one person and approved by another."),
    _("Ask somebody who may verify it, such as its operator; then accept it."),
)
problem(
    "verified-oneself",
    _("%(account)s cannot take both steps: %(report)s was reported or verified under that name."),
    _("Ask another person."),
)
problem("already-verified", _("The report %(report)s is verified already."), _("It can be accepted now."))
problem(
    "not-two-steps",
    _("The form %(form)s does not ask for two steps."),
    _("Decide about the report; or see `kambila rules two-steps`."),
)
problem(
    "not-waiting",
    _("The report %(report)s is %(status)s, and does not wait."),
    _("See `kambila report %(report)s`."),
)
problem("no-such-rule", _("There is no rule %(rule)s in force."), _("See `kambila rules list`."))
problem(
    "rule-in-force",
    _("The form %(form)s has two steps already."),
    _("See `kambila rules list`."),
)
problem("no-verb", _("It was not said what to decide."), _("Choose what to do with the report."))
problem(
    "shown-before",
    _("What is known has changed since this page was opened."),
    _("Look at it again, as it is now, and decide."),
)

# Steps on a path

problem(
    "step-forbidden",
    _("%(record)s cannot become “%(step)s”: %(sentences)s"),
    _("Mend what stands in the way, then take the step. The page of the record tells what each step waits for."),
)
problem(
    "step-needs-reason",
    _("%(record)s may become “%(step)s” only with a signed reason: %(sentences)s"),
    _("State the reason in spite of it (--despite); it is kept sealed beside the decision, under your name."),
)
problem(
    "step-rests-on-it",
    _("Later steps of %(record)s rest on this report: %(later)s."),
    _("Withdraw those first, the latest first; or take a further step."),
)
problem(
    "not-back",
    _("Without this report %(record)s would be “%(status)s” again, and that is forbidden: %(sentences)s"),
    _("Mend what stands in the way, or leave the report as it is and take a step that may follow."),
)

problem(
    "call-not-for-team",
    _("The team %(team)s cannot be sent to the call %(call)s: %(sentences)s"),
    _("Choose another team: `kambila task candidates %(call)s` lists the nearest that could go."),
)
problem(
    "call-needs-reason",
    _("The team %(team)s may be sent to the call %(call)s only with a signed reason: %(sentences)s"),
    _("State the reason in spite of it (--despite); it is kept sealed beside the decision, under your name."),
)

# Faults of the machine

problem(
    "disk-full",
    _("The server has no room left, so nothing of this was kept."),
    _("Keep it and send it again later; tell the administrator."),
)
problem(
    "database-away",
    _("The server cannot write just now, so nothing of this was kept."),
    _("Keep it and send it again in a few minutes."),
)
problem(
    "door-failed",
    _("Something went wrong here that nobody foresaw; nothing of this was kept."),
    _("Keep it, send it again later, and tell the administrator."),
)
problem(
    "no-part",
    _("The polygon has no ground of %(area)s that is still dangerous, or all of it."),
    _("Draw the part that becomes an area of its own; what is left stays in %(area)s."),
)
problem(
    "nothing-added",
    _("The polygon adds no ground to %(area)s."),
    _("Draw ground outside it; what was found smaller is reported with the form, or released by a product."),
)
problem(
    "not-drawn",
    _("No polygon of %(area)s is known, so it cannot be drawn anew."),
    _("Report its polygon first."),
)
problem(
    "bad-criteria",
    _("These are no criteria of land release: %(why)s."),
    _("Begin with what `kambila criteria show` prints, and give it a new version."),
)
problem(
    "bad-scenarios",
    _("These are no scenarios of priority: %(why)s."),
    _("Begin with what `kambila scenarios show` prints, and give it a new version."),
)
problem("no-title", _("A work plan needs a title."), _("Say what it is called, such as “Gao, first half of 2015”."))
problem("nothing-left", _("Nothing of %(area)s is left."), _("See `kambila balance --by area`."))
