"""The form as applicants will see it, for those who build it. Nothing typed here is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import module_choices, questions_in
from kinolab.applications.views import answers
from kinolab.calls import access as calls
from kinolab.calls import question_forms
from kinolab.calls.queries import asking
from kinolab.calls.queries.condition_sentences import shows_if
from kinolab.foundation.i18n.formats import language_name
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.queries import in_order


@require_safe
def form(request: HttpRequest, programme: str, edition: str, version: int) -> HttpResponse:
    """A version of the whole form in one of the call's languages: the one in force, or the correction."""
    call = calls.get_call(request.user, programme, edition)
    shown = next((one for one in (call.form, asking.correction_of(call)) if one and one.version == version), None)
    if shown is None:
        raise Http404
    languages = call.languages or ["en"]
    language = request.GET.get("in", "")
    language = language if language in languages else languages[0]
    context = {"call": call, "edition": call.edition, "version": shown, "language": language}
    context["shown_in"] = [(tag, language_name(tag)) for tag in languages]
    with translation.override(language):
        questions = questions_in(shown.pk, call)
        fields = {one.question.pk: one for one in pages.preview_fields(questions)}
        context["sections"] = [
            (section, [fields[one.pk] for one in asked]) for section, asked in answers.by_section(questions)
        ]
        return render(request, "applications/preview/form.html", context)


@require_POST
def question(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """One question as it stands in the builder, in each of the call's languages."""
    call = calls.get_call(request.user, programme, edition)
    asked = question_forms.as_typed(request.POST, call)
    if asked is None:
        return HttpResponse(status=204)
    if asked.kind == Kind.MODULES:
        asked.choices = module_choices(call.edition)
    form = asking.correction_of(call) or call.form
    by_code = {one.key: one for one in in_order(form)} if form else {}
    shown = []
    for place, tag in enumerate(call.languages or ["en"]):
        asked.pk = place  # fields of different languages have different names
        with translation.override(tag):
            context = {"field": pages.preview_fields([asked])[0], "closed": None, "application": None}
            drawn = render_to_string("applications/form/_field.html", context, request)
            shown.append((tag, language_name(tag), drawn, shows_if(asked.typed_condition, by_code)))  # type: ignore[attr-defined]
    return render(request, "applications/preview/question.html", {"shown": shown})
