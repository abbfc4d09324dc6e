"""Agreements of a segment: the version that counts, and those before it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from kinolab.foundation.refusals import Refusal
from kinolab.production.models import Agreement, Segment

TERMS = ("language", "rights", "standalone", "cut_right", "credit_order", "music", "note")


def agreements(segment: Segment) -> Sequence[Agreement]:
    """Every version, the last first."""
    return list(segment.agreements.select_related("file", "signed_by"))


def standing(agreement: Agreement | None) -> str:
    """Where an agreement stands: none, draft, sent, asked, signed."""
    if agreement is None:
        return "none"
    if agreement.signed_at:
        return "signed"
    if agreement.answered_at:
        return "asked"
    return "sent" if agreement.sent_at else "draft"


def shown_to_team(versions: Sequence[Agreement]) -> list[Agreement]:
    """What was sent or signed; a draft is the makers' own."""
    return [one for one in versions if one.sent_at or one.signed_at]


def why_not_answer(agreement: Agreement | None) -> Refusal | None:
    """Say why this version cannot be answered."""
    if agreement is None or not agreement.sent_at:
        return Refusal("agreement_not_sent")
    return Refusal("agreement_signed_already") if agreement.signed_at else None


def letter(segment: Segment, about: str) -> dict[str, Any]:
    """What a letter about the agreement names: titles and a link, nothing of its terms."""
    return {
        "about": about,
        "title": segment.film.title,
        "film": segment.omnibus.film.title,
        "url": settings.KINOLAB_URL + reverse("production:segment", args=[segment.code]),
    }
