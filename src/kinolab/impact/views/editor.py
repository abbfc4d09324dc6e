"""A road map whole and step by step, its way, and what is said about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.impact import access, forms, words
from kinolab.impact.actions import making, remarks, steps
from kinolab.impact.domain import lifecycle
from kinolab.impact.domain.findings import Finding
from kinolab.impact.domain.lifecycle import TURN, RoadMapState, RoadMapStep, Turn
from kinolab.impact.domain.parts import Part, Step
from kinolab.impact.domain.plan import Plan
from kinolab.impact.models import RoadMap
from kinolab.impact.queries import editor, exchange, reporting, timeline
from kinolab.impact.queries import plan as plans

REFUSED = 422
# What whoever is not of the team or its tutors does not see at all.
INSIDE_ONLY = frozenset({Step.SAFETY})


# --- What every page of a road map needs ---------------------------------------------------------------------------------
def frame(request: HttpRequest, road_map: RoadMap) -> dict[str, Any]:
    """The road map as this person may see it: inside everything, from the lab through the gate."""
    who = road_map.who
    everything = plans.plan_of(road_map)
    found = plans.findings_of(road_map, everything)
    shown = everything if who.inside else plans.outward_of(road_map, who.eyes).plan
    said = editor.remarks_of(road_map)
    hidden = frozenset() if who.inside else INSIDE_ONLY
    if not who.inside:
        found = plans.findings_outside(road_map, found)
        said = editor.remarks_outside(road_map, [one for one in said if one.path_step not in hidden])
    return {
        "road_map": road_map,
        "edition": road_map.edition,
        "stage": "impact",
        "base": "labs/edition_base.html" if who.reads else "impact/_frame.html",
        "who": who,
        "plan": shown,
        "title": shown.title,
        "found": found,
        "said": said,
        "path": editor.path(shown, found, said, hidden),
        "state_word": words.TEMPLATE if road_map.is_template else words.STATES[RoadMapState(road_map.state)],
        "turn_word": words.TEMPLATE_SAYS if road_map.is_template else words.TURNS[TURN[RoadMapState(road_map.state)]],
        "zone": request.user.timezone or road_map.edition.timezone,
    }


def _whole_page(request: HttpRequest, road_map: RoadMap, **more: Any) -> HttpResponse:
    context = frame(request, road_map)
    plan, who, state = context["plan"], road_map.who, RoadMapState(road_map.state)
    context |= {
        "timeline": timeline.timeline(plan, timezone.now().date()),
        "sections": [(one, editor.parts(plan, one.step, deep=True)) for one in context["path"]],
        "approves": False,
        "findings": editor.in_sentences(context["found"]),
        # A road map is reported by its reports, which take this step themselves.
        "steps": [
            (one, words.STEPS[one])
            for one in lifecycle.steps_from(state, who.turns)
            if one is not RoadMapStep.REPORT and not road_map.is_template
        ],
        "report": reporting.next_of(road_map, timezone.now()),
        "tutors": list(road_map.tutorings.select_related("person").order_by("added_at", "pk")),
        "dynamic_words": words.DYNAMICS,
        "dynamic_says": words.DYNAMICS_SAY,
        "audience_words": words.AUDIENCE_KINDS,
        "level_word": words.LEVELS[plan.level],
        "takes": exchange.offered(road_map, context["found"]),
        "why_not_bring": access.why_not_bring(request.user, road_map),
        "tutor_form": forms.TutorForm(initial={"language": get_language()})
        if Turn.LAB in who.turns and not road_map.is_template
        else None,
    }
    status = REFUSED if more else 200
    return render(request, "impact/whole.html", context | more, status=status)


@require_safe
def whole(request: HttpRequest, code: str) -> HttpResponse:
    """Everything on one page."""
    return _whole_page(request, access.get_road_map(request.user, code))


# --- One step of the path ------------------------------------------------------------------------------------------------
def step_of(road_map: RoadMap, name: str) -> Step:
    """The step of this name; 404 where there is none that the person may see."""
    if name not in set(Step) or (name in INSIDE_ONLY and not road_map.who.inside):
        raise Http404
    return Step(name)


def _step_page(request: HttpRequest, road_map: RoadMap, here: Step, **more: Any) -> HttpResponse:
    context = frame(request, road_map)
    plan: Plan = context["plan"]
    found: list[Finding] = context["found"]
    deep = access.why_not_write(request.user, road_map, Part.INDICATOR) is not None  # then there is no page of each
    shown = [_shown_part(request, road_map, plan, one) for one in editor.parts(plan, here, deep=deep)]
    order = [one.step for one in context["path"]]
    place = order.index(here)
    context |= {
        "here": here,
        "here_name": words.PATH[here],
        "about": words.ABOUT[here],
        "picture": (picture := words.PICTURE_OF.get(here)),
        "picture_name": words.PICTURES[picture] if picture else "",
        "number": place + 1,
        "shown": shown,
        "shut": _shut(shown) if road_map.who.team else None,
        "findings": editor.in_sentences([one for one in found if one.step is here]),
        "remarks": [one for one in context["said"] if one.path_step == here],
        "before": context["path"][place - 1] if place else None,
        "after": context["path"][place + 1] if place + 1 < len(order) else None,
        "approves": access.why_not_approve(request.user, road_map) is None,
        "why_not_remark": access.why_not_remark(request.user, road_map),
        "remark_form": forms.RemarkForm(),
        "order_changed": request.GET.get("changed", ""),
    }
    return render(request, "impact/step.html", context | more, status=REFUSED if more else 200)


def _shut(shown: list[dict[str, Any]]) -> Refusal | None:
    """Why nothing of a step may be written, where it is one reason: it is said once."""
    why = [one["why_not"] for one in shown]
    return why[0] if why and all(one is not None and one == why[0] for one in why) else None


def _shown_part(request: HttpRequest, road_map: RoadMap, plan: Plan, part: editor.ShownPart) -> dict[str, Any]:
    """A part with its form where it has one row, and with the reason why nobody may write in it now."""
    why_not = access.why_not_write(request.user, road_map, part.part)
    form = number = row = None
    if part.single and why_not is None:
        row = plans.single_row(road_map, part.part)
        number = row.pk
        form = forms.RowForm(
            part.part, plan, number, prefix=f"{part.part}-{number}", initial=forms.initial(part.part, plan, number)
        )  # fmt: skip
    return {"part": part, "why_not": why_not, "form": form, "number": number, "version": row.version if row else 0}


@require_safe
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step: what stands in it, what is found, what was said."""
    road_map = access.get_road_map(request.user, code)
    return _step_page(request, road_map, step_of(road_map, step))


@require_POST
def remark(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Say something about the step."""
    road_map = access.get_road_map(request.user, code)
    here = step_of(road_map, step)
    form = forms.RemarkForm(request.POST)
    if form.is_valid():
        try:
            remarks.remark(
                road_map=road_map, path_step=here, text=form.cleaned_data["text"], asks=form.cleaned_data["asks"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            return redirect("impact:step", code, step)
    return _step_page(request, road_map, here, remark_form=form, form=form)


@require_POST
def settle_remark(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say that a remark is settled."""
    road_map = access.get_road_map(request.user, code)
    try:
        settled = remarks.settle(road_map=road_map, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
        return redirect("impact:whole", code)
    return redirect("impact:step", code, settled.path_step) if settled else redirect("impact:whole", code)


# --- Its way ---------------------------------------------------------------------------------------------------------------
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a step of the road map's way."""
    road_map = access.get_road_map(request.user, code)
    wanted = request.POST.get("step", "")
    if wanted not in set(RoadMapStep):
        raise Http404
    try:
        steps.take(road_map=road_map, step=RoadMapStep(wanted), by=request.user, at=timezone.now())
    except Denied as denied:
        return _whole_page(request, road_map, sentence=reasons.explain(denied.refusal))
    messages.success(request, gettext("Done. Whoever has to know has been told."))
    return redirect("impact:whole", code)


@require_POST
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Decide to whom it is shown."""
    road_map = access.get_road_map(request.user, code)
    form = forms.LevelForm(request.POST)
    if form.is_valid():
        try:
            steps.show(road_map=road_map, level=form.chosen, by=request.user, at=timezone.now())
        except Denied as denied:
            messages.error(request, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
    return redirect("impact:showing", code)


@require_http_methods(["POST"])
def add_tutor(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody accompany the road map."""
    road_map = access.get_road_map(request.user, code)
    form = forms.TutorForm(request.POST)
    if form.is_valid():
        try:
            making.add_tutor(road_map=road_map, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Added. A letter with the way in is going out."))
            return redirect("impact:whole", code)
    return _whole_page(request, road_map, tutor_form=form, form=form)


@require_POST
def remove_tutor(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let somebody accompany it no more."""
    road_map = access.get_road_map(request.user, code)
    try:
        making.remove_tutor(road_map=road_map, number=number, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    return redirect("impact:whole", code)
