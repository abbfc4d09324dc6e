"""Builds the demonstration through the rooms' own actions, stage by stage."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kinolab.applications import access
from kinolab.applications.actions import draft, files, signing, submission, team
from kinolab.applications.models import Answer, Application
from kinolab.applications.queries.dossier import dossier
from kinolab.calls.actions import files as call_files
from kinolab.calls.actions import publishing
from kinolab.calls.models import Call
from kinolab.demonstration import papers, people
from kinolab.demonstration.dates import Dates
from kinolab.demonstration.invention import COUNTRIES, ELSEWHERE, Film, Inventor, Somebody
from kinolab.foundation.people import actions as people_actions
from kinolab.foundation.people.models import Person
from kinolab.labs import actions as labs
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership

HERE = Path(__file__).parent
FINISHED = settings.REPOSITORY / "docs" / "reference" / "examples" / "impact-lab-2024.yaml"
Progress = Callable[[Iterable[int], str], Iterable[int]]


def person_of(cast: people.Cast, at: datetime) -> Person:
    """The person of the cast, made if need be."""
    person = people_actions.ensure_person(email=cast.email, name=cast.name, language=cast.language, at=at)
    person.timezone, person.demo_role = cast.timezone, cast.demo_role
    person.save(update_fields=["timezone", "demo_role"])
    return person


def build_edition(when: Dates) -> Call:
    """The current edition: imported, its team in place, published before it opened."""
    source = (HERE / "editions" / "otkol-impact-lab.yaml").read_text(encoding="utf-8")
    for word, date in when.words().items():
        source = source.replace(f"@{word}@", date)
    prepared = when.opens - timedelta(days=20)
    edition = call_files.import_programme(source=source, by=None, at=prepared)
    owner = person_of(people.ORGANISER, prepared)
    Membership.objects.create(
        person=owner, organisation=edition.programme.organisation, role=Role.OWNER, added_at=prepared, added_by=None
    )
    for cast in people.TEAM:
        person_of(cast, prepared)
        labs.add_member(edition=edition, email=cast.email, role=cast.role, by=owner, at=prepared)
    publishing.publish(call=edition.call, by=owner, at=prepared + timedelta(days=5))
    return Call.objects.select_related("edition__programme__organisation", "form").get(edition=edition)


def build_applications(call: Call, when: Dates, inventor: Inventor, number: int, progress: Progress) -> None:
    """The cast's own application, then `number` invented ones: about one in six stays a draft."""
    questions = {one.key: one for one in dossier_questions(call)}
    until = min(when.now, when.closes)
    _cast_application(call, questions, when, inventor)
    for _ in progress(range(number), "applications"):
        # Most come in the last days: the square root of an even draw.
        share = inventor.dice.random() ** 0.5
        begun = when.opens + (until - when.opens) * share * 0.96
        with transaction.atomic():
            _invented_application(call, questions, inventor, begun, until)


def dossier_questions(call: Call) -> list:
    """The questions of the call's form."""
    return [question for section in call.form.sections.all() for question in section.questions.all()]


def _invented_application(call: Call, questions: dict, inventor: Inventor, begun: datetime, until: datetime) -> None:
    dice = inventor.dice
    elsewhere = dice.random() < 0.03
    country = dice.choice(ELSEWHERE) if elsewhere else inventor.pick(COUNTRIES)
    lead = inventor.somebody(country, films=0 if dice.random() < 0.04 else None)
    film = inventor.film(lead.language, "KZ" if elsewhere else country, eligible=dice.random() > 0.07)
    unfinished = dice.random() < 0.16
    application = _begin(call, lead, film, begun)
    others = [inventor.somebody(country) for _ in range(dice.choices((0, 1, 2), (35, 50, 15))[0])]
    roles = ["director", "producer", "screenwriter"]
    _own_part(application, lead, roles[0], begun)
    for role, other in zip(roles[1:], others, strict=False):
        _join(application, other, role, begun + timedelta(hours=2), joined=not unfinished or dice.random() < 0.5)
    answers = dict(film.answers)
    if unfinished:
        for key in dice.sample(list(answers), dice.randint(3, 9)):
            if key != "title":
                answers.pop(key)
    fill(application, questions, answers, begun + timedelta(hours=3))
    if dice.random() < 0.35:
        _attach(application, questions, film, begun + timedelta(hours=4))
    if unfinished:
        return
    sent = min(begun + timedelta(hours=dice.randint(5, 200)), until - timedelta(seconds=dice.randint(20, 5000)))
    submission.submit(application=application, by=application.lead, at=sent)
    if dice.random() < 0.01:
        submission.withdraw(application=application, reason="", by=application.lead, at=sent + timedelta(minutes=9))


def _cast_application(call: Call, questions: dict, when: Dates, inventor: Inventor) -> None:
    """The application of the two whom everybody knows: a director and a producer in two cities, still writing."""
    begun = when.opens + timedelta(days=30)
    director, producer = person_of(people.DIRECTOR, begun), person_of(people.PRODUCER, begun)
    film = inventor.film("ky", "KG")
    answers = dict(film.answers) | {"title": "Суу бөлгүч", "title_en": "The Water Divider"}
    lead = Somebody(director.name, director.email, "KG", "ky", "аял", inventor.somebody("KG").birth_date, 2)
    application = _begin(call, lead, film, begun)
    _own_part(application, lead, "director", begun)
    other = Somebody(producer.name, producer.email, "KG", "ru", "", lead.birth_date, 3)
    _join(application, other, "producer", begun + timedelta(hours=1), joined=True)
    if when.now < when.closes:
        answers.pop("audiences")
    fill(application, questions, answers, begun + timedelta(days=1))
    if when.now >= when.closes:
        submission.submit(application=application, by=director, at=when.closes - timedelta(seconds=20))


def _begin(call: Call, lead: Somebody, film: Film, at: datetime) -> Application:
    person = people_actions.ensure_person(email=lead.email, name=lead.name, language=lead.language, at=at)
    application = draft.begin(call=call, key=f"demonstration-{person.pk}", by=person, at=at, language=film.language)
    application.call, application.lead = call, person
    submission.choose_strands(application=application, strands=_strands(person, film), by=person, at=at)
    return application


def _strands(person: Person, film: Film) -> list[str]:
    """By the kind of film; some stand in both: a documentary with acted scenes, a fiction with people of the place.

    Who does is told by the address: numbers of rows are another each time.
    """
    if sum(person.email.encode()) % 9 == 0:
        return ["documentary", "fiction"]
    return ["fiction" if film.answers["kind"] == "feature_fiction" else "documentary"]


def _own_part(application: Application, who: Somebody, role: str, at: datetime) -> None:
    person = application.lead if who.email == application.lead.email else Person.objects.get(email=who.email)
    values = {
        "residence": who.country,
        "citizenship": who.country,
        "birth_date": who.birth_date,
        "gender": who.gender,
        "films_made": who.films,
    }
    team.fill_own_part(application=application, values=values, name=who.name, role=role, version=0, by=person, at=at)
    application.team_list = None
    _motivation(application, person, who.language, at)


# Why they need the lab, in their language: directors, and everybody else.
MOTIVATION = {
    "ky": (
        "Тасманы ким көрөрүн жана андан кийин эмне өзгөрөрүн баштан ойлонгум келет.",
        "Прокатты билем, тасманын айланасындагы кампанияны билбейм. Кайсы өнөктөштөрдөн баштоону түшүнгүм келет.",
    ),
    "kk": (
        "Фильмді кім көретінін және одан кейін не өзгеретінін басынан бастап ойластырғым келеді.",
        "Прокатты білемін, фильм төңірегіндегі науқанды білмеймін. Қай серіктестерден бастау керегін түсінгім келеді.",
    ),
    "uz": (
        "Filmni kim koʻrishi va undan keyin nima oʻzgarishini boshidanoq oʻylab olmoqchiman.",
        "Prokatni bilaman, film atrofidagi kampaniyani bilmayman. Qaysi hamkorlardan boshlashni tushunmoqchiman.",
    ),
    "tg": (
        "Мехоҳам аз аввал бидонам, ки филмро кӣ мебинад ва пас аз он чӣ тағйир меёбад.",
        "Прокатро медонам, аммо маъракаи атрофи филмро не. Мехоҳам фаҳмам, ки аз кадом шарикон сар кунам.",
    ),
    "tk": (
        "Filmi kimiň görjekdigini we ondan soň nämäniň üýtgejekdigini başyndan bilmek isleýärin.",
        "Prokaty bilýärin, filmiň töweregindäki kampaniýany bilemok. Kimler bilen başlamalydygyna düşünmek isleýärin.",
    ),
    "ru": (
        "Хочу с самого начала понимать, кто увидит фильм и что после него изменится.",
        "Прокат мне знаком, кампания вокруг фильма нет. Хочу понять, с каких партнёров начинать.",
    ),
    "en": (
        "I want to know from the start who will see the film and what changes after it.",
        "I know distribution, but not a campaign around a film. I want to learn with which partners to begin.",
    ),
}


def _motivation(application: Application, person: Person, language: str, at: datetime) -> None:
    """What each says alone, and signs: Meerim has, most others have said it."""
    asked = next((one for one in dossier_questions(application.call) if one.key == "motivation"), None)
    part = access.member(person, application)
    if asked is None or part is None:
        return
    text = MOTIVATION[language][0 if part.role == "director" else 1]
    Answer.objects.create(
        application=application, question=asked, member=part, value=text, changed_at=at, changed_by=person
    )
    if person.email == people.DIRECTOR.email:
        own = dossier(application).part_of(part)
        signing.sign(application=application, seen=own.sum if own else "", by=person, at=at)


def _join(application: Application, who: Somebody, role: str, at: datetime, *, joined: bool) -> None:
    part = team.invite(
        application=application, email=who.email, name=who.name, role=role, may_submit=False, by=application.lead, at=at
    )
    if joined:
        person = people_actions.ensure_person(email=who.email, name=who.name, language=who.language, at=at)
        part.application = application
        team.accept(part=part, by=person, at=at + timedelta(minutes=40))
        application.team_list = None
        _own_part(application, who, role, at + timedelta(hours=1))
    application.team_list = None


def fill(application: Application, questions: Mapping, answers: Mapping, at: datetime) -> None:
    """Answer the questions of a form for whoever leads; what it does not ask is left out."""
    Answer.objects.bulk_create(
        Answer(
            application=application, question=questions[key], value=value, changed_at=at, changed_by=application.lead
        )
        for key, value in answers.items()
        if key in questions
    )
    draft.keep_in_step(application, at)


def _attach(application: Application, questions: dict, film: Film, at: datetime) -> None:
    pages = papers.dossier(str(film.answers["title"]), str(film.answers["logline"]))
    upload = SimpleUploadedFile("dossier.pdf", pages, "application/pdf")
    files.attach(application=application, question=questions["dossier"], upload=upload, by=application.lead, at=at)
    if len(pages) % 3 == 0:
        still = SimpleUploadedFile("still.png", papers.still(application.pk), "image/png")
        files.attach(application=application, question=questions["still"], upload=still, by=application.lead, at=at)
