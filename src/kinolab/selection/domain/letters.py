"""The text of a letter: named placeholders from a fixed list, filled with values that cannot do harm.

`{title}` stands for a value; a brace that is meant as a brace is written twice. Values that applicants typed are made
harmless first: an official letter must not carry somebody else's address (a title such as “win-a-prize.example” becomes
a link in many mail programs).
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

from kinolab.foundation.refusals import Refusal

PLACEHOLDERS = ("name", "title", "number", "edition", "strands", "feedback", "results_page", "contact")
LONGEST_VALUE = 300  # characters
SPACE_WITHOUT_WIDTH = "\u200b"

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_INSIDE_ADDRESS = re.compile(r"([.:@/])(?=\S)")
# What may be nothing, and then takes its line along.
_ALONE = {name: re.compile(rf"^[ \t]*\{{{name}\}}[ \t]*\n?", re.MULTILINE) for name in ("strands", "feedback")}


def problems(text: str, known: Collection[str] = PLACEHOLDERS) -> tuple[Refusal, ...]:
    """Return what is wrong with the placeholders of a text: names that are not `known`, single braces."""
    found = []
    for match in _FIELD.finditer(text):
        if match[0] in ("{{", "}}"):
            continue
        if match[1] is None or match[1] not in known:
            found.append(Refusal("unknown_placeholder", {"placeholder": match[0][:40]}))
    return tuple(found)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in. A placeholder without a value is a programmer's mistake (KeyError).

    A line that holds nothing but an empty `{strands}` or `{feedback}` goes, and so do the empty lines it leaves behind.
    """
    for name, line in _ALONE.items():
        if not values.get(name) and line.search(text):
            text = re.sub(r"\n{3,}", "\n\n", line.sub("", text))

    def put(match: re.Match[str]) -> str:
        return match[0][0] if match[1] is None else values[match[1]]

    return _FIELD.sub(put, text)


def harmless(value: str) -> str:
    """Return a typed value on one line, without control characters, in which no mail program sees an address."""
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in value)
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return _INSIDE_ADDRESS.sub(rf"\1{SPACE_WITHOUT_WIDTH}", " ".join(plain.split())[:LONGEST_VALUE])
