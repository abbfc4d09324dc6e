"""Pages for organisers: the form of a call, its sections and questions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.calls import access, forms
from kinolab.calls.actions import asking
from kinolab.calls.models import Call
from kinolab.calls.queries import manage as queries
from kinolab.calls.views.manage import REFUSED, context_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.questions import queries as questions
from kinolab.foundation.questions import words as question_words
from kinolab.foundation.refusals import Denied

ROW = ["GET", "HEAD", "POST"]


@require_safe
def form(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The form: sections, questions, and whether it may still change."""
    call = access.get_call(request.user, programme, edition)
    sections = questions.sections(call.form) if call.form else []
    why_not = access.why_not_change_form(request.user, call, timezone.now())
    context = context_of(call, "form", sections=sections, why_not=why_not, kinds=question_words.KINDS)
    return render(request, "calls/manage/form.html", context)


def _keep(
    request: HttpRequest,
    call: Call,
    shape: type[forms.RowForm],
    name: Promise,
    keep: Callable[..., object],
    row: Any = None,
    delete: str = "",
) -> HttpResponse:
    """Show a section or a question to fill in; keep it with `keep(values, by, at)` when it is sent."""
    typed = shape(request.POST or None, languages=call.languages or ["en"], row=row)
    if isinstance(typed, forms.QuestionForm):
        typed.let_roles(call.roles)
    slugs = [call.edition.programme.slug, call.edition.slug]
    if request.method == "POST" and typed.is_valid():
        try:
            keep(call=call, values=typed.values(), by=request.user, at=timezone.now())
        except Denied as denied:
            typed.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:form", *slugs)
    context = context_of(call, "form", form=typed, name=name, back=reverse("calls:form", args=slugs), delete=delete)
    return render(request, "calls/manage/row.html", context, status=REFUSED if typed.is_bound else 200)


@require_http_methods(ROW)
def add_section(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Add a section."""
    call = access.get_call(request.user, programme, edition)
    return _keep(request, call, forms.SectionForm, gettext_lazy("New section"), asking.add_section)


@require_http_methods(ROW)
def section(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Change a section."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_section(call, section)

    def keep(**given: Any) -> None:
        asking.change_section(section=one, **given)

    delete = reverse("calls:delete_section", args=[programme, edition, section])
    return _keep(request, call, forms.SectionForm, gettext_lazy("Section"), keep, one, delete)


@require_http_methods(ROW)
def add_question(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Add a question to a section."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_section(call, section)

    def keep(**given: Any) -> None:
        asking.add_question(section=one, **given)

    return _keep(request, call, forms.QuestionForm, gettext_lazy("New question"), keep)


@require_http_methods(ROW)
def question(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """Change a question."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_question(call, section, question)

    def keep(**given: Any) -> None:
        asking.change_question(question=one, **given)

    delete = reverse("calls:delete_question", args=[programme, edition, section, question])
    return _keep(request, call, forms.QuestionForm, gettext_lazy("Question"), keep, one, delete)


def _do(request: HttpRequest, call: Call, act: Callable[..., object], **what: Any) -> HttpResponse:
    try:
        act(call=call, by=request.user, at=timezone.now(), **what)
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    return redirect("calls:form", call.edition.programme.slug, call.edition.slug)


@require_POST
def shift_section(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Move a section."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_section(call, section)
    return _do(request, call, asking.shift_section, section=one, up=bool(request.POST.get("up")))


@require_POST
def delete_section(request: HttpRequest, programme: str, edition: str, section: int) -> HttpResponse:
    """Take a section out."""
    call = access.get_call(request.user, programme, edition)
    return _do(request, call, asking.delete_section, section=access.get_section(call, section))


@require_POST
def shift_question(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """Move a question."""
    call = access.get_call(request.user, programme, edition)
    one = access.get_question(call, section, question)
    return _do(request, call, asking.shift_question, question=one, up=bool(request.POST.get("up")))


@require_POST
def delete_question(request: HttpRequest, programme: str, edition: str, section: int, question: int) -> HttpResponse:
    """Take a question out."""
    call = access.get_call(request.user, programme, edition)
    before = {one.facts["rules"] for one in queries.doubts(call)}
    answer = _do(request, call, asking.delete_question, question=access.get_question(call, section, question))
    for doubt in queries.doubts(call):
        if doubt.facts["rules"] not in before:
            messages.warning(request, reasons.explain(doubt))
    return answer
