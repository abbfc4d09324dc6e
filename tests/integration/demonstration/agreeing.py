"""What each way out of a road map says that its indicators have reached: the same figures everywhere, or something is wrong."""

import csv
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kinolab.impact.domain import findings, iati_reading
from kinolab.impact.domain.iati import plain
from kinolab.impact.domain.plan import Plan
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import drawings, iati, shown, summary, timeline
from kinolab.impact.queries import plan as plans
from tests.factories import iati as files
from tests.kit import shut

Figures = Mapping[str, Decimal | None]


def wanted(plan: Plan) -> Figures:
    """What the one function says that adds up."""
    return {one.title: findings.figure_of(plan, one).value for one in plan.indicators}


def _body(client: Any, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    shut(answer)
    return content


def _number(text: str) -> Decimal | None:
    found = re.match(r"[\d ,.]+", text)
    return Decimal(re.sub("[ ,]", "", found[0])) if found and found[0].strip() else None


def said(road_map: RoadMap, eyes: Eyes, client: Any) -> dict[str, Figures]:
    """By way: the figure of each indicator, by its title."""
    outward = plans.outward_of(road_map, eyes)

    def data(kind: str) -> bytes:
        return _body(client, reverse("impact:data", args=[road_map.code, eyes, "results", kind]))

    lines = csv.DictReader(io.StringIO(data("csv").decode("utf-8-sig")))
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(data("xlsx"))).get_sheet_by_index(0).to_python()
    book = [dict(zip(head, row, strict=True)) for row in rows]
    with translation.override("en"):
        matrix = drawings.results_matrix(outward).table.rows
        page = timeline.timeline(outward.plan, timezone.now().date())
    found: dict[str, Figures] = {
        "CSV": {one["indicator"]: Decimal(one["value"]) if one["value"] else None for one in lines},
        "XLSX": {str(one["indicator"]): Decimal(str(one["value"])) if one["value"] != "" else None for one in book},
        "drawing": {str(row[3]): _number(str(row[5])) for row in matrix if str(row[3]) in wanted(outward.plan)},
        "page": {one.indicator.title: _number(one.value) for row in page.rows for one in row.proofs},
    }
    if eyes is not Eyes.LAB:
        content = data("xml")
        assert files.mistakes(content) == []
        activity = iati.parsed(content)[0]
        found["IATI"] = wanted(iati_reading.read(activity, outward.plan.goals, road_map.language).into(outward.plan))
        found["report"] = _report(road_map, client)
    seen = summary.summary(shown.look(road_map), eyes, timezone.localdate())
    found["outside"] = {
        one.indicator.title: _number(one.proof.value) for group in seen.reached for one in group.indicators
    }
    found["paper"] = _paper(road_map, eyes, client, found["CSV"])
    return found


def _paper(road_map: RoadMap, eyes: Eyes, client: Any, figures: Figures) -> Figures:
    """The figures that stand on the PDF behind the names of their indicators."""
    with translation.override("en"):
        address = reverse("impact:paper", args=[road_map.code, eyes, "road-map"])
    pages = PdfReader(io.BytesIO(_body(client, address))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    there = {
        title: value is None
        or re.search(rf"{re.escape(title)}\D.{{0,160}}?(?<!\d){re.escape(plain(value))}(?!\d)", text)
        for title, value in figures.items()
    }
    return {title: value if there[title] else Decimal(-1) for title, value in figures.items()}


def _report(road_map: RoadMap, client: Any) -> Figures:
    """The programme's report, which counts what was approved."""
    edition = road_map.edition
    address = reverse("impact:programme_report_csv", args=[edition.programme.slug, edition.slug])
    lines = csv.DictReader(io.StringIO(_body(client, address).decode("utf-8-sig")))
    read = {one["indicator"]: Decimal(one["value"]) for one in lines if one["road_map"] == road_map.code}
    titles = plans.outward_of(road_map, Eyes.PARTNERS).plan.indicators
    return {one.title: read.get(one.title) for one in titles}
