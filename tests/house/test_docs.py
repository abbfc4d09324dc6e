"""What the documentation says is so: links, commands, settings, paths, programme files; every page is in the index."""

import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

from kinolab.calls.domain import programme_file, regulations
from kinolab.calls.queries.programme_file import load
from kinolab.config import ready
from kinolab.config.management.commands.reference import setting_names
from kinolab.foundation.refusals import Refusal

DOCS = ready.REPOSITORY / "docs"
PAGES = [path for path in sorted(ready.REPOSITORY.rglob("*.md")) if not {".venv", "data", "src"} & set(path.parts)]
TEXTS = {path: path.read_text(encoding="utf-8") for path in PAGES}
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXTS_OF_RULES = {"sentence", "question", "refusal"}
COMMAND = re.compile(r"\./(run|test|kinolab)\b([^`\n#]*)")


def _short(path: Path) -> str:
    return path.relative_to(ready.REPOSITORY).as_posix()


def _fences(language: str) -> Iterator[tuple[Path, str]]:
    for path, text in TEXTS.items():
        for named, block in FENCE.findall(text):
            if named == language:
                yield path, block


# --- Links -----------------------------------------------------------------------------------------------------------
def _anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as the usual readers of Markdown make them."""
    text = FENCE.sub("", TEXTS[path])
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_links_when_followed_lead_somewhere() -> None:
    broken = []
    for page, text in TEXTS.items():
        for link in LINK.findall(text):
            target, _, anchor = link.partition("#")
            there = (page.parent / target).resolve() if target else page
            if "://" in link or link.startswith("mailto:"):
                continue
            if not there.exists() or (anchor and anchor not in _anchors(there)):
                broken.append(f"{_short(page)}: {link}")

    assert broken == []


def test_pages_when_looked_for_are_in_the_index() -> None:
    index = DOCS / "README.md"
    listed = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(TEXTS[index])}

    assert [_short(page) for page in PAGES if DOCS in page.parents and page != index and page not in listed] == []


def test_paths_when_named_exist() -> None:
    named = re.compile(r"`((?:src|tests|docs|requirements)/[\w./-]+)`")
    missing = [
        f"{_short(page)}: {path}"
        for page, text in TEXTS.items()
        for path in named.findall(text)
        if not (ready.REPOSITORY / path).exists()
    ]

    assert missing == []


# --- Commands --------------------------------------------------------------------------------------------------------
def _commands() -> Iterator[tuple[str, str, list[str]]]:
    """Where, which script, its words; a word in capitals, or with …, stands for something."""
    for page, text in TEXTS.items():
        for script, rest in COMMAND.findall(text):
            sentence = re.split(r"[;|>&]|\)(?!\S)", rest)[0].strip(" .,:…")
            yield _short(page), script, shlex.split(sentence.replace("[", "").replace("]", ""))


@cache
def _help(script: str) -> str:
    told = subprocess.run(
        [sys.executable, str(ready.REPOSITORY / script), "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return told.stdout


def _options(parser: ArgumentParser, words: list[str]) -> tuple[set[str], set[str]]:
    """The options that a command knows with these words, and its verbs (import, export)."""
    known, verbs = set(parser._option_string_actions), set()
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            verbs = set(action.choices)
            for verb in verbs & set(words):
                known |= set(action.choices[verb]._option_string_actions)
    return known, verbs


def _fault(script: str, words: list[str]) -> str:
    """What is wrong with the call; nothing when it would be understood."""
    if script == "kinolab" and words[:1] == ["--data"]:
        words = words[2:]
    asked = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
    if script == "run":
        return "".join(option for option in asked if f"{option} " not in _help("run").replace("\n", " "))
    if script == "test":
        files = [word.partition("::")[0] for word in words if word.startswith("tests/")]
        unknown = asked - {"--quick", "--screenshots", "-k", "-q", "-n", "-x", "--durations"}
        return " ".join([*unknown, *(file for file in files if not (ready.REPOSITORY / file).exists())])
    if not words or words[0].isupper() or words[0] == "help":
        return ""
    if words[0] not in get_commands():
        return f"no command {words[0]}"
    command = load_command_class(get_commands()[words[0]], words[0])
    known, verbs = _options(command.create_parser("kinolab", words[0]), words)
    if verbs and not {"--help"} & asked and not verbs & set(words[1:]):
        return f"{words[0]} needs one of {sorted(verbs)}"
    return " ".join(asked - known)


def test_commands_when_named_are_understood() -> None:
    found = [(page, script, words, _fault(script, words)) for page, script, words in _commands()]

    assert len(found) > 20
    assert [f"{page}: ./{script} {' '.join(words)}: {fault}" for page, script, words, fault in found if fault] == []


@pytest.mark.parametrize(
    "call, fault",
    [("run --prot 9", "--prot"), ("kinolab progamme import F", "no command progamme"), ("kinolab demo --sed 1", "--sed"),
     ("kinolab programme", "programme needs one of ['export', 'import']"), ("test tests/nowhere", "tests/nowhere"),
     ("kinolab --data F programme import F --replace", "")],
)  # fmt: skip
def test_fault_when_a_call_is_wrong_names_it(call: str, fault: str) -> None:
    script, *words = call.split()

    assert _fault(script, words) == fault


def test_settings_when_named_exist() -> None:
    known = set(re.findall(r"`(KINOLAB_\w+)`", setting_names())) | {"KINOLAB_BROWSER", "KINOLAB_DATABASE_PASSWORD"}
    known |= {name for name in dir(settings) if name.startswith("KINOLAB_")}
    named = {(_short(page), name) for page, text in TEXTS.items() for name in re.findall(r"\bKINOLAB_[A-Z_]+\b", text)}

    assert sorted(f"{page}: {name}" for page, name in named if name.removesuffix("_FILE") not in known) == []


# --- Programme files -------------------------------------------------------------------------------------------------
def test_programme_files_when_shown_are_valid() -> None:
    faults = []
    for page, block in _fences("yaml"):
        given = load(block)
        if isinstance(given, dict) and "kinolab" in given:
            cleaned = programme_file.read(given)
            faults += (
                [f"{_short(page)}: {one.code} {one.facts}" for one in cleaned] if isinstance(cleaned, list) else []
            )
        elif isinstance(given, list):  # regulations on their own
            rules = [{key: value for key, value in one.items() if key not in TEXTS_OF_RULES} for one in given]
            read = regulations.parse_rules(rules)
            faults += [f"{_short(page)}: {one.code} {one.facts}" for one in read if isinstance(one, Refusal)]
            faults += [f"{_short(page)}: {one['code']} has no sentence" for one in given if not one.get("sentence")]
        else:
            faults.append(f"{_short(page)}: neither a programme file nor a list of rules:\n{yaml.safe_dump(given)}")

    assert faults == []
