"""Who may write news, and the only way for a view to get an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from kinolab.catalogue.access import why_not_show
from kinolab.catalogue.models import Film
from kinolab.foundation.files import showing
from kinolab.foundation.files.models import Picture
from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.roles import ROLES, Permission
from kinolab.labs.models import Membership, Organisation
from kinolab.news.domain import articles, lifecycle
from kinolab.news.domain.lifecycle import ArticleStep
from kinolab.news.models import Article, Illustration
from kinolab.news.queries import newsroom as queries
from kinolab.news.queries import public

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kinolab.foundation.people.models import Person

_WRITING_ROLES = frozenset(role for role, granted in ROLES.items() if Permission.EDIT_NEWS in granted)
_ARRANGING_ROLES = frozenset(role for role, granted in ROLES.items() if Permission.CONFIGURE in granted)


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


def colleagues(organisation_id: int, edition_id: int | None) -> list["Person"]:
    """Everybody who may write an article of this organisation and edition. One query."""
    roles = [role.value for role in _WRITING_ROLES]
    held = Membership.objects.filter(organisation=organisation_id, role__in=roles).select_related("person")
    found = {one.person_id: one.person for one in held if one.edition_id in {None, edition_id}}
    return sorted(found.values(), key=lambda person: (str(person), person.pk))


def why_not_write(person: "Person", organisation_id: int, edition_id: int | None) -> Refusal | None:
    """Say why the person may not write an article of this organisation (and edition)."""
    return None if newsroom_of(person).holds(organisation_id, edition_id) else Refusal("not_your_newsroom")


def why_not_arrange(person: "Person", organisation_id: int) -> Refusal | None:
    """Say why the person may not change the organisation's rubrics and how its newsroom works."""
    roles = [role.value for role in _ARRANGING_ROLES]
    held = Membership.objects.filter(person=person, organisation=organisation_id, edition=None, role__in=roles).exists()
    return None if held else Refusal("not_your_practice")


def arranged_by(person: "Person") -> list[Organisation]:
    """The organisations whose newsroom the person may set up."""
    roles = [role.value for role in _ARRANGING_ROLES]
    held = Membership.objects.filter(person=person, edition=None, role__in=roles).select_related("organisation")
    return [one.organisation for one in held.order_by("organisation")]


def why_not_edit(person: "Person", article: Article) -> Refusal | None:
    """Say why the person may not change the article."""
    return why_not_write(person, article.organisation_id, article.edition_id)


def why_not_step(person: "Person", article: Article, step: ArticleStep, at: datetime) -> Refusal | None:
    """Say why the person may not do this with the article: who first, then where it stands."""
    return why_not_edit(person, article) or lifecycle.why_not(queries.state_of(article, at), step)


def why_not_ask(person: "Person", article: Article, of: "Person | None", at: datetime) -> Refusal | None:
    """Say why the person may not ask somebody to look: it must be complete, and a colleague's."""
    refusal = why_not_step(person, article, ArticleStep.ASK, at)
    refusal = refusal or articles.why_not_publish(article.title, article.body)
    if refusal is None and of is not None and why_not_edit(of, article) is not None:
        return Refusal("not_a_colleague")
    return refusal


def why_not_approve(person: "Person", article: Article, at: datetime) -> Refusal | None:
    """Say why the person may not approve: where two are wanted, whoever wrote the original is not the second."""
    refusal = why_not_step(person, article, ArticleStep.APPROVE, at)
    if refusal is None and queries.second_eyes(article.organisation_id) and person.pk in queries.authors(article):
        return Refusal("own_article")
    return refusal


def why_not_publish(
    person: "Person", article: Article, at: datetime, step: ArticleStep = ArticleStep.PUBLISH
) -> Refusal | None:
    """Say why the person may not publish the article: who, what it lacks, who else must have read it; then others."""
    refusal = why_not_step(person, article, step, at) or articles.why_not_publish(article.title, article.body)
    if refusal is not None:
        return refusal
    wanted = queries.second_eyes(article.organisation_id)
    refusal = lifecycle.why_not_go_out(queries.state_of(article, at), second_eyes=wanted)
    return refusal or _why_not_pictures(article) or why_not_tell(article.films.all(), article.organisation_id)


def why_not_tell(films: Iterable[Film], organisation_id: int) -> Refusal | None:
    """Say why the organisation may tell nothing of one of these films just now: a later room may want it to wait.

    Why, is told to those whose film it is alone; others learn that it waits.
    """
    for film in films:
        if (refusal := why_not_show(film)) is not None:
            return refusal if film.organisation_id == organisation_id else Refusal("film_waits", {"film": str(film)})
    return None


def _why_not_pictures(article: Article) -> Refusal | None:
    """Every picture that it shows says what it shows, in each language of the article."""
    tags = queries.public_languages(article)
    refusals = (showing.why_not_public(one, tags) for one in queries.shown_pictures(article).values())
    return next((one for one in refusals if one is not None), None)


def why_not_delete(person: "Person", article: Article) -> Refusal | None:
    """Say why the person may not delete the article."""
    return why_not_edit(person, article) or (Refusal("article_published") if article.published_at else None)


def get_article(person: "Person", slug: str) -> Article:
    """The article to edit. 404 for those who may not know of it, 403 for colleagues without the permission."""
    found = public.articles().filter(slug=slug).first()
    if found is None:
        raise Http404
    refusal = why_not_edit(person, found)
    if refusal is None:
        return found
    if _works_in(person, [found.organisation_id]):
        raise PermissionDenied(refusal)
    raise Http404


def get_organisation(person: "Person", slug: str) -> Organisation:
    """The organisation whose newsroom is to be set up; 404 for strangers, 403 for colleagues without the permission."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None or not _works_in(person, [found.pk]):
        raise Http404
    if (refusal := why_not_arrange(person, found.pk)) is not None:
        raise PermissionDenied(refusal)
    return found


def get_published(slug: str, at: datetime, kind: str = "article") -> Article:
    """The article as anybody may read it, an archived one too; 404 while it is a draft."""
    found = public.reachable(at).filter(slug=slug, kind=kind).first()
    if found is None:
        raise Http404
    return found


def audience(picture: Picture, person: "Person | AnonymousUser", at: datetime) -> showing.Audience | None:
    """Who sees a picture of an article: everybody once the article is public, before that whoever writes it."""
    found = Article.objects.filter(illustrations__picture=picture)
    if found.filter(published_at__lte=at).exists():
        return showing.Audience.EVERYBODY
    if not person.is_authenticated:
        return None
    edits = any(why_not_edit(person, article) is None for article in found)
    return showing.Audience.ASKER if edits else None


def get_illustration(person: "Person", slug: str, number: int) -> Illustration:
    """A picture of an article to edit."""
    article = get_article(person, slug)
    found = article.illustrations.select_related("article", "picture__file").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _works_in(person: "Person", organisations: Iterable[int]) -> bool:
    return Membership.objects.filter(person=person, organisation__in=organisations).exists()
