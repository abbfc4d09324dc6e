"""Invented people and films, drawn repeatably: the same seed gives the same lab."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILMS = Path(__file__).parent / "films"
# Where applications come from, and in which languages each country writes (weights).
COUNTRIES = {"KG": 32, "KZ": 28, "UZ": 22, "TJ": 12, "TM": 6}
WRITES = {
    "KG": {"ky": 7, "ru": 3, "en": 1},
    "KZ": {"kk": 6, "ru": 4, "en": 1},
    "UZ": {"uz": 7, "ru": 2, "en": 1},
    "TJ": {"tg": 7, "ru": 3},
    "TM": {"tk": 6, "ru": 3},
}
GENDERS = {  # in the words of each language: a woman, a man
    "ky": ("аял", "эркек"),
    "kk": ("әйел", "ер адам"),
    "uz": ("ayol", "erkak"),
    "tg": ("зан", "мард"),
    "tk": ("zenan", "erkek"),
    "ru": ("женщина", "мужчина"),
    "en": ("woman", "man"),
}
TRIES = 30  # until a title is taken a second time
ELSEWHERE = ("RU", "MN", "TR", "DE")
KINDS = {"feature_documentary": 62, "feature_fiction": 35, "short": 3}
STAGES = {
    "early_development": 4,
    "late_development": 18,
    "production": 22,
    "post_production": 20,
    "rough_cut": 22,
    "completed": 14,
}
SLUGS = {  # a plain Latin spelling for addresses
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "j", "ҷ": "j", "з": "z",
    "и": "i", "ӣ": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ұ": "u", "ӯ": "u", "ф": "f", "х": "h", "ҳ": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ы": "y", "э": "e", "ю": "yu", "я": "ya", "ә": "a", "і": "i", "һ":
    "h", "ý": "y", "ş": "sh", "ň": "n", "ö": "o", "ü": "u", "ç": "ch", "ä": "a",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person."""

    name: str
    email: str
    country: str
    language: str
    gender: str
    birth_date: date
    films: int


@dataclass(frozen=True, slots=True)
class Film:
    """An invented film: answers by question key."""

    language: str
    answers: Mapping[str, Any]


@cache
def _words(language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load((FILMS / f"{language}.yaml").read_text(encoding="utf-8"))
    return words


class Inventor:
    """Draws people and films; every name and address it gives is new."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311  (invents films, guards nothing)
        self._taken: set[str] = set()
        self._titles: set[str] = set()

    def pick(self, weights: Mapping[str, int]) -> str:
        """One key, by weight."""
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def somebody(self, country: str, *, films: int | None = None) -> Somebody:
        """Somebody from a country."""
        known = yaml_people()
        names = known.get(country) or known["KG"]
        woman = self.dice.random() < 0.52
        first = self.dice.choice(names["women" if woman else "men"])
        family = self.dice.choice(names["families_women" if woman else "families_men"])
        born = date(self.dice.randint(1968, 2001), self.dice.randint(1, 12), self.dice.randint(1, 28))
        shares = self.dice.random() < 0.7  # many leave gender empty
        language = self.pick(WRITES.get(country, {"ru": 1}))
        return Somebody(
            name=f"{first} {family}",
            email=self._address(first, family),
            country=country,
            language=language,
            gender=GENDERS[language][0 if woman else 1] if shares else "",
            birth_date=born,
            films=self.dice.choice((1, 1, 2, 2, 3, 4, 6)) if films is None else films,
        )

    def _address(self, first: str, family: str) -> str:
        plain = ".".join(
            "".join(
                SLUGS.get(letter, letter if letter.isascii() and letter.isalpha() else "") for letter in part.lower()
            )
            for part in (first, family)
        )
        number, address = 1, f"{plain}@example.org"
        while address in self._taken:
            number += 1
            address = f"{plain}{number}@example.org"
        self._taken.add(address)
        return address

    def film(self, language: str, country: str, *, eligible: bool = True) -> Film:
        """A film written about in a language; one that is not `eligible` is too short or too early."""
        words = _words(language)
        kind, stage = self.pick(KINDS), self.pick(STAGES)
        if eligible:
            kind = "feature_documentary" if kind == "short" else kind
            stage = "late_development" if stage == "early_development" else stage
        synopsis = self._some(words["synopsis"], 4, 6)
        return Film(
            language=language,
            answers={
                "title": self._title(words["titles"]),
                "country": country,
                "kind": kind,
                "stage": stage,
                "runtime": self.dice.randint(62, 118) if kind != "short" else self.dice.randint(12, 30),
                "logline": " ".join((self.dice.choice(words["who"]), self.dice.choice(words["trouble"]))),
                "synopsis": "\n\n".join((" ".join(synopsis[:3]), " ".join(synopsis[3:]))),
                "statement": " ".join(self._some(words["statement"], 3, 4)),
                "issue": " ".join(self._some(words["issue"], 1, 2)),
                "audiences": " ".join(self._some(words["audiences"], 1, 2)),
                "video": f"https://video.example.org/{self.dice.randint(100000, 999999)}",
                "attendance": True,
                "rights": True,
                "privacy": True,
            },
        )

    def _title(self, parts: Sequence[Sequence[Sequence[str]]]) -> str:
        """A title that no other film has, while there are any left."""
        title = ""
        for _ in range(TRIES):
            first, second = self.dice.choice(parts)
            title = f"{self.dice.choice(first)} {self.dice.choice(second)}"
            if title not in self._titles:
                break
        self._titles.add(title)
        return title

    def _some(self, of: Sequence[str], least: int, most: int) -> list[str]:
        return self.dice.sample(list(of), min(len(of), self.dice.randint(least, most)))


@cache
def yaml_people() -> Mapping[str, Any]:
    """Names by country."""
    people: Mapping[str, Any] = yaml.safe_load((FILMS / "people.yaml").read_text(encoding="utf-8"))
    return people
