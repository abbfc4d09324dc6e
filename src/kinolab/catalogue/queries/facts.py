"""Facts for the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import PROTECT, Max, Model, Q, QuerySet

from kinolab.catalogue.domain import parts
from kinolab.catalogue.domain.works import PartState
from kinolab.catalogue.models import Agent, Credit, Film, Part, Series
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.refusals import Refusal
from kinolab.foundation.search.folding import spelled

ADDRESS_LONGEST = 60  # characters; a number may follow
RESERVED = frozenset({"new"})


def standings(*films: int) -> list[parts.Standing]:
    """Where these films stand, and the films in which they stand, up to the top. One statement a storey."""
    found: list[parts.Standing] = []
    seen: set[int] = set()
    waiting = set(films)
    while waiting:
        seen |= waiting
        rows = list(Part.objects.filter(film__in=waiting).values_list("whole", "film", "state"))
        found += [parts.Standing(whole, film, PartState(state)) for whole, film, state in rows]
        waiting = {whole for whole, _film, _state in rows} - seen
    return found


def series_above() -> dict[int, list[int]]:
    """For each series the one it stands within."""
    return {one: [above] for one, above in Series.objects.exclude(within=None).values_list("pk", "within")}


def address_taken(slug: str) -> bool:
    """Whether a film has this address, or the house itself."""
    return slug in RESERVED or Film.objects.filter(slug=slug).exists()


def free_address(title: Mapping[str, str]) -> str:
    """An address made of the title, English first; a number follows where it is taken."""
    return free_slug(Film, title, "film", RESERVED)


def free_slug(
    model: type[Film | Agent | Series], texts: Mapping[str, str], otherwise: str, reserved: frozenset[str] = frozenset()
) -> str:
    """An address that nothing of this kind has yet, made of the text, English first."""
    text = texts.get("en") or next(iter(texts.values()), "")
    letters = "".join(one if one.isascii() else " " for one in spelled(text.lower().replace("ы", "y")))
    stem = "-".join(letters.split())[:ADDRESS_LONGEST].rstrip("-") or otherwise
    found = model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
    taken = reserved | set(found)
    if stem not in taken:
        return stem
    return next(one for number in range(2, len(taken) + 3) if (one := f"{stem}-{number}") not in taken)


def said_of(film: Film, names: Iterable[str]) -> dict[str, Any]:
    """What the film says now under these names, as plain values; the codes of its countries are one of them."""
    return {name: film.country_codes if name == "countries" else plain(getattr(film, name)) for name in names}


def why_not_delete(film: Film) -> Refusal | None:
    """Say what holds a draft: another film has it among its parts, in the film or dropped, or a later room rests on it."""
    whole = Part.objects.filter(film=film).select_related("whole").first()
    if whole:
        return Refusal("film_stands_elsewhere", {"film": str(whole.whole)})
    holding = (one.field for one in Film._meta.related_objects if one.on_delete is PROTECT)
    held = any(one.model._default_manager.filter(**{one.name: film}).exists() for one in holding)
    return Refusal("film_held") if held else None


def identified(scheme: str, value: str) -> Film | None:
    """The film that has this identifier."""
    return Film.objects.filter(identifiers__scheme=scheme, identifiers__value=value).first()


def agents_named(organisation_id: int, name: str) -> QuerySet[Agent]:
    """Those of the catalogue who are called exactly so, in a language or otherwise."""
    called = Q(aliases__name=name)
    for tag, _name in settings.LANGUAGES:
        called |= Q(**{f"name__{tag}": name})
    return Agent.objects.filter(called, organisation=organisation_id).distinct()


def agents(organisation_id: int) -> QuerySet[Agent]:
    """Everybody in the catalogue of an organisation."""
    return Agent.objects.filter(organisation=organisation_id)


def next_order(model: type[Model], column: str = "order", **of: Any) -> int:
    """The number that puts a new row behind all others."""
    last = model._default_manager.filter(**of).aggregate(last=Max(column))["last"]
    return 0 if last is None else last + 1


def same_role(credit: Credit) -> list[Credit]:
    """All credits of the same film in the same role, in their order."""
    return list(Credit.objects.filter(film=credit.film_id, role=credit.role))


def said(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """What a row says in these columns, as plain values; whoever or whatever it points at is a number."""
    return {name: plain(getattr(row, row._meta.get_field(name).attname)) for name in names}


def plain(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, Text):
        return value.as_dict()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value
