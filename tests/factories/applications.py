"""Applications: a call with a small form, drafts, teams, sent applications. Minimal, silent, plain."""

from datetime import UTC, datetime, timedelta
from typing import Any

from kinolab.applications.actions import draft, submission, team
from kinolab.applications.actions.merging import Typed
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Answer, Application, Candidacy, Snapshot, TeamMember
from kinolab.calls.models import Call, Rule, Strand
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.foundation.search.folding import search_text
from kinolab.labs.models import Edition, Organisation, Programme
from tests.factories.rows import BY_LINK_ONLY, kept

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)  # in the middle of the window below
OPENS = NOW - timedelta(days=20)
CLOSES = NOW + timedelta(days=10)

# key, kind, required, limits, choices, fact
QUESTIONS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "project",
        [
            {"key": "title", "kind": "text", "fact": "project.title", "limits": [{"unit": "chars", "maximum": 80}]},
            {"key": "logline", "kind": "long_text", "limits": [{"unit": "words", "maximum": 50}]},
            {"key": "country", "kind": "country", "fact": "project.country"},
            {
                "key": "stage",
                "kind": "choice",
                "fact": "project.stage",
                "choices": [
                    {"key": "development", "label": {"en": "Development", "ru": "Разработка", "ky": "Иштеп чыгуу"}},
                    {"key": "edit", "label": {"en": "Editing", "ru": "Монтаж", "ky": "Монтаж"}},
                ],
            },
        ],
    ),
    (
        "more",
        [
            {"key": "runtime", "kind": "number", "fact": "project.runtime", "required": False},
            {
                "key": "themes",
                "kind": "many",
                "required": False,
                "limits": [{"unit": "items", "maximum": 2}],
                "choices": [
                    {"key": "nature", "label": {"en": "Nature"}},
                    {"key": "rights", "label": {"en": "Rights"}},
                    {"key": "health", "label": {"en": "Health"}},
                ],
            },
            {"key": "budget", "kind": "money", "required": False},
            {"key": "films", "kind": "films", "required": False, "limits": [{"unit": "items", "maximum": 10}]},
            {"key": "script", "kind": "file", "required": False, "limits": [{"unit": "megabytes", "maximum": 1}]},
            {"key": "shooting", "kind": "date", "required": False},
            {"key": "language", "kind": "language", "required": False},
            {"key": "trailer", "kind": "link", "required": False},
            {"key": "agreed", "kind": "consent"},
        ],
    ),
]
GOOD: dict[str, object] = {
    "title": "Суу бөлгүч",
    "logline": "Кыз түнкүсүн суу бөлөт.",
    "country": "KG",
    "stage": "edit",
    "agreed": True,
}


def person(who: str = "Meerim", **fields: Any) -> Person:
    """Somebody of the cast; the same first name is the same person."""
    email = fields.pop("email", f"{who.lower()}@example.org")
    found = Person.objects.filter(email=email).first()
    defaults = {"name": who, "language": "en", "timezone": "Asia/Bishkek"} | fields
    return found or kept(Person(email=email, password=BY_LINK_ONLY, **defaults))


def form() -> Form:
    """A form of two sections with a question of every kind."""
    made = kept(Form(name="Impact Lab", frozen_at=OPENS))
    asked = []
    for place, (key, questions) in enumerate(QUESTIONS, start=1):
        section = kept(Section(form=made, order=place, key=key, title={"en": key.title(), "ru": key, "ky": key}))
        asked += [
            Question(section=section, order=order, label=dict.fromkeys(("en", "ru", "ky"), one["key"].title()), **one)
            for order, one in enumerate(questions, start=1)
        ]
    Question.objects.bulk_create(asked)
    return made


def call(slug: str = "impact-lab", *, rules: list[dict[str, Any]] | None = None, **fields: Any) -> Call:
    """A published call that is open at NOW."""
    organisation, _ = Organisation.objects.get_or_create(slug="alternativa", defaults={"name": {"en": "Alternativa"}})
    programme, _ = Programme.objects.get_or_create(
        slug=slug, defaults={"organisation": organisation, "name": {"en": "Impact Lab", "ru": "Импакт-лаб"}}
    )
    edition = kept(
        Edition(
            programme=programme,
            slug=str(Edition.objects.filter(programme=programme).count() + 2026),
            name={"en": "Impact Lab 2026", "ru": "Импакт-лаб 2026", "ky": "Импакт-лаб 2026"},
        )
    )
    defaults: dict[str, Any] = {
        "languages": ["ky", "ru", "en"],
        "answer_languages": ["ky", "ru", "en"],
        "timezone": "Asia/Bishkek",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "privacy": {"en": "We keep your data in Bishkek."},
        "roles": ["director", "producer"],
        "published_at": OPENS,
    }
    made = kept(Call(edition=edition, form=fields.pop("form", None) or form(), **(defaults | fields)))
    kept(Strand(call=made, order=1, slug="all", name={"en": "All projects"}))
    for order, one in enumerate(rules or [], start=1):
        kept(
            Rule(
                call=made,
                order=order,
                code=one["code"],
                definition=one,
                sentence={"en": one["code"]},
                refusal={"en": "No."},
            )
        )
    return made


def question(of: Call, key: str) -> Question:
    """A question of the call by its key."""
    return Question.objects.select_related("section").get(section__form=of.form, key=key)


def application(
    of: Call | None = None, lead: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Application:
    """A draft begun by `lead`, with these answers by key."""
    of, lead = of or call(), lead or person()
    made = draft.begin(call=of, key=f"key-{Application.objects.count():08d}", by=lead, at=at, language="en")
    TeamMember.objects.filter(application=made).update(role=of.roles[0] if of.roles else "", name=lead.name or "Lead")
    if answers:
        numbers = dict(Question.objects.filter(section__form=of.form).values_list("key", "pk"))
        values = {numbers[key]: Typed(value, 0) for key, value in answers.items()}
        assert draft.save_page(application=made, values=values, by=lead, at=at)[1] == {}
    made.refresh_from_db()
    made.team_list = None
    return made


def answer(of: Application, key: str, value: object, *, by: Person | None = None, at: datetime = NOW) -> Answer:
    """An answer, written over whatever was there."""
    asked = question(of.call, key)
    before = Answer.objects.filter(application=of, question=asked).first()
    version = before.version if before else 0
    draft.save_answer(application=of, question=asked, value=value, version=version, by=by or of.lead, at=at)
    return Answer.objects.get(application=of, question=asked)


def complete(
    of: Call | None = None, lead: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Application:
    """A draft that lacks nothing; it stands in the first strand."""
    made = application(of, lead, at=at, **(GOOD | answers))
    first = made.call.strands.first()
    if first and not made.candidacies.exists():
        made.candidacies.create(strand=first)
    return made


def submitted_application(
    of: Call | None = None, lead: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Application:
    """An application that has been sent."""
    made = complete(of, lead, at=at, **answers)
    submission.submit(application=made, by=made.lead, at=at)
    made.refresh_from_db()
    made.team_list = None
    return made


def member(
    of: Application,
    who: Person | None = None,
    *,
    role: str = "producer",
    may_submit: bool = False,
    state: MemberState = MemberState.JOINED,
    at: datetime = NOW,
) -> TeamMember:
    """Somebody in the team beside the lead: Azamat, unless told otherwise."""
    who = who or person("Azamat", language="ru", timezone="Asia/Almaty")
    part = team.invite(
        application=of, email=who.email, name=who.name, role=role, may_submit=may_submit, by=of.lead, at=at
    )
    if state is MemberState.JOINED:
        part = team.accept(part=part, by=who, at=at)
    elif state is MemberState.DECLINED:
        team.decline(part=part, by=who, at=at)
    elif state is MemberState.REMOVED:
        part = team.accept(part=part, by=who, at=at)
        team.remove(part=part, by=of.lead, at=at)
    of.team_list = None
    part.refresh_from_db()
    return part


def many(of: Call, number: int, **fields: Any) -> list[Application]:
    """Sent applications as rows of a table, quickly: what was sent is empty, and no rule has judged it."""
    lead = person("Many", name="Көп Автор")
    begun = Application.objects.filter(call=of).count()
    rows = [
        Application(
            call=of, lead=lead, language="ky", stage="submitted", number=begun + place, title=f"Ак суу {begun + place}",
            people=lead.name, search_text=search_text(f"Ак суу {begun + place}", lead.name), filled=6, asked=6,
            created_at=NOW, changed_at=NOW, submitted_at=NOW, submitted_by=lead,
            **({"country": "KG", "kind": "fiction", "project_stage": "edit", "checked": "eligible"} | fields),
        )
        for place in range(1, number + 1)
    ]  # fmt: skip
    made = Application.objects.bulk_create(rows)
    Snapshot.objects.bulk_create(
        Snapshot(application=one, version=1, taken_at=NOW, taken_by=lead, content={"sections": []}, sha256="0" * 64)
        for one in made
    )
    strand = of.strands.first()
    Candidacy.objects.bulk_create(
        Candidacy(application=one, strand=strand, score=one.score, spread=one.spread, readings_done=one.readings_done)
        for one in made
    )
    return made
