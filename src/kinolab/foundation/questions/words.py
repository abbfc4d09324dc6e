"""Labels of the kinds of question, and a sentence for every way an answer can fall short."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.foundation.i18n import formats
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.domain.countries import COUNTRIES, HOME
from kinolab.foundation.questions.domain.seeing import SeenBy
from kinolab.foundation.questions.domain.versions import Change

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
    Kind.PERSON: pgettext_lazy("kind of question", "People"),
    Kind.FINANCE_PLAN: pgettext_lazy("kind of question", "Finance plan"),
    Kind.MODULES: pgettext_lazy("kind of question", "A tick for each module"),
}
SEERS: dict[SeenBy, Promise] = {
    SeenBy.READERS: pgettext_lazy("who sees an answer", "Readers, the jury and the office"),
    SeenBy.DECIDERS: pgettext_lazy("who sees an answer", "The jury and the office, not readers"),
    SeenBy.NAMED: pgettext_lazy("who sees an answer", "Named people of the staff alone"),
}
COLUMNS: dict[str, Promise] = {
    "title": pgettext_lazy("column of a table", "Title"),
    "year": pgettext_lazy("column of a table", "Year"),
    "role": pgettext_lazy("column of a table", "Role"),
    "runtime": pgettext_lazy("column of a table", "Running time, minutes"),
    "festivals": pgettext_lazy("column of a table", "Festivals and awards"),
    "name": pgettext_lazy("column of a table", "Name"),
    "country": pgettext_lazy("column of a table", "Country"),
    "link": pgettext_lazy("column of a table", "Link"),
    "about": pgettext_lazy("column of a table", "About the person"),
    "source": pgettext_lazy("column of a table", "Source"),
    "amount": pgettext_lazy("column of a table", "Amount"),
    "currency": pgettext_lazy("column of a table", "Currency"),
    "status": pgettext_lazy("column of a table", "State"),
    "proof": pgettext_lazy("column of a table", "What proves it"),
}
STATUSES: dict[str, Promise] = {
    "requested": pgettext_lazy("state of a source of finance", "Requested"),
    "confirmed": pgettext_lazy("state of a source of finance", "Confirmed"),
}
PRECISIONS: dict[str, Promise] = {
    "day": pgettext_lazy("least exact date", "The day"),
    "month": pgettext_lazy("least exact date", "The month is enough"),
    "year": pgettext_lazy("least exact date", "The year is enough"),
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
    "person_incomplete": _("Person %(position)s lacks a name or a role."),
    "source_incomplete": _("Source %(position)s lacks its name, amount, currency or state."),
    "not_a_number_in_row": _("Row %(position)s: write a number, for example 12 or 12.5."),
    "not_an_amount_in_row": _("Row %(position)s: write an amount as a number, for example 15,000."),
    "bad_currency_in_row": _("Row %(position)s: choose a currency."),
    "bad_country_in_row": _("Row %(position)s: choose a country from the list."),
    "not_a_link_in_row": _("Row %(position)s: write a full address that begins with https://"),
    "bad_status": _("Row %(position)s: choose whether it is requested or confirmed."),
    "date_not_exact": _("Say it more exactly: the month or the day is missing."),
    "consent_changed": _("The text has been corrected since somebody agreed. Read it and agree again."),
    "module_missing": _("Modules that you have not ticked, but that have to be attended: %(count)s."),
    "video_kind_missing": _("Choose what the video is."),
    "video_too_long": _("The video is too long by %(over)s min. The limit: %(limit)s min."),
    "language_missing": _("Not answered yet in one of its languages: %(in_language)s."),
    "too_long_in": _("%(in_language)s: too long by %(over)s. The limit: %(limit)s."),
    "too_short_in": _("%(in_language)s: too short by %(under)s. Needed at least: %(limit)s."),
    "file_kind_not_taken": _("Files of this kind are not taken here any more: “%(name)s”. Send it in another format."),
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
    "unit_twice": _("Two limits of this question are in the same unit: %(unit)s."),
    "unknown_detail": _("This kind of question has no such setting: %(detail)s."),
    "unknown_column": _("This kind of table has no such column: %(column)s."),
    "unknown_precision_of_date": _("A date is exact to the day, the month or the year: %(seen)s."),
    "bad_minutes": _("The minutes of “%(choice)s” are not a number, or there is no such choice."),
    "condition_unreadable": _("The condition of this question cannot be read: %(seen)s."),
    "condition_on_removed": _("“%(question)s” shows by an answer to a question that is not in the form: %(other)s."),
    "condition_on_later": _("“%(question)s” would show by an answer that comes after it: %(other)s."),
    "condition_on_choice": _("“%(question)s” shows by a choice that “%(other)s” does not have: %(choice)s."),
    "condition_reveals": _(
        "“%(question)s” would be seen by people who do not see the answer by which it shows: %(other)s."
    ),
    "condition_on_others": _("“%(question)s” would show by an answer that others give: %(other)s."),
    "condition_reveals_own": _(
        "“%(question)s” shows by a personal answer, which the team does not see: %(other)s. It must be personal too, and optional."
    ),
    "named_with_fact": _(
        "An answer for named people alone cannot be a fact for the rules: what a rule sees, the office sees."
    ),
    "unknown_file_kind": _("There is no such kind of file: %(seen)s."),
    "minutes_of_no_film": _("A limit in minutes needs films or sound among the kinds of files that are taken."),
    "pages_of_no_pdf": _(
        "A limit in pages needs PDF among the kinds of files that are taken: pages are counted in it alone."
    ),
    "impossible_limit": _("This limit cannot be kept: at least %(minimum)s, at most %(maximum)s."),
}


CHANGES: dict[Change, Promise] = {
    Change.ADDED: pgettext_lazy("correction of a form", "Asked now: %(question)s"),
    Change.REMOVED: pgettext_lazy("correction of a form", "Not asked any more: %(question)s"),
    Change.CHANGED: pgettext_lazy("correction of a form", "Corrected: %(question)s (%(parts)s)"),
    Change.OTHER_KIND: pgettext_lazy("correction of a form", "Answered in another way now: %(question)s"),
    Change.MOVED: pgettext_lazy("correction of a form", "Moved to another part: %(question)s"),
}
PARTS: dict[str, Promise] = {
    "label": pgettext_lazy("part of a question", "words"),
    "help": pgettext_lazy("part of a question", "help"),
    "required": pgettext_lazy("part of a question", "whether it must be answered"),
    "limits": pgettext_lazy("part of a question", "limits"),
    "choices": pgettext_lazy("part of a question", "choices"),
    "details": pgettext_lazy("part of a question", "settings"),
    "shown_if": pgettext_lazy("part of a question", "when it shows"),
    "fact": pgettext_lazy("part of a question", "what the rules see"),
    "seen_by": pgettext_lazy("part of a question", "who sees the answer"),
    "pii_level": pgettext_lazy("part of a question", "personal data"),
}


def changed(change: str, question: object, parts: Sequence[str]) -> str:
    """One line of the account of a correction."""
    named = formats.listing(str(PARTS[part]) for part in parts)
    return str(CHANGES[Change(change)]) % {"question": question, "parts": named}


def kinds() -> list[tuple[str, Promise]]:
    """Choices of `Question.kind`."""
    return [(key.value, label) for key, label in KINDS.items()]


def seers() -> list[tuple[str, Promise]]:
    """Choices of `Question.seen_by`."""
    return [(key.value, label) for key, label in SEERS.items()]


def countries() -> list[tuple[str, str]]:
    """Countries by their names in the active language, in its alphabet; those of the labs first."""
    return [*formats.countries(HOME), *formats.countries(COUNTRIES - HOME)]


def units() -> list[tuple[str, Promise]]:
    """Choices of a limit's unit; none first."""
    return [("", _("No limit")), *((key.value, label) for key, label in UNITS.items())]
