"""Who may edit a catalogue, and the only way for a view to get a film."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from kinolab.catalogue.domain.works import Kind, PartState
from kinolab.catalogue.events import FilmPublishing
from kinolab.catalogue.models import Agent, Alias, Film, Joining, Series, Still, Subtitles
from kinolab.catalogue.queries import people, public
from kinolab.foundation import events
from kinolab.foundation.files.models import Picture
from kinolab.foundation.files.showing import Audience
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import ROLES, Permission
from kinolab.labs.models import Membership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kinolab.foundation.people.models import Person

Makes = Callable[["Person", int], bool]
_makers: list[Makes] = []
_EDITING_ROLES = [role.value for role, granted in ROLES.items() if Permission.EDIT_CATALOGUE in granted]


def register_makers(makes: Makes) -> None:
    """Let a later room say who makes a film (by its key): they begin its parts. Called once, from its `ready`."""
    if makes not in _makers:
        _makers.append(makes)


def why_not_make_part(person: "Person", whole: Film) -> Refusal | None:
    """Say why the person may not begin a part of the film: whoever edits the catalogue may, and whoever makes the film."""
    made = any(makes(person, whole.pk) for makes in _makers)
    return None if made else why_not_edit(person, whole.organisation_id)


def why_not_edit(person: "Person", organisation_id: int) -> Refusal | None:
    """Say why the person may not edit the catalogue of the organisation: it belongs to the whole, not to an edition."""
    held = Membership.objects.filter(
        person=person, organisation=organisation_id, edition=None, role__in=_EDITING_ROLES
    ).exists()
    return None if held else Refusal("not_your_catalogue")


def why_not_join(film: Film, other: Film | Agent | Series) -> Refusal | None:
    """Say why these two may not be connected: each organisation answers for its own catalogue."""
    if film.organisation_id != other.organisation_id:
        return Refusal("other_catalogue")
    joined = isinstance(other, Agent) and other.joined_to_id is not None
    return Refusal("agent_joined") if joined else None


def why_not_publish(film: Film) -> Refusal | None:
    """Say why the film may not be public."""
    if film.kind == Kind.SEGMENT:
        return Refusal("part_published_alone")
    return None if film.title else Refusal("film_untitled")


def why_not_show(film: Film) -> Refusal | None:
    """Say why the film, a change of its parts or something about it has to wait: what a later room answers."""
    try:
        events.publish(FilmPublishing(film.pk))
    except Denied as denied:
        return denied.refusal
    return None


def catalogues_of(person: "Person") -> frozenset[int]:
    """The organisations whose catalogues the person edits (primary keys). One statement."""
    held = Membership.objects.filter(person=person, edition=None, role__in=_EDITING_ROLES)
    return frozenset(held.values_list("organisation", flat=True))


def get_catalogues(person: "Person") -> frozenset[int]:
    """The catalogues the person edits; 404 for those who work nowhere, 403 for those whose roles do not include it."""
    found = catalogues_of(person)
    if not found and Membership.objects.filter(person=person).exists():
        raise PermissionDenied(Refusal("not_your_catalogue"))
    if not found:
        raise Http404
    return found


def get_film(person: "Person", slug: str) -> Film:
    """The film to edit. 404 for those who may not know of it, 403 for colleagues without the permission."""
    found = public.films().filter(slug=slug).first()
    if found is None:
        raise Http404
    _stop_unless_editing(person, found.organisation_id)
    return found


def get_series(person: "Person", number: int) -> Series:
    """The series to edit, as above."""
    found = Series.objects.select_related("organisation").filter(pk=number).first()
    if found is None:
        raise Http404
    _stop_unless_editing(person, found.organisation_id)
    return found


def get_agent(person: "Person", slug: str) -> Agent:
    """Whoever is to be edited, as above; one who was joined to another leads to that one's page."""
    found = Agent.objects.select_related("organisation", "joined_to").filter(slug=slug).first()
    if found is None:
        raise Http404
    _stop_unless_editing(person, found.organisation_id)
    return found


def get_spelling(agent: Agent, number: int) -> Alias:
    """A spelling of this agent, or 404."""
    found = agent.aliases.select_related("agent").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def get_joining(person: "Person", number: int) -> Joining:
    """Two that were joined, to be parted; 404 and 403 as for a film."""
    found = Joining.objects.select_related("kept", "lost").filter(pk=number).first()
    if found is None:
        raise Http404
    _stop_unless_editing(person, found.kept.organisation_id)
    return found


def get_shown_agent(person: "Person | AnonymousUser", slug: str, at: datetime) -> tuple[people.PersonPage, bool]:
    """The page of whoever is at the address now, and whether this person edits it.

    404 for visitors where it is hidden, or where nothing published names them.
    """
    found = people.at_address(slug)
    if found is None:
        raise Http404
    page = people.person_page(found, at)
    edits = person.is_authenticated and why_not_edit(person, found.organisation_id) is None
    if edits or (found.shown and page.films):
        return page, edits
    raise Http404


def picture_audience(picture: Picture, person: "Person | AnonymousUser", at: datetime) -> Audience | None:
    """Who may see a picture of the catalogue: everybody once it is shown and its film is, else whoever edits the film."""
    still = Still.objects.select_related("film").filter(picture=picture).first()
    if still is None:
        return None
    if still.shown and public.is_shown(still.film, at):
        return Audience.EVERYBODY
    edits = person.is_authenticated and why_not_edit(person, still.film.organisation_id) is None
    return Audience.ASKER if edits else None


def get_still(film: Film, number: int) -> Still:
    """A picture of this film, or 404."""
    found = Still.objects.select_related("film", "picture__file").filter(film=film, pk=number).first()
    if found is None:
        raise Http404
    return found


def get_subtitles(film: Film, number: int, *, shown: bool) -> Subtitles:
    """Subtitles of this film, or 404; with `shown` those alone that visitors may have."""
    found = Subtitles.objects.select_related("film").filter(film=film, pk=number).first()
    if found is None or (shown and not found.shown):
        raise Http404
    return found


def get_readable_subtitles(film: Film, number: int, *, edits: bool) -> Subtitles:
    """Subtitles of this film or of a part that stands in it, or 404; for whoever `edits`, hidden ones too."""
    of_parts = Q(film__standings__whole=film, film__standings__state=PartState.IN_FILM)
    found = Subtitles.objects.select_related("film").filter(Q(film=film) | of_parts, pk=number).first()
    if found is None or not (edits or found.shown):
        raise Http404
    return found


def get_shown_series(slug: str) -> Series:
    """A series as anybody may read it, or 404."""
    found = Series.objects.select_related("organisation", "within").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _stop_unless_editing(person: "Person", organisation_id: int) -> None:
    refusal = why_not_edit(person, organisation_id)
    if refusal is None:
        return
    if Membership.objects.filter(person=person, organisation=organisation_id).exists():
        raise PermissionDenied(refusal)
    raise Http404


def get_shown(person: "Person | AnonymousUser", slug: str, at: datetime) -> tuple[Film, bool]:
    """The film as this person may see it, and whether they edit it; 404 for a draft of others, and for a part."""
    film = public.films().filter(slug=slug).exclude(kind=Kind.SEGMENT).first()
    if film is None:
        raise Http404
    edits = person.is_authenticated and why_not_edit(person, film.organisation_id) is None
    if edits or (film.published_at is not None and film.published_at <= at):
        return film, edits
    raise Http404
