"""Films of several films in the making, and who makes them. Minimal, silent, plain."""

from typing import Any

from kinolab.applications.models import Application
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership, Organisation
from kinolab.production.models import Omnibus, Segment
from tests.factories import films, labs
from tests.factories.rows import kept

NOW = labs.NOW


def omnibus(
    slug: str = "city", *, edition: Edition | None = None, of: Organisation | None = None, **fields: Any
) -> Omnibus:
    """A film in the making; with a script call it belongs to who runs that."""
    of = of or (edition.programme.organisation if edition else labs.organisation())
    film = films.film(slug, of, published_at=None)
    return kept(Omnibus(film=film, edition=edition, made_at=NOW, changed_at=NOW, **fields))


def segment(omnibus: Omnibus, title: str = "Well", *, application: Application | None = None, **fields: Any) -> Segment:
    """A segment with its film in the catalogue."""
    number = omnibus.segments.count() + 1
    film = films.film(
        f"{omnibus.film.slug}-{number}",
        omnibus.film.organisation,
        kind="segment",
        title={"en": title},
        published_at=None,
    )
    return kept(Segment(omnibus=omnibus, film=film, application=application, made_at=NOW, changed_at=NOW, **fields))


def maker(
    name: str = "Aigul", role: Role = Role.OWNER, *, of: Edition | None = None, organisation: Organisation | None = None
) -> Person:
    """Somebody who makes films: in the whole organisation, or in an edition."""
    who = labs.person(name)
    held = {"person": who, "role": role, "edition": of}
    if not Membership.objects.filter(**held | ({"organisation": organisation} if organisation else {})).exists():
        labs.membership(who, role, of=of, organisation=organisation)
    return who


def piece(omnibus: Omnibus, title: str, place: int, *, length: int | None = 540, **fields: Any) -> Segment:
    """A segment in its place, locked and credited; what it lacks is said in `fields`."""
    fields.setdefault("state", "locked")
    director = fields.pop("director", f"Director of {title}")
    made = segment(omnibus, title, position=place, length=length, **fields)
    if director:
        films.credit(made.film, director)
    return made


def agreed(segment: Segment) -> Segment:
    """The same with a signed agreement."""
    segment.agreements.create(version=1, language="en", made_at=NOW, sent_at=NOW, signed_at=NOW)
    return segment
