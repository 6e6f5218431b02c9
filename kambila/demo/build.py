"""Carrying out the plan: the clock is set to each step, and everything goes through the door of any report."""

from __future__ import annotations

import datetime
import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db import connection

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.demo import cast, places, story
from kambila.demo.plan import ACCEPT, Moment, Plan, Step, Submission
from kambila.domain.places import importing, short_table
from kambila.figures.releases import create_release
from kambila.intake import corrections, decisions, forms, stepping
from kambila.intake.definition import Definition
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.receive import Incoming, receive_all
from kambila.journal import clock, directory, exchange, heads, nodes
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem

NAME, PREFIX = "Mali, July 2014 (example)", "EX-BKO"
UNFINISHED = "example-unfinished"
Progress = Callable[[int, int], None]
ROUTINE = "Vérifié avec l’équipe ; complet."
ANSWERED = "Vu avec l’équipe : c’est exact."


def build(
    path: Path, progress: Progress = lambda done, total: None, database: str | None = None
) -> directory.Directory:
    """Build the example programme in `path`; raises Problem when there is a programme already."""
    path = path.resolve()
    if directory.is_programme(path) or directory.is_programme(gao_of(path)):
        raise Problem("programme-exists", path=path if directory.is_programme(path) else gao_of(path))
    path.mkdir(parents=True, exist_ok=True)
    (path / UNFINISHED).touch()
    opened = directory.create_directory(path, NAME, PREFIX, example=True, database=database)
    usual = gc.get_threshold()
    try:
        gc.set_threshold(
            100_000, 50, 50
        )  # many objects live until the end; looking for rings costs a seventh of the time
        Builder(opened, story.tell(), progress).run()
    finally:
        gc.set_threshold(*usual)
        clock.set_clock(None)
    (path / UNFINISHED).unlink()
    return opened


def is_unfinished(path: Path) -> bool:
    return (path / UNFINISHED).exists()


def clear(path: Path) -> None:
    """Remove an example whose building was interrupted, with its second office. Raises Problem on PostgreSQL."""
    if settings.DATABASE_URL:
        raise Problem("example-elsewhere", path=path, database=settings.DATABASE_URL.rpartition("/")[2])
    connection.close()
    shutil.rmtree(gao_of(path), ignore_errors=True)
    for each in path.iterdir():
        if each.name != UNFINISHED:
            shutil.rmtree(each) if each.is_dir() else each.unlink()


def gao_of(path: Path) -> Path:
    """The directory of the second office, beside that of the first."""
    return path.with_name(f"{path.name}-gao")


@dataclass
class Builder:
    """The programme as far as it is built. Names are those that the plan gave to single reports."""

    opened: directory.Directory
    told: story.Story
    progress: Progress
    pending: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    done: int = 0
    decides: str = cast.INFORMATION
    forms: dict[str, Definition] = field(default_factory=dict)

    def run(self) -> None:
        self._carry_out(self.told.plan)

    def _carry_out(self, plan: Plan) -> None:
        """Step by step; what was sent on one day comes in together, as when phones find a connection in the evening."""
        for _, steps in groupby(plan.in_order(), _kind_and_day):
            self._carry_out_together(list(steps))

    def _carry_out_together(self, steps: list[Step]) -> None:
        _set_clock(steps[-1].moment)
        self._send([step.act for step in steps if isinstance(step.act, Submission)])
        for step in steps:
            if not isinstance(step.act, Submission):
                step.act(self)
        self.done += len(steps)
        self.progress(self.done, self.told.steps)

    def _send(self, submissions: list[Submission]) -> None:
        outcomes = receive_all([self._filled(each) for each in submissions])
        for submission, outcome in zip(submissions, outcomes, strict=True):
            if isinstance(outcome, Problem):
                raise outcome
            if submission.name:
                self.named[submission.name] = outcome.report_id
            if submission.fate == ACCEPT:
                self.pending.append(outcome.report_id)

    def _filled(self, submission: Submission) -> Incoming:
        team = submission.team
        if submission.form not in self.forms:
            self.forms[submission.form] = forms.in_box(submission.form)
        xml = fill(
            self.forms[submission.form],
            submission.answers,
            instance=submission.instance,
            deprecated=submission.deprecated,
            day=submission.sent.date().isoformat(),
            new_id=self.told.plan.new_id,
        )
        organisation = self.told.organisations[team.organisation]
        return Incoming(xml, submission.attachments, team.username, team.office, organisation)

    # What happens besides submissions

    def found(self) -> None:
        """The first day: the node, people, forms, places."""
        nodes.introduce()
        self._add_people(cast.PEOPLE, cast.TEAMS)
        self._grant()
        forms.publish_forms(cast.MANAGER)
        importing.import_rows(short_table.rows(), cast.INFORMATION)
        importing.import_rows(places.rows(self.told.villages), cast.INFORMATION)

    def _add_people(self, persons: tuple[cast.Person, ...], teams: tuple[cast.Team, ...]) -> None:
        for person in persons:
            people.add(person.username, cast.PASSWORD, person.full_name, language=person.language)
        for team in teams:
            people.add(team.username, None, team.full_name, language="fr")

    def _grant(self) -> None:
        """The manager first, who then grants to all others."""
        for person in cast.PEOPLE:
            organisation = self.told.organisations.get(person.organisation, "")
            scope = Scope(organisation=organisation, office=person.office, kind=person.kind)
            granting.grant(person.username, person.role, scope, "The example programme begins.", cast.MANAGER)
        for team in cast.TEAMS:
            granting.grant(
                team.username, "reporter", Scope(office=team.office), "Sends reports of this office.", cast.MANAGER
            )

    def accept(self) -> None:
        """Everything that waits for it, in one go, as an officer does at the end of a fortnight."""
        if self.pending:
            decisions.accept_many(self.pending, self.decides, ROUTINE, ANSWERED)
            self.pending.clear()

    def same(self, kind: str, one: str, other: str, reason: str) -> None:
        self._second(decisions.same_as(kind, one, other, cast.INFORMATION, reason))

    def return_(self, name: str, reason: str) -> None:
        decisions.return_(self.named[name], cast.INFORMATION, reason)

    def reject(self, name: str, reason: str) -> None:
        self._second(decisions.reject(self.named[name], cast.INFORMATION, reason))

    def withdraw(self, name: str, reason: str) -> None:
        self._second(decisions.withdraw(self.named[name], cast.INFORMATION, reason))

    def _second(self, result: decisions.Result) -> None:
        if result.waits:
            decisions.countersign(result.id, cast.MANAGER, "Lu et vérifié avec l’équipe.")

    def step(
        self, kind: str, id: str, step: str, reason: str, *, author: str = "", despite: str = "", **also: str
    ) -> None:
        """A step of a record on its path, whose guards are asked; `despite` answers what they find doubtful."""
        stepping.take(kind, id, step, author or cast.INFORMATION, reason, also, despite)

    def correct_course(self, name: str, fewer: int, reason: str) -> None:
        report = self.named[name]
        said = entry_of(report).body["changes"][0]["values"]["male_trained"]
        entry = corrections.correct(report, {"male_trained": said - fewer}, cast.TEACHERS.username, reason)
        self.pending.append(entry.id)

    def release(self, title: str, as_of: str) -> None:
        create_release(title, cast.MANAGER, "Chiffres du mois, relus avec les bureaux.", as_of)

    # The second office

    def begin_gao(self) -> None:
        """The office of Gao gets a directory of its own with everything that is known, and works there."""
        file = self.opened.path / "to-gao.zip"
        exchange.export(file, {}, _for_gao)
        with self._at_gao(create=True):
            nodes.introduce()
            exchange.bring_in(file)
            team = tuple(each for each in cast.TEAMS if each.office == cast.GAO)
            self._add_people(tuple(each for each in cast.PEOPLE if each.username == "gao"), team)
        file.unlink()

    def end_gao(self) -> None:
        """What Gao did meanwhile reaches Bamako."""
        moment, file, known = clock.now(), self.opened.path / "from-gao.zip", heads.head()
        with self._at_gao():
            waiting, self.pending, self.decides = self.pending, [], "gao"
            self._carry_out(self.told.gao)
            self.pending, self.decides = waiting, cast.INFORMATION
            exchange.export(file, known, exchange.everything)
        _set_clock(moment)
        exchange.bring_in(file)
        file.unlink()

    @contextmanager
    def _at_gao(self, create: bool = False) -> Iterator[None]:
        path = gao_of(self.opened.path)
        if create:
            directory.create_directory(path, "Gao (example)", "EX-GAO", example=True, database="")
        else:
            directory.open_directory(path, database="")
        try:
            yield
        finally:
            directory.open_directory(self.opened.path, self.opened.database)


def _for_gao(entry: Entry) -> bool:
    """What Gao may read of the sealed parts: the forms, and the reports of its own office."""
    return entry.kind == "form" or exchange.of_office(cast.GAO)(entry)


def _kind_and_day(step: Step) -> tuple[bool, object]:
    """Submissions of one day belong together; everything else happens by itself."""
    return (True, step.moment.date()) if isinstance(step.act, Submission) else (False, step.number)


def _set_clock(moment: Moment) -> None:
    clock.set_clock(lambda: moment.astimezone(datetime.UTC))
