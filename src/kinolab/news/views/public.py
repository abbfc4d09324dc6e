"""News and standing pages, as visitors read them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinolab.foundation.i18n import formats
from kinolab.foundation.ui import sharing
from kinolab.foundation.ui.visitors import for_visitors
from kinolab.news import access
from kinolab.news.models import Article
from kinolab.news.queries import public as queries

KEPT = 60  # seconds
_LONGEST_SLUG = 50


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def list_articles(request: HttpRequest) -> HttpResponse:
    """News, the newest first; of one rubric if the address names it. 404, with a way back, where nothing stands under it."""
    rubric = request.GET.get("rubric", "")[:_LONGEST_SLUG]
    shown = queries.list_page(timezone.now(), request.GET.get("page"), rubric)
    unknown = bool(rubric) and shown.rubric is None
    return render(request, "news/list.html", {"shown": shown, "unknown": unknown}, status=404 if unknown else 200)


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    at = timezone.now()
    shown = queries.article_page(access.get_published(slug, at), at)
    context = {"shown": shown, "article": shown.article, "linked": _linked(shown), "shared": _shared(shown)}
    return render(request, "news/article.html", context)


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A standing page."""
    found = access.get_published(slug, timezone.now(), kind="page")
    return render(request, "news/page.html", {"article": found, "shown": queries.standing_page(found)})


@login_not_required
@require_safe
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that goes with a link to an article, in the language of the address."""
    found = access.get_published(slug, timezone.now())
    dye = found.edition.dye if found.edition else "indigo"
    above = " · ".join(str(one) for one in (found.organisation, found.rubric) if one)
    day = formats.day(formats.day_in(found.published_at, found.organisation.timezone))
    picture = sharing.picture(dye, str(found.title), above, day)
    response = FileResponse(picture.open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _linked(shown: queries.ArticlePage) -> dict[str, Any]:
    """The article as schema.org has it; what is not known is left out."""
    one, address = shown.article, _address(shown.article)
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "headline": str(one.title),
        "description": str(one.lead),
        "inLanguage": one.body.language_shown,
        "datePublished": one.published_at.isoformat(),
        "dateModified": max(one.published_at, one.changed_at).isoformat(),
        "image": [_shared(shown)],
        "articleSection": str(one.rubric) if one.rubric else "",
        "publisher": {"@type": "Organization", "name": str(one.organisation)},
        "author": {"@type": "Organization", "name": str(one.organisation)},
        "isBasedOn": one.source_url,
        "correction": [str(each.text) for each in shown.corrections],
        "about": [*({"@type": "Movie", "name": str(film), "url": _film(film.slug)} for film in shown.films),
                  *({"@type": "Person", "name": str(each)} for each in shown.people if each.kind == "person")],
    }  # fmt: skip
    return {key: value for key, value in said.items() if value}


def _shared(shown: queries.ArticlePage) -> str:
    """The picture that goes with a link: the cover around its focus, else one drawn of the title."""
    if shown.cover is not None:
        return settings.KINOLAB_URL + reverse("files:picture", args=[shown.cover.file.code, "share.jpg"])
    return settings.KINOLAB_URL + reverse("news:share", args=[shown.article.slug])


def _address(article: Article) -> str:
    return settings.KINOLAB_URL + reverse("news:article", args=[article.slug])


def _film(slug: str) -> str:
    return settings.KINOLAB_URL + reverse("catalogue:film", args=[slug])
