"""Named sets of countries: those that Kinolab ships and those that an organisation has made itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from kinolab.calls import words
from kinolab.calls.domain.country_sets import SHIPPED, CountrySet
from kinolab.calls.models import CountrySet as Kept
from kinolab.foundation.i18n import formats
from kinolab.labs.models import Organisation


def own_sets(organisation: str) -> tuple[CountrySet, ...]:
    """The sets of the organisation with this slug, as rules read them. One query."""
    kept = Kept.objects.filter(organisation__slug=organisation)
    return tuple(CountrySet(one.code, one.version, tuple(one.countries), one.source) for one in kept)


@dataclass(frozen=True, slots=True)
class ShownSet:
    """A set as a page shows it: its name, its version, its countries by name, and where they come from."""

    code: str
    version: str
    name: object
    countries: Sequence[str]
    source: str
    own: bool

    @property
    def key(self) -> str:
        """What a choice of a set sends."""
        return f"{self.code}@{self.version}"


def shown_sets(organisation: Organisation) -> list[ShownSet]:
    """Every set an organisation may use, its own first. One query."""
    own = [
        ShownSet(one.code, one.version, one.name, _names(one.countries), one.source, True)
        for one in Kept.objects.filter(organisation=organisation)
    ]
    ours = [
        ShownSet(one.code, one.version, words.COUNTRY_SETS[one.code], _names(one.countries), one.source, False)
        for one in SHIPPED
    ]
    return own + ours


def _names(countries: Sequence[str]) -> list[str]:
    return [name for _, name in formats.countries(countries)]
