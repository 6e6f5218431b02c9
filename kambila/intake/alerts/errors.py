"""What can go wrong with alerts."""

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import problem

problem("no-such-alert", _("There is no sort of alert called %(sort)s."), _("Choose one of: %(sorts)s."))
problem(
    "alert-not-open",
    _("%(account)s may not see such reports there, and so is not told of them."),
    _("Choose a place that lies within the person’s role, or ask for a role that reaches further."),
)
problem("no-email", _("%(account)s has no e-mail address."), _("Enter one in the account, or choose another channel."))
problem(
    "bad-url",
    _("%(url)s cannot be the address of a webhook."),
    _("Give a whole address that begins with https:// or http://, without user name and password."),
)
problem(
    "url-refused",
    _("%(url)s leads to %(address)s, inside this network, and nothing is sent there."),
    _("If it should be, let the administrator add its network to KAMBILA_WEBHOOK_NETWORKS."),
)
problem("bad-hours", _("“%(text)s” are no quiet hours."), _("Write them as 22:00-06:00."))
problem("no-subscription", _("There is no subscription %(number)s."), _("See `kambila alerts subscriptions`."))
problem(
    "bad-duty",
    _("Duty cannot last from %(start)s to %(end)s."),
    _("Let it end after it begins, in the future, and at most 31 days later."),
)
problem("no-duty", _("There is no period of duty %(number)s."), _("See `kambila alerts duties`."))
