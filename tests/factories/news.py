"""Articles, and the little world they need: an organisation, an edition, somebody who writes."""

from datetime import UTC, datetime
from typing import Any

from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership, Organisation, Programme
from kinolab.news.models import Article
from tests.factories.rows import BY_LINK_ONLY, kept

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)


def organisation(slug: str = "tunduk", **fields: Any) -> Organisation:
    return kept(Organisation(slug=slug, name={"en": slug.title()}, **fields))


def edition(of: Organisation | None = None, slug: str = "2026", **fields: Any) -> Edition:
    of = of or organisation()
    programme, _ = Programme.objects.get_or_create(
        organisation=of, slug=f"{of.slug}-lab", defaults={"name": {"en": "Impact Lab"}}
    )
    return kept(Edition(programme=programme, slug=slug, name={"en": f"Impact Lab {slug}"}, **fields))


def person(name: str = "Farrukh") -> Person:
    return kept(Person(email=f"{name.lower()}@example.org", password=BY_LINK_ONLY, name=name, language="en"))


def member(name: str, role: Role, of: Organisation, in_edition: Edition | None = None) -> Person:
    somebody = person(name)
    kept(Membership(person=somebody, organisation=of, edition=in_edition, role=role, added_at=NOW))
    return somebody


def aigul(of: Organisation) -> Person:
    """The owner."""
    return member("Aigul", Role.OWNER, of)


def article(slug: str = "first", of: Organisation | None = None, *, languages: str = "en", **fields: Any) -> Article:
    """A published article with a title and a text in these languages ("ky ru en")."""
    tags = languages.split()
    fields.setdefault("title", {tag: f"Title {slug} {tag}" for tag in tags})
    fields.setdefault("body", {tag: f"Text {slug} {tag}" for tag in tags})
    written = [tag for tag in fields["title"] if tag]
    fields.setdefault("original", written[0] if written else "")
    fields.setdefault("numbers", dict.fromkeys(written, 1))
    fields.setdefault("made_from", dict.fromkeys(written[1:], 1))
    fields.setdefault("complete", [tag for tag in fields["title"] if fields["body"].get(tag)])
    fields.setdefault("published_at", NOW)
    fields.setdefault("changed_at", fields["published_at"] or NOW)
    return kept(Article(organisation=of or Organisation.objects.first() or organisation(), slug=slug, **fields))


def draft(slug: str = "draft", of: Organisation | None = None, **fields: Any) -> Article:
    return article(slug, of, published_at=None, **fields)
