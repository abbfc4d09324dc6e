"""When a question shows, in plain words of the active language."""

from collections.abc import Mapping, Sequence

from kinolab.calls import words
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.conditions import Condition, Test, parse
from kinolab.foundation.questions.models import Question
from kinolab.foundation.refusals import Refusal

Asked = Mapping[str, Question]  # the questions of a form by their codes


def shows_if(shown_if: Mapping[str, object], asked: Asked) -> str:
    """The condition as a sentence; "" for always, and for what cannot be read."""
    read = parse(shown_if) if shown_if else None
    if read is None or isinstance(read, Refusal):
        return ""
    return str(words.SHOWS_IF) % {"condition": sentence(read, asked)}


def sentence(condition: Condition, asked: Asked, place: str = "") -> str:
    """A condition; those within it are numbered 1, 2, 2.1."""
    if isinstance(condition, Test):
        return _test(condition, asked)
    places = [f"{place}{number}" for number in range(1, len(condition.parts) + 1)]
    told = [sentence(part, asked, f"{at}.") for at, part in zip(places, condition.parts, strict=True)]
    parts = (f"{at}) {one}" for at, one in zip(places, told, strict=True))
    return " ".join([str(words.SHOWN_JOINED[condition.way]), *parts])


def _test(condition: Test, asked: Asked) -> str:
    question = asked.get(condition.question)
    label = (str(question.label) or question.key) if question else condition.question
    said: dict[str, object] = {"question": label.rstrip(" .:?")}
    if condition.test in ("is", "is_not"):
        values: Sequence[str] = condition.value if isinstance(condition.value, tuple) else ()
        said["values"] = formats.listing(_value(one, question) for one in values)
    elif condition.test == "answered":
        return str(words.SHOWN_TESTS["answered" if condition.value else "unanswered"]) % said
    else:
        said["bound"] = condition.value
    return str(words.SHOWN_TESTS[condition.test]) % said


def _value(value: str, question: Question | None) -> str:
    """What an answer is called to which a question is compared."""
    if question is None:
        return value
    if question.kind == Kind.COUNTRY:
        return formats.country_name(value)
    if question.kind == Kind.LANGUAGE:
        return formats.language_name(value)
    return next((str(Text(one["label"])) for one in question.choices if str(one["key"]) == value), "") or value
