"""Labels of the kinds of question, and a sentence for every way an answer can fall short."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kinolab.foundation.questions.domain.answers import Kind

KINDS: dict[Kind, Promise] = {
    Kind.TEXT: pgettext_lazy("kind of question", "One line"),
    Kind.LONG_TEXT: pgettext_lazy("kind of question", "Long text"),
    Kind.CHOICE: pgettext_lazy("kind of question", "One of several"),
    Kind.MANY: pgettext_lazy("kind of question", "Several of several"),
    Kind.NUMBER: pgettext_lazy("kind of question", "Number"),
    Kind.MONEY: pgettext_lazy("kind of question", "Money"),
    Kind.DATE: pgettext_lazy("kind of question", "Date"),
    Kind.COUNTRY: pgettext_lazy("kind of question", "Country"),
    Kind.LANGUAGE: pgettext_lazy("kind of question", "Language"),
    Kind.LINK: pgettext_lazy("kind of question", "Link"),
    Kind.FILE: pgettext_lazy("kind of question", "File"),
    Kind.CONSENT: pgettext_lazy("kind of question", "Consent"),
    Kind.FILMS: pgettext_lazy("kind of question", "Previous films"),
}
REASONS: dict[str, Promise] = {}


def kinds() -> list[tuple[str, Promise]]:
    """Choices of `Question.kind`."""
    return [(key.value, label) for key, label in KINDS.items()]
