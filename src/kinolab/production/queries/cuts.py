"""Segments dropped: who must be told of each, who has been, and the letter as it would go."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import translation

from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import TeamMember
from kinolab.catalogue.domain.works import Role
from kinolab.catalogue.models import Credit
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail import queries as mail
from kinolab.foundation.mail.domain.lifecycle import LetterState
from kinolab.foundation.mail.models import Letter
from kinolab.production import words
from kinolab.production.domain import cutting as rules
from kinolab.production.domain.cutting import Notice as Stands
from kinolab.production.domain.cutting import Told
from kinolab.production.domain.lifecycle import SegmentState
from kinolab.production.domain.terms import CutReason
from kinolab.production.models import Cut, Notice, Omnibus, Segment
from kinolab.selection.domain.letters import harmless

KIND = "cut"
BACK = "cut_back"
TEMPLATES = {KIND: "production/mail/cut.txt", BACK: "production/mail/cut_back.txt"}
# Whose work a segment is. Each stands once, in the first of these.
TOLD = (Role.DIRECTOR.value, Role.PRODUCER.value, Role.GENERAL_PRODUCER.value)


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who must know, and how far that has come."""

    notice: Notice
    told: Told
    letter: Letter | None


def mark(cut: Cut) -> str:
    """What somebody has seen of a notice's own words, for a form to carry and an action to compare."""
    return hashlib.sha256(json.dumps([dict(cut.opening), dict(cut.closing)], sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Account:
    """A cut with everybody who must know of it."""

    cut: Cut
    people: Sequence[Reached]

    @property
    def reached(self) -> Stands:
        """How far the letters and calls have come."""
        return rules.notice([one.told for one in self.people], asked=self.cut.asked_at is not None)

    @property
    def stands(self) -> Stands:
        """How far the notice has come; complete once that is on the record, which all that waits for it goes by."""
        if self.cut.notice_at is not None:
            return Stands.SENT
        return Stands.ON_ITS_WAY if self.reached is Stands.SENT else self.reached

    @property
    def to_write(self) -> list[Notice]:
        """Those to whom a letter would go now."""
        return [one.notice for one in self.people if one.letter is None and one.told.reachable and not one.told.knows]

    @property
    def in_force(self) -> bool:
        """Whether it was not taken back."""
        return self.cut.taken_back_at is None


def cuts(omnibus: Omnibus) -> QuerySet[Cut]:
    """Every cut of the film, those that were taken back included, the first first."""
    found = Cut.objects.filter(segment__omnibus=omnibus).select_related("segment__film", "made_by", "taken_back_by")
    return found.prefetch_related(Prefetch("notices", Notice.objects.select_related("person", "told_by")))


def accounts(omnibus: Omnibus) -> list[Account]:
    """Every cut with its people. Three statements."""
    return accounted(list(cuts(omnibus)))


def accounted(found: Sequence[Cut]) -> list[Account]:
    """These cuts with their people; their letters are one statement."""
    keys = [one.key for cut in found for one in cut.notices.all()]
    letters = {one.key: one for one in Letter.objects.filter(key__in=keys)}
    return [Account(cut, [_reached(one, letters.get(one.key)) for one in cut.notices.all()]) for cut in found]


def account(cut: Cut) -> Account:
    """One cut with its people."""
    return accounted([cut])[0]


def _reached(notice: Notice, letter: Letter | None) -> Reached:
    state = letter.state if letter else ""
    lost = (LetterState.FAILED.value, LetterState.DISCARDED.value)
    told = Told(
        reachable=bool(notice.email),
        letter_left=state == LetterState.SENT,
        letter_failed=state in lost,
        by_hand=notice.told_at is not None,
    )
    return Reached(notice, told, letter)


def untold(film: int) -> int:
    """How many cuts of a film of the catalogue there are whose people have not all been told."""
    return Cut.objects.filter(segment__omnibus__film=film, notice_at=None, taken_back_at=None).count()


# --- Who must be told ------------------------------------------------------------------------------------------------
def people_of(segment: Segment) -> list[Notice]:
    """Who must know if the segment is dropped, not saved yet: of its team and of its credits, each once."""
    found = [
        Notice(person=one.person, name=str(one.person or one.name or one.email), email=one.email, role=one.role)
        for one in _team(segment)
    ]
    known = {one.name.casefold() for one in found}
    for credit in Credit.objects.filter(film=segment.film_id, role__in=TOLD).select_related("agent"):
        names = {str(one).casefold() for one in (*credit.agent.name.values(), *credit.credited_as.values())}
        if not names & known:
            found.append(Notice(name=str(credit.agent), role=credit.role))
            known |= names
    return sorted(found, key=lambda one: TOLD.index(one.role))


def _team(segment: Segment) -> list[TeamMember]:
    if segment.application_id is None:
        return []
    gone = (MemberState.DECLINED.value, MemberState.REMOVED.value)
    members = TeamMember.objects.filter(application=segment.application_id, role__in=TOLD).exclude(state__in=gone)
    return list(members.select_related("person").order_by("order", "pk"))


# --- The letter ------------------------------------------------------------------------------------------------------
def language_of(notice: Notice, omnibus: Omnibus) -> str:
    """Their own; of somebody without an account the film's first."""
    own = notice.person.language if notice.person else ""
    return own or next(iter(omnibus.languages), "") or settings.LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Around:
    """What a notice says before its facts and after them."""

    opening: str
    closing: str


def usual(cut: Cut, tag: str) -> Around:
    """What it says in our words."""
    with translation.override(tag):
        alone = cut.segment.state == SegmentState.STANDALONE_ONLY
        out = words.NOTICE_ALONE if alone else words.NOTICE_OUT
        return Around(f"{words.NOTICE_FIRST} {out}", str(words.NOTICE_CLOSING))


def around(cut: Cut, tag: str) -> Around:
    """What it says in this language: the makers' words, else ours."""
    ours = usual(cut, tag)
    return Around(cut.opening.get(tag) or ours.opening, cut.closing.get(tag) or ours.closing)


def languages_to_write(cut: Cut, going: Sequence[Notice]) -> list[str]:
    """The languages in which letters would go now, in our order."""
    tags = {language_of(one, cut.segment.omnibus) for one in going}
    return [tag for tag, _name in settings.LANGUAGES if tag in tags]


def letter(notice: Notice, cut: Cut, kind: str = KIND) -> mail.Preview:
    """The letter as it goes to this person."""
    omnibus = cut.segment.omnibus
    tag = language_of(notice, omnibus)
    said = around(cut, tag)
    with translation.override(tag):
        context = {
            "name": harmless(notice.name),
            "cut": cut,
            "film": _harmless(omnibus.film.title),
            "part": _harmless(cut.segment.film.title),
            "reason": str(words.CUT_REASONS[CutReason(cut.reason)]),
            "wording": cut.credit_wording,
            "opening": Text({tag: said.opening}) if cut.opening.get(tag) else said.opening,
            "closing": Text({tag: said.closing}) if cut.closing.get(tag) else said.closing,
            "contact": omnibus.film.organisation.contact_email,
        }
    return mail.preview(template=TEMPLATES[kind], context=context, to=notice.person or notice.email, language=tag)


def _harmless(title: Text) -> Text:
    """The title as it may stand in a letter, in the one language in which it is shown now."""
    return Text({title.language_shown: harmless(str(title))})


# --- What a team sees ------------------------------------------------------------------------------------------------
def as_told(found: Sequence[Segment]) -> Sequence[Segment]:
    """Segments as their teams may see them: of a cut they hear by letter, never from a page. For showing alone, not to save.

    One statement, whatever their number.
    """
    untold = Cut.objects.filter(segment__in=found, taken_back_at=None, notice_at=None)
    before = dict(untold.values_list("segment", "before"))
    for one in found:
        _move_back(one, before.get(one.pk, one.state))
    return found


def _move_back(segment: Segment, state: str) -> None:
    segment.state = state


def cut_for(segment: Segment, *, maker: bool) -> Cut | None:
    """The cut of a segment, as a maker of the film or its team may see it."""
    found = Cut.objects.filter(segment=segment, taken_back_at=None).first()
    return found if found is not None and (maker or found.notice_at) else None
