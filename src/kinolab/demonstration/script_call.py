"""The contest of the invented omnibus film: scripts were sent, chosen, announced; what a team answers, it says itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kinolab.applications.actions import draft, files, submission, team
from kinolab.applications.models import Application
from kinolab.calls.actions import files as call_files
from kinolab.calls.actions import publishing
from kinolab.calls.models import Call
from kinolab.demonstration import papers, people
from kinolab.demonstration.dates import ZONE
from kinolab.demonstration.world import dossier_questions, fill, person_of
from kinolab.foundation.people import actions as people_actions
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question
from kinolab.production.actions import rules, starting
from kinolab.production.domain.lifecycle import FilmStep
from kinolab.production.models import Borough, Omnibus
from kinolab.production.queries.rules import BOROUGH, GENRE, KEEPS, LANGUAGE, LENGTH
from kinolab.selection.actions import announcing, deciding, letters
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.queries import letters as letter_queries

FILE = Path(__file__).parent / "editions" / "kaiberen.yaml"
CAST = {one.demo_role: one for one in people.EVERYBODY}
OWN_PART = {"residence": "KG", "citizenship": "KG", "birth_date": None, "gender": "", "films_made": 1}


@dataclass(frozen=True, slots=True)
class When:
    """The instants of the contest."""

    opens: datetime
    closes: datetime
    announced: datetime

    @classmethod
    def before(cls, now: datetime) -> "When":
        """So that the film is far into its making today."""
        today = now.astimezone(ZONE).date()
        return cls(
            datetime.combine(today - timedelta(days=200), time(12), ZONE),
            datetime.combine(today - timedelta(days=150), time(23, 59), ZONE),
            datetime.combine(today - timedelta(days=120), time(12), ZONE),
        )


def build_script_call(
    film: Omnibus, given: Mapping[str, Any], boroughs: Mapping[str, Borough], by: Person, when: When
) -> Sequence[Application]:
    """The call from its opening to its results; every script that was sent, in the order of the file."""
    call = _call(film, by, when)
    questions = {one.key: one for one in dossier_questions(call)}
    each = (when.closes - when.opens) / (len(given["scripts"]) + 1)
    sent = [
        _script(call, questions, one, boroughs, when.opens + each * number)
        for number, one in enumerate(given["scripts"], 1)
    ]
    chosen_at = when.closes + timedelta(days=12)
    starting.take(omnibus=film, step=FilmStep.CHOOSE, by=by, at=chosen_at)
    changes = [
        deciding.Change(application.candidacies.get(), Outcome(one.get("outcome", "selected")))
        for application, one in zip(sent, given["scripts"], strict=True)
    ]
    deciding.decide_many(edition=call.edition, changes=changes, by=by, at=chosen_at)
    letters.fill_with_ours(edition=call.edition, by=by, at=chosen_at)
    going = sum(one.goes for one in letter_queries.rendered(call.edition, list(letter_queries.decided(call.edition))))
    made = announcing.announce(edition=call.edition, letters=going, by=by, at=when.announced, note=given["note"])
    announcing.write_letters(announcement=made, at=when.announced + timedelta(seconds=20))
    return sent


def _call(film: Omnibus, by: Person, when: When) -> Call:
    source, wall = FILE.read_text(encoding="utf-8"), "%Y-%m-%d %H:%M"
    words = {
        "year": f"{when.opens:%Y}", "opens": f"{when.opens:{wall}}", "closes": f"{when.closes:{wall}}",
        "results": f"{when.announced:%Y-%m-%d}", "starts": f"{when.announced + timedelta(days=60):%Y-%m-%d}",
    }  # fmt: skip
    for word, date in words.items():
        source = source.replace(f"@{word}@", date)
    prepared = when.opens - timedelta(days=10)
    edition = call_files.import_programme(source=source, by=by, at=prepared)
    rules.link_call(omnibus=film, edition=edition, by=by, at=prepared)
    rules.ask_for_segments(omnibus=film, by=by, at=prepared)
    publishing.publish(call=edition.call, by=by, at=prepared + timedelta(days=1))
    starting.take(omnibus=film, step=FilmStep.OPEN_CALL, by=by, at=when.opens)
    return Call.objects.select_related("edition__programme__organisation", "form").get(edition=edition)


def _script(
    call: Call, questions: Mapping[str, Question], given: Mapping[str, Any], boroughs: Mapping[str, Borough],
    at: datetime,
) -> Application:  # fmt: skip
    first, *others = given["team"]
    lead, language = member_of(first, given["language"], at), given["language"]
    application = draft.begin(call=call, key=f"demonstration-{lead.pk}", by=lead, at=at, language=language)
    application.call, application.lead = call, lead
    _own_part(application, lead, first["role"], at)
    for one in others:
        _join(application, one, member_of(one, language, at), at + timedelta(hours=2))
    answers = {
        "title": given["title"], "logline": given["logline"], BOROUGH: f"b{boroughs[given['borough']].pk}",
        GENRE: given["genre"], LANGUAGE: language, LENGTH: given["minutes"], KEEPS: given["keeps"], "privacy": True,
    }  # fmt: skip
    fill(application, questions, answers, at)
    upload = SimpleUploadedFile("script.pdf", papers.dossier(given["title"], given["logline"]), "application/pdf")
    files.attach(application=application, question=questions["script_file"], upload=upload, by=lead, at=at)
    submission.submit(application=application, by=lead, at=at + timedelta(days=1))
    return application


def member_of(given: Mapping[str, str], language: str, at: datetime) -> Person:
    """Somebody of a team: of the cast, or invented for this script."""
    if "cast" in given:
        return person_of(CAST[given["cast"]], at)
    return people_actions.ensure_person(email=given["email"], name=given["name"], language=language, at=at)


def _join(application: Application, given: Mapping[str, str], who: Person, at: datetime) -> None:
    part = team.invite(
        application=application, email=who.email, name=who.name, role=given["role"], may_submit=True,
        by=application.lead, at=at,
    )  # fmt: skip
    part.application = application
    team.accept(part=part, by=who, at=at + timedelta(hours=1))
    application.team_list = None
    _own_part(application, who, given["role"], at + timedelta(hours=2))


def _own_part(application: Application, who: Person, role: str, at: datetime) -> None:
    team.fill_own_part(
        application=application, values=OWN_PART, name=who.name, role=role, version=0, by=who, at=at
    )  # fmt: skip
    application.team_list = None
