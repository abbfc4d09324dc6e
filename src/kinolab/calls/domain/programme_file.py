"""The programme file: one edition with its call, as plain values; what it may hold, and everything that is wrong in it.

Pure: the YAML has been read already. `read` gives the cleaned mapping (missing optional parts filled with their empty
values, dates as dates, moments as naive local times) or a list of refusals, each with the path of its place.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from kinolab.calls.domain import teams
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.domain.teams import LARGEST, Signatures
from kinolab.foundation.questions.domain.answers import Kind, Limit, QuestionSpec, spec_problems
from kinolab.foundation.questions.domain.conditions import Asked, form_problems
from kinolab.foundation.questions.domain.conditions import parse as parse_condition
from kinolab.foundation.questions.domain.counting import Unit
from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.questions.domain.seeing import SENSITIVE, SeenBy
from kinolab.foundation.refusals import Refusal
from kinolab.labs.domain.calendar import Precision

FORMAT = 1
LANGUAGES = ("ky", "kk", "uz", "tg", "tk", "ru", "en")
DYES = ("madder", "larkspur", "spruce", "firuza", "indigo", "mulberry")
MODES = ("onsite", "online", "hybrid")
KINDS = ("lab", "teen_lab", "pitching", "market_trip", "award", "omnibus_call")
END_OF_DAY = time(23, 59)
ALIKE = 0.75  # of two names: as many letters in the same order as make a slip of the hand likely
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")
_STEPS = frozenset("012345")
_RULE_TEXTS = ("sentence", "question", "refusal")

Reader = Callable[["_Problems", object, str], Any]


@dataclass
class _Problems:
    """What was found wrong so far."""

    found: list[Refusal] = field(default_factory=list)

    def add(self, code: str, path: str, /, **facts: object) -> None:
        """Note one more."""
        self.found.append(Refusal(code, {"path": path, **facts}))


def read(given: object, library: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any] | list[Refusal]:
    """Clean a programme file, or say everything that is wrong in it.

    A question may `use` one of the library; what the file says beside it is said instead.
    """
    problems = _Problems()
    cleaned = _FILE(problems, _with_library(problems, given, library or {}), "")
    if not problems.found:
        _check_whole(problems, cleaned)
    return problems.found or cleaned


def _with_library(problems: _Problems, given: object, library: Mapping[str, Mapping[str, Any]]) -> object:
    form = given.get("form") if isinstance(given, Mapping) else None
    sections = form.get("sections") if isinstance(form, Mapping) else None
    if not isinstance(given, Mapping) or not isinstance(form, Mapping) or not isinstance(sections, list):
        return given
    filled = []
    for position, section in enumerate(sections):
        asked = section.get("questions") if isinstance(section, Mapping) else None
        if isinstance(asked, list):
            where = f"form.sections[{position}].questions"
            taken = [_taken(problems, one, library, f"{where}[{number}]") for number, one in enumerate(asked)]
            filled.append({**section, "questions": taken})
        else:
            filled.append(section)
    return {**given, "form": {**form, "sections": filled}}


def _taken(problems: _Problems, one: object, library: Mapping[str, Mapping[str, Any]], path: str) -> object:
    if not isinstance(one, Mapping) or "use" not in one:
        return one
    use = str(one["use"])
    if use not in library:
        problems.add("unknown_library_question", path, seen=use[:60])
    own = {key: value for key, value in one.items() if key != "use"}
    ready = {key: value for key, value in library.get(use, {}).items() if value not in ("", [], {})}
    return {"key": use, "kind": "text", "label": {"en": use}} | ready | own


# --- Small readers: each takes what stands at a path and gives its clean value, or notes a problem -------------------
def _mapping(required: Mapping[str, Reader], optional: Mapping[str, tuple[Reader, object]]) -> Reader:
    def reader(problems: _Problems, given: object, path: str) -> dict[str, Any]:
        if not isinstance(given, Mapping):
            problems.add("not_a_mapping" if path else "not_a_programme_file", path)
            return {}
        known = [*required, *optional]
        for key in given:
            if key not in known:
                _not_known(problems, str(key), _join(path, str(key)), known)
        cleaned: dict[str, Any] = {}
        for key, part in required.items():
            value = given.get(key)
            if value is None or (isinstance(value, str) and not value.strip()):
                problems.add("missing_key" if path else "missing_part", path, key=key)
            else:
                cleaned[key] = part(problems, value, _join(path, key))
        for key, (part, empty) in optional.items():
            value = given.get(key)
            cleaned[key] = empty if value is None else part(problems, value, _join(path, key))
        return cleaned

    return reader


def _not_known(problems: _Problems, key: str, path: str, known: Sequence[str]) -> None:
    if meant := get_close_matches(key, known, 1, ALIKE):
        problems.add("mistyped_key", path, key=key, meant=meant[0])
    else:
        problems.add("unknown_key", path, key=key, known=known)


def _listing(of: Reader) -> Reader:
    def reader(problems: _Problems, given: object, path: str) -> list[Any]:
        if isinstance(given, str) or not isinstance(given, Sequence):
            problems.add("not_a_list", path)
            return []
        return [of(problems, one, f"{path}[{position}]") for position, one in enumerate(given)]

    return reader


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _texts(problems: _Problems, given: object, path: str) -> dict[str, str]:
    if not isinstance(given, Mapping) or not given:
        problems.add("not_texts", path)
        return {}
    for tag, text in given.items():
        if tag not in LANGUAGES:
            problems.add("unknown_language", _join(path, str(tag)), language=str(tag), known=list(LANGUAGES))
        elif not isinstance(text, str):
            problems.add("not_text", _join(path, str(tag)))
    return {str(tag): str(text).strip() for tag, text in given.items() if str(text).strip()}


def _name(problems: _Problems, given: object, path: str) -> dict[str, str]:
    """Texts of which one at least says something."""
    said = _texts(problems, given, path)
    if not said and isinstance(given, Mapping) and given:
        problems.add("not_texts", path)
    return said


def _line(longest: int = 200) -> Reader:
    def reader(problems: _Problems, given: object, path: str) -> str:
        if not isinstance(given, str | int) or isinstance(given, bool) or len(str(given)) > longest:
            problems.add("not_a_line", path, limit=longest)
            return ""
        return str(given).strip()

    return reader


def _slug(problems: _Problems, given: object, path: str) -> str:
    if not isinstance(given, str) or not _SLUG.fullmatch(given):
        problems.add("not_a_slug", path, seen=str(given)[:60])
        return ""
    return given


def _one_of(values: Iterable[str], code: str) -> Reader:
    known = list(values)

    def reader(problems: _Problems, given: object, path: str) -> str:
        if given not in known:
            problems.add(code, path, seen=str(given)[:60], known=known)
        return str(given)

    return reader


def _zone(problems: _Problems, given: object, path: str) -> str:
    if not isinstance(given, str) or given not in _zones() or "/" not in given:
        problems.add("unknown_zone", path, seen=str(given)[:60])
    return str(given)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # found by looking through the whole folder of zones


def _country(problems: _Problems, given: object, path: str) -> str:
    if not isinstance(given, str) or given not in COUNTRIES:
        problems.add("unknown_country", path, seen=str(given)[:60])
    return str(given)


def _yes_no(problems: _Problems, given: object, path: str) -> bool:
    if not isinstance(given, bool):
        problems.add("not_yes_or_no", path)
    return bool(given)


def _whole(lowest: int, highest: int) -> Reader:
    def reader(problems: _Problems, given: object, path: str) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or not lowest <= given <= highest:
            problems.add("not_a_number_between", path, minimum=lowest, maximum=highest)
            return lowest
        return given

    return reader


def _weight(problems: _Problems, given: object, path: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= 100:
        problems.add("not_a_number_between", path, minimum=0, maximum=100)
        return 1.0
    return float(given)


def _day(problems: _Problems, given: object, path: str) -> date | None:
    if isinstance(given, datetime) or not isinstance(given, date):
        problems.add("not_a_day", path, seen=str(given)[:60])
        return None
    return given


def _moment(problems: _Problems, given: object, path: str) -> datetime | date | None:
    """A local wall-clock time ("2026-08-05 23:59"), or a day when no hour is known."""
    if isinstance(given, str):
        written = given
        try:
            given = datetime.fromisoformat(written)
        except ValueError:
            problems.add("not_a_moment", path, seen=written[:60])
            return None
    if not isinstance(given, date):
        problems.add("not_a_moment", path, seen=str(given)[:60])
        return None
    if isinstance(given, datetime) and given.tzinfo is not None:
        problems.add("moment_with_offset", path)
    return given


def _anchors(problems: _Problems, given: object, path: str) -> dict[str, dict[str, str]]:
    if not isinstance(given, Mapping) or not {str(step) for step in given} <= _STEPS:
        problems.add("not_anchors", path)
        return {}
    return {str(step): _name(problems, text, _join(path, str(step))) for step, text in given.items()}


def _rule(problems: _Problems, given: object, path: str) -> dict[str, Any]:
    """A regulation with its texts; the rule itself is read by `regulations.parse_rule`."""
    if not isinstance(given, Mapping):
        problems.add("not_a_mapping", path)
        return {}
    said: dict[str, Any] = {
        name: _texts(problems, given[name], _join(path, name)) if given.get(name) else {} for name in _RULE_TEXTS
    }
    if not said["sentence"]:
        problems.add("missing_key", path, key="sentence")
    definition = {key: value for key, value in given.items() if key not in _RULE_TEXTS}
    parsed = parse_rule(definition, path)
    if isinstance(parsed, list):
        problems.found += parsed
        return {}
    return {"code": parsed.code, "definition": _plain(definition)} | said


def _plain(value: Any) -> Any:
    """The same with days as text: definitions are kept as JSON."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _numbers(problems: _Problems, given: object, path: str) -> dict[str, dict[str, int | None]]:
    """How many of each role: {director: {min: 1, max: 2}}."""
    if not isinstance(given, Mapping):
        problems.add("not_a_mapping", path)
        return {}
    one = _mapping({}, {"min": (_whole(0, LARGEST), 0), "max": (_whole(1, LARGEST), None)})
    return {_slug(problems, role, path): one(problems, said, _join(path, str(role))) for role, said in given.items()}


_TEAM = _mapping(
    {"min": _whole(1, LARGEST), "max": _whole(1, LARGEST)},
    {
        "numbers": (_numbers, {}),
        "senders": (_listing(_slug), []),
        "signatures": (_one_of([one.value for one in Signatures], "unknown_kind"), Signatures.NONE.value),
        "locks": (_moment, None),
        "join_after_close": (_yes_no, True),
        "strands": (_whole(1, 100), None),
    },
)


def _details(problems: _Problems, given: object, path: str) -> dict[str, Any]:
    """What only some kinds need; the room of questions says what each may hold."""
    if not isinstance(given, Mapping):
        problems.add("not_a_mapping", path)
        return {}
    plain: dict[str, Any] = _plain(given)
    return plain


def _condition(problems: _Problems, given: object, path: str) -> dict[str, Any]:
    """When a question shows."""
    read = parse_condition(_plain(given) if isinstance(given, Mapping) else given)
    if isinstance(read, Refusal):
        problems.add(read.code, path, question=path, **read.facts)
        return {}
    return dict(_plain(given))


_LIMIT = _mapping(
    {"unit": _one_of([unit.value for unit in Unit], "unknown_unit")},
    {"maximum": (_whole(1, 10_000_000), None), "minimum": (_whole(0, 10_000_000), None)},
)
_CHOICE = _mapping({"key": _slug, "label": _name}, {})
_QUESTION = _mapping(
    {"key": _slug, "kind": _one_of([kind.value for kind in Kind], "unknown_kind"), "label": _name},
    {
        "help": (_texts, {}),
        "required": (_yes_no, True),
        "limits": (_listing(_LIMIT), []),
        "choices": (_listing(_CHOICE), []),
        "details": (_details, {}),
        "shown_if": (_condition, {}),
        "fact": (_line(60), ""),
        "seen_by": (_one_of([one.value for one in SeenBy], "unknown_seer"), None),
        "readers_see": (_yes_no, True),  # how files of an older version say it
        "pii_level": (_whole(0, 3), 0),
        "asked_of": (_slug, ""),
    },
)
_SECTION = _mapping(
    {"key": _slug, "title": _name},
    {"questions": (_listing(_QUESTION), []), "help": (_texts, {}), "of_project": (_yes_no, False)},
)
_FUZZY = _mapping({"date": _day}, {"precision": (_one_of([p.value for p in Precision], "unknown_precision"), "day")})
_MODULE = _mapping(
    {"name": _name, "timezone": _zone},
    {
        "mode": (_one_of(MODES, "unknown_mode"), "onsite"),
        "starts": (_day, None),
        "ends": (_day, None),
        "precision": (_one_of([p.value for p in Precision], "unknown_precision"), "day"),
        "city": (_texts, {}),
        "country": (_country, ""),
        "mandatory": (_yes_no, True),
    },
)
_CALL = _mapping(
    {},
    {
        "headline": (_texts, {}),
        "lead": (_texts, {}),
        "who": (_texts, {}),
        "privacy": (_texts, {}),
        "languages": (_listing(_one_of(LANGUAGES, "unknown_language")), []),
        "answer_languages": (_listing(_one_of(LANGUAGES, "unknown_language")), []),
        "timezone": (_zone, ""),
        "opens": (_moment, None),
        "closes": (_moment, None),
        "grace_minutes": (_whole(0, 15), 0),
        "role_closes": (_listing(_mapping({"role": _slug, "closes": _moment}, {})), []),
        "sealed": (_yes_no, False),
        "results": (_FUZZY, None),
        "appeals_until": (_moment, None),
        "contact_email": (_line(), ""),
        "roles": (_listing(_slug), []),
        "team": (_TEAM, _TEAM(_Problems(), {"min": 1, "max": 4}, "")),
    },
)
_STRAND = _mapping(
    {"slug": _slug, "name": _name},
    {
        "about": (_texts, {}),
        "closes": (_moment, None),
        "roles": (_listing(_slug), []),
        "without_project": (_yes_no, False),
        "seats": (_whole(1, 1000), None),
    },
)
_FILE = _mapping(
    {
        "kinolab": _whole(FORMAT, FORMAT),
        "organisation": _mapping(
            {"slug": _slug, "name": _name},
            {
                "about": (_texts, {}),
                "country": (_country, ""),
                "timezone": (_zone, "Asia/Bishkek"),
                "contact_email": (_line(), ""),
                "website": (_line(), ""),
                "data_location": (_texts, {}),
            },
        ),
        "programme": _mapping(
            {"slug": _slug, "name": _name}, {"kind": (_one_of(KINDS, "unknown_kind"), "lab"), "about": (_texts, {})}
        ),
        "edition": _mapping(
            {"slug": _slug, "name": _name, "timezone": _zone},
            {
                "dye": (_one_of(DYES, "unknown_dye"), "madder"),
                "mode": (_one_of(MODES, "unknown_mode"), "onsite"),
                "city": (_texts, {}),
                "country": (_country, ""),
                "starts": (_FUZZY, None),
                "ends": (_FUZZY, None),
                "projects": (_whole(1, 10_000), None),
                "people": (_whole(1, 10_000), None),
            },
        ),
    },
    {
        "modules": (_listing(_MODULE), []),
        "tutors": (_listing(_mapping({"name": _line()}, {"title": (_texts, {}), "about": (_texts, {})})), []),
        "call": (_CALL, None),
        "strands": (_listing(_STRAND), []),
        "covers": (_listing(_mapping({"text": _name}, {"covered": (_yes_no, True)})), []),
        "faq": (_listing(_mapping({"question": _name, "answer": _name}, {})), []),
        "regulations": (_listing(_rule), []),
        "form": (_mapping({}, {"name": (_line(), ""), "sections": (_listing(_SECTION), [])}), None),
        "rubric": (
            _listing(
                _mapping(
                    {"code": _slug, "name": _name},
                    {"help": (_texts, {}), "anchors": (_anchors, {}), "weight": (_weight, 1.0)},
                )
            ),
            [],
        ),
    },
)


# --- What only the whole can say --------------------------------------------------------------------------------------
def _check_whole(problems: _Problems, cleaned: Mapping[str, Any]) -> None:
    call = cleaned["call"] or {}
    opens, closes = call.get("opens"), call.get("closes")
    if opens and closes and start_of(opens) >= end_of(closes):
        problems.add("closes_before_opens", "call.closes", opens=start_of(opens), closes=end_of(closes))
    _check_own_closes(problems, cleaned)
    if call and call["team"]["max"] < call["team"]["min"]:
        problems.add("team_range", "call.team")
    if call:
        team, roles = call["team"], tuple(call["roles"])
        for wrong in teams.problems(roles, teams.role_needs(team["numbers"]), team["min"], team["max"]):
            problems.add(wrong.code, "call.team", **wrong.facts)
    if (opens or closes) and not call["timezone"]:
        problems.add("missing_key", "call", key="timezone")
    for part, name in (("strands", "slug"), ("regulations", "code"), ("rubric", "code")):
        _check_once(problems, cleaned[part], part, name)
    _check_form(problems, cleaned["form"]["sections"] if cleaned["form"] else [])


def _check_form(problems: _Problems, sections: Sequence[Mapping[str, Any]]) -> None:
    _check_once(problems, sections, "form.sections", "key")
    for position, section in enumerate(sections):
        where = f"form.sections[{position}].questions"
        _check_once(problems, section["questions"], where, "key")
        for number, question in enumerate(section["questions"]):
            _check_question(problems, question, f"{where}[{number}]")
    _check_conditions(problems, sections)


def _check_question(problems: _Problems, question: dict[str, Any], place: str) -> None:
    older = question.pop("readers_see")
    question["seen_by"] = question["seen_by"] or (SeenBy.READERS if older else SeenBy.DECIDERS).value
    for refusal in spec_problems(_spec(question)):
        problems.add(refusal.code, place, **{**refusal.facts, "kind": question["kind"]})
    if question["seen_by"] == SeenBy.NAMED and question["fact"]:
        problems.add("named_with_fact", place)


def _spec(question: Mapping[str, Any]) -> QuestionSpec:
    limits = tuple(Limit(Unit(one["unit"]), one["maximum"], one["minimum"]) for one in question["limits"])
    choices = tuple(str(one["key"]) for one in question["choices"])
    return QuestionSpec(
        question["key"], Kind(question["kind"]), question["required"], limits, choices, question["details"]
    )


def _check_conditions(problems: _Problems, sections: Sequence[Mapping[str, Any]]) -> None:
    places = [
        (f"form.sections[{position}].questions[{number}].shown_if", question)
        for position, section in enumerate(sections)
        for number, question in enumerate(section["questions"])
    ]
    asked = [
        Asked(
            one["key"], one["shown_if"], [choice["key"] for choice in one["choices"]], SeenBy(one["seen_by"]),
            one["asked_of"], one["pii_level"] >= SENSITIVE, one["required"],
        )
        for _, one in places
    ]  # fmt: skip
    by_key = {one["key"]: path for path, one in places}
    for refusal in form_problems(asked):
        problems.add(refusal.code, by_key[str(refusal.facts["question"])], **refusal.facts)


def _check_own_closes(problems: _Problems, cleaned: Mapping[str, Any]) -> None:
    """A strand or a role closes later than the call, and the role is one of the call's."""
    call = cleaned["call"] or {}
    own = [(f"strands[{place}].closes", one["closes"]) for place, one in enumerate(cleaned["strands"])]
    for place, one in enumerate(call.get("role_closes", ())):
        own.append((f"call.role_closes[{place}].closes", one.get("closes")))
        if one.get("role") not in call["roles"]:
            where = f"call.role_closes[{place}].role"
            problems.add("unknown_kind", where, seen=one.get("role", ""), known=", ".join(call["roles"]))
    for path, until in own:
        if until and call.get("closes") and end_of(until) <= end_of(call["closes"]):
            problems.add("own_close_not_later", path, closes=end_of(call["closes"]))


def _check_once(problems: _Problems, listed: Sequence[Mapping[str, Any]], path: str, name: str) -> None:
    seen: set[str] = set()
    for position, one in enumerate(listed):
        if one.get(name) in seen:
            problems.add("duplicate_code", f"{path}[{position}].{name}", code=one[name])
        seen.add(one.get(name, ""))


def start_of(moment: datetime | date) -> datetime:
    """The local instant at which something begins: a day begins at midnight."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)


def end_of(moment: datetime | date) -> datetime:
    """The local instant at which something closes: a day without an hour closes with its last minute."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, END_OF_DAY)
