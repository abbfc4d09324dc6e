"""What happens to an article: it is asked about, approved, published, scheduled, corrected, archived, deleted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.refusals import Denied
from kinolab.news import access, forms, words
from kinolab.news.actions import publishing, writing
from kinolab.news.domain import schedule as rules
from kinolab.news.models import Article
from kinolab.news.views.newsroom import REFUSED, edit_page

Act = Callable[..., object]
_PLAIN: dict[str, tuple[Act, Promise]] = {
    "take_back": (publishing.take_back, gettext_lazy("It is a draft again.")),
    "approve": (publishing.approve, gettext_lazy("Approved.")),
    "publish": (publishing.publish, gettext_lazy("Published.")),
    "unpublish": (publishing.unpublish, gettext_lazy("The article is a draft again; visitors no longer see it.")),
    "archive": (publishing.archive, gettext_lazy("Archived. Its address stays; lists and feeds no longer name it.")),
    "restore": (publishing.restore, gettext_lazy("It stands in the lists again.")),
}


@require_POST
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Do it, and say what became of it."""
    found = access.get_article(request.user, slug)
    if step in _PLAIN:
        act, done = _PLAIN[step]
        return _done(request, found, act, str(done))
    if step == "delete":
        return _delete(request, found)
    if step not in _WITH_FORM:
        raise Http404
    return _WITH_FORM[step](request, found)


def _done(request: HttpRequest, found: Article, act: Act, done: str, **given: Any) -> HttpResponse:
    try:
        act(article=found, by=request.user, at=timezone.now(), **given)
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, done)
    return redirect("news:edit", found.slug)


def _delete(request: HttpRequest, found: Article) -> HttpResponse:
    try:
        writing.delete_article(article=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
        return redirect("news:edit", found.slug)
    messages.success(request, gettext("The draft is deleted."))
    return redirect("news:desk")


def _ask(request: HttpRequest, found: Article) -> HttpResponse:
    people = access.colleagues(found.organisation_id, found.edition_id)
    form = forms.AskForm(request.POST, people=people)
    if not form.is_valid():
        return edit_page(request, found, {"ask_form": form}, status=REFUSED)
    return _done(request, found, publishing.ask, gettext("Asked."), of=form.chosen())


def _send_back(request: HttpRequest, found: Article) -> HttpResponse:
    form = forms.BackForm(request.POST)
    if not form.is_valid():
        return edit_page(request, found, {"back_form": form}, status=REFUSED)
    return _done(request, found, publishing.send_back, gettext("Sent back."), remark=form.cleaned_data["remark"])


def _schedule(request: HttpRequest, found: Article) -> HttpResponse:
    form = forms.ScheduleForm(request.POST)
    at, zone = timezone.now(), found.organisation.timezone
    if form.is_valid():
        meant = rules.instant(form.wall(), zone)
        try:
            publishing.schedule(article=found, to_appear=meant.at, by=request.user, at=at)
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            _say_when(request, meant, at, zone)
            return redirect("news:edit", found.slug)
    return edit_page(request, found, {"schedule_form": form}, status=REFUSED)


def _say_when(request: HttpRequest, meant: rules.Meant, at: datetime, zone: str) -> None:
    when = formats.moment(meant.at, zone)
    messages.success(request, gettext("Scheduled. It appears by itself: %(moment)s.") % {"moment": when})
    if meant.doubt is not None:
        messages.warning(request, words.DOUBTS[meant.doubt])
    elif rules.turns_between(at, meant.at, zone):
        messages.warning(
            request,
            gettext("The clocks are turned before that day. What you wrote is the time on the clock of that day."),
        )


def _correct(request: HttpRequest, found: Article) -> HttpResponse:
    form = forms.TextsForm(request.POST, label=gettext("What was wrong"), long=True, prefix="correct")
    if form.is_valid():
        try:
            publishing.correct(article=found, text=form.texts(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("The correction stands on the article."))
            return redirect("news:edit", found.slug)
    return edit_page(request, found, {"correct_form": form}, status=REFUSED)


_WITH_FORM: dict[str, Callable[[HttpRequest, Article], HttpResponse]] = {
    "ask": _ask,
    "send_back": _send_back,
    "schedule": _schedule,
    "correct": _correct,
}
