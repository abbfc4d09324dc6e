"""The two hands of a veil: how spellings of one name are brought together, and how the mark of a name is sealed."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from kinolab.foundation.search import folding
from kinolab.impact.domain import names
from kinolab.impact.domain.names import Veil
from kinolab.impact.domain.vocabularies import Anonymity
from kinolab.impact.models import ProtectedPerson, RoadMap


def seal(word: str) -> str:
    """The mark's digest: nothing without the key of this installation. Another key forgets the names."""
    return salted_hmac("kinolab.impact.names", word, algorithm="sha256").hexdigest()[:32]


def marks(said: str) -> tuple[str, ...]:
    """What is kept of names."""
    return names.marks(said, folding.fold, seal)


def veil(kept: Iterable[str]) -> Veil:
    """A veil over these marks."""
    return Veil(folding.fold, seal, frozenset(kept))


def veils(road_maps: Iterable[RoadMap]) -> dict[int, Veil]:
    """The veil of each road map. One query."""
    kept: dict[int, set[str]] = {one.pk: set() for one in road_maps}
    hidden = ProtectedPerson.objects.filter(road_map__in=kept).exclude(anonymity=Anonymity.NAMED.value)
    for number, own in hidden.values_list("road_map", "marks"):
        kept[number].update(own)
    return {number: veil(own) for number, own in kept.items()}
