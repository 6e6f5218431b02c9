"""What can go wrong with accounts and grants."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem("no-account", _("There is no account called %(account)s."), _("See `kambila user list`."))
problem("account-exists", _("There is an account called %(account)s already."), _("Choose another user name."))
problem(
    "bad-username",
    _("%(account)s cannot be a user name."),
    _("Use 2 to 60 lower-case letters, digits, dots, hyphens or underscores, beginning with a letter."),
)
problem(
    "weak-password",
    _("The password is too easy to guess: %(why)s"),
    _("Use at least 10 characters; several unrelated words make a good one."),
)
problem(
    "bad-email",
    _("“%(address)s” is no e-mail address."),
    _("Write it as name@example.org."),
)
problem("unknown-role", _("There is no role called %(role)s."), _("Choose one of: %(roles)s."))
problem(
    "scope-missing",
    _("The role %(role)s gives nothing unless it is limited."),
    _("Name what it is limited to with --%(needs)s."),
)
problem(
    "unknown-kind-scope",
    _("There is no kind of record and no area of work called %(kind)s."),
    _("Name a kind, such as casualty, or an area of work, such as stockpiles."),
)
problem(
    "may-not",
    _("%(account)s may not do this: it needs the right to %(action)s here."),
    _("Ask the programme manager or the administrator for a role that gives it, or for one of the right scope."),
)
problem(
    "own-grant",
    _("Nobody grants a role to himself or herself."),
    _("Ask another person who may grant roles."),
)
problem(
    "not-granted",
    _("%(account)s does not hold the role %(role)s in that scope."),
    _("See what is held with `kambila user list`."),
)
problem("reason-missing", _("A reason is needed."), _("Say in a sentence why."))
problem("no-key", _("There is no key %(number)s."), _("See `kambila key list`."))
problem(
    "unknown-action",
    _("There is no action called %(action)s."),
    _("Choose among: %(actions)s."),
)
problem(
    "key-ends-first",
    _("The key would end on %(end)s, before it begins on %(start)s."),
    _("Give an end that is not before the beginning."),
)
