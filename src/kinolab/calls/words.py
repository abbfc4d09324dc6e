"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise

REASONS: dict[str, Promise] = {}
