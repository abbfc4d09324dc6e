"""Letters as they would go now: made of the decision, the text for its outcome, and what somebody wrote into one.

Nothing here is stored before the announcement, so nothing can be out of date.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from kinolab.applications.models import Application, TeamMember
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.mail.queries import absolute_url
from kinolab.labs.models import Edition
from kinolab.reviews.queries.told import feedback_of
from kinolab.selection import words
from kinolab.selection.domain import letters
from kinolab.selection.domain.lifecycle import FINAL, Outcome
from kinolab.selection.models import Decision, OwnLetter, ResultLetter
from kinolab.selection.queries import facts

KIND = "result"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter to one recipient as it would go now.

    `own` is what somebody wrote into it for this outcome; `outdated` what they wrote for another one, which does not go.
    The text is empty where nobody has written the letter.
    """

    decision: Decision
    member: TeamMember
    language: str
    subject: str
    body: str
    own: OwnLetter | None = None
    outdated: OwnLetter | None = None

    @property
    def key(self) -> str:
        """The key under which it stands in the outbox: one a recipient and application."""
        return key_of(self.decision.application_id, self.member.person_id)

    @property
    def goes(self) -> bool:
        """Whether it will be sent."""
        return bool(self.subject and self.body) and not (self.own and self.own.held_back)


def key_of(application: int, person: int) -> str:
    """The key of a result letter in the outbox."""
    return f"{KIND}:{application}:{person}"


def decided(edition: Edition) -> QuerySet[Decision]:
    """The decisions that are, or would be, announced: final, about applications in force."""
    return Decision.objects.filter(
        application__in=facts.in_force(edition.call), outcome__in=[one.value for one in FINAL]
    ).order_by("application__number", "pk")


def rendered(edition: Edition, decisions: Sequence[Decision]) -> Iterator[Rendered]:
    """The letters that belong to these decisions, team by team. Five queries, however many there are."""
    numbers = [one.application_id for one in decisions]
    texts = facts.letters_of(edition)
    members = _by_application(facts.recipients(numbers))
    own = {(one.application_id, one.person_id): one for one in OwnLetter.objects.filter(application__in=numbers)}
    applications = Application.objects.only("title", "number", "code", "language").in_bulk(numbers)
    notes = feedback_of([one.application_id for one in decisions if one.feedback])
    for decision in decisions:
        decision.application = applications[decision.application_id]
        said = notes.get(decision.application_id, ())
        for member in members.get(decision.application_id, ()):
            written = own.get((decision.application_id, member.person_id))
            yield _render(edition, decision, member, texts.get(Outcome(decision.outcome)), written, said)


def _by_application(members: QuerySet[TeamMember]) -> Mapping[int, Sequence[TeamMember]]:
    teams: dict[int, list[TeamMember]] = {}
    for member in members:
        teams.setdefault(member.application_id, []).append(member)
    return teams


def _render(
    edition: Edition,
    decision: Decision,
    member: TeamMember,
    text: ResultLetter | None,
    written: OwnLetter | None,
    notes: Collection[str],
) -> Rendered:
    language = _language(member, text)
    subject, body = _filled(edition, decision, member, text, language, notes) if text else ("", "")
    if written is None:
        return Rendered(decision, member, language, subject, body)
    if written.outcome != decision.outcome:
        return Rendered(decision, member, language, subject, body, outdated=written)
    if written.held_back:
        return Rendered(decision, member, language, subject, body, own=written)
    return Rendered(decision, member, language, written.subject, written.body, own=written)


def _language(member: TeamMember, text: ResultLetter | None) -> str:
    """The language in which the recipient gets it: their own, else the first they understand in which it is written."""
    tag = member.person.language or settings.LANGUAGE_CODE
    if text is None:
        return tag
    understood = [tag, *settings.KINOLAB_FALLBACKS.get(tag, ())]
    return next((one for one in understood if text.subject.in_language(one) and text.body.in_language(one)), tag)


def _filled(
    edition: Edition,
    decision: Decision,
    member: TeamMember,
    text: ResultLetter,
    language: str,
    notes: Collection[str],
) -> tuple[str, str]:
    application, call = decision.application, edition.call
    feedback = "\n\n".join("\n".join(map(letters.harmless, note.splitlines())) for note in notes)
    with translation.override(language):
        values = {
            "name": letters.harmless(member.person.name or member.name),
            "title": letters.harmless(application.title or application.code),
            "number": str(application.number or ""),
            "edition": str(edition.name),
            "feedback": f"{words.FEEDBACK}\n\n{feedback}" if feedback else "",
            "results_page": absolute_url(reverse("selection:results", args=(edition.programme.slug, edition.slug))),
            "contact": call.contact_email or edition.programme.organisation.contact_email,
        }
    subject, body = text.subject.in_language(language), text.body.in_language(language)
    if feedback and "{feedback}" not in body:
        body = f"{body.rstrip()}\n\n{{feedback}}\n"
    return letters.fill(subject, values), letters.fill(body, values)


def sent_letter(application: int, person: int) -> Letter | None:
    """The letter as it stands in the outbox; None before it is written, and for those who got none."""
    return Letter.objects.filter(key=key_of(application, person)).first()
