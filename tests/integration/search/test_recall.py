"""How much is found of what people look for: 120 questions in seven languages, by whichever database the test runs on.

The figures stand in docs/reference/search-recall.md; WRITE_RECALL=yes writes them anew.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml

from kinolab.config import ready
from kinolab.foundation.search import actions, queries
from kinolab.foundation.search.sources import Made
from tests.factories.labs import NOW

QUESTIONS = Path(__file__).parent / "recall.yaml"
EDITIONS = ready.SOURCE / "kinolab" / "demonstration" / "editions"
PAGE = ready.REPOSITORY / "docs" / "reference" / "search-recall.md"
LANGUAGES = {
    "ky": "Kyrgyz",
    "ru": "Russian",
    "en": "English",
    "kk": "Kazakh",
    "uz": "Uzbek",
    "tg": "Tajik",
    "tk": "Turkmen",
}
LOOKED_AT = 10
LEAST_RECALL, LEAST_MRR = 0.95, 0.9


@dataclass(frozen=True)
class Answered:
    """What one question found of what was wanted, and at which place the first of it stands."""

    question: str
    share: float
    first: float


def documents() -> Iterator[tuple[str, str, Mapping[str, str], list[str], Mapping[str, str]]]:
    """Key, kind, title, names, body: those of the demonstration, then the invented ones."""
    films = yaml.safe_load((EDITIONS / "films.yaml").read_text(encoding="utf-8"))
    for film in films["films"]:
        yield film["slug"], "film", film["facts"]["title"], [], {}
    for article in yaml.safe_load((EDITIONS / "news.yaml").read_text(encoding="utf-8"))["articles"]:
        texts = article["text"]
        body = {tag: f"{one.get('lead', '')} {one['body']}" for tag, one in texts.items()}
        yield article["slug"], "article", {tag: one["title"] for tag, one in texts.items()}, [], body
    for one in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["documents"]:
        yield one["key"], one["kind"], one["title"], one.get("names", []), one.get("body", {})


def fill() -> dict[tuple[str, int], str]:
    """Keep all of them; returns what each is called in the questions."""
    keys: dict[tuple[str, int], str] = {}
    by_kind: dict[str, list[Made]] = {}
    for number, (key, kind, title, names, body) in enumerate(documents(), 1):
        keys[kind, number] = key
        by_kind.setdefault(kind, []).append(Made(number, title, f"/{key}/", NOW, list(names), body))
    for kind, made in by_kind.items():
        actions.keep(kind, made)
    return keys


def answer(asked: Mapping[str, Any], keys: Mapping[tuple[str, int], str], at: datetime) -> Answered:
    hits = queries.search(asked["q"], at).hits[:LOOKED_AT]
    found = [keys[hit.document.kind, hit.document.key] for hit in hits]
    right = [place for place, key in enumerate(found, 1) if key in asked["want"]]
    return Answered(asked["q"], len(right) / len(asked["want"]), 1 / right[0] if right else 0.0)


def together(answered: Mapping[str, list[Answered]]) -> list[Answered]:
    return [one for some in answered.values() for one in some]


def page(answered: Mapping[str, list[Answered]], number: int) -> str:
    rows = {name: answered[tag] for tag, name in LANGUAGES.items()} | {"**all**": together(answered)}
    table = "\n".join(
        f"| {name} | {len(some)} | {mean(one.share for one in some):.3f} | {mean(one.first for one in some):.3f} |"
        for name, some in rows.items()
    )
    missed = [one for some in answered.values() for one in some if one.share < 1]
    told = "\n".join(f"- «{one.question}»: {one.share:.0%} of what was wanted" for one in missed) or "- nothing"
    return f"""# What the search finds, measured

Written by a test, `tests/integration/search/test_recall.py`, which compares it with what either database finds. Write it again with
`WRITE_RECALL=yes ./test tests/integration/search/test_recall.py` instead of editing.

{len(together(answered))} questions in seven languages over {number} documents: those of the demonstration, and of an invented
festival. They stand with what is wanted of each in `tests/integration/search/recall.yaml`: words with other endings than in
the text, other spellings, another script, slips of the hand, several words. SQLite and PostgreSQL find the same.

*Recall* is how much of what is wanted stands among the first {LOOKED_AT} answers; *first place* is the mean of 1 through the
place of the first right answer (MRR), 1 if it always comes first.

| language | questions | recall | first place |
| --- | ---: | ---: | ---: |
{table}

Not found, or not all of it:

{told}

The texts are short and few, and written for this measurement. How it works: [How search finds](../explanation/how-search-finds.md).
"""


@pytest.mark.slow
def test_questions_find_what_is_wanted_and_the_page_says_how_much():
    keys = fill()
    asked = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["questions"]
    answered = {tag: [answer(one, keys, NOW) for one in some] for tag, some in asked.items()}

    every = together(answered)
    assert len({(tag, one["q"]) for tag, some in asked.items() for one in some}) == len(every) == 120
    written = page(answered, len(keys))
    if os.environ.get("WRITE_RECALL"):
        PAGE.write_text(written, encoding="utf-8")
    assert mean(one.share for one in every) >= LEAST_RECALL
    assert mean(one.first for one in every) >= LEAST_MRR
    assert PAGE.read_text(encoding="utf-8") == written
