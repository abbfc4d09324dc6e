"""The style sheets and scripts: own addresses only, nothing that the content policy or the storage would refuse."""

import re
from pathlib import Path

import pytest

import kinolab.foundation.ui

STATIC = Path(kinolab.foundation.ui.__file__).parent / "static" / "ui"
ROOMS = Path(kinolab.foundation.ui.__file__).parents[2]


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_addresses_in_a_sheet_are_own_and_exist(sheet):
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text(encoding="utf-8")):
        assert (STATIC / address).exists(), address


@pytest.mark.parametrize("script", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_import_their_neighbours_alone_and_evaluate_nothing(script):
    text = script.read_text(encoding="utf-8")
    imports = re.findall(r"^[ \t]*import\b.*", text, re.MULTILINE)
    neighbours = [re.fullmatch(r'import .+ from "\./(\w+\.js)";', line) for line in imports]
    assert all(found and (STATIC / found[1]).exists() for found in neighbours), imports
    assert not re.search(r"\bimport\(|\beval\(|new Function|https?://", text)


def test_scripts_stay_small():
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in STATIC.glob("*.js")) < 900


@pytest.mark.parametrize("picture", sorted(STATIC.rglob("*.svg")), ids=lambda path: path.name)
def test_pictures_carry_no_script_and_no_foreign_address(picture):
    text = picture.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
    assert not re.search(r"<script|<style|style=|\son\w+=|https?://", text)


def test_cells_of_tables_that_become_cards_have_their_places():
    templates = {path: path.read_text(encoding="utf-8") for path in ROOMS.rglob("templates/**/*.html")}
    cards = {path.name: text for path, text in templates.items() if "table--cards" in text and "{% include" not in text}
    assert [name for name, text in cards.items() if "data-at=" not in text] == []


def test_fonts_come_with_their_licences():
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == 3
    assert (STATIC / "icons" / "LICENSE").exists()


def test_icons_named_in_any_template_are_in_the_sprite():
    drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")))
    named = set()
    for template in STATIC.parents[3].rglob("templates/**/*.html"):
        named |= set(re.findall(r"{% icon [\"']([a-z0-9-]+)[\"']", template.read_text(encoding="utf-8")))
    assert named - drawn == set()
