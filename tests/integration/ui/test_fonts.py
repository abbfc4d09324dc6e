"""The program's letters for PDFs and pictures."""

from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from kinolab.foundation.ui import fonts

# Every letter that an alphabet of the seven languages adds, and the signs that texts need.
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяңөүәғқұһіӣӯҳҷabcdefghijklmnopqrstuvwxyzäçžňöşüýʻʼ«»“”„—–…№₸0123456789"


@pytest.fixture(scope="module")
def folder() -> Path:
    return fonts.ttf_folder()


@pytest.mark.parametrize("family", fonts.FAMILIES, ids=lambda family: family.name)
def test_every_letter_of_the_seven_languages_is_in_every_font(folder, family):
    for style, weight in family.weights.items():
        font = TTFont(fonts.ttf(family.name, style))
        known = font.getBestCmap()

        assert [letter for letter in LETTERS + LETTERS.upper() if ord(letter) not in known] == []
        assert font["name"].getDebugName(16) == family.name
        assert font["OS/2"].usWeightClass == weight
        assert "fvar" not in font


def test_changed_fonts_do_not_carry_a_reserved_name(folder):
    names = {str(record) for path in folder.glob("*.ttf") for record in TTFont(path)["name"].names}

    assert not [name for name in names if "Source" in name]


def test_fonts_are_made_once(folder, monkeypatch):
    monkeypatch.setattr(fonts, "_make", None)

    assert fonts.ttf_folder() == folder


def test_whoever_comes_second_takes_what_the_first_has_made(settings: Any, tmp_path: Path, monkeypatch):
    settings.KINOLAB_DATA = tmp_path

    def join(family: fonts.Family, style: str, weight: int, folder: Path) -> None:
        (folder / f"{family.name}{style}").touch()
        other = tmp_path / "fonts" / fonts._digest()  # another process finishes in between
        other.mkdir(exist_ok=True)
        (other / "made-by-another").touch()

    monkeypatch.setattr(fonts, "_join", join)

    made = fonts.ttf_folder()

    assert [path.name for path in made.iterdir()] == ["made-by-another"]
    assert list((tmp_path / "fonts").iterdir()) == [made]
