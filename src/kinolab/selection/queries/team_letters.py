"""Letters to chosen teams: who gets one and who does not, as it would go now; how those that were sent fare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, TeamMember
from kinolab.applications.queries import table, until
from kinolab.applications.queries.visible import visible_to
from kinolab.foundation.i18n import formats, mixture
from kinolab.foundation.i18n.understanding import understood_by
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.mail.queries import absolute_url
from kinolab.foundation.refusals import Refusal
from kinolab.labs.models import Edition
from kinolab.selection.domain import letters, team_letters
from kinolab.selection.domain.lifecycle import BEST_FIRST, Outcome
from kinolab.selection.domain.team_letters import Somebody, Whom
from kinolab.selection.models import Decision, TeamLetter
from kinolab.selection.queries.outbox import letters_of

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

KIND = "to_team"
GONE = frozenset({MemberState.REMOVED, MemberState.DECLINED})
TABS = ("sent", "drafts")  # parts of the table that can be written to as a whole


# --- Whom ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody of a chosen team who does not get the letter, and why."""

    application: Application
    name: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom the letter reaches, as one person of the lab may know: `hidden` teams are left out, and nothing else told."""

    teams: Sequence[Application]
    to: Sequence[tuple[Application, TeamMember]]
    left_out: Sequence[LeftOut]
    hidden: int = 0


def audience(person: "Person", letter: TeamLetter) -> Audience:
    """Who of the chosen teams gets the letter from this person, and who does not. Three queries."""
    chosen = letter.applications.all()
    teams = list(visible_to(person, chosen).order_by("number", "pk"))
    by_number = {one.pk: one for one in teams}
    to: list[tuple[Application, TeamMember]] = []
    left_out: list[LeftOut] = []
    addresses: set[tuple[int, str]] = set()
    members = TeamMember.objects.filter(application__in=by_number).select_related("person")
    # Those who are there first: whoever left and came back is there.
    for member in sorted(members, key=lambda one: (one.application_id, _is_gone(one), one.order, one.pk)):
        application, known = by_number[member.application_id], (member.application_id, member.email)
        member.application, application.call = application, letter.edition.call
        one = _somebody(member)
        if known in addresses or not team_letters.is_meant(one, Whom(letter.whom)):
            continue
        addresses.add(known)
        why = team_letters.why_not_written_to(one)
        if why is None:
            to.append((application, member))
        else:
            left_out.append(LeftOut(application, _name(member), why))
    place = {one.pk: index for index, one in enumerate(teams)}
    to.sort(key=lambda pair: place[pair[0].pk])
    return Audience(teams, to, left_out, chosen.count() - len(teams))


def _is_gone(member: TeamMember) -> bool:
    return member.state in GONE


def _name(member: TeamMember) -> str:
    return (member.person.name if member.person else "") or member.name or member.email


def _somebody(member: TeamMember) -> Somebody:
    person = member.person
    return Somebody(
        joined=member.state == MemberState.JOINED,
        gone=_is_gone(member),
        leads=member.is_lead,
        reachable=bool(person and person.is_active and person.email),
    )


# --- As it would go --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Rendered:
    """The letter to one recipient as it would go now."""

    letter: TeamLetter
    application: Application
    member: TeamMember
    language: str
    subject: str
    body: str
    pieces: Sequence[mixture.Piece] = ()

    @property
    def key(self) -> str:
        """The key under which it will stand in the outbox: one a letter, application and person."""
        return f"{prefix(self.letter)}{self.application.pk}:{self.member.person_id}"

    @property
    def reads(self) -> str:
        """The language in which this person is written to, where it is written."""
        return reads(self.member)

    @property
    def in_own_language(self) -> bool:
        """Whether it is written in that language."""
        return self.language == self.reads


@dataclass(frozen=True, slots=True)
class Post:
    """Everything that would go, and everybody who gets nothing."""

    audience: Audience
    going: Sequence[Rendered]
    left_out: Sequence[LeftOut]

    @property
    def teams(self) -> int:
        """How many teams are written to."""
        return len({one.application.pk for one in self.going})

    @property
    def seen(self) -> str:
        """A digest of all of it, word by word: whoever sends tells by it what they have looked through."""
        said = (f"{one.key}\n{one.member.person.email}\n{one.subject}\n{one.body}" for one in self.going)
        return sha256("\n\n".join(said).encode()).hexdigest()[:16]


def prefix(letter: TeamLetter) -> str:
    """What the keys of this letter begin with in the outbox."""
    return f"{KIND}:{letter.pk}:"


def reads(member: TeamMember) -> str:
    """The language of somebody of a team."""
    return member.person.language or settings.LANGUAGE_CODE


def written_in(letter: TeamLetter) -> list[str]:
    """The languages in which the letter has a subject and a text, those of the call first, in their order."""
    known = [*letter.edition.call.languages, *(tag for tag, _name in settings.LANGUAGES)]
    return [tag for tag in dict.fromkeys(known) if letter.subject.in_language(tag) and letter.body.in_language(tag)]


def language_for(reader: str, written: Sequence[str]) -> str:
    """The language in which a reader of this one gets it."""
    return team_letters.language_for(understood_by(reader), written)


def post(person: "Person", letter: TeamLetter) -> Post:
    """The letters as this person would send them now; none while the letter is whole in no language.

    Whoever is in several of the teams gets one letter where it would say the same word by word. Three queries, and those
    of `until.gather` where the text names the close.
    """
    whom, written = audience(person, letter), written_in(letter)
    if not written:
        return Post(whom, [], whom.left_out)
    press, going, said = _Press(letter, whom.teams), [], set()
    twice = []
    for application, member in whom.to:
        one = press.print(application, member, language_for(reads(member), written))
        if (same := (member.person_id, one.subject, one.body)) in said:
            twice.append(LeftOut(application, _name(member), Refusal("has_it_already")))
        else:
            said.add(same)
            going.append(one)
    return Post(whom, going, [*whom.left_out, *twice])


class _Press:
    """Prints the letters; what is the same for all readers of a language is worked out once."""

    def __init__(self, letter: TeamLetter, teams: Sequence[Application]) -> None:
        self.letter, self.edition = letter, letter.edition
        self.same: dict[str, Mapping[str, str]] = {}
        call = self.edition.call
        asked = any("{closes}" in text for text in (*letter.subject.values(), *letter.body.values()))
        self.windows = until.gather(teams) if asked and call.opens_at and call.closes_at else {}

    def print(self, application: Application, member: TeamMember, language: str) -> Rendered:
        """The letter to one member, in this language."""
        with translation.override(language), mixture.gathering():
            values = {
                **self._same(language),
                "name": letters.harmless(_name(member)),  # who has not said their name yet is called by their address
                "title": letters.harmless(application.title or application.code),
                "number": str(application.number or application.code),
                "closes": self._closes(application),
                "page": absolute_url(reverse("applications:edit", args=(application.code,))),
            }
        filled = (letters.fill(text.in_language(language), values) for text in (self.letter.subject, self.letter.body))
        (subject, in_subject), (body, in_body) = (mixture.taken_apart(text, language) for text in filled)
        return Rendered(self.letter, application, member, language, subject, body, [*in_subject, *in_body])

    def _closes(self, application: Application) -> str:
        window = self.windows.get(application.pk)
        return formats.moment(window.closes, self.edition.call.timezone) if window else ""

    def _same(self, language: str) -> Mapping[str, str]:
        if language not in self.same:
            organisation = self.edition.programme.organisation
            contact = self.edition.call.contact_email or organisation.contact_email
            self.same[language] = {"edition": str(self.edition.name), "contact": contact}
        return self.same[language]


# --- In which languages ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LanguageRow:
    """One language: how many of the recipients read it, whether the letter is whole in it, else what they get."""

    tag: str
    readers: int
    is_written: bool
    instead: str  # the language in which its readers get the letter; nothing while it is written in none


def languages(letter: TeamLetter, whom: Audience) -> list[LanguageRow]:
    """The languages of the call and those that recipients read besides."""
    counts: dict[str, int] = {}
    for _application, member in whom.to:
        counts[reads(member)] = counts.get(reads(member), 0) + 1
    written = written_in(letter)
    return [
        LanguageRow(tag, counts.get(tag, 0), tag in written, language_for(tag, written) if written else "")
        for tag in dict.fromkeys([*letter.edition.call.languages, *sorted(counts, key=_place)])
    ]


def _place(tag: str) -> int:
    """Where a language stands among all of ours; others come last."""
    known = [one for one, _name in settings.LANGUAGES]
    return known.index(tag) if tag in known else len(known)


# --- What there is ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Group:
    """Teams that can be written to together: by the part of the table (`tab`) or by what was announced (`outcome`)."""

    count: int
    tab: str = ""
    outcome: str = ""


def known(person: "Person", edition: Edition) -> QuerySet[TeamLetter]:
    """The letters to teams that the person may know of: not those whose teams are all hidden from them."""
    teams = TeamLetter.applications.through.objects.filter(teamletter=OuterRef("pk"))
    visible = teams.filter(application__in=table.of_call(person, edition.call).values("pk"))
    return TeamLetter.objects.filter(Exists(visible) | ~Exists(teams), edition=edition).select_related("changed_by")


def written(person: "Person", edition: Edition) -> QuerySet[TeamLetter]:
    """The same, drafts first, then the newest."""
    found = known(person, edition).order_by("state", "-changed_at", "-pk")
    return found.annotate(teams=Count("applications"))


def groups(person: "Person", edition: Edition) -> list[Group]:
    """Whom one can write to without choosing in the table: only groups that hold somebody. Two queries."""
    visible = table.of_call(person, edition.call)
    tabs = visible.aggregate(**{tab: Count("pk", filter=table.TABS[tab]) for tab in TABS})
    found = [Group(tabs[tab], tab=tab) for tab in TABS]
    counted = dict(
        Decision.objects.filter(application__in=visible, announced_at__isnull=False)
        .order_by()
        .values_list("outcome")
        .annotate(number=Count("application", distinct=True))
    )
    found += [Group(counted.get(one.value, 0), outcome=one.value) for one in BEST_FIRST]
    return [one for one in found if one.count]


def announced(person: "Person", edition: Edition, outcome: Outcome) -> QuerySet[Application]:
    """The applications about which this was announced and that the person may know of."""
    told = Decision.objects.filter(outcome=outcome.value, announced_at__isnull=False)
    return table.of_call(person, edition.call).filter(pk__in=told.values("application"))


# --- Sent ------------------------------------------------------------------------------------------------------------
def in_outbox(person: "Person", letter: TeamLetter) -> QuerySet[Letter]:
    """The letters as they stand in the outbox, without their texts; none to a team that the person may not know of."""
    return (
        _of(letter, letters_of(person, letter.edition)).select_related("person").defer("body", "secret").order_by("pk")
    )


def not_reached(person: "Person", letter: TeamLetter) -> list[Application]:
    """Chosen teams that the person may know of and nobody of whom was written to. Two queries."""
    keys = _of(letter, Letter.objects.all()).values_list("key", flat=True)
    reached = {int(key.removeprefix(prefix(letter)).partition(":")[0]) for key in keys}
    return list(visible_to(person, letter.applications.exclude(pk__in=reached)).order_by("number", "pk"))


def _of(letter: TeamLetter, found: QuerySet[Letter]) -> QuerySet[Letter]:
    return found.filter(scope=letter.edition.scope, kind=KIND, key__startswith=prefix(letter))
