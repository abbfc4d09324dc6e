"""A small world for the table of doors: the cast, an open call, an application with its road map, a reading, films."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kinolab.applications.domain.lifecycle import MemberState, Stage
from kinolab.applications.models import Application, Snapshot, TeamMember
from kinolab.applications.queries import dossier, snapshot
from kinolab.calls.models import Call
from kinolab.catalogue.models import Agent, Credit, Entry, Film, Part, Release, Series, Track
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.impact.domain.parts import SINGLE
from kinolab.impact.models import TABLES, Outcome, Report, RoadMap
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership, Organisation, Programme
from kinolab.news.models import Article
from kinolab.production.models import Cut, Omnibus, Segment
from kinolab.reviews.models import Reader, Reading, ReviewPhase
from kinolab.selection.models import TeamLetter


@dataclass(frozen=True)
class World:
    """What the doors lead to, and who stands before them."""

    organisation: Organisation
    programme: Programme
    edition: Edition
    call: Call
    application: Application
    member: TeamMember
    reading: Reading
    phase: ReviewPhase
    article: Article
    film: Film
    road_map: RoadMap
    report: Report
    omnibus: Omnibus
    segment: Segment
    cut: Cut
    people: dict[str, Person | None]

    @property
    def question(self) -> Question:
        """The first question of the form."""
        return Question.objects.filter(section__form=self.call.form).order_by("section__order", "order")[0]

    @property
    def agent(self) -> Agent:
        """Who directed the film."""
        return Agent.objects.filter(credits__film=self.film).order_by("credits__order", "pk")[0]

    @property
    def juror(self) -> Membership:
        """The juror's role."""
        return Membership.objects.get(person=self.people["juror"])

    @property
    def letter(self) -> Letter:
        """A letter that the edition wrote."""
        return Letter.objects.filter(scope=self.edition.scope).order_by("pk")[0]

    @property
    def team_letter(self) -> TeamLetter:
        """A letter to teams that somebody has begun."""
        return TeamLetter.objects.get(edition=self.edition)

    @property
    def slugs(self) -> dict[str, str]:
        """The address of the edition."""
        return {"programme": self.programme.slug, "edition": self.edition.slug}


def _text(words: str) -> dict[str, str]:
    return {"en": words, "ky": words, "ru": words}


def _person(name: str) -> Person:
    return Person.objects.create_user(f"{name.lower()}@example.org", name=name, language="en")


def build() -> World:
    """Make it. Aigul owns, Bakyt coordinates, Nodira reads, Meerim applies, Farrukh is a stranger to all of it."""
    now = timezone.now()
    people = {name: _person(name) for name in ("Aigul", "Bakyt", "Saule", "Nodira", "Meerim", "Farrukh")}
    organisation = Organisation.objects.create(slug="tunduk", name=_text("Tunduk Film"))
    programme = Programme.objects.create(organisation=organisation, slug="lab", name=_text("Lab"))
    edition = Edition.objects.create(programme=programme, slug="2026", name=_text("Lab 2026"))
    member = {"organisation": organisation, "added_at": now}
    Membership.objects.create(person=people["Aigul"], role=Role.OWNER, **member)
    Membership.objects.create(person=people["Bakyt"], role=Role.COORDINATOR, edition=edition, **member)
    Membership.objects.create(person=people["Saule"], role=Role.JUROR, edition=edition, **member)
    call = _call(edition, people["Aigul"], now)
    application, team_member = _application(call, people["Meerim"], now)
    phase, reading = _reading(edition, application, people["Nodira"], now)
    article = Article.objects.create(
        organisation=organisation, slug="first", title=_text("First"), published_at=now, changed_at=now
    )
    film = Film.objects.create(
        organisation=organisation, slug="first", kind="short", title=_text("First"), published_at=now, changed_at=now
    )
    _stand_on_its_page(film)
    road_map = _road_map(application, now)
    mail.write_text(
        key="receipt",
        to=people["Meerim"],
        kind="receipt",
        subject="Received",
        body="Thank you",
        at=now,
        scope=edition.scope,
    )
    TeamLetter.objects.create(edition=edition, changed_at=now).applications.add(application)
    day = now.date()
    report = Report.objects.create(road_map=road_map, starts_on=day, ends_on=day, due_on=day, made_at=now)
    Outcome.objects.create(
        programme=programme, edition=edition, edition_itself=True, kind="policy_change", title="A rule", told_at=now
    )
    omnibus, segment = _omnibus(edition, application, now)
    before: dict[str, Person | None] = {
        "visitor": None,
        "stranger": people["Farrukh"],
        "author": people["Meerim"],
        "reader": people["Nodira"],
        "juror": people["Saule"],
        "coordinator": people["Bakyt"],
        "owner": people["Aigul"],
    }
    return World(
        organisation, programme, edition, call, application, team_member, reading, phase, article, film, road_map, report,
        omnibus, segment, _cut(omnibus, now), before,
    )  # fmt: skip


def _stand_on_its_page(film: Film) -> None:
    """One of everything that a film may have."""
    of = film.organisation
    agent = Agent.objects.create(organisation=of, slug="bek", kind="person", name=_text("Bek"), search_text="bek")
    Credit.objects.create(film=film, agent=agent, role="director")
    Track.objects.create(film=film, artist=agent, order=0)
    Release.objects.create(film=film, kind="premiere", season="spring")
    inside = Film.objects.create(organisation=of, slug="first-part", kind="segment", changed_at=film.changed_at)
    Part.objects.create(whole=film, film=inside, position=1)
    series = Series.objects.create(organisation=of, slug="cities", title=_text("Cities"))
    Entry.objects.create(series=series, film=film, order=0, title=_text("First"))


def _call(edition: Edition, by: Person, now: Any) -> Call:
    form = Form.objects.create(name="Form")
    section = Section.objects.create(form=form, order=1, key="project", title=_text("Project"))
    Question.objects.create(section=section, order=1, key="title", kind="text", label=_text("Title"))
    return Call.objects.create(
        edition=edition, headline=_text("Open call"), lead=_text("Apply"), privacy=_text("Kept safe"), form=form,
        languages=["en", "ky", "ru"], answer_languages=["en", "ky", "ru"], timezone="Asia/Bishkek", roles=["director"],
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9), published_at=now, published_by=by,
    )  # fmt: skip


def _application(call: Call, author: Person, now: Any) -> tuple[Application, TeamMember]:
    application = Application.objects.create(
        call=call, lead=author, language="en", created_at=now, changed_at=now, title="The Well", stage=Stage.SUBMITTED,
        submitted_at=now, submitted_by=author, number=1,
    )  # fmt: skip
    member = TeamMember.objects.create(
        application=application, person=author, email=author.email, name=author.name, role="director", is_lead=True,
        may_submit=True, state=MemberState.JOINED, invited_at=now,
    )  # fmt: skip
    content = snapshot.content(dossier.dossier(application), version=1, by=author, at=now)
    Snapshot.objects.create(
        application=application, version=1, taken_at=now, taken_by=author, content=content,
        sha256=snapshot.digest(content),
    )  # fmt: skip
    application.candidacies.create()
    return application, member


def _reading(edition: Edition, application: Application, person: Person, now: Any) -> tuple[ReviewPhase, Reading]:
    phase = ReviewPhase.objects.create(edition=edition, starts_at=now, ends_at=now + timedelta(days=30))
    reader = Reader.objects.create(edition=edition, person=person, languages=["en"], added_at=now)
    reading = Reading.objects.create(
        phase=phase, application=application, reader=reader, assigned_at=now, changed_at=now
    )  # fmt: skip
    return phase, reading


def _road_map(application: Application, now: Any) -> RoadMap:
    made = RoadMap.objects.create(
        edition=application.call.edition, application=application, title=application.title, language="en", made_at=now,
        changed_at=now, state="drafting",
    )  # fmt: skip
    for part in SINGLE:
        TABLES[part].objects.create(road_map=made, changed_at=now)
    return made


def _omnibus(edition: Edition, application: Application, now: Any) -> tuple[Omnibus, Segment]:
    of = {"organisation": edition.programme.organisation, "changed_at": now}
    whole = Film.objects.create(slug="city", kind="omnibus", title=_text("City"), **of)
    part = Film.objects.create(slug="city-1", kind="segment", title=_text("The Well"), **of)
    omnibus = Omnibus.objects.create(film=whole, edition=edition, made_at=now, changed_at=now)
    segment = Segment.objects.create(
        omnibus=omnibus, film=part, application=application, position=1, length=540, made_at=now, changed_at=now
    )
    omnibus.deliverables.create(order=1, name="Poster")
    return omnibus, segment


def _cut(omnibus: Omnibus, now: Any) -> Cut:
    """Another segment of the film that was dropped; one of its people has not been told."""
    of = {"organisation": omnibus.film.organisation, "changed_at": now}
    part = Film.objects.create(slug="city-2", kind="segment", title=_text("The Roof"), **of)
    segment = Segment.objects.create(omnibus=omnibus, film=part, state="dropped", made_at=now, changed_at=now)
    said = {"proposer": "Aigul", "decider": "The council", "reason": "length", "on": now.date(), "before": "locked"}
    made = Cut.objects.create(
        segment=segment, credit_wording=_text("With thanks"), rights_returned=True, made_at=now, **said
    )
    made.notices.create(name="Kuban", role="director")
    return made
