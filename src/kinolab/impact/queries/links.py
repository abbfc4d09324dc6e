"""Links for partners: what is kept of a secret, and the links of a road map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import get_random_string, salted_hmac

from kinolab.impact.models import CODE_LETTERS, PartnerLink, RoadMap

LETTERS = 32


def new_secret() -> str:
    """What nobody guesses."""
    return get_random_string(LETTERS, CODE_LETTERS)


def seal(secret: str) -> str:
    """What is kept of it: nothing that opens anything."""
    return salted_hmac("kinolab.impact.partner_link", secret, algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link with how it stands: open, taken_back, expired."""

    link: PartnerLink
    state: str


def of(road_map: RoadMap, at: datetime) -> Sequence[ShownLink]:
    """The links of a road map, the newest first."""
    found = PartnerLink.objects.filter(road_map=road_map).select_related("made_by")
    return [ShownLink(one, _state(one, at)) for one in found]


def _state(link: PartnerLink, at: datetime) -> str:
    if link.taken_back_at is not None:
        return "taken_back"
    return "expired" if link.expires_at <= at else "open"
