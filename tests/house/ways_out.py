"""Every way out of a road map: how each route that somebody outside its team can reach is opened by the test of safety.

Whoever adds a route needs nothing here while the table of doors opens it for somebody. A route that the little world keeps
shut (a link with a secret, a page that is public only later) is opened by `KEYS`.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote

from django.urls import reverse
from pypdf import PdfReader

from kinolab.impact.models import Evidence, Indicator
from tests.house.world import World
from tests.kit import client_of, shut

Keys = Callable[[World, str], list[dict[str, Any]]]  # the world, the secret of its partner's link


def _token(world: World, secret: str) -> list[dict[str, Any]]:
    return [{"token": secret}]


def _line(world: World, who: str, name: str, slugs: dict[str, str]) -> list[dict[str, Any]]:
    """A figure of a programme's report that can be opened: the first on its page."""
    page = client_of(world.people[who]).get(reverse(name, kwargs=slugs)).content.decode()
    found = re.search(r"/made-of/([\w-]+)/", page)
    return [slugs | {"key": found[1] if found else "apart"}]


def _indicator(world: World, **slugs: str) -> list[dict[str, Any]]:
    """The indicator of the road map, in a programme's report."""
    number = Indicator.objects.filter(road_map=world.road_map, result__isnull=False).earliest("pk").pk
    return [slugs | {"code": world.road_map.code, "number": number}]


def _files(world: World, _: str) -> list[dict[str, Any]]:
    """Every file behind a piece of evidence."""
    rows = Evidence.objects.filter(road_map=world.road_map).exclude(file=None)
    return [{"code": world.road_map.code, "number": one.pk} for one in rows]


KEYS: dict[str, Keys] = {
    "impact:survey": lambda world, secret: [{"programme": world.programme.slug, "token": secret}],
    "impact:public_report_line": lambda world, _: _line(
        world, "visitor", "impact:public_report", {"programme": world.programme.slug}
    ),
    "impact:programme_report_line": lambda world, _: _line(world, "owner", "impact:programme_report", world.slugs),
    "impact:public_report_indicator": lambda world, _: _indicator(world, programme=world.programme.slug),
    "impact:programme_report_indicator": lambda world, _: _indicator(world, **world.slugs),
    "impact:with_link": _token,
    "impact:paper_with_link": lambda world, secret: [{"token": secret, "name": "road-map"}],
    "impact:evidence_file": _files,
}
# Each value of these arguments is tried, whatever the table of doors says.
EACH: dict[str, tuple[str, ...]] = {
    "eyes": ("lab", "partners", "public"),
    "level": ("private", "partners", "public"),
    "name": ("road-map", "poster"),
}


# --- What an answer says -------------------------------------------------------------------------------------------------
def words_of(response: Any) -> str:
    """Everything an answer says in small letters: its words, its headers, what lies packed inside, without gaps in words."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    shut(response)
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return plain(f"{headers} {said(content)}")


def plain(text: str) -> str:
    """In small letters, with entities, escapes and hyphens at line ends undone."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    text = html.unescape(unquote(text)).lower()
    return re.sub(r"\u00ad|-?\n", "", text)


@cache
def said(content: bytes) -> str:
    """The words in a file."""
    if content.startswith(b"%PDF"):
        return " ".join(_pdf(content))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(f"{name} {said(packed.read(name))}" for name in packed.namelist())
    return content.decode("utf-8", "ignore")


def _pdf(content: bytes) -> Iterator[str]:
    read = PdfReader(io.BytesIO(content))
    yield json.dumps({name: str(value) for name, value in (read.metadata or {}).items()}, ensure_ascii=False)
    yield str(read.xmp_metadata.stream.get_data(), "utf-8") if read.xmp_metadata else ""
    yield from (str(one) for one in read.outline)
    for page in read.pages:
        yield page.extract_text()
        yield from (str(one.get_object()) for one in page.get("/Annots") or [])
    for entry in read.trailer["/Root"].values():
        yield str(entry.get_object())
    yield _alternatives(read)


def _alternatives(read: PdfReader) -> str:
    """What is read aloud instead of pictures."""
    found = (
        one.get("/Alt") for one in map(read.get_object, range(1, len(read.xref.get(0, {})) + 1)) if hasattr(one, "get")
    )
    return " ".join(str(one) for one in found if one)
