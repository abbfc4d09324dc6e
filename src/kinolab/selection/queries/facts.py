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
from kinolab.foundation.i18n.understanding import understood_by
from kinolab.labs.models import Edition
from kinolab.selection import words
from kinolab.selection.domain import quotas
from kinolab.selection.domain.lifecycle import FINAL, AnnounceFacts, AnnouncementState, Outcome, best
from kinolab.selection.models import Announcement, Decision, ResultLetter

STAGES = frozenset(stage.value for stage in IN_FORCE)


def in_force(call: Call) -> QuerySet[Application]:
    """The applications about which something is decided: sent and not withdrawn."""
    return Application.objects.filter(call=call, stage__in=STAGES)


def standing(applications: QuerySet[Application]) -> QuerySet[Candidacy]:
    """Their candidacies, each with its application and strand."""
    return Candidacy.objects.filter(application__in=applications).select_related("application", "strand")


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
    undecided = Candidacy.objects.filter(application__in=rows, decision=None).count()
    dates = window_of(call)
    open_ = dates is not None and window.phase(dates, at) is not Phase.CLOSED
    return AnnounceFacts(
        decided=decided - outcomes[Outcome.HOLD],
        undecided=undecided,
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
    """Outcome and language of each letter that recipients need; a team's is that of its best outcome. Three queries.

    In the languages of the call a letter is written in that very language; to others it may go in a language they
    understand (`settings.KINOLAB_FALLBACKS`).
    """
    call, written = edition.call, letters_of(edition)
    outcomes = best_of(Decision.objects.filter(application__in=in_force(call)))
    teams = recipients(in_force(call)).order_by().values_list("application_id", "person__language")
    needed = {
        (outcomes[application], language or settings.LANGUAGE_CODE)
        for application, language in teams
        if outcomes.get(application) in FINAL
    }
    lacking = [
        MissingLetter(outcome, language)
        for outcome, language in needed
        if not is_written(written.get(outcome), language, call.languages)
    ]
    order = list(Outcome)
    return sorted(lacking, key=lambda one: (order.index(one.outcome), one.language))


def best_of(decisions: QuerySet[Decision]) -> dict[int, Outcome]:
    """The best outcome of each application. One query."""
    made: dict[int, list[Outcome]] = defaultdict(list)
    for application, outcome in decisions.order_by().values_list("application_id", "outcome"):
        made[application].append(Outcome(outcome))
    return {application: best(outcomes) for application, outcomes in made.items()}


def is_written(letter: ResultLetter | None, language: str, public: Sequence[str]) -> bool:
    """Whether there is a whole letter for a reader of this language."""
    if letter is None:
        return False
    tags = [language] if language in public else understood_by(language)
    return any(letter.subject.in_language(tag) and letter.body.in_language(tag) for tag in tags)


# --- Quotas ----------------------------------------------------------------------------------------------------------
def candidates(candidacies: Iterable[Candidacy]) -> list[quotas.Candidate]:
    """Candidacies, with application and strand, as quotas see them. One query, however many there are."""
    rows = list(candidacies)
    numbers = {one.application_id for one in rows}
    genders: dict[int, set[str]] = defaultdict(set)
    for application, gender in recipients(numbers).exclude(gender="").values_list("application_id", "gender"):
        genders[application].add(gender.strip().casefold())
    return [
        quotas.Candidate(
            one.key,
            {
                "country": _known(one.application.country.casefold()),
                "kind": _known(one.application.kind.casefold()),
                "stage": _known(one.application.project_stage.casefold()),
                "strand": _known(one.strand.slug.casefold() if one.strand else ""),
                "gender": frozenset(genders[one.application_id]),
                "project": frozenset({"without" if one.application.without_project else "with"}),
            },
            one.application.code,
        )
        for one in rows
    ]


def _known(value: str) -> frozenset[str]:
    return frozenset({value} if value else ())
