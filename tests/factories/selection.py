"""Selection: a call that has closed, with applications and their readings, and the people who decide. Plain."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from kinolab.applications.actions import submission
from kinolab.applications.models import Application, Candidacy
from kinolab.calls.models import Call
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Membership
from kinolab.reviews.domain.lifecycle import ReadingState
from kinolab.reviews.models import Reader, Reading, ReviewPhase
from kinolab.selection.actions import deciding, letters
from kinolab.selection.domain.lifecycle import FINAL, Outcome
from kinolab.selection.models import Decision
from tests.factories import applications as make
from tests.factories.rows import kept

NOW = datetime(2026, 9, 20, 6, 0, tzinfo=UTC)  # nine days after the close
LANGUAGES = ("ky", "ru", "en")


def staff(call: Call, who: str = "Saule", role: Role = Role.JUROR, **fields: str) -> Person:
    """Somebody with a role in the call's edition."""
    found = make.person(who, **fields)
    edition = call.edition
    Membership.objects.get_or_create(
        person=found,
        organisation=edition.programme.organisation,
        edition=edition,
        role=role,
        defaults={"added_at": NOW},
    )
    return found


def owner(call: Call) -> Person:
    """Aigul, who may do everything."""
    return staff(call, "Aigul", Role.OWNER)


def sent(call: Call, who: str = "Meerim", *team: Person, strands: Sequence[str] = (), **answers: object) -> Application:
    """An application that was sent in time by `who` with this team; title and strand are theirs and the first, or given."""
    made = make.complete(call, make.person(who), **({"title": f"{who}’s film"} | answers))
    if strands:
        submission.choose_strands(application=made, strands=strands, by=made.lead, at=make.NOW)
    for one in team:
        make.member(made, one)
    submission.submit(application=made, by=made.lead, at=make.NOW)
    made.refresh_from_db()
    made.call = call
    return made


def azamat() -> Person:
    """The producer, who reads Russian."""
    return make.person("Azamat", language="ru", timezone="Asia/Almaty")


def read(application: Application, *scores: float, note: str = "", by: str = "Nodira") -> list[Reading]:
    """Readings handed in with these scores, each by a reader of its own; the table's score is kept beside them."""
    edition = application.call.edition
    phase, _ = ReviewPhase.objects.get_or_create(edition=edition, order=1)
    made = []
    for number, score in enumerate(scores):
        person = make.person(f"{by}{number or ''}")
        reader, _ = Reader.objects.get_or_create(edition=edition, person=person, defaults={"added_at": NOW})
        made.append(
            kept(Reading(
                phase=phase, application=application, reader=reader, state=ReadingState.SUBMITTED, assigned_at=NOW,
                changed_at=NOW, submitted_at=NOW, score=Decimal(str(score)), recommendation="yes", shareable_note=note,
            ))
        )  # fmt: skip
    mean = Decimal(str(sum(scores) / len(scores))).quantize(Decimal("0.001"))
    spread = Decimal(str(max(scores) - min(scores)))
    said = {"score": mean, "spread": spread, "readings_done": len(scores)}
    Application.objects.filter(pk=application.pk).update(**said)
    application.candidacies.update(**said)
    application.refresh_from_db(fields=["score", "spread", "readings_done"])
    return made


def standing(application: Application, strand: str = "") -> Candidacy:
    """Its candidacy in this strand; the only one unless named."""
    found = application.candidacies.select_related("strand").get(**({"strand__slug": strand} if strand else {}))
    found.application = application
    return found


def decided(
    application: Application, outcome: Outcome = Outcome.SELECTED, *, by: Person | None = None, strand: str = ""
) -> Decision:
    """A decision of the owner, pending."""
    candidacy = standing(application, strand)
    before = Decision.objects.filter(candidacy=candidacy).first()
    return deciding.decide(
        candidacy=candidacy, outcome=outcome, by=by or owner(application.call), at=NOW,
        seen=before.version if before else 0,
    )  # fmt: skip


def two_strands(slug: str = "impact-lab", **fields: object) -> Call:
    """A closed call with two strands: `producers` and `writers`."""
    made = closed_call(slug, **fields)
    made.strands.update(slug="producers", name={"en": "Producers", "ru": "Продюсеры", "ky": "Продюсерлер"})
    made.strands.create(order=2, slug="writers", name={"en": "Writers", "ru": "Сценаристы", "ky": "Сценаристтер"})
    return made


def written(call: Call, *outcomes: Outcome, languages: tuple[str, ...] = LANGUAGES) -> None:
    """Letters for these outcomes (all, when none is named): every placeholder, the language in the subject."""
    for outcome in outcomes or tuple(FINAL):
        letters.save_letter(
            edition=call.edition,
            outcome=outcome,
            subject={tag: f"[{tag}] {{edition}}: {outcome.value}" for tag in languages},
            body=dict.fromkeys(languages, "{name} · {title} · {number}\n\n{feedback}\n\n{results_page}\n{contact}"),
            by=owner(call),
            at=NOW,
        )


def closed_call(slug: str = "impact-lab", **fields: object) -> Call:
    """A call that is closed at NOW and is open when `sent` sends."""
    made = make.call(slug, **({"contact_email": "lab@example.org"} | fields))
    assert made.closes_at + timedelta(days=1) < NOW
    return made
