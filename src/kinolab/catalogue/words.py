"""Labels of every kind and role, and a sentence for every reason, in the reader's language when shown."""

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.catalogue.domain.identifiers import Scheme
from kinolab.catalogue.domain.namesakes import Likeness
from kinolab.catalogue.domain.works import (
    AgentKind,
    AwardResult,
    EntryState,
    Kind,
    PartKind,
    PartState,
    ReleaseKind,
    Role,
    Season,
)

Choices = list[tuple[str, Promise]]

KINDS: dict[Kind, Promise] = {
    Kind.FEATURE: pgettext_lazy("kind of film", "Feature film"),
    Kind.SHORT: pgettext_lazy("kind of film", "Short film"),
    Kind.DOCUMENTARY: pgettext_lazy("kind of film", "Documentary"),
    Kind.ANIMATION: pgettext_lazy("kind of film", "Animated film"),
    Kind.OMNIBUS: pgettext_lazy("kind of film", "Omnibus film"),
    Kind.SEGMENT: pgettext_lazy("kind of film", "Part of a film"),
}
PART_KINDS: dict[PartKind, Promise] = {
    PartKind.STORY: pgettext_lazy("kind of part", "Novella"),
    PartKind.TRANSITION: pgettext_lazy("kind of part", "Transitions"),
    PartKind.OPENING: pgettext_lazy("kind of part", "Opening"),
    PartKind.CLOSING: pgettext_lazy("kind of part", "Closing"),
    PartKind.BRIDGE: pgettext_lazy("kind of part", "Bridge"),
}
PART_STATES: dict[PartState, Promise] = {
    PartState.IN_FILM: pgettext_lazy("part", "in the film"),
    PartState.DROPPED: pgettext_lazy("part", "dropped"),
}
AGENT_KINDS: dict[AgentKind, Promise] = {
    AgentKind.PERSON: pgettext_lazy("who is credited", "person"),
    AgentKind.GROUP: pgettext_lazy("who is credited", "group"),
    AgentKind.COMPANY: pgettext_lazy("who is credited", "company"),
}
# Over one name and over several.
ROLES: dict[Role, Promise] = {
    Role.DIRECTOR: pgettext_lazy("credit", "Direction"),
    Role.WRITER: pgettext_lazy("credit", "Screenplay"),
    Role.GENERAL_PRODUCER: pgettext_lazy("credit", "General producer"),
    Role.PRODUCER: pgettext_lazy("credit", "Production"),
    Role.CINEMATOGRAPHER: pgettext_lazy("credit", "Cinematography"),
    Role.PRODUCTION_DESIGNER: pgettext_lazy("credit", "Production design"),
    Role.EDITOR: pgettext_lazy("credit", "Editing"),
    Role.SOUND: pgettext_lazy("credit", "Sound"),
    Role.COMPOSER: pgettext_lazy("credit", "Music"),
    Role.CAST: pgettext_lazy("credit", "Cast"),
    Role.COMPANY: pgettext_lazy("credit", "Production company"),
}
RELEASE_KINDS: dict[ReleaseKind, Promise] = {
    ReleaseKind.PREMIERE: pgettext_lazy("showing", "Premiere"),
    ReleaseKind.FESTIVAL: pgettext_lazy("showing", "Festival"),
    ReleaseKind.RELEASE: pgettext_lazy("showing", "In cinemas"),
}
AWARD_RESULTS: dict[AwardResult, Promise] = {
    AwardResult.WON: pgettext_lazy("award", "Award"),
    AwardResult.SPECIAL_MENTION: pgettext_lazy("award", "Special mention"),
    AwardResult.NOMINATED: pgettext_lazy("award", "Nomination"),
    AwardResult.SELECTED: pgettext_lazy("award", "In the programme"),
}
SEASONS: dict[Season, Promise] = {
    Season.SPRING: pgettext_lazy("when", "in spring"),
    Season.SUMMER: pgettext_lazy("when", "in summer"),
    Season.AUTUMN: pgettext_lazy("when", "in autumn"),
    Season.WINTER: pgettext_lazy("when", "in winter"),
}
ENTRY_STATES: dict[EntryState, Promise] = {
    EntryState.MADE: pgettext_lazy("film of a series", "shown"),
    EntryState.COMING: pgettext_lazy("film of a series", "to come"),
    EntryState.NEVER: pgettext_lazy("film of a series", "announced, never made"),
}
SCHEMES: dict[Scheme, str] = {
    Scheme.EIDR: "EIDR",
    Scheme.ISAN: "ISAN",
    Scheme.IMDB: "IMDb",
    Scheme.WIKIDATA: "Wikidata",
}
SCHEME_HINTS: dict[Scheme, str] = {
    Scheme.EIDR: "10.5240/7791-8534-2C23-9030-8610-5",
    Scheme.ISAN: "0000-0000-D07A-0090-Q",
    Scheme.IMDB: "tt0401711",
    Scheme.WIKIDATA: "Q1194187",
}
DRAFT = pgettext_lazy("film", "draft")
PUBLISHED = pgettext_lazy("film", "published")
TEXTS: dict[str, Promise] = {
    "title": pgettext_lazy("missing in a language", "title"),
    "synopsis": pgettext_lazy("missing in a language", "synopsis"),
}
# Names of what may not be known yet, as they stand in a list.
OPEN: dict[str, Promise] = {
    "synopsis": pgettext_lazy("not known of a film", "synopsis"),
    "year": pgettext_lazy("not known of a film", "year"),
    "running_time": pgettext_lazy("not known of a film", "running time"),
    "countries": pgettext_lazy("not known of a film", "countries"),
    "languages": pgettext_lazy("not known of a film", "languages"),
    "genres": pgettext_lazy("not known of a film", "genres"),
    "director": pgettext_lazy("not known of a film", "direction"),
}
GENRES: dict[str, Promise] = {
    "drama": pgettext_lazy("genre", "drama"),
    "comedy": pgettext_lazy("genre", "comedy"),
    "romantic_comedy": pgettext_lazy("genre", "romantic comedy"),
    "romance": pgettext_lazy("genre", "love story"),
    "musical": pgettext_lazy("genre", "musical"),
    "science_fiction": pgettext_lazy("genre", "science fiction"),
    "thriller": pgettext_lazy("genre", "thriller"),
    "family": pgettext_lazy("genre", "family film"),
    "historical": pgettext_lazy("genre", "historical film"),
}
LIKENESSES: dict[Likeness, Promise] = {
    Likeness.SAME: pgettext_lazy("how alike two names are", "one name"),
    Likeness.FEWER: pgettext_lazy("how alike two names are", "one name, a word left out"),
    Likeness.SLIP: pgettext_lazy("how alike two names are", "one letter apart"),
}
REASONS: dict[str, Promise] = {
    "not_your_catalogue": _("Your role does not include editing this catalogue."),
    "film_address_taken": _("Another film already has the address %(slug)s."),
    "film_untitled": _("A film is published with a title in at least one language."),
    "part_published_alone": _("A part of a film is shown on the page of its film."),
    "parts_in_a_circle": _("A film cannot be a part of itself, nor of one of its own parts."),
    "segment_elsewhere": _("This part already stands in another film: %(film)s. Take it out there first."),
    "series_in_a_circle": _("A series cannot stand within itself."),
    "other_catalogue": _("This belongs to the catalogue of another organisation."),
    "identifier_shape": _("“%(value)s” does not look like an identifier of this register."),
    "identifier_check": _("The check character of “%(value)s” is wrong. Please compare it with the source."),
    "identifier_taken": _("Another film already has the identifier “%(value)s”."),
    "film_address_public": _("The film is published, so its address stays: others may have linked to it."),
    "film_published": _("The film is published. Take it off the site before you delete it."),
    "film_stands_elsewhere": _("This film is in the list of parts of another: %(film)s. So it cannot be deleted."),
    "film_held": _("Other work rests on this film, such as its making. So it cannot be deleted."),
    "catalogue_changed_meanwhile": _(
        "Somebody else has changed the same thing meanwhile. Nothing is saved yet: below stands what you typed and what "
        "they wrote. Save again to keep yours."
    ),
    "gone_from_catalogue": _(
        "This is not there any more: somebody else has taken it out meanwhile. What you typed is below; add it again if it "
        "is to stand."
    ),
    "series_in_use": _("Another series stands within this one. Move it out first."),
    "entry_twice": _("This film already stands in the series."),
    "day_without_month": _("A day needs its month."),
    "part_of_no_month": _("A part of the month goes with a month and without a day."),
    "month_without_year": _("A month needs its year."),
    "season_and_month": _("Say either the season or the month."),
    "no_such_day": _("There is no such day in this month."),
    # People
    "agent_address_taken": _("Somebody else already has the address %(slug)s."),
    "agent_unnamed": _("A name in at least one language is needed."),
    "agent_has_credits": _(
        "Films name this person or company, so it cannot be deleted: credits and awards here: %(number)s. "
        "If a film writes the name in another way, change it in that credit; to have no page of its own, hide it."
    ),
    "agent_has_joined": _("Others were joined to this one. Take the joining back first."),
    "agent_joined": _("One of the two has already been joined to somebody. Open the one that it was joined to."),
    "agent_kinds_differ": _("A person, a group and a company cannot be one. Change the kind first if it is wrong."),
    "joined_with_itself": _("Choose another one: this is the same."),
    "joining_undone": _("This joining has been taken back already."),
    "joining_not_last": _("The one that stayed was itself joined to somebody later. Take that back first."),
    "spelling_twice": _("“%(name)s” is already among the spellings."),
    # Subtitles
    "subtitles_too_large": _("This file is too large for subtitles. The limit: %(limit)s MB."),
    "subtitles_unreadable": _("This is no text. Save the subtitles as SRT or WebVTT in UTF-8 and bring them again."),
    "subtitles_two_encodings": _(
        "Two encodings stand in one file: line %(line)s is written in another than the rest. Save the whole file as UTF-8."
    ),
    "subtitles_empty": _("There are no subtitles in this file."),
    "subtitles_line": _("Line %(line)s: a time is expected here, as in 00:01:02,500 --> 00:01:04,000."),
    "subtitles_time": _("Line %(line)s: this time cannot be read. It is written as in 00:01:02,500 --> 00:01:04,000."),
    "subtitles_backwards": _("Line %(line)s: this subtitle ends before it begins."),
    "subtitles_long_cue": _("Line %(line)s: this subtitle is too long. The limit in characters: %(limit)s."),
    "subtitles_too_many": _("There are too many subtitles in this file. The limit: %(limit)s."),
    "subtitles_language": _("“%(tag)s” is no tag of a language. Write it as in ky, ru or uz-Cyrl."),
    "subtitles_twice": _("Subtitles in this language and of this kind are there already. Remove them first."),
    "trailer_address": _("The address of a trailer begins with https://."),
    "award_of_nobody": _("Name the festival or the prize in at least one language."),
    "place_unnamed": _("Name the place in at least one language."),
    "unknown_genre": _("The catalogue does not know the genre “%(genre)s”."),
}


def trailer(address: str) -> Promise:
    """What a link to a trailer is called: it says where it leads."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    if host in {"youtube.com", "youtu.be", "m.youtube.com"}:
        return _("Trailer on YouTube")
    return _("Trailer on Vimeo") if host in {"vimeo.com", "player.vimeo.com"} else _("Trailer on another site")


def choices(words: Mapping[StrEnum, Promise]) -> Choices:
    """A table of words as the choices of a column."""
    return [(key.value, label) for key, label in words.items()]


def shown(field: object, value: object) -> str:
    """A value as its field shows it: the words of a choice, not its key."""
    table = {str(key): label for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(table.get(str(one), "" if one is None else one)) for one in values)
