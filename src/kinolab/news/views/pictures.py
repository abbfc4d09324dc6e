"""Pictures of an article: brought, described, made its cover, taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kinolab.foundation.files.forms import NewPictureForm, PictureForm
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.news import access
from kinolab.news.actions import pictures as actions
from kinolab.news.domain.illustrations import line
from kinolab.news.models import Illustration
from kinolab.news.queries import newsroom as queries
from kinolab.news.views.newsroom import REFUSED


@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """The pictures of an article, and a place to bring another."""
    found = access.get_article(request.user, slug)
    form = NewPictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            brought = actions.bring(
                article=found, upload=form.cleaned_data["picture"], cover="cover" in request.POST, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error("picture", reasons.explain(denied.refusal))
        else:
            messages.success(
                request, gettext("The picture is here. Say what it shows; until then nobody else sees it.")
            )
            return redirect("news:picture", found.slug, brought.pk)
    there = list(found.illustrations.select_related("picture__file"))
    context = {
        "form": form,
        "article": found,
        "there": [(one, line(one.picture.file.code)) for one in there],
        "languages": queries.public_languages(found),
    }
    return render(request, "news/pictures.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One picture: what it shows, whose it is, what must stay in sight."""
    found = access.get_illustration(request.user, slug, number)
    if act := next((name for name in _ACTS if name in request.POST), ""):
        return _act(request, found, act)
    article = found.article
    form = PictureForm(request.POST or None, picture=found.picture, languages=queries.languages_of(article))
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(illustration=found, **form.said(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("news:pictures", article.slug)
    context = {
        "form": form,
        "article": article,
        "illustration": found,
        "picture": found.picture,
        "line": line(found.picture.file.code),
    }
    return render(request, "news/picture.html", context, status=REFUSED if form.is_bound else 200)


_ACTS = {"cover": actions.make_cover, "away": actions.take_away}


def _act(request: HttpRequest, found: Illustration, act: str) -> HttpResponse:
    slug = found.article.slug
    try:
        _ACTS[act](illustration=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Saved."))
    return redirect("news:pictures", slug)
