"""Facts for the rules: what stands in the way of announcing, who would be written to, what quotas look at."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from kinolab.applications.domain.lifecycle import IN_FORCE, MemberState
from kinolab.applications.models import Application, Candidacy, TeamMember
from kinolab.calls.domain import window
from kinolab.calls.domain.window import Phase
from kinolab.calls.models import Call
from kinolab.calls.queries.public import window_of
from kinolab.foundation.i18n import formats
from kinolab.labs.models import Edition
from kinolab.selection import words
from kinolab.selection.domain import quotas
from kinolab.selection.domain.lifecycle import AnnounceFacts, AnnouncementState, Outcome
from kinolab.selection.models import Announcement, Decision, ResultLetter

STAGES = frozenset(stage.value for stage in IN_FORCE)


def in_force(call: Call) -> QuerySet[Application]:
    """The applications about which something is decided: sent and not withdrawn."""
    return Application.objects.filter(call=call, stage__in=STAGES)


def state_of(edition: Edition) -> AnnouncementState | None:
    """Where the edition's announcement stands; None before it is made."""
    state = Announcement.objects.filter(edition=edition).values_list("state", flat=True).first()
    return AnnouncementState(state) if state else None


def announce_facts(edition: Edition, at: datetime) -> AnnounceFacts:
    """What stands in the way of announcing at this instant. Counts everything, also what somebody may not see."""
    call = edition.call
    rows = in_force(call)
    outcomes = dict.fromkeys(Outcome, 0)
    for outcome in Decision.objects.filter(application__in=rows).values_list("outcome", flat=True):
        outcomes[Outcome(outcome)] += 1
    decided = sum(outcomes.values())
    dates = window_of(call)
    open_ = dates is not None and window.phase(dates, at) is not Phase.CLOSED
    return AnnounceFacts(
        decided=decided - outcomes[Outcome.HOLD],
        undecided=rows.count() - decided,
        on_hold=outcomes[Outcome.HOLD],
        announcement=state_of(edition),
        call_open=open_,
        templates_missing=tuple(name_of_missing(one) for one in missing_letters(edition)),
    )


# --- Who is written to -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class MissingLetter:
    """A letter that somebody would get and nobody has written."""

    outcome: Outcome
    language: str


def name_of_missing(one: MissingLetter) -> str:
    """Which letter is missing, in the reader's language."""
    return f"{words.OUTCOMES[one.outcome]} ({formats.language_name(one.language)})"


def recipients(applications: Collection[int] | QuerySet[Application]) -> QuerySet[TeamMember]:
    """Everybody of these teams who gets a letter: who has joined."""
    return (
        TeamMember.objects.filter(application__in=applications, state=MemberState.JOINED.value, person__isnull=False)
        .select_related("person")
        .order_by("application_id", "order", "pk")
    )


def letters_of(edition: Edition) -> dict[Outcome, ResultLetter]:
    """The texts of the edition's letters by outcome."""
    return {Outcome(one.outcome): one for one in ResultLetter.objects.filter(edition=edition)}


def missing_letters(edition: Edition) -> list[MissingLetter]:
    """Outcome and language of each letter that recipients need. Two queries.

    In the languages of the call a letter is written in that very language; to others it may go in a language they
    understand (`settings.KINOLAB_FALLBACKS`).
    """
    call, written = edition.call, letters_of(edition)
    needed = (
        recipients(in_force(call).filter(decision__isnull=False))
        .order_by()
        .values_list("application__decision__outcome", "person__language")
        .distinct()
    )
    lacking = [
        MissingLetter(Outcome(outcome), language or settings.LANGUAGE_CODE)
        for outcome, language in needed
        if outcome != Outcome.HOLD
        and not is_written(written.get(Outcome(outcome)), language or settings.LANGUAGE_CODE, call.languages)
    ]
    order = list(Outcome)
    return sorted(lacking, key=lambda one: (order.index(one.outcome), one.language))


def is_written(letter: ResultLetter | None, language: str, public: Sequence[str]) -> bool:
    """Whether there is a whole letter for a reader of this language."""
    if letter is None:
        return False
    tags = [language] if language in public else [language, *settings.KINOLAB_FALLBACKS.get(language, ())]
    return any(letter.subject.in_language(tag) and letter.body.in_language(tag) for tag in tags)


# --- Quotas ----------------------------------------------------------------------------------------------------------
def candidates(applications: Iterable[Application]) -> list[quotas.Candidate]:
    """Applications as quotas see them. Two queries, however many there are."""
    rows = list(applications)
    numbers = [one.pk for one in rows]
    strands: dict[int, set[str]] = defaultdict(set)
    for application, slug in Candidacy.objects.filter(application__in=numbers).values_list(
        "application_id", "strand__slug"
    ):
        strands[application].add(slug)
    genders: dict[int, set[str]] = defaultdict(set)
    for application, gender in recipients(numbers).exclude(gender="").values_list("application_id", "gender"):
        genders[application].add(gender.strip().casefold())
    return [
        quotas.Candidate(
            one.code,
            {
                "country": _known(one.country.casefold()),
                "kind": _known(one.kind.casefold()),
                "stage": _known(one.project_stage.casefold()),
                "strand": frozenset(strands[one.pk]),
                "gender": frozenset(genders[one.pk]),
                "project": frozenset({"without" if one.without_project else "with"}),
            },
        )
        for one in rows
    ]


def _known(value: str) -> frozenset[str]:
    return frozenset({value} if value else ())
