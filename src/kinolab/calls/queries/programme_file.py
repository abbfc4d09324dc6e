"""An edition as a programme file, and the places of its parts in a text."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import yaml

from kinolab.calls.domain.programme_file import END_OF_DAY, FORMAT, LANGUAGES
from kinolab.calls.domain.teams import Signatures
from kinolab.calls.models import Call
from kinolab.calls.queries import closes
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions.models import Form
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.models import Edition

ABOUT = "# A programme file of Kinolab: one edition with its call. Described in docs/reference/programme-file.md.\n"


class StrictLoader(yaml.SafeLoader):
    """YAML as people mean it: `NO` is Norway, 18:00 is a time as text, a key stands once, nothing refers elsewhere."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        """No references: a small file could be made of them that fills the memory."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "references (*) are not taken", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Every key once."""
        seen: set[str] = set()
        for key, _value in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key.value}” is there twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", ["~", "n", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
):
    StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def load(source: str) -> Any:
    """What a YAML text says. Denied (not_yaml) with the reason; its `line` is in the facts (1 when unknown)."""
    try:
        return yaml.load(source, Loader=StrictLoader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Denied(Refusal("not_yaml", {"said": error.problem or "", "line": line})) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Denied(Refusal("not_yaml", {"said": str(error)[:200], "line": 1})) from None


def as_mapping(edition: Edition) -> dict[str, Any]:
    """Everything about the edition that a programme file holds; empty parts are left out."""
    organisation, programme = edition.programme.organisation, edition.programme
    call: Call | None = Call.objects.select_related("form").filter(edition=edition).first()
    whole = {
        "kinolab": FORMAT,
        "organisation": {
            name: getattr(organisation, name)
            for name in ("slug", "name", "about", "country", "timezone", "contact_email", "website", "data_location")
        },
        "programme": {name: getattr(programme, name) for name in ("slug", "kind", "name", "about")},
        "edition": {
            **{name: getattr(edition, name) for name in ("slug", "name", "dye", "timezone", "mode", "city", "country")},
            "starts": _fuzzy(edition.starts_on, edition.starts_precision),
            "ends": _fuzzy(edition.ends_on, edition.ends_precision),
            "projects": edition.capacity_projects,
            "people": edition.capacity_people,
        },
        "modules": [
            {
                **{name: getattr(one, name) for name in ("name", "mode")},
                "starts": one.starts_on,
                "ends": one.ends_on,
                **{name: getattr(one, name) for name in ("precision", "timezone", "city", "country", "mandatory")},
            }
            for one in edition.modules.all()
        ],
        "tutors": [{name: getattr(one, name) for name in ("name", "title", "about")} for one in edition.tutors.all()],
    }
    cleaned: dict[str, Any] = _without_empty(whole | (_call(call) if call else {}))
    return cleaned


def programme_file(edition: Edition) -> str:
    """The edition as YAML."""
    return ABOUT + yaml.safe_dump(as_mapping(edition), allow_unicode=True, sort_keys=False, width=110)


def lines_of(source: str) -> dict[str, int]:
    """The line (from 1) at which each path of a YAML text stands: {"call.closes": 31, "faq[0].answer": 80}."""
    lines: dict[str, int] = {}

    def walk(node: yaml.Node, path: str) -> None:
        lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below = f"{path}.{key.value}" if path else str(key.value)
                walk(value, below)
                lines[below] = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                walk(value, f"{path}[{position}]")

    root = yaml.compose(source, Loader=StrictLoader)
    if root is not None:
        walk(root, "")
    return lines


def line_of(path: str, lines: Mapping[str, int]) -> int:
    """The line of a path, or of the nearest part above it that stands in the text."""
    while path not in lines and path:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 1)


def _call(call: Call) -> dict[str, Any]:
    zone = call.timezone
    names = ("headline", "lead", "who", "privacy", "languages", "answer_languages", "timezone")
    return {
        "call": {
            **{name: getattr(call, name) for name in names},
            "opens": _local(call.opens_at, zone),
            "closes": _local(call.closes_at, zone, day_alone=not call.hour_known),
            "grace_minutes": call.grace_minutes,
            "role_closes": [
                {"role": role, "closes": _local(close.at, zone)}
                for role in call.roles
                if (close := closes.of_role(call, role))
            ],
            "sealed": call.sealed or None,
            "results": _fuzzy(call.results_on, call.results_precision),
            "appeals_until": _local(call.appeals_until, zone),
            "contact_email": call.contact_email,
            "roles": call.roles,
            "team": _team(call),
        },
        "strands": [
            {name: getattr(one, name) for name in ("slug", "name", "about", "roles")}
            | {"closes": _local(one.closes_at, zone)}
            | ({"without_project": True} if one.without_project else {})
            | ({"seats": one.seats} if one.seats else {})
            for one in call.strands.all()
        ],
        "covers": [{"covered": one.covered, "text": one.text} for one in call.covers.all()],
        "faq": [{"question": one.question, "answer": one.answer} for one in call.faqs.all()],
        "regulations": [
            {**_in_order(one.definition), "sentence": one.sentence, "question": one.question, "refusal": one.refusal}
            for one in call.rules.all()
        ],
        "form": _form(call.form) if call.form else None,
        "rubric": [
            {
                "code": one.code,
                "name": one.name,
                "help": one.help,
                "anchors": _in_order(one.anchors),
                "weight": float(one.weight),
            }
            for one in call.criteria.all()
        ],
    }


def _team(call: Call) -> dict[str, Any]:
    """What the call asks of teams; what is usual is left out."""
    said: dict[str, Any] = {"min": call.team_min, "max": call.team_max}
    said |= {"numbers": call.role_needs, "senders": call.senders, "strands": call.strands_max}
    said |= {"signatures": call.signatures if call.signatures != Signatures.NONE else None}
    said |= {"locks": _local(call.team_locks_at, call.timezone)}
    return said | ({} if call.join_after_close else {"join_after_close": False})


def _form(form: Form) -> dict[str, Any]:
    names = (
        *("key", "kind", "label", "help", "required", "limits", "choices", "details", "shown_if"),
        *("fact", "seen_by", "pii_level", "asked_of"),
    )
    return {
        "name": form.name,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "help": section.help,
                **({"of_project": True} if section.of_project else {}),
                "questions": [
                    {name: _in_order(getattr(one, name)) for name in names} for one in section.questions.all()
                ],
            }
            for section in form.sections.prefetch_related("questions")
        ],
    }


def _fuzzy(day: date | None, precision: str) -> dict[str, Any] | None:
    return {"date": day, "precision": precision} if day else None


def _local(at: datetime | None, zone: str, *, day_alone: bool = False) -> str | date | None:
    if at is None:
        return None
    there = at.astimezone(ZoneInfo(zone or "UTC"))
    if day_alone and there.time() == END_OF_DAY:
        return there.date()
    return there.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes" if not there.second else "seconds")


# Databases may keep the parts of a JSON value in an order of their own; a file has one order.
_ORDER = (
    *("key", "label", "unit", "maximum", "minimum"),
    *("set", "countries"),
    *("question", "is", "is_not", "answered", "at_least", "at_most", "all", "any"),
    *("languages", "columns", "precision", "password", "minutes", "version"),
    *("code", "scope", "field", "op", "value", "severity", "overridable", "reference_date", "children"),
    *LANGUAGES,
)


def _in_order(value: Any) -> Any:
    """The same value with the keys of its mappings in the order of the file."""
    if isinstance(value, list):
        return [_in_order(part) for part in value]
    if not isinstance(value, dict):
        return value
    known = {key: place for place, key in enumerate(_ORDER)}
    keys = sorted(value, key=lambda key: (known.get(key, len(known)), str(key)))
    return {key: _in_order(value[key]) for key in keys}


def _without_empty(value: Any) -> Any:
    """Plain values for YAML: texts as mappings, nothing that is empty; False and 0 stay."""
    if isinstance(value, Text):
        return _in_order(value.as_dict())
    if isinstance(value, Mapping):
        plain = {str(key): _without_empty(part) for key, part in value.items()}
        return {key: part for key, part in plain.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(part) for part in value]
    return value


# --- One regulation as text ------------------------------------------------------------------------------------------
EXAMPLE = {"code": "countries", "scope": "project", "field": "country", "op": "in", "value": ["KG"]}


def write_definition(definition: Mapping[str, Any] | None) -> str:
    """The definition of a regulation as YAML; a small example where there is none."""
    return yaml.safe_dump(
        _in_order(dict(definition or EXAMPLE)), allow_unicode=True, sort_keys=False, default_flow_style=None
    )


def read_definition(source: str) -> Any:
    """What the YAML of one regulation says, for `regulations.parse_rule` to judge; Denied (not_yaml) if it says nothing."""
    return without_days(load(source))


def without_days(value: Any) -> Any:
    """The same with days as text, as JSON can keep them."""
    if isinstance(value, Mapping):
        return {str(key): without_days(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_days(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
