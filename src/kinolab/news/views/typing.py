"""What is typed in a text is kept while one types, by the protocol of `ui/autosave.js`."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kinolab.foundation import merging
from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.lines import normalise
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.news import access, forms
from kinolab.news.actions import typing as actions
from kinolab.news.domain.translations import FIELDS
from kinolab.news.domain.unsaved import Typed
from kinolab.news.models import Article
from kinolab.news.queries import unsaved as queries


def meanwhile(request: HttpRequest, article: Article, language: str, seen: int) -> dict[str, Any]:
    """What a writer is told while they type: who else does, and who has saved since."""
    return {
        "article": article,
        "language": language,
        "zone": article.organisation.timezone,
        "others": queries.others(article, language, request.user),
        "saved_by": queries.saved_since(article, language, seen),
    }


@require_POST
def keep(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """Keep one field. The article is named by its number: its address may change while somebody types."""
    article = access.get_article(request.user, get_object_or_404(Article.objects.only("slug"), pk=number).slug)
    name, sent = request.POST.get("field", ""), request.POST
    if language not in dict(settings.LANGUAGES) or name not in FIELDS:
        raise Http404
    if sent.get("person", request.user.code) != request.user.code:  # the page was made for somebody else
        back = urlencode({"next": reverse("news:text", args=[article.slug, language])})
        return JsonResponse({"signed_out": True, "sign_in": f"{reverse(settings.LOGIN_URL)}?{back}"}, status=403)
    at = timezone.now()
    try:
        text = forms.TextForm.base_fields[name].clean(_lines(sent.get("value", "")))
        kept = actions.keep(
            article=article, language=language, name=name, settles=_number(sent.get("settles")), by=request.user, at=at,
            typed=Typed(text, _number(sent.get("version")), sent.get("run", "")[:40], _lines(sent.get("base"))),
        )  # fmt: skip
    except ValidationError as error:
        return JsonResponse({"field": name, "error": " ".join(error.messages)}, status=422)
    except Denied as denied:
        return _not_kept(denied.refusal, name)
    return _is_kept(request, article, language, name, text, kept, at)


def _is_kept(
    request: HttpRequest, article: Article, language: str, name: str, text: str, kept: actions.Kept, at: datetime
) -> HttpResponse:
    told = meanwhile(request, article, language, kept.seen)
    body: dict[str, Any] = {
        "field": name,
        "version": kept.standing.version,
        "saved_at": at.isoformat(),
        "saved_at_text": formats.clock(at, told["zone"]),
        "meter": render_to_string("news/_meanwhile.html", told, request),
    }
    if kept.merged:
        body["value"] = kept.standing.text
        body["edits"] = [[one.start, one.end, one.text] for one in merging.edits(text, kept.standing.text)]
    return JsonResponse(body)


def _not_kept(refusal: Refusal, name: str) -> HttpResponse:
    if refusal.code == "typing_began_unknown":
        return JsonResponse({"field": name, "base_wanted": True}, status=409)
    if refusal.code == "typed_meanwhile":
        told = {key: refusal.facts[key] for key in ("version", "aside")}
        return JsonResponse({"field": name, "value": refusal.facts["text"], "by": ""} | told, status=409)
    if refusal.code == "text_far_too_long":
        return JsonResponse({"field": name, "error": reasons.explain(refusal)}, status=422)
    return JsonResponse({"reason": reasons.explain(refusal), "code": refusal.code}, status=403)


def _lines(text: str | None) -> str | None:
    """Lines ending as they do here, however they were sent."""
    return None if text is None else normalise(text)


def _number(text: str | None) -> int:
    """A number that a script sends; nothing else than a number is 0."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


@require_POST
def let_go(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Take the saved text again, or forget a text that was set aside."""
    article = access.get_article(request.user, slug)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    aside = _number(request.POST.get("aside"))
    actions.let_go(article=article, language=language, aside=aside, by=request.user, at=timezone.now())
    if not aside:
        messages.success(request, gettext("The saved text is there again."))
    return redirect("news:text", article.slug, language)
