"""Letters as they would go now: made of what was decided, the text for its best outcome, what somebody wrote into one.

A team gets one letter, which says what was decided in each of its strands. Nothing here is stored before the
announcement, so nothing can be out of date.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from kinolab.applications.models import Application, TeamMember
from kinolab.foundation.i18n import mixture
from kinolab.foundation.i18n.understanding import understood_by
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.mail.queries import absolute_url
from kinolab.labs.models import Edition
from kinolab.reviews.queries.told import feedback_of
from kinolab.selection import words
from kinolab.selection.domain import letters
from kinolab.selection.domain.lifecycle import FINAL, Outcome, best
from kinolab.selection.models import Decision, OwnLetter, ResultLetter
from kinolab.selection.queries import facts

KIND = "result"


@dataclass(frozen=True, slots=True)
class Told:
    """What a team is told: everything that was decided about its application, in the order of the strands."""

    application: Application
    decisions: Sequence[Decision]

    @property
    def outcome(self) -> Outcome:
        """The best of it: the letter is the one for that."""
        return best(Outcome(one.outcome) for one in self.decisions)

    @property
    def each(self) -> dict[str, str]:
        """What was decided by candidacy, as letters written by hand keep it."""
        return {str(one.candidacy_id): one.outcome for one in self.final}

    @property
    def in_strands(self) -> Sequence[Decision]:
        """What was decided in each strand, where there are several; else nothing."""
        return self.final if len(self.final) > 1 else ()

    @property
    def final(self) -> Sequence[Decision]:
        """What can be announced: nothing that is on hold."""
        return [one for one in self.decisions if one.outcome in FINAL]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter to one recipient as it would go now.

    `own` is what somebody wrote into it for what is decided now; `outdated` what they wrote before something changed,
    which does not go. The text is empty where nobody has written the letter.
    """

    told: Told
    member: TeamMember
    language: str
    subject: str
    body: str
    pieces: Sequence[mixture.Piece] = ()
    own: OwnLetter | None = None
    outdated: OwnLetter | None = None

    @property
    def key(self) -> str:
        """The key under which it stands in the outbox: one a recipient and application."""
        return key_of(self.told.application.pk, self.member.person_id)

    @property
    def goes(self) -> bool:
        """Whether it will be sent."""
        return bool(self.subject and self.body) and not (self.own and self.own.held_back)


def key_of(application: int, person: int) -> str:
    """The key of a result letter in the outbox."""
    return f"{KIND}:{application}:{person}"


def decided(edition: Edition) -> QuerySet[Decision]:
    """The decisions that are, or would be, announced: final, about applications in force; each with its strand."""
    found = Decision.objects.filter(
        application__in=facts.in_force(edition.call), outcome__in=[one.value for one in FINAL]
    )
    order = ("application__number", "application", "candidacy__strand__order", "pk")
    return found.select_related("candidacy__strand").order_by(*order)


def decisions(application: Application) -> QuerySet[Decision]:
    """Everything that is decided about one application, each with its strand, in their order."""
    found = Decision.objects.filter(application=application).select_related("candidacy__strand")
    return found.order_by("candidacy__strand__order", "pk")


def by_team(decisions: Collection[Decision]) -> list[list[Decision]]:
    """The decisions of each application together, in the same order."""
    found: dict[int, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.application_id, []).append(one)
    return list(found.values())


def rendered(edition: Edition, decisions: Sequence[Decision]) -> Iterator[Rendered]:
    """The letters that belong to these decisions, team by team. Five queries, however many there are."""
    numbers = {one.application_id for one in decisions}
    press = _Press(edition, facts.letters_of(edition))
    members = _by_application(facts.recipients(numbers))
    own = {(one.application_id, one.person_id): one for one in OwnLetter.objects.filter(application__in=numbers)}
    applications = Application.objects.only("title", "number", "code", "language").in_bulk(numbers)
    notes = feedback_of([one.candidacy for one in decisions if one.feedback])
    for team in by_team(decisions):
        told = Told(applications[team[0].application_id], team)
        said = _plain(notes.get(told.application.pk, ()))
        for member in members.get(told.application.pk, ()):
            printed = press.print(told, member, said)
            yield _with_own(printed, own.get((told.application.pk, member.person_id)))


def _by_application(members: QuerySet[TeamMember]) -> Mapping[int, Sequence[TeamMember]]:
    teams: dict[int, list[TeamMember]] = {}
    for member in members:
        teams.setdefault(member.application_id, []).append(member)
    return teams


def _plain(notes: Sequence[str]) -> str:
    """The readers' notes as one text in which nothing is an address."""
    return "\n\n".join("\n".join(map(letters.harmless, note.splitlines())) for note in notes)


def _with_own(printed: Rendered, written: OwnLetter | None) -> Rendered:
    """The letter with what somebody wrote into it, as far as it was written for what is decided now."""
    if written is None:
        return printed
    if written.told != printed.told.each:
        return replace(printed, outdated=written)
    if written.held_back:
        return replace(printed, own=written)
    return replace(printed, own=written, subject=written.subject, body=written.body)


class _Press:
    """Prints the letters of one edition; what is the same for all readers of a language is worked out once."""

    def __init__(self, edition: Edition, texts: Mapping[Outcome, ResultLetter]) -> None:
        self.edition, self.texts = edition, texts
        self.same: dict[str, Mapping[str, str]] = {}

    def print(self, told: Told, member: TeamMember, notes: str) -> Rendered:
        """The letter to one member; empty where nobody has written it. What is told appears, wherever the text ends."""
        text = self.texts.get(told.outcome)
        language = _language(member, text)
        if text is None:
            return Rendered(told, member, language, "", "")
        application, same = told.application, self._same(language)
        values = {
            **same,
            "name": letters.harmless(member.person.name or member.name),
            "title": letters.harmless(application.title or application.code),
            "number": str(application.number or ""),
            "strands": self._strands(told, language),
            "feedback": f"{same['feedback']}\n\n{notes}" if notes else "",
        }
        body = text.body.in_language(language)
        for name in ("strands", "feedback"):
            if values[name] and f"{{{name}}}" not in body:
                body = f"{body.rstrip()}\n\n{{{name}}}\n"
        subject, in_subject = mixture.taken_apart(letters.fill(text.subject.in_language(language), values), language)
        whole, in_body = mixture.taken_apart(letters.fill(body, values), language)
        return Rendered(told, member, language, subject, whole, [*in_subject, *in_body])

    def _strands(self, told: Told, language: str) -> str:
        """What was decided in each strand, a line each; nothing where there is one alone."""
        ours = mixture.written_in(language)
        with translation.override(language), mixture.gathering():
            lines = [
                f"{one.candidacy.strand.name}: {mixture.piece(str(words.OUTCOMES[Outcome(one.outcome)]), ours)}"
                for one in told.in_strands
                if one.candidacy.strand
            ]
            return "\n".join([mixture.piece(str(words.IN_STRANDS), ours), *lines]) if lines else ""

    def _same(self, language: str) -> Mapping[str, str]:
        if language not in self.same:
            edition = self.edition
            organisation = edition.programme.organisation
            with translation.override(language), mixture.gathering():
                self.same[language] = {
                    "edition": str(edition.name),
                    "feedback": mixture.piece(str(words.FEEDBACK), mixture.written_in(language)),
                    "results_page": absolute_url(
                        reverse("selection:results", args=(edition.programme.slug, edition.slug))
                    ),
                    "contact": edition.call.contact_email or organisation.contact_email,
                }
        return self.same[language]


def _language(member: TeamMember, text: ResultLetter | None) -> str:
    """The language in which the recipient gets it: their own, else the first they understand in which it is written."""
    tag = member.person.language or settings.LANGUAGE_CODE
    if text is None:
        return tag
    return next(
        (one for one in understood_by(tag) if text.subject.in_language(one) and text.body.in_language(one)), tag
    )


def sent_letter(application: int, person: int) -> Letter | None:
    """The letter as it stands in the outbox; None before it is written, and for those who got none."""
    return Letter.objects.filter(key=key_of(application, person)).first()
