"""Labs: an organisation, a programme, an edition, a team. Minimal, silent, plain."""

from datetime import UTC, date, datetime
from typing import Any

from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership, Organisation, Programme
from tests.factories.rows import BY_LINK_ONLY, kept

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)


def text(words: str, *languages: str) -> dict[str, str]:
    """The same words in every language named (ky, ru, en when none is)."""
    return dict.fromkeys(languages or ("ky", "ru", "en"), words)


def person(name: str = "Aigul", **fields: Any) -> Person:
    """Somebody of the cast by name; the same name is the same person."""
    email = fields.pop("email", f"{name.lower()}@example.org")
    found = Person.objects.filter(email=email).first()
    defaults = {"name": name, "language": "en", "timezone": "Asia/Bishkek"} | fields
    return found or kept(Person(email=email, password=BY_LINK_ONLY, **defaults))


def organisation(slug: str = "tunduk", **fields: Any) -> Organisation:
    """An organisation by its slug, made when it is not there."""
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": text("Tunduk Film")} | fields)[0]


def programme(slug: str = "impact-lab", **fields: Any) -> Programme:
    """A programme by its slug, made when it is not there."""
    of = fields.pop("organisation", None) or organisation()
    return Programme.objects.get_or_create(
        slug=slug, defaults={"organisation": of, "name": text("Impact Lab")} | fields
    )[0]


def edition(slug: str = "2026", **fields: Any) -> Edition:
    """An edition of the programme given (or of the usual one)."""
    of = fields.pop("programme", None) or programme()
    defaults: dict[str, Any] = {
        "name": text(f"Impact Lab {slug}"), "starts_on": date(2026, 9, 26), "ends_on": date(2026, 10, 1),
        "city": text("Bishkek"), "country": "KG",
    }  # fmt: skip
    return kept(Edition(programme=of, slug=slug, **(defaults | fields)))


def membership(
    who: Person, role: Role = Role.OWNER, *, of: Edition | None = None, organisation: Organisation | None = None
) -> Membership:
    """A role in an edition, or in a whole organisation when no edition is given."""
    house = organisation or (of.programme.organisation if of else globals()["organisation"]())
    return kept(Membership(person=who, organisation=house, edition=of, role=role, added_at=NOW))
