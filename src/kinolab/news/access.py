"""Who may write news, and the only way for a view to get an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.roles import ROLES, Permission
from kinolab.labs.models import Membership
from kinolab.news import queries
from kinolab.news.domain import articles
from kinolab.news.models import Article

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person

_WRITING_ROLES = frozenset(role for role, granted in ROLES.items() if Permission.EDIT_NEWS in granted)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Where a person may write: whole organisations, and single editions of others (primary keys)."""

    organisations: frozenset[int]
    editions: frozenset[int]

    def holds(self, organisation_id: int, edition_id: int | None) -> bool:
        """Whether an article of this organisation and edition may be written from here."""
        return organisation_id in self.organisations or edition_id in self.editions

    def __bool__(self) -> bool:
        return bool(self.organisations or self.editions)


def newsroom_of(person: "Person") -> Newsroom:
    """Where the person may write. One query."""
    held = list(Membership.objects.filter(person=person, role__in=[role.value for role in _WRITING_ROLES]))
    return Newsroom(
        frozenset(one.organisation_id for one in held if one.edition_id is None),
        frozenset(one.edition_id for one in held if one.edition_id is not None),
    )


def get_newsroom(person: "Person") -> Newsroom:
    """Where the person may write; 404 for those who work nowhere, 403 for those whose roles do not include it."""
    newsroom = newsroom_of(person)
    if newsroom:
        return newsroom
    if Membership.objects.filter(person=person).exists():
        raise PermissionDenied(Refusal("not_your_newsroom"))
    raise Http404


def why_not_write(person: "Person", organisation_id: int, edition_id: int | None) -> Refusal | None:
    """Say why the person may not write an article of this organisation (and edition)."""
    return None if newsroom_of(person).holds(organisation_id, edition_id) else Refusal("not_your_newsroom")


def why_not_edit(person: "Person", article: Article) -> Refusal | None:
    """Say why the person may not change the article."""
    return why_not_write(person, article.organisation_id, article.edition_id)


def why_not_publish(person: "Person", article: Article) -> Refusal | None:
    """Say why the person may not publish the article: who first, then what it lacks."""
    return why_not_edit(person, article) or articles.why_not_publish(article.title, article.body)


def why_not_delete(person: "Person", article: Article) -> Refusal | None:
    """Say why the person may not delete the article."""
    return why_not_edit(person, article) or (Refusal("article_published") if article.published_at else None)


def get_article(person: "Person", slug: str) -> Article:
    """The article to edit. 404 for those who may not know of it, 403 for colleagues without the permission."""
    found = queries.articles().filter(slug=slug).first()
    if found is None:
        raise Http404
    refusal = why_not_edit(person, found)
    if refusal is None:
        return found
    if _works_in(person, [found.organisation_id]):
        raise PermissionDenied(refusal)
    raise Http404


def get_published(slug: str, at: datetime) -> Article:
    """The article as anybody may read it; 404 while it is a draft."""
    found = queries.published(at).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _works_in(person: "Person", organisations: Iterable[int]) -> bool:
    return Membership.objects.filter(person=person, organisation__in=organisations).exists()
