"""What the form's pages answer, in HTML and to the script that saves while one types."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from kinolab.applications.actions.draft import Saved
from kinolab.applications.domain import entries
from kinolab.applications.models import Answer, Application, Attachment
from kinolab.applications.queries import form as pages
from kinolab.applications.queries.dossier import dossier, field_name, spec_of
from kinolab.applications.queries.form import Field
from kinolab.calls.models import Call
from kinolab.foundation import merging
from kinolab.foundation.i18n import formats
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.questions.domain.answers import Kind
from kinolab.foundation.questions.domain.tables import TABLES
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.refusals import Refusal

IGNORED = {"csrfmiddlewaretoken", "decide"}
_LISTED = frozenset({Kind.MANY, Kind.MODULES, Kind.MONEY, *TABLES})


def wants_json(request: HttpRequest) -> bool:
    """Whether it is the script that asks."""
    return "application/json" in request.headers.get("Accept", "")


def zone_of(request: HttpRequest, call: Call) -> str:
    """The zone in which the reader of a page reads times: their own, else the call's."""
    return getattr(request.user, "timezone", "") or call.timezone or "UTC"


def in_zone(refusal: Refusal, call: Call | None) -> Refusal:
    """The refusal with the call's zone, so that its times are said there."""
    return Refusal(refusal.code, {"zone": call.timezone or "UTC", **refusal.facts}) if call else refusal


def saved(
    request: HttpRequest, saved: Saved, question: Question, at: datetime, page: str, name: str = ""
) -> JsonResponse:
    """The answer was written: its version, the time, the meter, and the form's own page where a draft has just begun.

    `name` is what the page calls the field; one that is older than the form's last correction is told so in the meter.
    """
    zone = zone_of(request, saved.dossier.application.call)
    body = {
        "field": name or field_name(question),
        "version": saved.version,
        "saved_at": at.isoformat(),
        "saved_at_text": formats.clock(at, zone),
        "meter": render_to_string(
            "applications/form/_meter.html",
            {
                "dossier": saved.dossier,
                "lacks": pages.lacks(saved.dossier),
                "is_old_page": name not in ("", field_name(question)) or question.pk not in saved.dossier.numbers,
            },
            request,
        ),
    }
    begun = {"page": page, "url": reverse("applications:save", args=(saved.dossier.application.code,))} if page else {}
    return JsonResponse(body | begun | (_merged(saved, question) if saved.merged else {}))


def as_changed(answer: Answer) -> dict[str, object]:
    """An answer as the page of another takes it in."""
    texts = _texts(answer.question, answer.value)
    return {"field": field_name(answer.question), "version": answer.version, "value": texts}


def _merged(saved: Saved, question: Question) -> dict[str, object]:
    """What the answer says now, and how a page gets there from what it sent without moving anybody's caret."""
    value = saved.answer.value if saved.answer else None
    body: dict[str, object] = {"value": _texts(question, value)}
    if isinstance(value, str) and isinstance(saved.sent, str):
        body["edits"] = [[one.start, one.end, one.text] for one in merging.edits(saved.sent, value)]
    return body


def _texts(question: Question, value: object) -> str | list[str]:
    texts = entries.write(spec_of(question), value)
    return texts if len(texts) > 1 or question.kind in _LISTED else texts[0]


def taken(request: HttpRequest, application: Application, attachment: Attachment) -> JsonResponse:
    """A file was taken: the row that shows it, and the meter."""
    application.team_list = None
    whole = dossier(application)
    row = {"application": application, "one": attachment, "closed": None}
    meter = {"dossier": whole, "lacks": pages.lacks(whole)}
    return JsonResponse(
        {
            "row": render_to_string("applications/form/_attachment.html", row, request),
            "meter": render_to_string("applications/form/_meter.html", meter, request),
        }
    )


def not_saved(refusal: Refusal, question: Question, call: Call, name: str = "") -> JsonResponse:
    """The answer was not written: a quarrel over versions, a wrong shape, or no access."""
    name = name or field_name(question)
    if refusal.code == "changed_meanwhile":
        told = {name: refusal.facts[name] for name in ("version", "by", "aside")}
        value = _texts(question, refusal.facts["value"])
        return JsonResponse({"field": name, "value": value} | told, status=409)
    if refusal.code == "beginning_unknown":
        return JsonResponse({"field": name, "base_wanted": True}, status=409)
    if refusal.code in ("wrong_shape", "far_too_long", "far_too_many", "unstorable_text"):
        return JsonResponse({"field": name, "error": explain(refusal)}, status=422)
    return refused(refusal, call)


def refused(refusal: Refusal, call: Call | None = None) -> JsonResponse:
    """No more writing here, and why."""
    return JsonResponse({"reason": explain(in_zone(refusal, call)), "code": refusal.code}, status=403)


def is_anothers(request: HttpRequest) -> bool:
    """Whether the page that sends was made for somebody else than who is signed in now."""
    return request.POST.get("person", request.user.code) != request.user.code


def signed_out(request: HttpRequest, back: str) -> HttpResponse:
    """The session has ended: the script keeps the text, and leads to signing in."""
    address = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    return JsonResponse({"signed_out": True, "sign_in": address}, status=403)


def texts_back(request: HttpRequest, refusal: Refusal, call: Call | None = None) -> HttpResponse:
    """Nothing was saved, and nothing is lost: the sentence, and every text that was sent, to copy."""
    texts = [text for name, all_of in request.POST.lists() if _is_text(name) for text in all_of if text.strip()]
    context = {"refusal": in_zone(refusal, call), "texts": texts}
    return render(request, "applications/form/texts_back.html", context, status=403)


def _is_text(name: str) -> bool:
    return name not in IGNORED and not name.endswith(("-version", "-shown", "-run", "-settles"))


def by_section(questions: Sequence[Question]) -> list[tuple[Section, list[Question]]]:
    """Questions under their sections, in order."""
    found: list[tuple[Section, list[Question]]] = []
    for question in questions:
        if not found or found[-1][0].pk != question.section_id:
            found.append((question.section, []))
        found[-1][1].append(question)
    return found


def fill(fields: Sequence[Field], sent: QueryDict) -> None:
    """Put what was sent back into the fields."""
    for field in fields:
        if field.name in sent:
            field.texts = sent.getlist(field.name)


def show_refused(fields: Sequence[Field], refused: Mapping[int, Refusal], sent: QueryDict) -> None:
    """Beside each field that was not saved: why, what was typed, and what somebody else has saved there."""
    for field in fields:
        refusal = refused.get(field.question.pk)
        if refusal is None:
            continue
        field.error, field.theirs = refusal, []
        if refusal.code == "changed_meanwhile":
            field.theirs = entries.write(spec_of(field.question), refusal.facts["value"])
            field.version, field.settles = int(str(refusal.facts["version"])), refusal.facts["aside"]
            field.asides = [one for one in field.asides if one.aside.pk != field.settles]
        field.texts = sent.getlist(field.name) or [""]
