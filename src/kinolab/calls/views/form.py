"""Pages for organisers: the form of a call, its sections and questions, and the correction of a form that has opened."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.calls import access, forms
from kinolab.calls.actions import asking, correcting
from kinolab.calls.models import Call
from kinolab.calls.queries import asking as queries
from kinolab.calls.queries.condition_sentences import shows_if
from kinolab.calls.question_forms import QuestionForm, question_form
from kinolab.calls.views.manage import REFUSED, context_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.questions import queries as questions
from kinolab.foundation.questions import words
from kinolab.foundation.questions.domain import versions
from kinolab.foundation.questions.models import Form, Question, Section
from kinolab.foundation.refusals import Denied

ROW = ["GET", "HEAD", "POST"]


@require_safe
def form(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The form: sections, questions, and whether it may still change."""
    call = access.get_call(request.user, programme, edition)
    return _outline(request, call, call.form)


@require_safe
def correction(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The correction that is being prepared, with what it changes."""
    call = access.get_call(request.user, programme, edition)
    coming = queries.correction_of(call)
    if coming is None:
        raise Http404
    return _outline(request, call, coming)


def _outline(request: HttpRequest, call: Call, shown: Form | None) -> HttpResponse:
    sections = questions.sections(shown) if shown else []
    told = [one for section in sections for one in section.questions.all()]
    by_code = {one.key: one for one in told}
    for one in told:
        one.shows = shows_if(one.shown_if, by_code)  # type: ignore[attr-defined]
    coming = queries.correction_of(call)
    is_correction = shown is not None and shown == coming
    context = context_of(
        call,
        "form",
        sections=sections,
        form=shown,
        why_not=access.why_not_change_form(request.user, call, timezone.now(), shown),
        library=[(key, Text(ready["label"])) for key, ready in questions.library().items()],
        correction=coming,
        is_correction=is_correction,
        changes=_account(call.form, shown) if is_correction else [],
    )
    return render(request, "calls/manage/form.html", context)


def _account(before: Form, after: Form) -> list[str]:
    """What a correction changes, a line a question."""
    listed = [*questions.in_order(before), *questions.in_order(after)]
    labels = {one.key: one.label or one.key for one in listed}
    changes = versions.changes(questions.as_versions(before), questions.as_versions(after))
    return [words.changed(one.change, labels[one.key], one.parts) for one in changes]


def _address(call: Call, form: Form | None) -> str:
    slugs = [call.edition.programme.slug, call.edition.slug]
    return reverse("calls:form" if form is None or form.pk == call.form_id else "calls:correction", args=slugs)


def _keep(
    request: HttpRequest,
    call: Call,
    typed: forms.RowForm,
    name: Promise,
    keep: Callable[..., object],
    form: Form | None,
    delete: str = "",
    **more: object,
) -> HttpResponse:
    """Show a section or a question to fill in; keep it with `keep(values, by, at)` when it is sent."""
    back = _address(call, form)
    looking = "change" in request.POST  # a button of the conditions: nothing is kept, nothing judged
    if request.method == "POST" and not looking and typed.is_valid():
        try:
            kept = keep(call=call, values=typed.values(), by=request.user, at=timezone.now())
        except Denied as denied:
            typed.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect(f"{back}#asked-{kept.pk}" if isinstance(kept, Question) else back)
    more = {"only_named": None, "name_people": "", **more}
    context = context_of(call, "form", form=typed, name=name, back=back, delete=delete, **more)
    page = "question" if isinstance(typed, QuestionForm) else "row"
    return render(
        request, f"calls/manage/{page}.html", context, status=REFUSED if typed.is_bound and not looking else 200
    )


def _section_form(request: HttpRequest, call: Call, row: Section | None = None) -> forms.SectionForm:
    return forms.SectionForm(request.POST or None, languages=call.languages or ["en"], row=row)


@require_http_methods(ROW)
def add_section(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Add a section, to the correction where one is being prepared."""
    call = access.get_call(request.user, programme, edition)
    coming = queries.correction_of(call)

    def keep(**given: Any) -> None:
        asking.add_section(form=coming, **given)

    return _keep(request, call, _section_form(request, call), gettext_lazy("New section"), keep, coming)


@require_http_methods(ROW)
def section(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Change a section."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_section(call, section)

    def keep(**given: Any) -> None:
        asking.change_section(section=one, **given)

    delete = reverse("calls:delete_section", args=[programme, edition, section])
    return _keep(request, call, _section_form(request, call, one), gettext_lazy("Section"), keep, one.form, delete)


@require_http_methods(ROW)
def add_question(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Add a question to a section."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_section(call, section)

    def keep(**given: Any) -> Question:
        return asking.add_question(section=one, **given)

    typed = question_form(request.POST or None, call, one, button=request.POST.get("change", ""))
    return _keep(request, call, typed, gettext_lazy("New question"), keep, one.form)


@require_http_methods(ROW)
def question(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """Change a question; of a form that has opened, only who the named people are."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_question(call, section, question)

    def keep(**given: Any) -> Question:
        asking.change_question(question=one, **given)
        return one

    delete = reverse("calls:delete_question", args=[programme, edition, section, question])
    typed = question_form(request.POST or None, call, one.section, one, request.POST.get("change", ""))
    frozen = access.why_not_change_form(request.user, call, timezone.now(), one.section.form)
    if frozen is not None and request.method != "POST":
        named = reverse("calls:name_people", args=[programme, edition, section, question])
        return _keep(
            request, call, typed, gettext_lazy("Question"), keep, one.section.form, only_named=frozen, name_people=named
        )
    return _keep(request, call, typed, gettext_lazy("Question"), keep, one.section.form, delete)


def _do(
    request: HttpRequest, call: Call, act: Callable[..., object], form: Form | None, place: str = "", **what: Any
) -> HttpResponse:
    try:
        made = act(call=call, by=request.user, at=timezone.now(), **what)
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        place = f"asked-{made.pk}" if isinstance(made, Question) else place
    return redirect(f"{_address(call, form)}{'#' if place else ''}{place}")


@require_POST
def shift_section(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Move a section."""
    call = access.get_call(request.user, programme, edition)
    one, up = access.get_section(call, section), bool(request.POST.get("up"))
    return _do(request, call, asking.shift_section, one.form, f"part-{one.pk}", section=one, up=up)


@require_POST
def delete_section(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Take a section out."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_section(call, section)
    return _do(request, call, asking.delete_section, one.form, section=one)


@require_POST
def use(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Add a ready question of the library to a section."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_section(call, section)
    return _do(request, call, asking.add_from_library, one.form, section=one, use=request.POST.get("use", ""))


@require_POST
def shift_question(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """Move a question up or down, or to the section that is named."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_question(call, section, question)
    form, place, to = one.section.form, f"asked-{one.pk}", request.POST.get("to", "")
    if to.isdecimal():
        there = access.get_section(call, int(to))
        return _do(request, call, asking.move_question, form, place, question=one, section=there)
    return _do(request, call, asking.shift_question, form, place, question=one, up=bool(request.POST.get("up")))


@require_POST
def duplicate_question(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """The same question once more."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_question(call, section, question)
    return _do(request, call, asking.duplicate_question, one.section.form, question=one)


@require_POST
def delete_question(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """Take a question out."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_question(call, section, question)
    return _do(request, call, asking.delete_question, one.section.form, question=one)


@require_POST
def name_people(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """Say who the named people of a question are, whether the form has opened or not."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_question(call, section, question)
    people = [int(number) for number in request.POST.getlist("named") if number.isdecimal()]
    return _do(request, call, asking.name_people, one.section.form, f"asked-{one.pk}", question=one, people=people)


# --- Corrections -----------------------------------------------------------------------------------------------------
@require_POST
def correct(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Begin a correction of the form that has opened, drop it, or put it into force."""
    call = access.get_call(request.user, programme, edition)
    act = {"drop": correcting.drop, "into_force": correcting.put_into_force}.get(
        request.POST.get("do", ""), correcting.begin
    )
    try:
        act(call=call, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        if act is correcting.put_into_force:
            messages.success(request, gettext("The correction is in force. Every draft has moved with its answers."))
    back = "correction" if queries.correction_of(call) else "form"
    return redirect(f"calls:{back}", programme, edition)
