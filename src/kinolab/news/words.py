"""Labels and sentences of the room, in the reader's language when shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "article_incomplete": _("An article is published with a title and a text in at least one language."),
    "article_published": _("A published article cannot be deleted. Take it off the site first."),
    "slug_taken": _("Another article already has the address %(slug)s."),
    "not_your_newsroom": _("Your role does not include writing news here."),
}
