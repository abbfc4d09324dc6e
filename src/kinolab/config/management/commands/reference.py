"""`./kinolab reference`: pages of docs/reference/ that are printed from the code, so that they cannot lie."""

import ast
import importlib
from argparse import ArgumentParser, _HelpAction, _SubParsersAction
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import load_command_class
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from kinolab.config import ready
from kinolab.config.management.commands.commands import own_commands
from kinolab.labs.domain.roles import ROLES, Permission, Role

NOTICE = "Printed from the code by `./kinolab reference`; change the code, not this page."
COMMON = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}


def rooms() -> list[str]:
    """Dotted names of all rooms, in the order of the story."""
    return [app.name for app in apps.get_app_configs() if app.name.startswith("kinolab.")]


def module_of(room: str, name: str) -> ModuleType | None:
    """The room's module, for example `words` or `domain.lifecycle`; None when the room has none."""
    path = Path(apps.get_app_config(room.rpartition(".")[2]).path, *name.split("."))
    there = path.with_suffix(".py").exists() or (path / "__init__.py").exists()
    return importlib.import_module(f"{room}.{name}") if there else None


def machines() -> Iterator[tuple[str, str, Mapping[tuple[StrEnum, StrEnum], StrEnum], Mapping[StrEnum, StrEnum]]]:
    """Room, name, steps and turns (may be empty) of every state machine."""
    for room in rooms():
        module = module_of(room, "domain.lifecycle")
        for name, steps in vars(module).items() if module else ():
            if name.endswith("STEPS") and isinstance(steps, dict):
                turns = getattr(module, name.replace("STEPS", "TURN"), {})
                yield room, type(next(iter(steps))[0]).__name__, steps, turns


def states() -> str:
    """Each machine as a drawing and as a table."""
    lines = ["# States", "", NOTICE]
    for room, name, steps, turns in machines():
        lines += ["", f"## {room.rpartition('.')[2]}: {name}", "", "```mermaid", "stateDiagram-v2"]
        lines += [f"    {before} --> {after}: {step}" for (before, step), after in steps.items()]
        lines += ["```", "", "| from | step | to | whose turn then |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {before} | {step} | {after} | {turns.get(after, '')} |" for (before, step), after in steps.items()
        ]
    return "\n".join(lines) + "\n"


def permissions() -> str:
    """Who of the team may do what."""
    words = module_of("kinolab.labs", "words")
    head = ["may", *(str(words.ROLES[role]) for role in Role)]
    lines = [
        "# Roles and permissions",
        "",
        NOTICE,
        "",
        "An applicant's, a reader's and an author's rights are not roles:",
    ]
    lines += ["each room asks who somebody is to the very thing (its `access.py`).", ""]
    lines += ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    labels: Mapping[Permission, object] = getattr(words, "PERMISSIONS", {})
    for permission in Permission:
        marks = ["yes" if permission in ROLES[role] else "" for role in Role]
        lines.append("| " + " | ".join([str(labels.get(permission, f"`{permission}`")), *marks]) + " |")
    return "\n".join(lines) + "\n"


def reasons() -> str:
    """Every reason code with its sentence."""
    lines = ["# Reasons", "", NOTICE, "", "Why something cannot be done: the code that the program, its record and its"]
    lines += ["tests use, and what people read.", ""]
    for room in rooms():
        words = module_of(room, "words")
        if known := getattr(words, "REASONS", None):
            lines += [f"## {room.rpartition('.')[2]}", "", "| code | sentence |", "| --- | --- |"]
            lines += [f"| `{code}` | {_cell(str(sentence))} |" for code, sentence in sorted(known.items())] + [""]
    return "\n".join(lines).rstrip() + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def setting_names() -> str:
    """Every variable that the settings read, with its default and the comment beside it."""
    text = (ready.SOURCE / "kinolab" / "config" / "settings.py").read_text(encoding="utf-8")
    source = text.splitlines()
    found: dict[str, tuple[str, str, str]] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
            name = ast.literal_eval(node.args[0])
            given = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
            default = _default(given[0]) if given else ("no" if node.func.id == "flag" else "")
            comment = _beside(source, node)
            if name not in found or (default and not found[name][1]):
                found[name] = (KINDS[node.func.id], default, comment)
    lines = ["# Settings", "", NOTICE, "", "Every setting is an environment variable; `NAME_FILE` may name a file that"]
    lines += ["holds the value instead.", "", "| variable | kind | default | |", "| --- | --- | --- | --- |"]
    lines += [f"| `{name}` | {kind} | {_code(default)} | {_cell(comment)} |"
              for name, (kind, default, comment) in sorted(found.items())]  # fmt: skip
    return "\n".join(lines) + "\n"


def _default(given: ast.expr) -> str:
    """A default as a person would write it; empty when it depends on other settings."""
    if any(isinstance(part, ast.Name | ast.Call | ast.JoinedStr) for part in ast.walk(given)):
        return ""
    value = eval(compile(ast.Expression(given), "settings", "eval"))  # noqa: S307  constants of our own settings
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _beside(source: list[str], node: ast.Call) -> str:
    """The comment at the end of the reader's line, or of the bracket that closes below it."""
    lines = source[node.lineno - 1 : node.end_lineno]
    after = source[node.end_lineno or 0 :][:1]
    lines += [line for line in after if line.lstrip().startswith(")")]
    return next((line.partition("  # ")[2] for line in lines if "  # " in line), "")


KINDS = {"text": "text", "flag": "yes or no", "whole": "whole number"}


def _code(text: str) -> str:
    return f"`{_cell(text)}`" if text else ""


def commands() -> str:
    """Every command of ours with its options."""
    lines = ["# Commands", "", NOTICE, "", "`./kinolab [--data DIR] COMMAND`"]
    for name, line in own_commands().items():
        command = load_command_class(_app_of(name), name)
        parser = command.create_parser("./kinolab", name)
        lines += ["", f"## {name}", "", line]
        if rows := [row for action in parser._actions for row in _options(action)]:
            lines += ["", "| argument | |", "| --- | --- |", *rows]
    return "\n".join(lines) + "\n"


def _app_of(command: str) -> str:
    return next(room for room in rooms() if module_of(room, f"management.commands.{command}"))


def _options(action: Any) -> Iterator[str]:
    if action.dest in COMMON or isinstance(action, _HelpAction):
        return
    if isinstance(action, _SubParsersAction):
        for name, parser in action.choices.items():
            yield f"| `{name}` | {_cell(parser.description or '')} |"
            for inner in parser._actions:
                yield from (row.replace("| `", f"| `{name} ", 1) for row in _options(inner))
        return
    shown = " ".join(action.option_strings) or str(action.metavar or action.dest)
    yield f"| `{shown}` | {_cell((action.help or '').replace('%%', '%'))} |"


def rules() -> str:
    """The shapes of rules, what they compare, the facts that need no question, the sets, and twenty published rules."""
    words, examples = module_of("kinolab.calls", "words"), module_of("kinolab.calls", "domain.examples")
    regulations, sets = (
        module_of("kinolab.calls", "domain.regulations"),
        module_of("kinolab.calls", "domain.country_sets"),
    )
    said = importlib.import_module("kinolab.calls.queries.rule_sentences")
    told = module_of("kinolab.calls", "domain.told")
    lines = ["# Rules", "", NOTICE, "", "How to write one: [Write a regulation](../how-to/write-a-regulation.md).", ""]
    lines += ["## Shapes", "", "| shape | asks |", "| --- | --- |"]
    lines += [f"| {name} | {about} |" for name, about in words.SHAPES.values()]
    lines += ["", "Several conditions are joined: " + "; ".join(str(one).lower() for one in words.JOINS.values()) + "."]
    lines += ["", "## Operations", "", "As they stand in a [programme file](programme-file.md).", ""]
    lines += [line for line in regulations.__doc__.splitlines() if line.startswith("|")]
    lines += ["", "## Facts that need no question", "", "| fact | |", "| --- | --- |"]
    lines += [f"| `{key}` | {name} |" for key, name in words.FACTS.items()]
    lines += ["", "Of whoever holds a role, the facts of a person are called `role_holder.ROLE.…`."]
    lines += ["", "## Facts worked out from answers", "", "| kind of question | fact | |", "| --- | --- | --- |"]
    lines += [f"| {kind} | `….{name}` | {words.BELOW[name]} |" for kind, names in told.BELOW.items() for name in names]
    lines += [""]
    lines += ["## Sets of countries", "", "| set | version | countries | source, as of |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{one.code}` | {one.version} | {' '.join(one.countries)} | <{one.source}>, {one.read_on} |"
        for one in sets.SHIPPED
    ]
    missing = ", ".join(f"`{code}` of {version}" for code, version in sets.NOT_SHIPPED)
    lines += [
        "",
        f"Not shipped, for no complete source of them could be read: {missing}. Who needs one makes it on the page",
    ]
    lines += ["*Sets of countries*, with its source."]
    lines += ["", "## Twenty published rules", "", "Each is tested to say yes, no and not known yet.", ""]
    for one in examples.EXAMPLES:
        rule = regulations.parse_rule(one.definition)
        written = yaml.safe_dump(dict(one.definition), allow_unicode=True, sort_keys=False, default_flow_style=None)
        lines += [f"### {one.code}", "", said.sentence(rule, said.Names()), "", f"Published: <{one.source}>", ""]
        lines += ["```text", written.rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def question_types() -> str:
    """Every kind of question: what it is called, its limits and settings, its tables, who sees, the library."""
    words = importlib.import_module("kinolab.foundation.questions.words")
    answers = importlib.import_module("kinolab.foundation.questions.domain.answers")
    tables = importlib.import_module("kinolab.foundation.questions.domain.tables")
    questions = importlib.import_module("kinolab.foundation.questions.queries")
    lines = ["# Question types", "", NOTICE, "", "How to use them: [Build a form](../how-to/build-a-form.md).", ""]
    lines += ["## Kinds", "", "| kind | called | limited in | settings (`details`) |", "| --- | --- | --- | --- |"]
    for kind in answers.Kind:
        units = ", ".join(sorted(answers.MEASURES.get(kind, ())))
        settings_ = ", ".join(sorted(answers.DETAILS.get(kind, ())))
        lines.append(f"| `{kind}` | {words.KINDS[kind]} | {units} | {settings_} |")
    lines += ["", "What is stored for each:", "", *_table_in(answers.__doc__), "", "What the settings say:", ""]
    lines += [*_table_in(importlib.import_module("kinolab.foundation.questions.domain.kinds").__doc__), ""]
    lines += ["## Limits", "", "A question may have one limit in each unit that its kind knows.", ""]
    lines += [
        "| unit | counts |",
        "| --- | --- |",
        *(f"| `{unit}` | {name} |" for unit, name in words.UNITS.items()),
        "",
    ]
    lines += ["## Tables", "", "| kind | column | what it holds | needed | asked unless chosen otherwise |"]
    lines += ["| --- | --- | --- | --- | --- |"]
    for kind, columns in tables.COLUMNS.items():
        for one in columns:
            needed, usual = "yes" if one.needed else "no", "yes" if one.name in tables.USUAL[kind] else "no"
            lines.append(f"| `{kind}` | `{one.name}` | {one.sort} | {needed} | {usual} |")
    lines += ["", "## Files", "", *_file_kinds()]
    lines += ["", "## When a question shows", "", "```text", *_indented(_conditions()), "```", ""]
    lines += ["## Who sees the answer", "", "| `seen_by` | who |", "| --- | --- |"]
    lines += [f"| `{key}` | {name} |" for key, name in words.SEERS.items()]
    lines += ["", "## Library", "", "| `use` | kind | question | limits |", "| --- | --- | --- | --- |"]
    for key, ready_ in questions.library().items():
        bounds = ", ".join(
            " ".join(
                filter(
                    None, (f"{one['minimum']}–" if "minimum" in one else "", str(one.get("maximum", "")), one["unit"])
                )
            )
            for one in ready_["limits"]
        )
        lines.append(f"| `{key}` | {ready_['kind']} | {ready_['label']['en']} | {bounds} |")
    return "\n".join(lines) + "\n"


def _file_kinds() -> list[str]:
    words = importlib.import_module("kinolab.foundation.files.words")
    contents = importlib.import_module("kinolab.foundation.files.contents")
    return [
        "A file is what its contents say, whatever its name. Refused in any kind: what is named as something else, what is cut",
        "off, what is an archive besides, documents with macros or other files inside, and what would fill the memory when opened.",
        "Minutes are known of films and sound, pages of PDFs.",
        "",
        "| `accepts` | called | formats |",
        "| --- | --- | --- |",
        *(f"| `{kind}` | {words.KINDS[kind]} | {formats} |" for kind, formats in contents.ACCEPTED.items()),
    ]


def _conditions() -> str:
    return str(importlib.import_module("kinolab.foundation.questions.domain.conditions").__doc__)


def _indented(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.startswith("    {")]


def _table_in(text: str | None) -> list[str]:
    return [line for line in (text or "").splitlines() if line.startswith("|")]


def results() -> str:
    """Ready indicators, tables that are taken away, and what becomes of each in IATI."""
    library = importlib.import_module("kinolab.impact.queries.library")
    exchange = importlib.import_module("kinolab.impact.queries.exchange")
    iati = importlib.import_module("kinolab.impact.domain.iati")
    words = importlib.import_module("kinolab.impact.words")
    lines = ["# Results: ready indicators, tables, IATI", "", NOTICE, ""]
    lines += [
        "How to use them: [Exchange results as IATI](../how-to/exchange-results.md).",
        "",
        "## Ready indicators",
        "",
    ]
    for dynamic, those in library.by_dynamic():
        lines += [f"### {dynamic}", ""]
        for one in those:
            adds = words.ACCUMULATIONS[one.accumulation] if one.accumulation else "—"
            lines += [f"**{one.texts['title']}** (`{one.key}`): {words.MEASURES[one.measure]}; {adds}.", ""]
            lines += [f"- {words.FIELDS[name]}: {text}" for name, text in one.texts.items() if name != "title"] + [""]
    lines += [
        "## Tables",
        "",
        "CSV in UTF-8 with a byte order mark, and XLSX. Days as 2026-11-02, numbers with a point.",
        "",
    ]
    for name, (head, _) in exchange.TABLES.items():
        lines += [f"`{name}`: " + ", ".join(f"`{column}`" for column in head) + ".", ""]
    lines += ["## Codes of IATI 2.03", "", "| here | there |", "| --- | --- |"]
    lines += [
        f"| result: {words.RESULT_KINDS[kind]} | `result/@type` {code} |" for kind, code in iati.RESULT_TYPES.items()
    ]
    lines += [
        f"| measure: {words.MEASURES[one]} | `indicator/@measure` {code} |" for one, code in iati.MEASURES.items()
    ]
    lines += [f"| {words.FIELDS[name]} | `indicator/@kino:{name}`, namespace `{iati.NAMESPACE}` |" for name in iati.OWN]
    lines += [f"| {words.FIELDS[name]} | `dimension/@name` {name} |" for name in iati.DIMENSIONS]
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states,
    "permissions.md": permissions,
    "reasons.md": reasons,
    "rules.md": rules,
    "question-types.md": question_types,
    "results.md": results,
    "settings.md": setting_names,
    "commands.md": commands,
}


class Command(BaseCommand):
    """Print the pages, or compare them."""

    help = "Print the pages of docs/reference/ that come from the code; --check compares them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --check."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 if a page differs")

    def handle(self, *, check: bool, **options: object) -> None:
        """Print or compare."""
        folder = ready.REPOSITORY / "docs" / "reference"
        different = []
        with translation.override(settings.LANGUAGE_CODE):
            for name, page in PAGES.items():
                path, text = folder / name, page()
                if path.exists() and path.read_text(encoding="utf-8") == text:
                    continue
                different.append(name)
                if not check:
                    folder.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
        if check and different:
            raise CommandError(f"Differs from the code: {', '.join(different)}. Print again: ./kinolab reference")
        self.stdout.write(", ".join(different) or "Nothing to print: every page is as the code is.")
