"""Other people's tables: which column is what, and what a cell says. Values in, values out.

A column is guessed by its name: our own labels and keys in every language, and what Google Forms and FilmFreeway write.
A cell is read by the kind of its question; what cannot be read is a `Refusal`, never a guess.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit, urlunsplit

from kinolab.foundation.lines import normalise
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.links import is_address
from kinolab.foundation.refusals import Refusal

NAME, EMAIL, LANGUAGE, COUNTRY, BIRTH = "lead.name", "lead.email", "lead.language", "lead.country", "lead.birth_date"
ROLE = "lead.role"
OF_LEAD = (NAME, EMAIL, LANGUAGE, COUNTRY, BIRTH, ROLE)
OF_MEMBER = ("email", "name", "role", "country", "birth_date")  # of everybody else in the team, by their number
LEAD = 1  # the number of the lead among the people of a row; the others follow
PEOPLE = ("member {}", "team member {}", "co-author {}", "участник {}", "участник команды {}", "соавтор {}",
          "катышуучу {}", "команданын мүчөсү {}")  # fmt: skip
LEADS = ("lead", "team lead", "заявитель", "ведущий заявки", "өтүнмө ээси")

# What other programs call these things; a fact or a key of ours on the left.
KNOWN: dict[str, tuple[str, ...]] = {
    EMAIL: (
        "email", "e-mail", "email address", "e-mail address", "username", "lead_email", "адрес электронной почты",
        "электронная почта", "почта", "электрондук дарек", "электрондук почта",
    ),
    NAME: (
        "name", "full name", "your name", "first name", "last name", "lead_name", "имя", "фамилия", "имя и фамилия",
        "фамилия и имя", "фио", "аты-жөнү", "аты", "фамилиясы", "submitter name",
    ),
    LANGUAGE: ("language of the application", "язык заявки", "өтүнмөнүн тили"),
    COUNTRY: ("country", "country of residence", "страна проживания", "страна", "жашаган өлкөсү", "өлкө"),
    BIRTH: ("birthdate", "date of birth", "birthday", "дата рождения", "туулган күнү"),
    ROLE: ("role", "your role", "роль", "ролу"),
    "title": ("project title", "film title", "title", "название проекта", "название фильма", "название",
              "долбоордун аталышы", "фильмдин аталышы"),
    "country": ("country of origin", "country of production", "страна производства", "өндүрүлгөн өлкө"),
    "kind": ("project type", "type of project", "тип проекта", "вид проекта", "долбоордун түрү"),
    "runtime": ("duration", "runtime", "running time", "хронометраж", "длительность", "узактыгы"),
    "synopsis": ("synopsis", "short synopsis", "синопсис", "краткий синопсис", "кыскача мазмуну"),
    "logline": ("logline", "логлайн"),
    "completed_year": ("completion date", "year of completion", "год завершения"),
    "budget": ("production budget", "budget", "бюджет"),
    "statement": ("director statement", "director's statement", "режиссёрская экспликация"),
    "link": ("submission link", "screener link", "ссылка на фильм"),
    "trailer": ("trailer url", "trailer", "трейлер"),
    "film_language": ("language", "язык фильма"),
}  # fmt: skip
# Columns of those programs that say nothing an application holds.
PASSED_OVER = frozenset({"timestamp", "отметка времени", "submission date", "tracking number", "score", "балл"})


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column may go: a question (`q…`) or something of the people; by which names it is known.

    `language` of a text that is asked for in several; `member` whose own part it belongs to (0: the team's), `what` of them.
    """

    key: str
    names: frozenset[str]
    kind: Kind | None = None
    choices: Mapping[str, str] = field(default_factory=dict)  # folded label or key → key
    question: str = ""
    language: str = ""
    member: int = 0
    what: str = ""


def names_of_member(number: int, names: Iterable[str]) -> frozenset[str]:
    """What a column about somebody of the team may be called: their place in the team, then what it says of them."""
    said = [one.format(number) for one in PEOPLE] + (list(LEADS) if number == LEAD else [])
    return frozenset(f"{who}{between}{name}" for who in said for between in (": ", " ", " – ", " - ") for name in names)


def names_in_language(names: Iterable[str], tag: str, called: Iterable[str]) -> frozenset[str]:
    """What a column with a text in one language may be called: «Synopsis (ky)», «synopsis_ky», «Синопсис (киргизский)»."""
    shapes = ("{} ({})", "{} [{}]", "{}: {}", "{}_{}", "{} {}", "{} – {}", "{} - {}", "{}.{}")
    return frozenset(shape.format(name, one) for name in names for one in (tag, *called) for shape in shapes)


@dataclass(frozen=True, slots=True)
class Words:
    """Names of countries and languages in every language of ours, folded, with their codes."""

    countries: Mapping[str, str]
    languages: Mapping[str, str]


def folded(text: str) -> str:
    """A name as it is compared: no case, no punctuation at its ends, one space, ё as е."""
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .:;?*!()[]«»\"'")


def names_known_for(key: str, fact: str) -> tuple[str, ...]:
    """What other programs call a question with this key and fact."""
    return KNOWN.get(key, ()) or KNOWN.get(fact.rpartition(".")[2], ())


def guess(head: Sequence[str], targets: Sequence[Target], before: Mapping[str, str]) -> list[str]:
    """The target of each column, "" for none: what was chosen for this name `before`, else by its name.

    A question takes one column; a name may be made of two.
    """
    by_name: dict[str, str] = {}
    for target in targets:
        for name in target.names:
            by_name.setdefault(folded(name), target.key)
    known = {target.key for target in targets}
    taken: set[str] = set()
    found = []
    for column in head:
        name = folded(column)
        key = before[name] if before.get(name, "-") in known | {""} else by_name.get(name, "")
        if name in PASSED_OVER or (key in taken and key != NAME):
            key = ""
        taken.add(key)
        found.append(key)
    return found


def value_of(target: Target, cell: str, words: Words) -> object:
    """What a cell says as the value of its question; a `Refusal` where that cannot be told. "" is None."""
    if not cell.strip():
        return None
    reader = _READERS.get(target.kind) if target.kind else None
    if reader is not None:
        return reader(target, cell.strip(), words)
    return normalise(cell).strip() or None


def _choice(target: Target, cell: str, words: Words) -> object:
    return target.choices.get(folded(cell)) or Refusal("cell_not_a_choice", {"seen": cell[:80]})


def _many(target: Target, cell: str, words: Words) -> object:
    """Google Forms puts commas between, others semicolons or lines; a choice may hold a comma itself."""
    if one := target.choices.get(folded(cell)):
        return [one]
    parts = [part for part in re.split(r"[;\n]", cell) if part.strip()]
    if len(parts) == 1:
        parts = [part for part in cell.split(",") if part.strip()]
    found = [target.choices.get(folded(part)) for part in parts]
    unknown = [part.strip() for part, key in zip(parts, found, strict=True) if key is None]
    if unknown:
        return Refusal("cell_not_a_choice", {"seen": ", ".join(unknown)[:80]})
    return list(dict.fromkeys(key for key in found if key))


def _number(target: Target, cell: str, words: Words) -> object:
    """12,5 · 95 min · 01:35:00 (FilmFreeway's duration, in minutes)."""
    if clock := re.fullmatch(r"(\d{1,3}):(\d{2}):(\d{2})", cell):
        hours, minutes, seconds = map(int, clock.groups())
        return str(hours * 60 + minutes + (1 if seconds >= 30 else 0))
    found = re.fullmatch(r"(-?\d[\d \u00a0\u202f]*(?:[.,]\d+)?)\s*[^\d]*", cell)
    return found.group(1).strip() if found else Refusal("cell_not_a_number", {"seen": cell[:40]})


_SIGNS = {"$": "USD", "€": "EUR", "сом": "KGS", "⃀": "KGS", "₸": "KZT", "₽": "RUB"}


def _money(target: Target, cell: str, words: Words) -> object:
    """1 000 USD · $1,000 · 1000.50 EUR."""
    amount = re.search(r"\d[\d \u00a0\u202f.,]*", cell)
    rest = re.sub(r"[\d \u00a0\u202f.,]", "", cell)
    currency = rest.upper() if re.fullmatch(r"[A-Za-z]{3}", rest) else _SIGNS.get(rest.casefold(), "")
    if amount is None or not currency:
        return Refusal("cell_not_money", {"seen": cell[:40]})
    plain = re.sub(r"[ \u00a0\u202f]", "", amount.group()).strip(".,")
    if re.search(r",\d{3}(?:\D|$)", plain):  # commas between thousands
        plain = plain.replace(",", "")
    return {"amount": plain.replace(",", "."), "currency": currency}


def day_of(cell: str) -> str | Refusal:
    """2026-08-05 · 05.08.2026 · 5/8/2026 only where it cannot be read two ways."""
    text = cell.strip().split(" ")[0].split("T")[0]
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        first, second, year = map(int, found.groups())
        month, day = (first, second) if second > 12 or first == second else (second, first)
        if first <= 12 and second <= 12 and first != second:
            return Refusal("cell_day_two_ways", {"seen": cell[:40]})
    else:
        return Refusal("cell_not_a_day", {"seen": cell[:40]})
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Refusal("cell_not_a_day", {"seen": cell[:40]})


def _country(target: Target, cell: str, words: Words) -> object:
    return country_of(cell, words)


def country_of(cell: str, words: Words) -> str | Refusal:
    """A country by its code or its name in any of our languages; of several the first."""
    first = re.split(r"[,;\n]", cell)[0].strip()
    for said in (cell, first):
        if found := words.countries.get(folded(said)):
            return found
    return Refusal("cell_not_a_country", {"seen": cell[:60]})


def language_of(cell: str, words: Words) -> str | Refusal:
    """A language by its tag or its name in any of our languages; of several the first."""
    first = re.split(r"[,;\n]", cell)[0].strip()
    return words.languages.get(folded(first)) or Refusal("cell_not_a_language", {"seen": cell[:60]})


def _language(target: Target, cell: str, words: Words) -> object:
    return language_of(cell, words)


_YES = frozenset({"yes", "y", "true", "1", "да", "ооба", "x", "✓", "согласен", "согласна", "i agree", "agree"})
_NO = frozenset({"no", "n", "false", "0", "нет", "жок"})


def _consent(target: Target, cell: str, words: Words) -> object:
    said = folded(cell)
    if said in _YES or said in target.names or said.startswith(("i agree", "я соглас", "макул")):
        return True
    return False if said in _NO else Refusal("cell_not_yes_or_no", {"seen": cell[:40]})


def _date(target: Target, cell: str, words: Words) -> object:
    return day_of(cell)


def _films(target: Target, cell: str, words: Words) -> object:
    """One film in a line: title, year, role; commas or bars between."""
    rows = [re.split(r"\s*[|;]\s*|,\s*(?=\d{4}\b)|(?<=\d{4}),\s*", line.strip()) for line in cell.split("\n")]
    return [
        {"title": row[0], "year": row[1] if len(row) > 1 else "", "role": row[2] if len(row) > 2 else ""}
        for row in rows
        if row[0]
    ]


_READERS = {
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.COUNTRY: _country,
    Kind.LANGUAGE: _language,
    Kind.CONSENT: _consent,
    Kind.FILMS: _films,
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")


def files_of(cell: str) -> tuple[str, ...] | Refusal:
    """The addresses of files, with spaces, commas, semicolons or lines between."""
    found = tuple(dict.fromkeys(one for one in re.split(r"[\s;]+|,(?=\s|https?:)", cell) if one))
    wrong = next((one for one in found if not is_address(one)), None)
    return found if wrong is None else Refusal("cell_not_a_link", {"seen": wrong[:80]})


def to_fetch(address: str) -> str:
    """Where the file itself lies: what Google Drive and Dropbox show is a page around it."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("drive.google.com", "docs.google.com"):
        found = re.search(r"/(?:file/)?d/([\w-]{10,})", parts.path) or re.search(r"(?:^|&)id=([\w-]{10,})", parts.query)
        return f"https://drive.google.com/uc?export=download&id={found.group(1)}" if found else address
    if host == "dropbox.com":
        others = "&".join(one for one in parts.query.split("&") if one and not one.startswith("dl="))
        return urlunsplit(parts._replace(query=f"{others}&dl=1".lstrip("&")))
    return address


def email_of(cell: str) -> str | Refusal:
    """An address, in small letters."""
    said = cell.strip().lower()
    if not said:
        return Refusal("cell_email_missing")
    return said if _EMAIL.fullmatch(said) and len(said) <= 254 else Refusal("cell_not_an_email", {"seen": cell[:60]})


# Kinds that a cell can hold; what is asked in another way is left for the team.
READABLE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.LINK, Kind.FILE, *_READERS})
