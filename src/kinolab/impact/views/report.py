"""A programme's impact report: for the lab, for everybody; on screen, on paper, as data; opened down to the evidence."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kinolab.foundation.files.tables import csv_response
from kinolab.foundation.ui.visitors import for_visitors
from kinolab.impact import access, words
from kinolab.impact.domain.outcomes import counted
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.domain.vocabularies import OutcomeKind
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import outcomes, report, report_files
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission
from kinolab.labs.models import Edition, Programme

A_PAGE = 50
UNWANTED = 20  # on the page; the file for programs has all
NOT_KEPT = 0  # seconds: a road map that its team shows no more is in no report from that moment on
FILES = ("csv", "json", "pdf")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a page of the report needs: the report, where it stands, what became of people and films."""

    asked: report.Asked
    here: str
    context: dict[str, Any]


# --- The lab ---------------------------------------------------------------------------------------------------------------
def _for_lab(request: HttpRequest, programme: str, edition: str) -> _Asked:
    found = labs.get_edition(request.user, programme, edition, Permission.READ_ROAD_MAPS)
    of = access.programme_of(request.user, found)
    asked = report.ask(of, access.road_maps_of(request.user, of), Eyes.LAB)
    told = access.outcomes_of(request.user, of)
    context = _context(of, told.values_list("kind", flat=True)) | {
        "edition": found, "stage": "outcomes", "base": "labs/edition_base.html", "public": False,
    }  # fmt: skip
    return _Asked(asked, reverse("impact:programme_report", args=[programme, edition]), context)


@require_safe
def whole(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The report as the lab sees it."""
    return _whole(request, _for_lab(request, programme, edition))


@require_safe
def line(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    """The indicators of which one figure is made."""
    return _line(request, _for_lab(request, programme, edition), key)


@require_safe
def indicator(request: HttpRequest, programme: str, edition: str, code: str, number: int) -> HttpResponse:
    """One indicator, down to the evidence."""
    return _indicator(request, _for_lab(request, programme, edition), code, number)


@require_safe
def file(request: HttpRequest, programme: str, edition: str, kind: str) -> HttpResponseBase:
    """The report as a file."""
    return _file(_for_lab(request, programme, edition), kind)


# --- Everybody -------------------------------------------------------------------------------------------------------------
def _for_everybody(programme: str) -> _Asked:
    of = Programme.objects.select_related("organisation").filter(slug=programme).first()
    if of is None or not outcomes.following_up(of).report_public or not outcomes.is_known(of):
        raise Http404
    asked = report.ask(of, RoadMap.objects.all(), Eyes.PUBLIC)
    context = _context(of, outcomes.published(of).values_list("kind", flat=True))
    context |= {"base": "ui/public.html", "public": True}
    return _Asked(asked, reverse("impact:public_report", args=[programme]), context)


@login_not_required
@require_safe
@for_visitors(NOT_KEPT)
def public_whole(request: HttpRequest, programme: str) -> HttpResponse:
    """The report as everybody sees it."""
    return _whole(request, _for_everybody(programme))


@login_not_required
@require_safe
@for_visitors(NOT_KEPT)
def public_line(request: HttpRequest, programme: str, key: str) -> HttpResponse:
    """The indicators of which one figure is made."""
    return _line(request, _for_everybody(programme), key)


@login_not_required
@require_safe
@for_visitors(NOT_KEPT)
def public_indicator(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """One indicator, down to the evidence that everybody may see."""
    return _indicator(request, _for_everybody(programme), code, number)


@login_not_required
@require_safe
def public_file(request: HttpRequest, programme: str, kind: str) -> HttpResponseBase:
    """The report as a file."""
    return _file(_for_everybody(programme), kind)


# --- Pages -----------------------------------------------------------------------------------------------------------------
def _context(programme: Programme, kinds: Any) -> dict[str, Any]:
    return {
        "programme": programme,
        "outcomes": counted(OutcomeKind(one) for one in kinds),
        "kind_words": words.OUTCOME_KINDS,
        "result_words": words.RESULT_KINDS,
        "how_words": words.REPORT_HOW,
        "says": words.REPORT_SAYS,
    }


def _whole(request: HttpRequest, of: _Asked) -> HttpResponse:
    found, editions, unwanted = report.report(of.asked), _editions(of.asked.programme), report.unwanted(of.asked)
    sections = [(words.REPORT_SECTIONS[name], found.of(kinds)) for name, kinds in report_files.SECTIONS]
    context = of.context | {
        "report": found, "here": of.here, "unwanted": unwanted[:UNWANTED], "unwanted_all": len(unwanted),
        "unwanted_title": words.REPORT_SECTIONS["unwanted"], "unwanted_says": words.REPORT_UNWANTED, "editions": editions,
        "files": [(kind.upper(), _file_address(of, kind)) for kind in FILES],
        "sections": [(title, [_shown(one, editions) for one in lines]) for title, lines in sections if lines],
    }  # fmt: skip
    return render(request, "impact/report/whole.html", context)


def _file_address(of: _Asked, kind: str) -> str:
    return f"{of.here}report.{kind}" if of.context["public"] else f"{of.here.removesuffix('/')}.{kind}"


def _shown(one: report.Line, editions: dict[int, Edition]) -> dict[str, Any]:
    value = report_files.number(one.total.value, one.total.kind.measure)
    return {"line": one, "value": value, "by": report_files.named(one, editions)}


def _line(request: HttpRequest, of: _Asked, key: str) -> HttpResponse:
    rows = report.entries(of.asked, key)
    if not rows:
        raise Http404
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines, editions = {one.key: one for one in report.report(of.asked).lines}, _editions(of.asked.programme)
    context = of.context | {
        "line": _shown(lines[key], editions) if key in lines else None, "page": page, "here": of.here,
        "rows": [(one, report_files.number(one.figure.value, one.kind.measure)) for one in page],
        "figure_words": words.FIGURE_HOW, "editions": editions,
    }  # fmt: skip
    return render(request, "impact/report/line.html", context)


def _indicator(request: HttpRequest, of: _Asked, code: str, number: int) -> HttpResponse:
    opened = report.opened(of.asked, code, number)
    if opened is None:
        raise Http404
    measure = opened.indicator.measure
    context = of.context | {
        "opened": opened, "here": of.here, "code": code,
        "value": report_files.number(opened.figure.value, measure),
        "baseline": report_files.number(opened.indicator.baseline_value, measure),
        "measure_word": words.MEASURES[measure], "figure_words": words.FIGURE_HOW,
        "dynamic_words": words.DYNAMICS, "evidence_words": words.EVIDENCE_KINDS,
        "periods": [
            (
                one.period,
                [(report_files.number(target.value, measure), _of_whom(target)) for target in one.targets],
                [
                    (value, report_files.number(value.actual.value, measure), _of_whom(value.actual))
                    for value in one.values
                ],
            )
            for one in opened.periods
        ],
    }  # fmt: skip
    return render(request, "impact/report/indicator.html", context)


def _of_whom(reading: Any) -> str:
    said = dict(reading.dimensions)
    names = (
        words.SEXES.get(said.get("sex", "")), words.AGES.get(said.get("age", "")),
        report_files.value_name("country", said["country"]) if "country" in said else None, said.get("place"),
    )  # fmt: skip
    return ", ".join(str(one) for one in names if one)


def _editions(programme: Programme) -> dict[int, Edition]:
    return {one.pk: one for one in programme.editions.all()}


def _file(of: _Asked, kind: str) -> HttpResponseBase:
    asked, name = of.asked, f"impact-report-{of.asked.programme.slug}.{kind}"
    editions = _editions(asked.programme)
    if kind == "csv":
        return csv_response(name, report_files.HEADER, report_files.rows(report.all_entries(asked), editions))
    found = report.report(asked)
    if kind == "json":
        said = report_files.data(asked, found, report.all_entries(asked), editions)
        return JsonResponse(said, headers=_headers(name), json_dumps_params={"ensure_ascii": False})
    return HttpResponse(
        report_files.pdf(asked, found, editions, timezone.now()), content_type="application/pdf", headers=_headers(name)
    )


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": str(content_disposition_header(True, name)),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
