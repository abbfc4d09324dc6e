"""The program's own letters for whatever is drawn outside a browser: PDFs by typst, pictures by Pillow.

Browsers get each family as variable subsets in woff2, which neither typst nor Pillow can read. Here the same files
become plain TrueType fonts, once per data folder: the subsets of a family joined, one file per weight. A changed font
has another digest and so another folder; nothing has to be cleared.
"""

import hashlib
import logging
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_SOURCES = Path(__file__).parent / "static" / "ui" / "fonts"
_SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
_TEXT = (*_SUBSETS, "latin-more", "cyrillic-more", "cyrillic-ext-more")
_DISPLAY = ("figures", *_TEXT)
_MADE_BY = "1"  # raise it when the way of making changes
# Of no use without variation or without a hinting rasteriser, and in the way of joining.
_LEFT_OUT = ("BASE", "GSUB", "GDEF", "MVAR", "STAT", "gasp", "prep")


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its name in documents, the pattern of its files, and the weights made of it by style."""

    name: str
    pattern: str
    weights: dict[str, int]
    subsets: tuple[str, ...] = _SUBSETS


FAMILIES = (
    Family("Kino Display", "noto-serif-display-condensed-{}.woff2", {"SemiBold": 650}, _DISPLAY),
    Family("Kino Text", "onest-{}.woff2", {"Regular": 400, "SemiBold": 600, "Bold": 700}, _TEXT),
    Family("Kino Reading", "source-serif-4-{}-wght-normal.woff2", {"Regular": 400, "SemiBold": 600}),
)


def are_made() -> bool:
    """Whether the TrueType fonts are there."""
    return _folder().is_dir()


def ttf_folder() -> Path:
    """Return the folder with the TrueType fonts, making them if `./kinolab prepare` has not (a few seconds).

    Files are `KinoText-Regular.ttf` and so on; inside documents the families are called "Kino Display", "Kino Text"
    and "Kino Reading". Safe to call from several processes at once: each makes its own, the first to finish stays.
    """
    folder = _folder()
    if not folder.is_dir():
        _make(folder)
    return folder


def ttf(family: str, style: str = "Regular") -> Path:
    """Return one font's file: `ttf("Kino Text", "SemiBold")`."""
    return ttf_folder() / _file_name(family, style)


def _folder() -> Path:
    return Path(settings.KINOLAB_DATA) / "fonts" / _digest()


@cache
def _digest() -> str:
    digest = hashlib.sha256(_MADE_BY.encode())
    for family in FAMILIES:
        for subset in family.subsets:
            digest.update((_SOURCES / family.pattern.format(subset)).read_bytes())
    return digest.hexdigest()[:16]


def _file_name(family: str, style: str) -> str:
    return f"{family.replace(' ', '')}-{style}.ttf"


def _make(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        for family in FAMILIES:
            for style, weight in family.weights.items():
                _join(family, style, weight, unfinished)
        unfinished.replace(folder)
    except OSError:
        # Another process was quicker: its folder is as good as ours.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _join(family: Family, style: str, weight: int, folder: Path) -> None:
    # Heavy and needed once in the life of an instance.
    from fontTools import merge  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    parts = []
    for subset in family.subsets:
        part = folder / f"{subset}.part"
        _at_weight(_SOURCES / family.pattern.format(subset), weight).save(part)
        parts.append(str(part))
    joined = merge.Merger().merge(parts)
    _rename(joined, family.name, style, weight)
    joined.save(folder / _file_name(family.name, style))
    for part in parts:
        Path(part).unlink()


def _at_weight(source: Path, weight: int) -> "TTFont":
    """Return the variable font fixed at one weight, without what joining cannot take."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight}, inplace=True)
    font.flavor = None
    for table in _LEFT_OUT:
        if table in font:
            del font[table]
    return font


def _rename(font: "TTFont", family: str, style: str, weight: int) -> None:
    """Give the font our own name: a changed font may not carry the reserved one of its makers."""
    regular = style == "Regular"
    names = font["name"]
    names.names = []
    for number, text in {
        1: family if regular else f"{family} {style}",
        2: "Regular",
        3: f"Kinolab {family} {style}",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
        13: "SIL Open Font License 1.1",
        16: family,
        17: style,
    }.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
