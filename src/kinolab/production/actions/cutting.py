"""Dropping a segment: on the record first, then its people are told, and only then may anything be public."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from kinolab.catalogue.events import FilmPublishing
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.formats import day_in
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.news.access import why_not_edit
from kinolab.news.actions import publishing as news
from kinolab.news.models import Article
from kinolab.production import access
from kinolab.production.actions import assembling
from kinolab.production.domain import cutting as rules
from kinolab.production.domain import lifecycle
from kinolab.production.domain.cutting import Notice as Stands
from kinolab.production.domain.cutting import Said, Way
from kinolab.production.domain.lifecycle import SegmentState, SegmentStep
from kinolab.production.models import Cut, Notice, Omnibus, Segment
from kinolab.production.queries import cuts as queries

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


def today(omnibus: Omnibus, at: datetime) -> date:
    """The day by the clock of the organisation."""
    return day_in(at, omnibus.film.organisation.timezone)


@transaction.atomic
def drop(
    *, segment: Segment, said: Said, wording: Mapping[str, str], standalone: bool, by: "Person", at: datetime
) -> Cut:
    """Drop a segment, or let it live by itself alone. It stays in the record with its credits; nobody is written to yet.

    Articles about the film that were to appear by themselves are taken off the schedule, as far as they are `by`'s to edit;
    those of others are held back until everybody has been told.
    Refused: not_your_film, film_is_locked, segment_step_not_now, and by what `cutting.why_not_cut` finds lacking.
    """
    omnibus = assembling.held(segment.omnibus, by)
    segment = Segment.objects.select_for_update(of=("self",)).select_related("film").get(pk=segment.pk)
    segment.omnibus = omnibus
    stop_if(rules.why_not_cut(said, today(omnibus, at)))
    before, place = SegmentState(segment.state), segment.position
    state = _step(before, SegmentStep.DROP)
    if standalone:
        state = _step(state, SegmentStep.LET_GO)
    assert said.reason is not None
    cut = Cut.objects.create(
        segment=segment, proposer=said.proposer.strip(), decider=said.decider.strip(), reason=said.reason.value,
        on=said.on, credit_wording=dict(wording), rights_returned=said.rights_returned, note=said.rights_note.strip(),
        made_at=at, made_by=by, before=before.value, position=place,
    )  # fmt: skip
    for one in queries.people_of(segment):
        one.cut = cut
        one.save()
    if place is not None:
        assembling.close_up(omnibus, segment.pk, at)
    _move_segment(segment, state, at)
    said_of = {"segment": segment.pk, "reason": cut.reason, "state": state.value}
    _record("dropped_segment", cut, omnibus, by, at, said_of | {"articles": _hold_articles(omnibus, by, at)})
    return cut


def _hold_articles(omnibus: Omnibus, by: "Person", at: datetime) -> int:
    """How many were taken off the schedule."""
    taken = 0
    for one in Article.objects.filter(films=omnibus.film_id, published_at__gt=at).select_related("organisation"):
        if why_not_edit(by, one) is None:
            news.unpublish(article=one, by=by, at=at)
            taken += 1
        else:
            news.hold_back(article=one, at=at)
    return taken


def _let_articles_go(omnibus: Omnibus, at: datetime) -> None:
    for one in Article.objects.filter(films=omnibus.film_id, held_for__isnull=False):
        news.let_go(article=one, at=at)


@transaction.atomic
def take_back(*, cut: Cut, why: str, by: "Person", at: datetime) -> Cut:
    """Take a cut back before the film is locked: the segment stands where it stood. Whoever was written to is told.

    Refused: not_your_film, film_is_locked, cut_not_in_force, why_is_missing.
    """
    omnibus = assembling.held(cut.segment.omnibus, by)
    cut = _locked(cut)
    stop_if(Refusal("cut_not_in_force") if cut.taken_back_at else None)
    stop_if(None if why.strip() else Refusal("why_is_missing"))
    segment, before = cut.segment, SegmentState(cut.before)
    stop_if(rules.why_not_take_back(before, SegmentState(segment.state)))
    cut.taken_back_at, cut.taken_back_by, cut.taken_back_why = at, by, why.strip()
    cut.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    _move_segment(segment, before, at)
    if cut.position is not None:
        assembling.open_up(omnibus, segment.pk, cut.position, at)
    written = Letter.objects.filter(key__in=[one.key for one in cut.notices.all()]).values_list("key", flat=True)
    told = [one for one in cut.notices.all() if one.key in set(written)]
    _let_articles_go(omnibus, at)
    mail.write_many([_letter(one, cut, queries.BACK, at) for one in told])
    _record("took_cut_back", cut, omnibus, by, at, {"segment": segment.pk, "letters": len(told)})
    return cut


# --- Notice ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def send_notice(*, cut: Cut, letters: int, seen: str, by: "Person", at: datetime) -> int:
    """Write to everybody who must know and has an address. Returns how many went.

    `letters` is how many `by` was shown, `seen` the mark of their words. Once each, whether it is pressed twice or a process
    dies: the key of a letter names the cut and its reader.
    Refused: not_your_film, cut_not_in_force, letters_counted_anew {count}, making_changed_meanwhile.
    """
    omnibus = cut.segment.omnibus
    stop_if(access.why_not_make(by, omnibus))
    cut = _locked(cut)
    stop_if(Refusal("cut_not_in_force") if cut.taken_back_at else None)
    going = queries.account(cut).to_write
    if not going and cut.asked_at:
        return 0
    if len(going) != letters:
        raise Denied(Refusal("letters_counted_anew", {"count": len(going)}))
    stop_if(None if queries.mark(cut) == seen else Refusal("making_changed_meanwhile"))
    mail.write_many([_letter(one, cut, queries.KIND, at) for one in going])
    cut.asked_at, cut.asked_by = at, by
    cut.save(update_fields=["asked_at", "asked_by"])
    _record("sent_cut_notice", cut, omnibus, by, at, {"letters": len(going)})
    return len(going)


@transaction.atomic
def write_notice(*, cut: Cut, texts: Mapping[str, queries.Around], seen: str, by: "Person", at: datetime) -> Cut:
    """Say in one's own words, by language, what the notice says around its facts; what is empty or ours stays ours.

    The facts themselves stay as they are on the record. `seen` is the mark of the words that `by` had before them.
    Refused: not_your_film, cut_not_in_force, notice_written_already, making_changed_meanwhile.
    """
    omnibus = cut.segment.omnibus
    stop_if(access.why_not_make(by, omnibus))
    cut = _locked(cut)
    stop_if(Refusal("cut_not_in_force") if cut.taken_back_at else None)
    stop_if(Refusal("notice_written_already") if cut.asked_at else None)
    stop_if(None if queries.mark(cut) == seen else Refusal("making_changed_meanwhile"))
    before = {"opening": dict(cut.opening), "closing": dict(cut.closing)}
    after = {name: _own_words(cut, name, before[name], texts) for name in before}
    if after == before:
        return cut
    cut.opening, cut.closing = after["opening"], after["closing"]
    cut.save(update_fields=["opening", "closing"])
    audit.record(
        by=by, at=at, verb="wrote_cut_notice", thing=cut, scope=omnibus.scope, before=before, after=after
    )  # fmt: skip
    return cut


def _own_words(cut: Cut, name: str, before: Mapping[str, str], texts: Mapping[str, queries.Around]) -> dict[str, str]:
    """Whatever is said otherwise than we say it; other languages stay."""
    typed = {tag: getattr(one, name).strip() for tag, one in texts.items()}
    own = {tag: text for tag, text in typed.items() if text and text != getattr(queries.usual(cut, tag), name)}
    return {tag: text for tag, text in before.items() if tag not in texts} | own


@transaction.atomic
def add_person(*, cut: Cut, name: str, email: str, role: str, by: "Person", at: datetime) -> Notice:
    """Somebody else must know of the cut. Refused: not_your_film, cut_not_in_force, told_already."""
    omnibus = cut.segment.omnibus
    stop_if(access.why_not_make(by, omnibus))
    cut = _locked(cut)
    stop_if(Refusal("cut_not_in_force") if cut.taken_back_at else None)
    stop_if(Refusal("told_already", {"name": "; ".join(cut.notice_to)}) if cut.notice_at else None)
    made = Notice.objects.create(cut=cut, name=name.strip(), email=email.strip().lower(), role=role)
    _record("added", made, omnibus, by, at, {"name": made.name})
    return made


@transaction.atomic
def tell_by_hand(*, notice: Notice, way: Way, on: date, note: str, by: "Person", at: datetime) -> Notice:
    """Write down that somebody was told, when and how. Refused: not_your_film, cut_not_in_force, told_already, told_in_future."""
    omnibus = notice.cut.segment.omnibus
    stop_if(access.why_not_make(by, omnibus))
    cut = _locked(notice.cut)
    stop_if(Refusal("cut_not_in_force") if cut.taken_back_at else None)
    reached = next(one for one in queries.account(cut).people if one.notice.pk == notice.pk)
    stop_if(Refusal("told_already", {"name": notice.name}) if reached.told.knows else None)
    stop_if(Refusal("told_in_future") if on > today(omnibus, at) else None)
    told = reached.notice
    told.way, told.told_on, told.told_note, told.told_by, told.told_at = way.value, on, note.strip(), by, at
    told.save(update_fields=["way", "told_on", "told_note", "told_by", "told_at"])
    _record("told_by_hand", told, omnibus, by, at, {"name": told.name, "way": way.value})
    _settle(_locked(cut), at)
    return told


def settle(*, at: datetime) -> int:
    """Note every cut whose people have all been told by now; returns how many.

    Nothing is told of the film of any other: whatever has come to be about to appear since it was dropped is held back.
    """
    open_ones = Cut.objects.filter(notice_at=None, taken_back_at=None)
    settled = 0
    for one in Article.objects.filter(films__omnibus__segments__cuts__in=open_ones, published_at__gt=at).distinct():
        news.hold_back(article=one, at=at)
    for one in open_ones.select_related("segment__omnibus__film__organisation"):
        with transaction.atomic():
            settled += _settle(_locked(one), at)
    return settled


def _settle(cut: Cut, at: datetime) -> bool:
    if cut.notice_at or cut.taken_back_at or queries.account(cut).reached is not Stands.SENT:
        return False
    cut.notice_at, cut.notice_to = at, [one.name for one in cut.notices.all()]
    cut.save(update_fields=["notice_at", "notice_to"])
    _let_articles_go(cut.segment.omnibus, at)
    _record("cut_notice_complete", cut, cut.segment.omnibus, None, at, {"people": len(cut.notice_to)})
    return True


def on_film_publishing(event: FilmPublishing) -> None:
    """Answer `FilmPublishing`: a film waits until everybody whose segment was dropped has been told."""
    untold = queries.untold(event.film)
    if untold:
        slug = Omnibus.objects.values_list("film__slug", flat=True).get(film=event.film)
        raise Denied(Refusal("notices_not_sent", {"count": untold, "href": reverse("production:cuts", args=[slug])}))


# --- Pieces ----------------------------------------------------------------------------------------------------------
def _locked(cut: Cut) -> Cut:
    found = Cut.objects.select_for_update(of=("self",)).select_related("segment__omnibus__film__organisation")
    return found.prefetch_related("notices__person").get(pk=cut.pk)


def _step(state: SegmentState, step: SegmentStep) -> SegmentState:
    after = lifecycle.segment_step(state, step)
    if isinstance(after, Refusal):
        raise Denied(after)
    return after


def _move_segment(segment: Segment, state: SegmentState, at: datetime) -> None:
    Segment.objects.filter(pk=segment.pk).update(state=state.value, changed_at=at)
    segment.state = state.value


def _letter(notice: Notice, cut: Cut, kind: str, at: datetime) -> Letter:
    said = queries.letter(notice, cut, kind)
    key = notice.key if kind == queries.KIND else notice.back_key
    return mail.ready(
        key=key, to=notice.person or notice.email, kind=kind, at=at, scope=cut.segment.omnibus.scope, **said._asdict()
    )


def _record(
    verb: str, thing: Cut | Notice, omnibus: Omnibus, by: "Person | None", at: datetime, after: Mapping[str, object]
) -> None:
    audit.record(by=by, at=at, verb=verb, thing=thing, scope=omnibus.scope, after=after)
