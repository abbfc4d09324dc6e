"""The stage of results: which letters are written, whom the announcement tells what, how the letters fare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise

from kinolab.applications.models import TeamMember
from kinolab.foundation.i18n import formats
from kinolab.foundation.mail import queries as mail
from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Refusal
from kinolab.labs.models import Edition
from kinolab.selection import words
from kinolab.selection.domain import lifecycle
from kinolab.selection.domain.lifecycle import FINAL, Outcome
from kinolab.selection.models import Announcement, ResultLetter
from kinolab.selection.queries import facts, letters
from kinolab.selection.queries.board import visible
from kinolab.selection.queries.public import announcement_of

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

SHOWN_FAILED = 50
NAMES_A_PAGE = 100
IN_ORDER = [one for one in Outcome if one in FINAL]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """The letter for one outcome: in which of the call's languages it is whole, and how many would get it."""

    outcome: Outcome
    word: Promise
    languages: Sequence[tuple[str, bool]]
    letter: ResultLetter | None


def letters_page(edition: Edition) -> list[LetterRow]:
    """The letters of the edition, in the order of the outcomes. One query."""
    written = facts.letters_of(edition)
    return [
        LetterRow(
            outcome,
            words.OUTCOMES[outcome],
            [
                (tag, facts.is_written(written.get(outcome), tag, edition.call.languages))
                for tag in edition.call.languages
            ],
            written.get(outcome),
        )
        for outcome in IN_ORDER
    ]


def obstacles(edition: Edition, at: datetime) -> tuple[Refusal, ...]:
    """Everything in the way of announcing."""
    return lifecycle.obstacles(facts.announce_facts(edition, at))


def missing(edition: Edition) -> list[tuple[Promise, list[str]]]:
    """The letters that are missing: the outcome, and the names of the languages."""
    lacking = facts.missing_letters(edition)
    return [
        (words.OUTCOMES[outcome], [formats.language_name(one.language) for one in lacking if one.outcome is outcome])
        for outcome in IN_ORDER
        if any(one.outcome is outcome for one in lacking)
    ]


# --- Before ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Group:
    """The letters for one outcome, the best of a team: those that the person may see by name, and how many there are besides."""

    outcome: Outcome
    word: Promise
    page: Page
    hidden: int


@dataclass(frozen=True, slots=True)
class Groups:
    """Everybody who would be written to."""

    groups: Sequence[Group]
    total: int  # letters that will be sent, also those that the person does not see


def groups(person: "Person", edition: Edition, asked: Mapping[str, str]) -> Groups:
    """The letters by outcome, a hundred names at a time; `asked` says which page of which outcome.

    A conflict of interest hides names, not that there is a letter. Seven queries.
    """
    decisions = list(letters.decided(edition))
    known = set(visible(person, edition).values_list("pk", flat=True))
    everything = list(letters.rendered(edition, decisions))
    found = []
    for outcome in IN_ORDER:
        own = [one for one in everything if one.told.outcome is outcome]
        shown = [one for one in own if one.told.application.pk in known]
        if own:
            page = Paginator(shown, NAMES_A_PAGE).get_page(asked.get(outcome.value))
            found.append(Group(outcome, words.OUTCOMES[outcome], page, len(own) - len(shown)))
    return Groups(found, sum(one.goes for one in everything))


# --- After -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Done:
    """An announcement that was made, and its letters by state."""

    announcement: Announcement
    states: Mapping[str, int]

    @property
    def is_running(self) -> bool:
        """Whether letters are still being written."""
        return self.announcement.state == lifecycle.AnnouncementState.RUNNING


def done_page(edition: Edition) -> Done | None:
    """How the letters of the announcement fare; None before it. Two queries."""
    announcement = announcement_of(edition)
    if announcement is None:
        return None
    return Done(announcement, mail.states(scope=edition.scope, kind=letters.KIND))


def failed_letters(person: "Person", edition: Edition) -> list[Letter]:
    """Letters of the edition, of any kind, that the mail server refused for good; the newest first.

    Letters to teams of which a conflict of interest keeps the person away are not among them.
    """
    kept_away = TeamMember.objects.filter(application__hidings__person=person, person__isnull=False)
    failed = mail.letters(scope=edition.scope).filter(state=LetterState.FAILED.value)
    failed = failed.exclude(person__in=kept_away.values("person"))
    return list(failed.select_related("person")[:SHOWN_FAILED])
