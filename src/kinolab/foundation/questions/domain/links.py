"""Addresses, and links to video that need more than an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from kinolab.foundation.questions.domain.kinds import QuestionSpec, as_number, as_record, is_empty
from kinolab.foundation.refusals import Refusal

PARTS = ("url", "password", "kind", "minutes")


@dataclass(frozen=True, slots=True)
class Link:
    """An address with what belongs to it; empty parts are not told."""

    url: str
    password: str = ""
    kind: str = ""
    minutes: Decimal | None = None


def link_of(value: object) -> Link:
    """A link, whether its answer is the address alone or a record."""
    if isinstance(value, str):
        return Link(value.strip())
    parts = as_record(value)
    said = {name: str(parts.get(name) or "").strip() for name in ("url", "password", "kind")}
    return Link(**said, minutes=as_number(parts.get("minutes")))


def is_address(text: str) -> bool:
    """Whether it is a whole address of the web."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"\s", text)
    except ValueError:
        return False


def link_problems(spec: QuestionSpec, value: object) -> list[Refusal]:
    """Return what is wrong with a link: its address, its password, what it is, how long it runs."""
    link = link_of(value)
    found = [] if is_address(link.url) else [Refusal("not_a_link", {"seen": link.url})]
    if spec.choices and link.kind not in spec.choices:
        found.append(
            Refusal("video_kind_missing") if is_empty(link.kind) else Refusal("not_a_choice", {"seen": link.kind})
        )
    typed = as_record(value).get("minutes")
    if not is_empty(typed) and (link.minutes is None or link.minutes <= 0):
        found.append(Refusal("not_a_number", {"seen": typed}))
    most = as_number(minutes_by_kind(spec.details).get(link.kind))
    if most is not None and link.minutes is not None and link.minutes > most:
        found.append(Refusal("video_too_long", {"limit": int(most), "over": link.minutes - most}))
    return found


def minutes_by_kind(details: Mapping[str, object]) -> Mapping[str, object]:
    """The most minutes for each choice of what the video is."""
    return as_record(details.get("minutes"))
