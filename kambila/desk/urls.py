"""The addresses of the desk."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from kambila.desk import session
from kambila.desk.pages import (
    alerts,
    figures,
    home,
    imports,
    journal,
    lists,
    programme,
    queue,
    reconcile,
    records,
    review,
    rules,
)  # fmt: skip

urlpatterns = [
    path("", home.home, name="home"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/new/", alerts.new, name="alerts-new"),
    path("alerts/mine/", alerts.mine, name="alerts-mine"),
    path("alerts/<int:id>/", alerts.alert, name="alert"),
    path("alerts/<int:id>/seen/", alerts.seen, name="alert-seen"),
    path("needs/<slug:name>/", home.need, name="need"),
    path("unresolved/", home.links, name="unresolved"),
    path("area/<slug:label>/", lists.area, name="area"),
    path("area/<slug:label>/<slug:kind>/", lists.records, name="list"),
    path("record/<slug:kind>/<str:id>/", records.record, name="record"),
    path("record/<slug:kind>/<str:id>/open/<slug:field>/", records.open_field, name="open"),
    path("code/<str:code>/", records.by_code, name="code"),
    path("review/", queue.queue, name="review-queue"),
    path("review/mine/", queue.mine, name="my-reports"),
    path("review/second/", queue.second, name="second"),
    path("review/many/", queue.many, name="many"),
    path("review/rules/", rules.rules, name="rules"),
    path("review/<str:name>/", review.review, name="review"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<str:id>/", journal.entry, name="entry"),
    path("journal/<str:id>/part/<path:name>", journal.part, name="part"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:id>/", figures.figure, name="figure"),
    path("import/", imports.start, name="import"),
    path("import/batch/<uuid:id>/", imports.batch, name="batch"),
    path("import/<str:token>/", imports.file, name="import-file"),
    path("import/<str:token>/rejects/", imports.rejects, name="import-rejects"),
    path("reconcile/", reconcile.start, name="reconcile"),
    path("reconcile/<str:token>/", reconcile.reconciliation, name="reconciliation"),
    path("reconcile/<str:token>/list/", reconcile.answer_list, name="reconciliation-list"),
    path("programme/", programme.programme, name="programme"),
    path("login/", session.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", session.language, name="language"),
]
