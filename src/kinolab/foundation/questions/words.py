"""Labels of the kinds of question, and a sentence for every way an answer can fall short."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.counting import Unit

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
UNITS: dict[Unit, Promise] = {
    Unit.CHARS: pgettext_lazy("unit of length", "Characters"),
    Unit.CHARS_NO_SPACES: pgettext_lazy("unit of length", "Characters without spaces"),
    Unit.WORDS: pgettext_lazy("unit of length", "Words"),
    Unit.PAGES: pgettext_lazy("unit of length", "Pages"),
    Unit.MINUTES: pgettext_lazy("unit of length", "Minutes"),
    Unit.MEGABYTES: pgettext_lazy("unit of length", "Megabytes"),
    Unit.ITEMS: pgettext_lazy("unit of length", "Entries"),
}
REASONS: dict[str, Promise] = {
    "form_frozen": _("The form is frozen: the call that uses it has opened."),
    "not_empty": _("The section still has questions. Move or delete them first."),
    "key_taken": _("The form has this code already: %(key)s."),
    "required_missing": _("Not answered yet."),
    "consent_needed": _("Your consent is needed here."),
    "wrong_shape": _("This answer could not be read. Load the page again."),
    "far_too_many": _("Far too many entries: %(count)s. The limit is %(limit)s."),
    "far_too_long": _("This text is far too long to be saved: %(count)s characters. The limit is %(limit)s."),
    "unstorable_text": _("This text holds characters that cannot be saved. Paste it as plain text."),
    "not_a_choice": _("This is not one of the choices: %(seen)s."),
    "chosen_twice": _("Chosen twice: %(seen)s."),
    "not_a_number": _("Write a number, for example 12 or 12.5."),
    "not_an_amount": _("Write an amount as a number, for example 15,000."),
    "bad_currency": _("Choose a currency."),
    "not_a_date": _("Write a date as year-month-day, for example 2026-09-26."),
    "bad_country": _("Choose a country from the list."),
    "bad_language": _("Choose a language from the list."),
    "not_a_link": _("Write a full address that begins with https://"),
    "film_incomplete": _("Film %(position)s lacks its title, year or role."),
    "not_a_year": _("The year of film %(position)s is not a year."),
    "too_long": _("Too long by %(over)s. The limit: %(limit)s."),
    "too_short": _("Too short by %(under)s. Needed at least: %(limit)s."),
    "too_many": _("Too many: %(count)s. The limit: %(limit)s."),
    "too_few": _("Too few: %(count)s. Needed at least: %(limit)s."),
    "too_large": _("Too large: %(count)s. The limit: %(limit)s."),
    "too_small": _("Too small: %(count)s. Needed at least: %(limit)s."),
    # For whoever builds the form
    "choices_missing": _("This question has no choices."),
    "choices_repeated": _("Two choices of this question have the same key."),
    "unit_not_for_kind": _("This kind of question cannot be limited in this unit: %(unit)s."),
    "impossible_limit": _("This limit cannot be kept: at least %(minimum)s, at most %(maximum)s."),
}


def kinds() -> list[tuple[str, Promise]]:
    """Choices of `Question.kind`."""
    return [(key.value, label) for key, label in KINDS.items()]


def units() -> list[tuple[str, Promise]]:
    """Choices of a limit's unit; none first."""
    return [("", _("No limit")), *((key.value, label) for key, label in UNITS.items())]
