"""Labels of every state and kind, and a sentence for every reason, in the reader's language when shown."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.production.domain.assembly import Fit, Oddity
from kinolab.production.domain.balance import Balance
from kinolab.production.domain.cutting import Notice, Way
from kinolab.production.domain.handover import Stands, Usual
from kinolab.production.domain.lifecycle import FilmState, FilmStep, SegmentState, SegmentStep
from kinolab.production.domain.terms import CutReason, CutRight, DemandKind, Music, SegmentKind, Standalone

Choices = list[tuple[str, Promise]]

FILM_STATES: dict[FilmState, Promise] = {
    FilmState.CONCEPT: pgettext_lazy("film in the making", "Rules of the film"),
    FilmState.CALL: pgettext_lazy("film in the making", "Script call"),
    FilmState.SCRIPT_SELECTION: pgettext_lazy("film in the making", "Choice of scripts"),
    FilmState.PRODUCTION: pgettext_lazy("film in the making", "Shoot"),
    FilmState.ASSEMBLY: pgettext_lazy("film in the making", "Assembly"),
    FilmState.LOCKED: pgettext_lazy("film in the making", "Locked"),
    FilmState.DELIVERED: pgettext_lazy("film in the making", "Handed over"),
    FilmState.RELEASED: pgettext_lazy("film in the making", "Before its audience"),
}
FILM_STEPS: dict[FilmStep, Promise] = {
    FilmStep.OPEN_CALL: pgettext_lazy("step of a film", "The script call begins"),
    FilmStep.CHOOSE: pgettext_lazy("step of a film", "Scripts are chosen now"),
    FilmStep.PRODUCE: pgettext_lazy("step of a film", "The shoot begins"),
    FilmStep.ASSEMBLE: pgettext_lazy("step of a film", "The assembly begins"),
    FilmStep.LOCK: pgettext_lazy("step of a film", "Lock the film"),
    FilmStep.DELIVER: pgettext_lazy("step of a film", "Everything is handed over"),
    FilmStep.RELEASE: pgettext_lazy("step of a film", "The film is shown"),
    FilmStep.BACK: pgettext_lazy("step of a film", "One step back"),
}
SEGMENT_STATES: dict[SegmentState, Promise] = {
    SegmentState.SUBMITTED: pgettext_lazy("segment", "without a slot"),
    SegmentState.SELECTED: pgettext_lazy("segment", "chosen"),
    SegmentState.CONTRACTED: pgettext_lazy("segment", "agreed"),
    SegmentState.SHOOTING: pgettext_lazy("segment", "being shot"),
    SegmentState.ROUGH: pgettext_lazy("segment", "first cut"),
    SegmentState.LOCKED: pgettext_lazy("segment", "locked"),
    SegmentState.IN_FILM: pgettext_lazy("segment", "in the film"),
    SegmentState.DROPPED: pgettext_lazy("segment", "dropped"),
    SegmentState.STANDALONE_ONLY: pgettext_lazy("segment", "shown by itself alone"),
}
SEGMENT_STEPS: dict[SegmentStep, Promise] = {
    SegmentStep.SELECT: pgettext_lazy("step of a segment", "Give it a slot"),
    SegmentStep.RELEASE: pgettext_lazy("step of a segment", "Free its slot"),
    SegmentStep.CONTRACT: pgettext_lazy("step of a segment", "Everything is agreed"),
    SegmentStep.SHOOT: pgettext_lazy("step of a segment", "The shoot begins"),
    SegmentStep.CUT: pgettext_lazy("step of a segment", "A first cut is there"),
    SegmentStep.LOCK: pgettext_lazy("step of a segment", "Lock the cut"),
    SegmentStep.UNLOCK: pgettext_lazy("step of a segment", "Open the cut again"),
    SegmentStep.JOIN: pgettext_lazy("step of a segment", "Put it into the film"),
    SegmentStep.PART: pgettext_lazy("step of a segment", "Take it out of the locked film"),
    SegmentStep.DROP: pgettext_lazy("step of a segment", "Drop it"),
    SegmentStep.LET_GO: pgettext_lazy("step of a segment", "Let it be shown by itself"),
}
SEGMENT_KINDS: dict[SegmentKind, Promise] = {
    SegmentKind.STORY: pgettext_lazy("kind of segment", "Novella"),
    SegmentKind.TRANSITION: pgettext_lazy("kind of segment", "Transition"),
    SegmentKind.OPENING: pgettext_lazy("kind of segment", "Opening"),
    SegmentKind.CLOSING: pgettext_lazy("kind of segment", "Closing"),
    SegmentKind.BRIDGE: pgettext_lazy("kind of segment", "Bridge"),
}
DEMAND_KINDS: dict[DemandKind, Promise] = {
    DemandKind.MUST: pgettext_lazy("rule of the film", "must"),
    DemandKind.MUST_NOT: pgettext_lazy("rule of the film", "must not"),
}
STANDALONES: dict[Standalone, Promise] = {
    Standalone.NEVER: pgettext_lazy("shown by itself", "Never"),
    Standalone.AFTER_RELEASE: pgettext_lazy("shown by itself", "After the film has been shown"),
    Standalone.WITH_CONSENT: pgettext_lazy("shown by itself", "With the makers’ consent"),
    Standalone.FREE: pgettext_lazy("shown by itself", "Always"),
}
CUT_RIGHTS: dict[CutRight, Promise] = {
    CutRight.NONE: pgettext_lazy("right to cut", "Not at all"),
    CutRight.WITH_NOTICE: pgettext_lazy("right to cut", "The team is told first"),
    CutRight.WITH_CONSENT: pgettext_lazy("right to cut", "With the team’s consent alone"),
}
MUSICS: dict[Music, Promise] = {
    Music.BOUGHT_OUT: pgettext_lazy("music", "Bought out"),
    Music.BY_TEAM: pgettext_lazy("music", "Cleared by the team"),
    Music.BY_PRODUCTION: pgettext_lazy("music", "Cleared by the makers of the film"),
}
CUT_REASONS: dict[CutReason, Promise] = {
    CutReason.INTEGRATION: pgettext_lazy("why it is dropped", "It does not fit with the others"),
    CutReason.LENGTH: pgettext_lazy("why it is dropped", "The film would be too long"),
    CutReason.RIGHTS: pgettext_lazy("why it is dropped", "Rights could not be cleared"),
    CutReason.QUALITY: pgettext_lazy("why it is dropped", "Picture or sound do not hold"),
    CutReason.LEGAL: pgettext_lazy("why it is dropped", "The law forbids it"),
    CutReason.POLITICAL: pgettext_lazy("why it is dropped", "For political reasons"),
    CutReason.DIRECTOR_WITHDREW: pgettext_lazy("why it is dropped", "The director withdrew it"),
}
# What a step of the film leads to, said under it.
FILM_STEP_SAYS: dict[FilmStep, Promise] = {
    FilmStep.OPEN_CALL: _("Concept, lengths and the script call are ready; writers may send their scripts."),
    FilmStep.CHOOSE: _("The call has closed. Slots are filled from the applications that the selection board chose."),
    FilmStep.PRODUCE: _("The segments are chosen. Agreements are signed and days of the shoot are planned."),
    FilmStep.ASSEMBLE: _("First cuts are there. They are put in an order, with transitions between them."),
    FilmStep.LOCK: _("Order and lengths stay as they are; the parts of the film become public with it."),
    FilmStep.DELIVER: _("Everything on the list was handed over and accepted."),
    FilmStep.RELEASE: _("The film has met its audience. From here there is no step back."),
    FilmStep.BACK: _("Something has to be changed that belongs to the stage before."),
}
WAYS: dict[Way, Promise] = {
    Way.CALL: pgettext_lazy("told by hand", "By telephone"),
    Way.MEETING: pgettext_lazy("told by hand", "Face to face"),
    Way.MESSAGE: pgettext_lazy("told by hand", "By message"),
    Way.POST: pgettext_lazy("told by hand", "By post"),
}
NOTICES: dict[Notice, Promise] = {
    Notice.NOBODY: pgettext_lazy("notice of a cut", "nobody to tell is known"),
    Notice.UNSENT: pgettext_lazy("notice of a cut", "not sent yet"),
    Notice.ON_ITS_WAY: pgettext_lazy("notice of a cut", "letters on their way"),
    Notice.BY_HAND: pgettext_lazy("notice of a cut", "somebody must be told by hand"),
    Notice.SENT: pgettext_lazy("notice of a cut", "everybody was told"),
}
TOLD_ROLES: dict[str, Promise] = {
    "director": pgettext_lazy("who is told of a cut", "Director"),
    "producer": pgettext_lazy("who is told of a cut", "Producer"),
    "general_producer": pgettext_lazy("who is told of a cut", "General producer"),
}
FITS: dict[Fit, Promise] = {
    Fit.NO_AIM: _("No length is aimed at; the rules of the film may say one."),
    Fit.FITS: _("The film is as long as it should be."),
    Fit.SHORT: _("The film is shorter than it should be."),
    Fit.LONG: _("The film is longer than it should be."),
    Fit.UNKNOWN: _("How long the film is cannot be said: lengths are missing."),
}
ODDITIES: dict[Oddity, Promise] = {
    Oddity.OPENING_NOT_FIRST: _("An opening usually stands first."),
    Oddity.CLOSING_NOT_LAST: _("A closing usually stands last."),
    Oddity.JOINS_NOTHING: _("It lies at the edge and joins nothing."),
    Oddity.JOINS_TWICE: _("Two transitions follow each other."),
}
DELIVERABLE_STATES: dict[Stands, Promise] = {
    Stands.OWED: pgettext_lazy("deliverable", "owed"),
    Stands.RETURNED: pgettext_lazy("deliverable", "sent back"),
    Stands.HANDED: pgettext_lazy("deliverable", "handed over"),
    Stands.ACCEPTED: pgettext_lazy("deliverable", "accepted"),
}
USUAL: dict[Usual, Promise] = {
    Usual.DCP: pgettext_lazy("deliverable", "DCP"),
    Usual.MASTER: pgettext_lazy("deliverable", "Master of picture"),
    Usual.SOUND: pgettext_lazy("deliverable", "Sound: mix and stems"),
    Usual.SUBTITLES: pgettext_lazy("deliverable", "Subtitles"),
    Usual.DIALOGUE: pgettext_lazy("deliverable", "Dialogue list"),
    Usual.MUSIC: pgettext_lazy("deliverable", "Music cue sheet"),
    Usual.STILLS: pgettext_lazy("deliverable", "Stills"),
    Usual.POSTER: pgettext_lazy("deliverable", "Poster"),
    Usual.RIGHTS: pgettext_lazy("deliverable", "Papers of rights"),
}
USUAL_SAYS: dict[Usual, Promise] = {
    Usual.DCP: _("Unencrypted, 24 frames a second, 5.1 sound, checked in a cinema."),
    Usual.MASTER: _("ProRes 422 HQ or better, without subtitles in the picture."),
    Usual.SOUND: _("5.1 and stereo mix, music and effects apart from dialogue."),
    Usual.SUBTITLES: _("SRT or WebVTT, a file for each language."),
    Usual.DIALOGUE: _("Every line with its time code, in the language of the film and in English."),
    Usual.MUSIC: _("Title, author, performer, publisher and length of each piece."),
    Usual.STILLS: _("At least six for each segment, 300 dpi, with the names of those on them."),
    Usual.POSTER: _("As a layered file and as PDF, in each language."),
    Usual.RIGHTS: _("Agreements with the teams, for the music, for archive and trademarks."),
}
SEGMENT_SECTION = pgettext_lazy("section of a form", "Your novella")
SEGMENT_QUESTIONS: dict[str, Promise] = {
    "title": pgettext_lazy("question of a form", "Title"),
    "segment_borough": pgettext_lazy("question of a form", "Where in the city it takes place"),
    "segment_genre": pgettext_lazy("question of a form", "Genre"),
    "segment_language": pgettext_lazy("question of a form", "Language of the novella"),
    "segment_length": pgettext_lazy("question of a form", "Planned length, minutes"),
    "segment_rules": pgettext_lazy("question of a form", "How it keeps the rules of the film"),
}
BALANCE: dict[Balance, Promise] = {
    Balance.KEPT: pgettext_lazy("slots", "as wanted"),
    Balance.SHORT: pgettext_lazy("slots", "fewer than wanted"),
    Balance.OVER: pgettext_lazy("slots", "more than wanted"),
}
DIMENSIONS: dict[str, Promise] = {
    "borough": pgettext_lazy("slots", "Boroughs"),
    "genre": pgettext_lazy("slots", "Genres"),
    "language": pgettext_lazy("slots", "Languages"),
}
MISFITS: dict[str, Promise] = {
    "borough": pgettext_lazy("slot", "another borough"),
    "genre": pgettext_lazy("slot", "another genre"),
    "language": pgettext_lazy("slot", "another language"),
}
ROWS: dict[str, Promise] = {
    "demands": pgettext_lazy("row of a film", "Rule of the film"),
    "figures": pgettext_lazy("row of a film", "Character through several segments"),
    "boroughs": pgettext_lazy("row of a film", "Borough on the map"),
    "slots": pgettext_lazy("row of a film", "Slot to be filled"),
}
TEXTS: dict[str, Promise] = {
    "demands.text": pgettext_lazy("row of a film", "The rule in words"),
    "figures.name": pgettext_lazy("row of a film", "Name"),
    "figures.about": pgettext_lazy("row of a film", "Who it is"),
    "boroughs.name": pgettext_lazy("row of a film", "Name"),
}
AGREEMENTS: dict[str, Promise] = {
    "none": pgettext_lazy("agreement", "nothing written"),
    "draft": pgettext_lazy("agreement", "not sent"),
    "sent": pgettext_lazy("agreement", "waits for the team"),
    "asked": pgettext_lazy("agreement", "a change is asked for"),
    "signed": pgettext_lazy("agreement", "confirmed"),
}
REASONS: dict[str, Promise] = {
    "lock_has_a_page": _("The film is locked and opened on a page of its own."),
    "film_is_locked": _("The film is locked. Open it again first."),
    "assembly_changed": _(
        "Somebody changed the order meanwhile. This is how it stands now; nothing of yours was changed. Make your move again if "
        "it is still right."
    ),
    "not_in_assembly": _("This segment has no place in the film."),
    "place_unreadable": _("A place is a whole number."),
    "assembly_empty": _("No segment has a place yet."),
    "cut_untold": _("It was dropped, and its people have not all been told."),
    "segment_undecided": _("It has no place in the film and is not dropped either."),
    "length_unknown": _("Nobody has said how long it is."),
    "picture_open": _("Its cut is not locked."),
    "agreement_unsigned": _("Its agreement is not signed."),
    "director_missing": _("Its credits name no director."),
    "lock_lacks": _("The film cannot be locked yet. Still missing: %(count)s."),
    "cut_without_proposer": _("Say who proposed it."),
    "cut_without_decider": _("Say who decided it."),
    "cut_without_reason": _("Choose a reason."),
    "cut_without_date": _("Say when it was decided."),
    "cut_in_future": _("The date of the decision is still to come."),
    "cut_without_wording": _("Say how the credits name it."),
    "cut_without_rights": _("Say whether the rights go back to the team."),
    "rights_kept_unexplained": _("Rights that do not go back need a note: why, and until when."),
    "notice_written_already": _("The letters have been sent. Their text stays as it was."),
    "cut_not_in_force": _("This cut was taken back."),
    "why_is_missing": _("Say why."),
    "told_already": _("They have been told already: %(name)s."),
    "told_in_future": _("The day on which they were told is still to come."),
    "list_begun": _("The list is begun already."),
    "deliverable_accepted": _("It is accepted and stays as it is."),
    "deliverable_gone": _("It does not stand on the list any more."),
    "deliverable_has_file": _("There is a file already. Remove it first."),
    "nothing_to_hand_over": _("There is nothing to hand over yet: send a file or name a link."),
    "not_handed_over": _("It has not been handed over."),
    "not_your_film": _("Your role does not include making this film."),
    "no_omnibus": _("Only an omnibus film can be made of several films."),
    "film_made_already": _("This film is in the making already."),
    "film_step_not_now": _("This step cannot be taken from where the film stands now. Load the page again."),
    "film_without_concept": _("The concept of the film is not written yet."),
    "film_without_window": _("The shortest and the longest part are not said yet."),
    "film_without_call": _("The film has no script call yet."),
    "script_call_not_closed": _("The script call has not closed yet."),
    "film_without_segments": _("No segment is chosen yet."),
    "film_without_cuts": _("No segment has a cut yet."),
    "segments_not_locked": _("Segments whose cut is not locked: %(count)s."),
    "segments_without_place": _("Segments without a place in the assembly: %(count)s."),
    "notices_not_sent": _("Dropped segments whose team has not been told yet: %(count)s."),
    "deliverables_unlisted": _("It is not written yet what must be handed over."),
    "deliverables_owed": _("Not handed over or not accepted yet: %(count)s."),
    "film_not_public": _("The film is not published in the catalogue yet."),
    "making_changed_meanwhile": _("Somebody changed this meanwhile. Look at the page again, then change it."),
    "film_is_settled": _("The film is locked. Open it again before you change its rules."),
    "window_turned": _("The longest part is shorter than the shortest."),
    "square_taken": _("%(name)s lies on this square already."),
    "slot_is_filled": _("A segment stands in this slot. Free it first."),
    "call_of_another": _("This call belongs to another organisation."),
    "call_of_another_film": _("This call is the script call of another film."),
    "call_in_use": _("Segments were chosen from the script call, so it stays."),
    "segments_asked_already": _("The form of the script call asks for a segment already."),
    "too_short_for_film": _("Shorter than a part of the film may be. By how many seconds: %(seconds)s."),
    "too_long_for_film": _("Longer than a part of the film may be. By how many seconds: %(seconds)s."),
    "not_of_script_call": _("This application does not stand in the script call of the film."),
    "not_chosen_by_board": _("The selection board has not chosen this application."),
    "has_a_slot_already": _("This application stands in a slot already."),
    "not_of_segment": _("You are not in the team of this segment."),
    "segment_is_out": _("This segment is not in the film."),
    "cut_is_locked": _("The cut is locked. Open it again before you add another."),
    "nothing_to_send": _("There is no version of the agreement that waits to be sent."),
    "agreement_sent_already": _("This version of the agreement was sent already."),
    "segment_without_team": _("This segment has no team here. Note a signed paper instead."),
    "results_not_told": _("The results of the script call are not announced yet, so the team knows nothing of it."),
    "does_not_sign": _("Whoever leads the team, or may send its application, answers for it."),
    "agreement_not_sent": _("The makers of the film have not sent an agreement yet."),
    "agreement_signed_already": _("This agreement was confirmed already."),
    "agreement_changed": _("There is another version of the agreement by now. Read it first."),
    "answer_is_empty": _("Say what should be changed."),
    "unit_there_already": _("There is a crew of this name already."),
    "unit_has_days": _("This crew has days of the shoot. Give them back first."),
    "not_of_this_film": _("This belongs to another film."),
    "day_taken": _("%(unit)s is taken on this day: %(segment)s. Day: %(on)s."),
    "day_unlikely": _("Please look at the year of the day: %(year)s."),
    "day_gone": _("This day is not planned any more."),
    "length_unreadable": _("“%(text)s” is no length. Write minutes and seconds, such as 7:30."),
    "segment_step_not_now": _("This step cannot be taken from where the segment stands now. Load the page again."),
}


def choices(words: Mapping[StrEnum, Promise]) -> Choices:
    """A table of words as the choices of a column."""
    return [(key.value, label) for key, label in words.items()]


def film_states() -> Choices:
    """Choices of `Omnibus.state`."""
    return choices(FILM_STATES)


def segment_states() -> Choices:
    """Choices of `Segment.state`."""
    return choices(SEGMENT_STATES)


def segment_kinds() -> Choices:
    """Choices of `Segment.kind`."""
    return choices(SEGMENT_KINDS)


def demand_kinds() -> Choices:
    """Choices of `Demand.kind`."""
    return choices(DEMAND_KINDS)


def standalones() -> Choices:
    """Choices of `Agreement.standalone`."""
    return choices(STANDALONES)


def cut_rights() -> Choices:
    """Choices of `Agreement.cut_right`."""
    return choices(CUT_RIGHTS)


def musics() -> Choices:
    """Choices of `Agreement.music`."""
    return choices(MUSICS)


def cut_reasons() -> Choices:
    """Choices of `Cut.reason`."""
    return choices(CUT_REASONS)


def ways() -> Choices:
    """Choices of `Notice.way`."""
    return choices(WAYS)


# What a notice says around its facts, unless its makers have said it in their words.
NOTICE_FIRST = _("We write to you before anybody else learns of it.")
NOTICE_OUT = _("It was decided that your segment is not part of the film.")
NOTICE_ALONE = _("It was decided that your segment is not part of the film. It can be shown by itself.")
NOTICE_CLOSING = _("Your segment stays in the record of the film with its credits. Thank you for your work.")
