"""Papers of a road map: the whole of it, and a poster; for some eyes, in the active language.

They are made anew when something in them has changed; of the earlier ones nothing stays.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui import sharing, typesetting
from kinolab.impact import words
from kinolab.impact.domain.lifecycle import RoadMapState
from kinolab.impact.domain.parts import Part
from kinolab.impact.domain.safety import Eyes, Outward
from kinolab.impact.domain.vocabularies import Level
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import drawings, poster, sheet
from kinolab.impact.queries.drawings import Drawing
from kinolab.impact.queries.shown import Look

SHEET, POSTER = Path(__file__).with_name("sheet.typ"), Path(__file__).with_name("poster.typ")
NAMES = ("road-map", "poster")
PPI = 110
# How wide pictures are drawn for a sheet that stands upright, and charts of which two stand beside one another.
UPRIGHT, CHART = 820.0, 360.0
BESIDE = 820.0  # time beside other text: one drawing for every screen, on a phone it scrolls
_MADE_BY = "1"  # raise it when a sheet changes


def pdf(look: Look, eyes: Eyes, name: str, today: date) -> bytes:
    """The paper of this name for these eyes."""
    said = _said(look, eyes, name, today)
    sheets = {"road-map": SHEET, "poster": POSTER}
    return _kept(look.road_map, f"{name}-{eyes}", "pdf", said, lambda: typesetting.pdf(sheets[name], said, _at(look)))


def picture(look: Look, eyes: Eyes, today: date) -> bytes:
    """The poster as a picture for a page."""
    said = _said(look, eyes, "poster", today)
    return _kept(
        look.road_map, f"poster-{eyes}", "png", said, lambda: typesetting.png(POSTER, said, _at(look), ppi=PPI)
    )


def _at(look: Look) -> Any:
    return look.road_map.changed_at


def _said(look: Look, eyes: Eyes, name: str, today: date) -> dict[str, Any]:
    seen = look.on_paper(eyes)
    said = _cover(look.road_map, seen, today)
    drawn = pictures(seen, today, look.road_map.edition.dye, UPRIGHT if name == "road-map" else drawings.WIDE)
    return said | (
        {"sections": sheet.sections(seen, drawn)} if name == "road-map" else poster.poster(seen, drawn.theory)
    )


def pictures(
    seen: Outward, today: date, dye: str, wide: float = drawings.WIDE, *, phones: bool = False
) -> sheet.Pictures:  # fmt: skip
    """What is drawn of it, for a sheet of this width or for phones too: nothing of what is not there."""
    plan = seen.plan

    def drawn(draw: Callable[[float], Sequence[Drawing]]) -> Sequence[Drawing]:
        return drawings.twice(draw) if phones else draw(wide)

    return sheet.Pictures(
        theory=drawn(lambda room: [drawings.theory_of_change(seen, wide=room, dye=dye)]) if plan.goals else [],
        timeline=drawings.timelines(seen, today, wide=BESIDE if phones else wide)
        if any(one.starts_on for one in plan.activities)
        else [],
        budget=drawn(lambda room: drawings.budget_charts(seen, wide=room)) if plan.lines else [],
        indicators=drawings.indicator_charts(seen, wide=None if phones else CHART)
        if plan.actuals or plan.targets
        else [],
    )


def _cover(road_map: RoadMap, seen: Outward, today: date) -> dict[str, Any]:
    plan, edition = seen.plan, road_map.edition
    fill, on, _ = sharing.DYES.get(edition.dye, sharing.DYES["madder"])
    address = public_address(road_map)
    kind = gettext("Impact road map")
    for_whom = str(words.PAPERS_FOR[seen.eyes])
    return {
        "language": get_language(),
        "own": road_map.language,
        "name": f"{plan.title} · {kind}",
        "title": plan.title,
        "title_size": _size(plan.title, (46, 24), (38, 48), (30, 90), (24, 999)),
        "kind": kind,
        "edition": str(edition),
        "organisation": str(edition.programme.organisation.name),
        "dye": {"fill": fill, "on": on},
        "vision": plan.vision.statement,
        "vision_label": gettext("What the world will be like"),
        "vision_size": _size(plan.vision.statement, (22, 110), (18, 220), (14, 400), (11, 9999)),
        "horizon": f"{words.label(Part.VISION, 'horizon')}: {formats.day(plan.vision.horizon)}" if plan.vision.horizon else "",
        "contents": gettext("Contents"),
        "for_whom": for_whom,
        "mind": gettext("Risks, people on screen and whatever is restricted are on no paper."),
        "made": f"{gettext('Made')}: {formats.day(today)}",
        "address": address,
        "qr": _qr(address),
        "facts": [
            [gettext("State"), str(words.STATES[RoadMapState(road_map.state)])],
            *([[str(words.label(Part.VISION, "horizon")), formats.day(plan.vision.horizon)]] if plan.vision.horizon else []),
            [gettext("Made"), formats.day(today)],
            [gettext("For whom"), for_whom],
            *([[gettext("Address"), address]] if address else []),
        ],
    }  # fmt: skip


def _size(text: str, *sizes: tuple[int, int]) -> int:
    """The largest size whose longest text this is not longer than."""
    return next((size for size, longest in sizes if len(text) <= longest), sizes[-1][0])


def public_address(road_map: RoadMap) -> str:
    """Where everybody finds it; nothing when it is not shown to everybody."""
    if road_map.level != Level.PUBLIC:
        return ""
    return settings.KINOLAB_URL + reverse("impact:shown", args=[road_map.code])


def _qr(address: str) -> str:
    import segno  # noqa: PLC0415  (only papers need it)

    if not address:
        return ""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0, dark="#151B1D")
    return drawn.getvalue().decode()


# --- Kept as long as nothing in it changes -------------------------------------------------------------------------------
def folder_of(road_map: RoadMap) -> Path:
    """Where its papers are kept."""
    return Path(settings.KINOLAB_DATA) / "road-maps" / road_map.code


def _kept(road_map: RoadMap, name: str, kind: str, said: Mapping[str, Any], make: Callable[[], bytes]) -> bytes:
    """The file with exactly these words; those with other words are deleted, so that nothing stays that was covered since."""
    folder = folder_of(road_map)
    told = json.dumps([_MADE_BY, said], sort_keys=True, ensure_ascii=False).encode()
    begin = f"{name}-{said['language']}-"
    path = folder / f"{begin}{hashlib.sha256(told).hexdigest()[:32]}.{kind}"
    if path.exists():
        return path.read_bytes()
    made = make()
    for stale in folder.glob(f"{begin}*.{kind}"):
        stale.unlink(missing_ok=True)
    sharing.write_whole(path, made)
    return made
