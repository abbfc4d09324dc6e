"""One text in several languages."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from kinolab.foundation.i18n import mixture
from kinolab.foundation.i18n.understanding import understood_by


@cache
def _tags() -> tuple[str, ...]:
    return tuple(tag for tag, _ in settings.LANGUAGES)


class Text(Mapping[str, str]):
    """A text per language tag; reads as the one the reader understands best.

    `str(text)` is the text in the active language, else in the first of its stated fallbacks
    (`settings.KINOLAB_FALLBACKS`), else in any. Empty texts do not count; a text without any is falsy. Languages follow
    one another as in `settings.LANGUAGES`, whatever order a database keeps them in.
    """

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, str] | None = None) -> None:
        given = by_language or {}
        ours = {tag: text for tag in _tags() if (text := given.get(tag))}
        # Of other languages there are hardly ever any.
        self._by_language = (
            ours if len(ours) == len(given) else ours | {tag: given[tag] for tag in sorted(given) if given[tag]}
        )

    def __getitem__(self, tag: str) -> str:
        return self._by_language[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._by_language == {k: v for k, v in other.items() if v}

    def __hash__(self) -> int:
        return hash(frozenset(self._by_language.items()))

    def __repr__(self) -> str:
        return f"Text({self._by_language!r})"

    def __str__(self) -> str:
        tag = self.language_shown
        return mixture.piece(self._by_language[tag], tag) if tag else ""

    @property
    def language_shown(self) -> str:
        """The tag of the language in which `str` reads now; empty when there is no text."""
        active = get_language() or settings.LANGUAGE_CODE
        for tag in understood_by(active):
            if tag in self._by_language:
                return tag
        return next(iter(self._by_language), "")

    def in_language(self, tag: str) -> str:
        """The text in exactly this language, or nothing."""
        return self._by_language.get(tag, "")

    def missing(self, languages: Iterable[str]) -> list[str]:
        """Those of the languages in which there is no text."""
        return [tag for tag in languages if tag not in self._by_language]

    def as_dict(self) -> dict[str, str]:
        """A plain copy for JSON."""
        return dict(self._by_language)
