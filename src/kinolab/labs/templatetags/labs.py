"""Tags that desk pages of an edition share."""

from typing import Any

from django import template
from django.utils import timezone

from kinolab.labs import queries
from kinolab.labs.models import Edition

register = template.Library()


@register.inclusion_tag("labs/_rail.html")
def rail(edition: Edition, current: str = "") -> dict[str, Any]:
    """The rail of ten stages; `current` is the stage whose page is open."""
    return {
        "edition": edition,
        "current": current,
        "stages": queries.rail(edition, timezone.now()),
    }


@register.inclusion_tag("labs/_edition_menu.html", takes_context=True)
def edition_menu(context: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """The menu of the person's editions."""
    return {
        "edition": edition,
        "editions": queries.editions_of(context["request"].user)[:12],
    }
