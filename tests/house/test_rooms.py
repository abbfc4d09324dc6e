"""What no tool knows: how a room is furnished, who writes, which words are missing."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.template.loader import get_template

from kinolab import switchboard
from kinolab.config import ready
from kinolab.config.management.commands.reference import machines, module_of, rooms

KINOLAB = ready.SOURCE / "kinolab"
TESTS = ready.REPOSITORY / "tests"
FORBIDDEN = {"common", "utils", "helpers", "core", "misc", "base", "manager", "service"}
DJANGOS_NAME = "sqlite/base.py"  # Django looks for a database's engine under this very name
SOURCES = [path for path in KINOLAB.rglob("*.py") if "migrations" not in path.parts]
WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete", "update"}
ROWS = {"add_row", "change_row"}  # of `foundation.prepared`
WRITES |= {"acreate", "asave", "adelete", "aupdate", "set_password", "_raw_delete"}

# File → why it writes though it is not called actions.
WRITERS = {
    "demonstration/world.py": "builds the demonstration; nothing in it serves a real lab",
    "demonstration/news.py": "builds the demonstration; nothing in it serves a real lab",
    "config/bench/films.py": "builds what speed is measured on; nothing in it serves a real lab",
    "config/bench/road_maps.py": "builds what speed is measured on; nothing in it serves a real lab",
    "config/bench/inside.py": "works on data that is thrown away afterwards",
    "demonstration/crowd.py": "builds what speed is measured on; nothing in it serves a real lab",
    "demonstration/reading.py": "builds the demonstration; nothing in it serves a real lab",
    "foundation/people/models.py": "Django's own manager of users makes the operator of the server",
}


@cache
def _trees() -> dict[Path, ast.Module]:
    """Every source file, parsed once by the worker that asks: all others would do it too while they look for tests."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def _short(path: Path) -> str:
    return path.relative_to(KINOLAB).as_posix()


def _is_actions(path: Path) -> bool:
    return path.name == "actions.py" or "actions" in path.relative_to(KINOLAB).parts[:-1]


# --- Signs and names -------------------------------------------------------------------------------------------------
def test_rooms_when_entered_have_a_door_sign() -> None:
    unsigned = []
    for room in rooms():
        tree = _trees()[Path(apps.get_app_config(room.rpartition(".")[2]).path) / "__init__.py"]
        if not ast.get_docstring(tree) or len(tree.body) > 1:
            unsigned.append(room)

    assert unsigned == []


def test_modules_when_named_avoid_the_junk_drawers() -> None:
    files = [
        path for path in [*SOURCES, *TESTS.rglob("*.py")] if path.as_posix().rpartition("search/")[2] != DJANGOS_NAME
    ]
    named = [path for path in files if {path.stem, path.parent.name} & FORBIDDEN]

    assert named == []


# --- Only actions write ----------------------------------------------------------------------------------------------
def _is_write(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in ROWS
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    if isinstance(call.func.value, ast.Name) and call.func.value.id.endswith("actions"):
        return False
    match call.func.attr:
        case "update":  # a dictionary takes a mapping; a queryset takes names
            return bool(call.keywords) and not call.args
        case "delete" | "save":  # caches, storages and pictures name what they write; rows do not
            return not call.args and not any(keyword.arg == "format" for keyword in call.keywords)
        case _:
            return True


def test_writes_when_looked_for_are_in_actions_only() -> None:
    found = [
        f"{_short(path)}:{node.lineno} {ast.unparse(node.func)}()"
        for path, tree in _trees().items()
        if not _is_actions(path) and _short(path) not in WRITERS
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _is_write(node)
    ]

    assert found == []


def test_excused_writers_when_looked_for_still_exist() -> None:
    assert [name for name in WRITERS if not (KINOLAB / name).exists()] == []


# --- Machines --------------------------------------------------------------------------------------------------------
def _machine_fields() -> Iterator[tuple[str, str, str]]:
    """Room, table and column of every machine: the column whose choices are the machine's states."""
    for room, _, steps, _ in machines():
        states = {state.value for state in type(next(iter(steps))[0])}
        for model in apps.get_app_config(room.rpartition(".")[2]).get_models():
            for column in model._meta.get_fields():
                if {key for key, _ in getattr(column, "flatchoices", None) or ()} == states:
                    yield room, model.__name__, column.name


def test_machines_when_counted_have_their_columns() -> None:
    assert {room for room, *_ in _machine_fields()} >= {"kinolab.applications", "kinolab.reviews"}


def _moves(tree: ast.AST, field: str, inside: bool = False) -> Iterator[int]:
    """Lines outside of `_move…` and `_claim…` functions that assign the field of something, or update it."""
    for node in ast.iter_child_nodes(tree):
        here = inside or (isinstance(node, ast.FunctionDef) and node.name.startswith(("_move", "_claim")))
        if not here:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            yield from (t.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr == field)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
                yield from (keyword.value.lineno for keyword in node.keywords if keyword.arg == field)
        yield from _moves(node, field, here)


def test_machine_columns_when_written_are_written_in_move_only() -> None:
    found = set()
    for room, _, field in _machine_fields():
        folder = Path(apps.get_app_config(room.rpartition(".")[2]).path)
        for path, tree in _trees().items():
            if folder in path.parents:
                found |= {f"{_short(path)}:{line} {field}" for line in _moves(tree, field)}

    assert sorted(found) == []


def test_states_when_shown_have_words() -> None:
    silent = []
    for room, name, steps, _ in machines():
        states = set(type(next(iter(steps))[0]))
        tables = [table for table in vars(module_of(room, "words")).values() if isinstance(table, dict)]
        if not any(set(table) == states for table in tables):
            silent.append(f"{room}: {name}")

    assert silent == []


# --- Reasons ---------------------------------------------------------------------------------------------------------
def _refusals() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, code and names of facts (None: not to be seen here) of every refusal made with a literal code."""
    for path, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield f"{_short(path)}:{node.lineno}", code.value, _facts(node)


def _facts(call: ast.Call) -> set[str] | None:
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    if not given:
        return set()
    if isinstance(given[0], ast.Dict) and all(isinstance(key, ast.Constant) for key in given[0].keys):
        return {key.value for key in given[0].keys}  # type: ignore[union-attr]
    return None


def _reasons() -> dict[str, str]:
    tables = [getattr(module_of(room, "words"), "REASONS", {}) for room in rooms()]
    return {code: str(sentence) for table in tables for code, sentence in table.items()}


def test_reasons_when_refused_have_words() -> None:
    known = _reasons()

    assert [f"{where} {code}" for where, code, _ in _refusals() if code not in known] == []


def test_reasons_when_two_rooms_share_one_say_the_same() -> None:
    said: dict[str, set[str]] = {}
    for room in rooms():
        for code, sentence in getattr(module_of(room, "words"), "REASONS", {}).items():
            said.setdefault(code, set()).add(str(sentence))

    assert [code for code, sentences in said.items() if len(sentences) > 1] == []


def test_reasons_when_said_find_their_facts() -> None:
    known = _reasons()
    short = [
        f"{where} {code} lacks {sorted(needed - facts)}"
        for where, code, facts in _refusals()
        if facts is not None and (needed := set(re.findall(r"%\((\w+)\)", known.get(code, "")))) - facts
    ]

    assert short == []


def test_reasons_when_no_room_refuses_so_are_gone() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "words.py")

    assert [code for code in _reasons() if f'"{code}"' not in text] == []


# --- Templates -------------------------------------------------------------------------------------------------------
def _templates() -> list[tuple[str, Path]]:
    return [
        (path.relative_to(folder).as_posix(), path)
        for folder in KINOLAB.rglob("templates")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def test_templates_when_parsed_are_whole() -> None:
    for name, _ in _templates():
        get_template(name)


def _made_names() -> list[re.Pattern[str]]:
    """Names of templates that the code puts together: f-strings, and `"…/_"|add:kind` in templates."""
    made = []
    for tree in _trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and "/" in ast.unparse(node):
                parts = [str(v.value) if isinstance(v, ast.Constant) else None for v in node.values]
                made.append(re.compile("".join(r"[\w-]+" if part is None else re.escape(part) for part in parts)))
    for _, path in _templates():
        for start in re.findall(r'"([\w/-]+/[\w-]*)"\|add:', path.read_text(encoding="utf-8")):
            made.append(re.compile(re.escape(start) + r"[\w-]+\.html"))
    return made


def test_templates_when_looked_for_are_used() -> None:
    made = _made_names()
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCES, *(path for _, path in _templates())])
    unused = [
        name
        for name, path in _templates()
        if not any(f"{quote}{said}{quote}" in text for quote in "\"'" for said in (name, name.rpartition(".")[0]))
        and not any(pattern.fullmatch(said) for pattern in made for said in (name, name.rpartition(".")[0]))
        and not (path.parent.name in {"mail", "errors"} and f'"{path.stem}"' in text)
    ]

    assert unused == []


# --- The switchboard -------------------------------------------------------------------------------------------------
def test_events_when_published_are_on_the_switchboard() -> None:
    published = {
        node.args[0].func.id
        for tree in _trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "publish"
        and node.args
        and isinstance(node.args[0], ast.Call)
        and isinstance(node.args[0].func, ast.Name)
    }

    assert published == {event.__name__ for event in switchboard.ANSWERS}


def test_answers_when_listed_are_tested() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    answers: list[Any] = [answer for answers in switchboard.ANSWERS.values() for answer in answers]

    assert [answer.__qualname__ for answer in answers if answer.__name__ not in text] == []


# --- The repository --------------------------------------------------------------------------------------------------
def _kept() -> list[Path]:
    """Every text file under version control, or to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ready.REPOSITORY, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a working copy of git")
    binary = {".png", ".jpg", ".woff2", ".ttf", ".otf", ".pdf", ".ico", ".webp", ".gz"}
    files = [ready.REPOSITORY / name for name in listed.stdout.splitlines()]
    return [path for path in files if path.suffix not in binary and path.is_file()]


def test_files_when_searched_name_no_machine_and_no_registry() -> None:
    hosts = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs.org", "deb." + "debian.org"]
    places = [f"{ready.REPOSITORY}/", "/ro" + "ot/", "/ho" + "me/"]
    if ready.REPOSITORY.parent.as_posix() not in {"/", "/tmp", "/opt", "/srv", "/usr", "/var"}:
        places.append(f"{ready.REPOSITORY.parent}/")
    found = [
        f"{path.relative_to(ready.REPOSITORY)}: {phrase}"
        for path in _kept()
        for phrase in (*hosts, *places)
        if phrase in path.read_text(encoding="utf-8", errors="replace")
    ]

    assert found == []


def test_locks_when_read_hold_hashes_and_no_addresses() -> None:
    for lock in (*ready.LOCKS.values(), ready.INSTALLER, ready.NODE):
        lines = lock.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if "://" in line] == []
        pins = [number for number, line in enumerate(lines) if re.match(r"\S+==", line)]
        assert pins
        assert [lines[number] for number in pins if "--hash=sha256:" not in lines[number + 1]] == []


def test_links_when_followed_in_the_docs_lead_somewhere() -> None:
    broken = []
    for page in [path for path in _kept() if path.suffix == ".md"]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ready.REPOSITORY)}: {target}")

    assert broken == []
