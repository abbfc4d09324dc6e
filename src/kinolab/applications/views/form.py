"""Beginning an application and filling its form."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.applications import access, models
from kinolab.applications.actions import draft, projects
from kinolab.applications.actions import earlier as decisions
from kinolab.applications.actions.merging import Typed
from kinolab.applications.domain import entries
from kinolab.applications.forms import LateCodeForm, SaveForm, StartForm
from kinolab.applications.models import Application
from kinolab.applications.queries import corrections, earlier, mine, moved, uploads
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import Dossier, dossier, field_name, questions_of, spec_of
from kinolab.applications.queries.projects import earlier_of
from kinolab.applications.views import answers, before_signing_in, home
from kinolab.calls import access as call_access
from kinolab.calls.models import Call
from kinolab.calls.queries import closes, codes
from kinolab.foundation.files.queries import OnItsWay
from kinolab.foundation.merging import UNKNOWN
from kinolab.foundation.questions.domain.answers import Kind, is_empty
from kinolab.foundation.questions.domain.tables import TABLES
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.foundation.ui.arrival import came_at
from kinolab.foundation.ui.visitors import zone_of

FIRST_FIELDS = 3  # of the first section, on the page where a draft begins


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """What will be asked, and the first fields: a draft begins with the first keystroke, or with the button."""
    call = access.get_call(programme, edition)
    if request.method != "POST":
        return start_page(request, call)
    form = StartForm(request.POST if "key" in request.POST else request.GET)
    if not request.user.is_authenticated:
        if answers.wants_json(request):
            return answers.signed_out(request, reverse("applications:start", args=(programme, edition)))
        if form.is_valid():
            names = [field_name(one) for one in _first_questions(call)]
            before_signing_in.hold(request, call, form.cleaned_data["key"], names, timezone.now())
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path})}")
    if not form.is_valid():
        return start_page(request, call)
    return _begin(request, call, form.cleaned_data["key"])


def _begin(request: HttpRequest, call: Call, key: str) -> HttpResponse:
    at, language = came_at(request), get_language() or "en"
    try:
        application = draft.begin(call=call, key=key, by=request.user, at=at, language=language)
        application.call = call
        before_signing_in.let_go(request, call)
        if answers.wants_json(request):
            return _save_one(request, application, begun=True)
        save_posted(request, application, _first_questions(call))
    except Denied as denied:
        if answers.wants_json(request):
            return answers.refused(denied.refusal, call)
        return start_page(request, call, denied.refusal)
    first = questions_of(call)
    where = ("applications:section", (application.code, first[0].section.key)) if first else None
    return redirect(where[0], *where[1]) if where else redirect("applications:team", application.code)


@require_POST
def start_from(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Begin from an earlier application of the same project."""
    call = access.get_call(programme, edition)
    earlier = access.get_application(request.user, request.POST.get("earlier", "")[:12])
    form = StartForm(request.POST)
    if not form.is_valid():
        return start_page(request, call)
    try:
        begun = projects.begin_from(
            earlier=earlier,
            call=call,
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
            language=get_language() or "en",
        )
    except Denied as denied:
        return start_page(request, call, denied.refusal)
    return redirect("applications:edit", begun.code)


def start_page(
    request: HttpRequest, call: Call, refusal: Refusal | None = None, late: LateCodeForm | None = None
) -> HttpResponse:
    """The page on which a draft begins; 422 with the sentence where that was refused."""
    at = timezone.now()
    questions = questions_of(call)
    first = _first_questions(call, questions)
    fields = pages.blank_fields(first)
    brought = before_signing_in.held(request, call, at) if request.user.is_authenticated else None
    key, typed = brought or (models.new_start_key(), request.POST)
    if brought or refusal is not None:
        answers.fill(fields, typed)
    context = {
        "call": call,
        "edition": call.edition,
        "key": key,
        "brought": brought is not None,
        "visitor_zone": zone_of(request),
        "fields": fields,
        "questions": questions,
        "sections": answers.by_section(questions),
        "minutes": pages.minutes_needed(questions),
        "closed": access.why_not_start(request.user, call, at),
        "refusal": refusal,
        **_code_context(request, call, late, at),
        "later": [one for one in closes.listed(call, list(call.strands.all())) if one.close],
        "at": at,
        "drafts": mine.drafts(request.user, call) if request.user.is_authenticated else [],
        "projects": earlier_of(request.user, call) if request.user.is_authenticated else [],
    }
    return render(request, "applications/form/start.html", context, status=422 if refusal else 200)


def _code_context(request: HttpRequest, call: Call, late: LateCodeForm | None, at: datetime) -> dict[str, object]:
    """What the page says of codes: whether one may help, and what the one of a personal link gives, or why it does not."""
    typed = request.GET.get("code", "")[:40]
    code, person = codes.said(call, typed), request.user if request.user.is_authenticated else None
    why = call_access.why_not_use_code(person, code, at) if code else Refusal("late_code_unknown")
    if code and why is None and code.until is None:
        why = access.why_not_start(person, call, at, code)
    return {
        "late": late or LateCodeForm(initial={"code": code.code if code else ""}),
        "code": code if why is None else None,
        "code_refused": why if typed else None,
        "may_be_late": call.codes_until is not None and at < call.codes_until,
    }


def _first_questions(call: Call, questions: list[Question] | None = None) -> list[Question]:
    questions = questions_of(call) if questions is None else questions
    simple = [one for one in questions if one.kind not in (Kind.FILE, Kind.MONEY, *TABLES) and not one.shown_if]
    return [one for one in simple if one.section_id == simple[0].section_id][:FIRST_FIELDS]


@require_safe
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """One application as its team sees it: how it stands, what is missing, and sending it."""
    application = access.get_application(request.user, code)
    return home.page(request, application)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """One section of the form; without a script its button saves and goes on."""
    if request.method == "POST" and access.was_removed(request.user, code):
        return answers.texts_back(request, Refusal("removed_from_team"))
    application = access.get_application(request.user, code)
    whole = dossier(application)
    shown = next((one for one in pages.sections_of(whole) if one.key == section), None)
    if request.method == "POST" and (shown is None or _is_old_page(request, whole)):
        return _save_old_page(request, application)
    if shown is None:
        raise Http404
    if request.method != "POST":
        return render(request, "applications/form/section.html", _section_context(request, whole, shown))
    asked = [one for one in whole.questions if one.section_id == shown.pk]
    try:
        saved, refused = save_posted(request, application, asked)
    except Denied as denied:
        return answers.texts_back(request, denied.refusal, application.call)
    if not refused and "decide" in request.POST:
        return decide(request, application)
    if not refused:
        return redirect(_appeared(request, whole, saved, shown) or _next_step(saved, shown.key))
    context = _section_context(request, saved, shown)
    context["refused"] = True
    answers.show_refused(context["fields"], refused, request.POST)
    return render(request, "applications/form/section.html", context, status=422)


def _is_old_page(request: HttpRequest, whole: Dossier) -> bool:
    """Whether the page was made for another version of the form."""
    known = {field_name(one) for one in whole.questions}
    return any(name not in known for name in _sent_fields(request))


def _sent_fields(request: HttpRequest) -> list[str]:
    return [name.removesuffix("-shown") for name in request.POST if re.fullmatch(r"q\d{1,18}-shown", name)]


def _save_old_page(request: HttpRequest, application: Application) -> HttpResponse:
    """A page of a form that was corrected meanwhile: each text goes where its question is now, or stays to be copied."""
    refused: dict[int, Refusal] = {}
    for name in _sent_fields(request):
        question = moved.question_now(application.call, int(name.removeprefix("q")))
        if question is None or question.kind == Kind.FILE:
            continue
        version = request.POST.get(f"{name}-version", "0")
        try:
            draft.save_answer(
                application=application,
                question=question,
                value=entries.read(spec_of(question), request.POST.getlist(name)),
                version=int(version) if version.isdecimal() else 0,
                by=request.user,
                at=came_at(request),
                run=request.POST.get(f"{name}-run", "")[:40],
                base=None,
            )
        except Denied as denied:
            refused[question.pk] = denied.refusal
    if refused:
        return answers.texts_back(request, next(iter(refused.values())), application.call)
    messages.info(request, gettext("Saved. The form has been corrected meanwhile; here is what has changed."))
    return redirect("applications:edit", application.code)


def decide(request: HttpRequest, application: Application) -> HttpResponse:
    """Which of two texts stays, by the button beside them; the page was saved before."""
    stays, _, number = request.POST["decide"].partition("-")
    aside = access.get_aside(request.user, application, number)
    try:
        decisions.decide(application=application, aside=aside, stays=stays, by=request.user, at=timezone.now())
    except Denied as denied:
        return answers.texts_back(request, denied.refusal, application.call)
    return redirect(pages.place_url(application, aside.answer.question))


def _section_context(request: HttpRequest, whole: Dossier, shown: Section) -> dict[str, object]:
    at = timezone.now()
    steps = pages.steps(whole, shown.key)
    closed = access.why_not_edit(request.user, whole.application, at)
    asked = [one for one in whole.questions if one.section_id == shown.pk]
    fields = pages.fields_of(whole, shown, uploads_of(request, whole, asked))
    correcting = corrections.in_time(whole.application, at) if closed else None
    if correcting is not None:
        wanted = [one.question.pk for one in fields if corrections.name_of(one.question) in correcting.questions]
        open_ = pages.only(fields, wanted)
        closed, fields = (None, open_) if open_ else (closed, fields)
    place = [one.key for one in steps].index(shown.key)
    earlier.waiting(whole.application, fields)
    return {
        "application": whole.application,
        "dossier": whole,
        "section": shown,
        "here": shown.key,
        "zone": answers.zone_of(request, whole.application.call),
        "refused": False,
        "correcting": correcting if closed is None else None,
        "fields": fields,
        "together": closed is None and len(whole.joined) > 1,
        "sends_files": closed is None and any(one.question.kind == Kind.FILE for one in fields),
        "steps": steps,
        "number": place + 1,
        "previous": steps[place - 1],
        "next": steps[place + 1],
        "closed": closed,
        "may_reopen": access.why_not_reopen(request.user, whole.application, at) is None,
        "lacks": pages.lacks(whole),
        "changes": pages.recent_changes(whole),
        "at": at,
    }


def uploads_of(request: HttpRequest, whole: Dossier, asked: Sequence[Question]) -> Mapping[int, Sequence[OnItsWay]]:
    """What is on its way to these questions; asked only where one of them takes files."""
    takes_files = any(one.kind == Kind.FILE for one in asked)
    session = request.session.session_key or ""
    return uploads.of_application(whole.application, request.user, session) if takes_files else {}


def _appeared(request: HttpRequest, before: Dossier, saved: Dossier, shown: Section) -> str:
    """The first question of the page that shows only now, by what has just been answered; "" where there is none."""
    known = {one.pk for one in before.shown}
    fresh = [one for one in saved.shown if one.section_id == shown.pk and one.pk not in known]
    if not fresh or all(not is_empty(saved.value(one)) for one in fresh):
        return ""
    messages.info(request, gettext("Saved. By what you answered, more is asked on this page."))
    return f"{pages.section_url(saved.application, shown)}#{field_name(fresh[0])}"


def _next_step(whole: Dossier, key: str) -> str:
    steps = pages.steps(whole, key)
    return steps[[one.key for one in steps].index(key) + 1].url


def save_posted(
    request: HttpRequest, application: Application, asked: list[Question]
) -> tuple[Dossier, dict[int, Refusal]]:
    """Save the answers to these questions as a page without a script sends them."""
    values = typed_values(request, asked)
    return draft.save_page(application=application, values=values, by=request.user, at=came_at(request))


def typed_values(request: HttpRequest, asked: Sequence[Question]) -> dict[int, Typed]:
    """What a page sent for these questions, by number; questions that the page did not show are left out."""
    values = {}
    for question in asked:
        name = field_name(question)
        if question.kind == Kind.FILE or (name not in request.POST and f"{name}-shown" not in request.POST):
            continue
        version = request.POST.get(f"{name}-version", "0")
        value = entries.read(spec_of(question), request.POST.getlist(name))
        # A page without a script cannot say what its text began from, where that is no longer kept.
        values[question.pk] = Typed(
            value,
            int(version) if version.isdecimal() else 0,
            request.POST.get(f"{name}-run", "")[:40],
            None,
            settles=_settles(request, name),
        )
    return values


def _settles(request: HttpRequest, name: str) -> int:
    number = request.POST.get(f"{name}-settles", "0")
    return int(number) if number.isdecimal() else 0


@login_not_required
@require_POST
def save(request: HttpRequest, code: str) -> HttpResponse:
    """One answer on its way from a page that saves itself."""
    if not request.user.is_authenticated or answers.is_anothers(request):
        return answers.signed_out(request, reverse("applications:edit", args=(code,)))
    try:
        application = access.get_application(request.user, code)
    except Http404:
        if access.was_removed(request.user, code):
            return answers.refused(Refusal("removed_from_team"))
        raise
    return _save_one(request, application)


def _save_one(request: HttpRequest, application: Application, *, begun: bool = False) -> HttpResponse:
    form = SaveForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "field, version"}, status=400)
    name, at = form.cleaned_data["field"], came_at(request)
    question = moved.question_now(application.call, int(name.removeprefix("q")))
    if question is None:
        raise Http404
    try:
        saved = draft.save_answer(
            application=application,
            question=question,
            value=entries.read(spec_of(question), request.POST.getlist("value")),
            version=form.cleaned_data["version"],
            by=request.user,
            at=at,
            run=form.cleaned_data["run"],
            base=entries.read(spec_of(question), request.POST.getlist("base")) if "base" in request.POST else UNKNOWN,
            settles=form.cleaned_data["settles"] or 0,
        )
    except Denied as denied:
        return answers.not_saved(denied.refusal, question, application.call, name)
    page = pages.section_url(application, question.section) if begun else ""
    return answers.saved(request, saved, question, at, page, name)
