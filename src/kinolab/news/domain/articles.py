"""What an article needs before it is public, and how its address is made."""

from collections.abc import Collection, Mapping

from kinolab.foundation.refusals import Refusal

SLUG_LONGEST = 50  # characters
MINUTE_OF_READING = 180  # words; measured for prose in Cyrillic, a little slower than in English
_RESERVED = frozenset({"new", "feed", "organisations", "rubrics"})

# The letters of the seven languages in Latin, for addresses only: people's titles are never shown transliterated.
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_RUSSIAN_LATIN = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_LATIN = dict(zip(_RUSSIAN, _RUSSIAN_LATIN.split(), strict=True)) | {
    "ң": "ng", "ө": "o", "ү": "u", "ә": "a", "ғ": "g", "қ": "k", "ұ": "u", "һ": "h", "і": "i",
    "ӣ": "i", "ӯ": "u", "ҳ": "h", "ҷ": "j", "ä": "a", "ç": "ch", "ž": "j", "ň": "n", "ö": "o", "ş": "sh", "ü": "u", "ý": "y",
}  # fmt: skip


def complete_languages(titles: Mapping[str, str], bodies: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages that have both a title and a text, in the order of the titles."""
    return tuple(tag for tag, title in titles.items() if title.strip() and bodies.get(tag, "").strip())


def why_not_publish(titles: Mapping[str, str], bodies: Mapping[str, str]) -> Refusal | None:
    """Say why the article may not be public: it takes a title and a text in one language at least."""
    return None if complete_languages(titles, bodies) else Refusal("article_incomplete")


def slug_from(title: str, taken: Collection[str] = ()) -> str:
    """Make an address of a title: Latin letters, digits and hyphens; a number follows when it is taken.

    A title without a single usable letter becomes "article".
    """
    latin = "".join(_LATIN.get(letter, letter) for letter in title.lower()).replace("_", "")
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in latin)
    stem = "-".join(part for part in kept.split("-") if part)[:SLUG_LONGEST].rstrip("-") or "article"
    unusable = _RESERVED | set(taken)
    if stem not in unusable:
        return stem
    number = next(number for number in range(2, len(unusable) + 3) if _numbered(stem, number) not in unusable)
    return _numbered(stem, number)


def _numbered(stem: str, number: int) -> str:
    ending = f"-{number}"
    return stem[: SLUG_LONGEST - len(ending)] + ending


def minutes_to_read(text: str) -> int:
    """Return about how many minutes the text takes, at least one."""
    return max(1, round(len(text.split()) / MINUTE_OF_READING))
