"""Segments: chosen into slots, commissioned, described, moved on; their cuts."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from kinolab.applications.models import Application
from kinolab.catalogue.actions.making import begin_part
from kinolab.catalogue.domain.works import Role
from kinolab.catalogue.models import Film
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.files import actions as files
from kinolab.foundation.refusals import Denied, Refusal, stop_if
from kinolab.news.domain.articles import slug_from
from kinolab.production import access
from kinolab.production.domain import lifecycle
from kinolab.production.domain.lifecycle import OUT, SegmentState, SegmentStep
from kinolab.production.domain.terms import SegmentKind
from kinolab.production.models import Omnibus, Segment, Slot, Version
from kinolab.production.queries import films, segments, slots

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

# Roles of a team that are credited at once; the others say what they did when the film is done.
_CREDITED = {"director": Role.DIRECTOR, "screenwriter": Role.WRITER, "writer": Role.WRITER}
# Steps that a maker takes by hand; the others follow from what is agreed, cut or locked.
BY_HAND = (SegmentStep.SHOOT, SegmentStep.LOCK, SegmentStep.UNLOCK)
DESCRIBED = ("kind", "borough", "genre", "language", "planned", "note")


# --- Slots -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def fill_slot(
    *, omnibus: Omnibus, slot: Slot, application: Application | None, by: "Person", at: datetime
) -> Segment:  # fmt: skip
    """Let an application that the board chose stand in a slot; its part becomes a draft of the catalogue.

    Refused: not_your_film, film_is_settled, not_of_script_call, not_chosen_by_board, slot_is_filled,
    has_a_slot_already.
    """
    omnibus = films.omnibuses().select_for_update(of=("self",)).get(pk=omnibus.pk)
    stop_if(access.why_not_fill(by, omnibus, slot, application))
    assert application is not None
    _vacate(slot)
    segment = Segment.objects.filter(application=application).first()
    if segment is None:
        told = slots.told_by([application.pk], list(omnibus.boroughs.all())).get(application.pk, slots.Told())
        segment = Segment.objects.create(
            omnibus=omnibus, film=_film(omnibus, application, told, by, at), application=application, slot=slot,
            state=SegmentState.SELECTED.value, borough_id=told.borough, genre=told.genre, language=told.language,
            planned=told.seconds, made_at=at, changed_at=at,
        )  # fmt: skip
    else:
        segment.slot = slot
        _move(segment, SegmentStep.SELECT, at)
    after = {"slot": slot.order, "application": application.code}
    audit.record(by=by, at=at, verb="filled_slot", thing=segment, scope=omnibus.scope, after=after)
    return segment


def _vacate(slot: Slot | None) -> None:
    """Whatever was dropped out of the slot stands there no longer; taken back, it waits for another."""
    if slot is not None:
        Segment.objects.filter(slot=slot, state__in=OUT).update(slot=None)


def _film(omnibus: Omnibus, application: Application, told: slots.Told, by: "Person", at: datetime) -> Film:
    tongue = told.language or application.language
    facts: dict[str, Any] = {
        "title": {application.language: application.title} if application.title else {},
        "original_title": application.title,
        "original_language": tongue,
        "languages": [tongue],
        "genres": [told.genre] if told.genre else [],
    }
    team = segments.of_application(application.pk)
    people = [(one.name or str(one.person), _CREDITED[one.role]) for one in team if one.role in _CREDITED]
    return begin_part(
        whole=omnibus.film, slug=f"{omnibus.film.slug[:60]}-{application.code}", facts=facts, people=people,
        language=application.language, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def free_slot(*, segment: Segment, by: "Person", at: datetime) -> Segment:
    """Take a segment out of its slot before anything was agreed. Refused: not_your_film, segment_step_not_now."""
    segment = _held(segment, by)
    slot, segment.slot = segment.slot, None
    _move(segment, SegmentStep.RELEASE, at)
    before = {"slot": slot.order if slot else None}
    audit.record(by=by, at=at, verb="freed_slot", thing=segment, scope=segment.omnibus.scope, before=before)
    return segment


@transaction.atomic
def give_slot(*, segment: Segment, slot: Slot, by: "Person", at: datetime) -> Segment:
    """Let a segment that has no slot stand in one: one of one's own, or one whose slot was freed.

    Refused: not_your_film, film_is_settled, not_of_this_film, segment_is_out, slot_is_filled, has_a_slot_already,
    not_chosen_by_board.
    """
    segment = _held(segment, by)
    stop_if(access.why_not_place(by, segment, slot))
    _vacate(slot)
    segment.slot = slot
    if segment.state == SegmentState.SUBMITTED:
        _move(segment, SegmentStep.SELECT, at)
    else:
        segment.save(update_fields=["slot"])
    audit.record(
        by=by, at=at, verb="filled_slot", thing=segment, scope=segment.omnibus.scope, after={"slot": slot.order}
    )  # fmt: skip
    return segment


@transaction.atomic
def commission(
    *, omnibus: Omnibus, kind: SegmentKind, title: str, language: str, planned: int | None, slot: Slot | None = None,
    by: "Person", at: datetime,
) -> Segment:  # fmt: skip
    """Add a segment of one's own, without a call: a transition, an opening, a novella that was commissioned.

    Refused: not_your_film, film_is_settled, slot_is_filled.
    """
    omnibus = films.omnibuses().select_for_update(of=("self",)).get(pk=omnibus.pk)
    stop_if(access.why_not_change(by, omnibus))
    stop_if(Refusal("slot_is_filled") if slot and slots.holder(slot) is not None else None)
    _vacate(slot)
    facts = {
        "title": {language: title} if title else {},
        "original_title": title,
        "original_language": language,
        "languages": [language],
    }
    slug = slug_from(f"{omnibus.film.slug} {title or kind.value}", films.slugs())
    film = begin_part(whole=omnibus.film, slug=slug, facts=facts, by=by, at=at)
    segment = Segment.objects.create(
        omnibus=omnibus, film=film, kind=kind.value, state=SegmentState.SELECTED.value, slot=slot, language=language,
        planned=planned, made_at=at, changed_at=at,
    )  # fmt: skip
    audit.record(by=by, at=at, verb="added", thing=segment, scope=omnibus.scope, after={"kind": kind.value})
    return segment


# --- One segment -----------------------------------------------------------------------------------------------------
@transaction.atomic
def describe(*, segment: Segment, values: Mapping[str, Any], seen: int, by: "Person", at: datetime) -> Segment:
    """Change what is known of a segment, its characters and the rules that it keeps.

    Refused: not_your_film, film_is_settled, making_changed_meanwhile.
    """
    segment = _held(segment, by)
    stop_if(access.why_not_change(by, segment.omnibus))
    stop_if(None if segment.version == seen else Refusal("making_changed_meanwhile"))
    before = {name: _plain(getattr(segment, name)) for name in DESCRIBED}
    for name in DESCRIBED:
        setattr(segment, name, values[name])
    segment.figures.set(values["figures"])
    segment.keeps.set(values["keeps"])
    segment.version += 1
    segment.changed_at = at
    segment.save(update_fields=[*DESCRIBED, "version", "changed_at"])
    after = {name: _plain(getattr(segment, name)) for name in DESCRIBED}
    audit.record(
        by=by, at=at, verb="changed", thing=segment, scope=segment.omnibus.scope, before=before, after=after
    )  # fmt: skip
    return segment


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


@transaction.atomic
def take(*, segment: Segment, step: SegmentStep, by: "Person", at: datetime) -> Segment:
    """Take a step that makers take by hand. Refused: not_your_film, segment_step_not_now."""
    segment = _held(segment, by)
    stop_if(None if step in BY_HAND else Refusal("segment_step_not_now", {"state": segment.state, "step": step}))
    go(segment, step, by=by, at=at)
    return segment


def go(segment: Segment, step: SegmentStep, *, by: "Person", at: datetime) -> None:
    """Take a step of a held segment in the caller's transaction; who may is asked by the caller. Refused: by its state."""
    before = segment.state
    _move(segment, step, at)
    audit.record(
        by=by, at=at, verb="took_segment_step", thing=segment, scope=segment.omnibus.scope,
        before={"state": before}, after={"state": segment.state},
    )  # fmt: skip


def _move(segment: Segment, step: SegmentStep, at: datetime) -> None:
    after = lifecycle.segment_step(SegmentState(segment.state), step)
    if isinstance(after, Refusal):
        raise Denied(after)
    segment.state, segment.changed_at = after.value, at
    segment.version += 1
    segment.save(update_fields=["state", "slot", "version", "changed_at"])


def _held(segment: Segment, by: "Person") -> Segment:
    """The segment, held, for a maker. Refused: not_your_film."""
    Omnibus.objects.select_for_update().get(pk=segment.omnibus_id)  # whoever fills a slot of the film waits
    found = segments.segments().select_for_update(of=("self",)).get(pk=segment.pk)
    stop_if(access.why_not_make(by, found.omnibus))
    return found


# --- Its cuts --------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_version(
    *, segment: Segment, length: int, link: str = "", upload: UploadedFile | None = None, note: str = "",
    by: "Person", at: datetime,
) -> Version:  # fmt: skip
    """Keep a cut of the segment; the last one says how long it is. The first moves the segment on.

    Refused: not_of_segment, segment_is_out, cut_is_locked, and by what `files.keep` refuses.
    """
    segment = segments.segments().select_for_update(of=("self",)).get(pk=segment.pk)
    stop_if(access.why_not_cut(by, segment))
    stored = (
        files.keep(upload=upload, by=by, at=at, kinds=("video",), max_bytes=settings.KINOLAB_MAX_UPLOAD)
        if upload
        else None
    )
    last = segment.versions.aggregate(last=Max("number"))["last"] or 0
    made = Version.objects.create(
        segment=segment, number=last + 1, length=length, link=link, file=stored, note=note, made_at=at, made_by=by
    )  # fmt: skip
    before, segment.length = segment.length, length
    segment.save(update_fields=["length"])
    audit.record(
        by=by, at=at, verb="added", thing=made, scope=segment.omnibus.scope,
        before={"length": before}, after={"length": length, "number": made.number},
    )  # fmt: skip
    if segment.state in {SegmentState.CONTRACTED, SegmentState.SHOOTING}:
        go(segment, SegmentStep.CUT, by=by, at=at)
    return made
