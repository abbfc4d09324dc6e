"""The newest articles for other programs: Atom and JSON Feed, in the language of the address, of one rubric if asked."""

from datetime import UTC

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import feedgenerator, timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from kinolab.foundation.ui import markdown
from kinolab.news.domain import illustrations
from kinolab.news.models import Article
from kinolab.news.queries import public as queries

JSON_FEED = "https://jsonfeed.org/version/1.1"
_LONGEST_SLUG = 50


def _rubric(request: HttpRequest) -> str:
    return request.GET.get("rubric", "")[:_LONGEST_SLUG]


def _feed_changed(request: HttpRequest) -> object:
    return queries.feed_changed(timezone.now())


@login_not_required
@require_safe
@cache_control(public=True, max_age=0)
@condition(last_modified_func=_feed_changed)
def atom(request: HttpRequest) -> HttpResponse:
    """Atom."""
    rubric = _rubric(request)
    made = feedgenerator.Atom1Feed(
        title=gettext("News of the labs"),
        link=_absolute("news:list", rubric=rubric),
        description="",
        language=get_language(),
        feed_url=_absolute("news:feed", rubric=rubric),
    )
    for one in queries.feed(timezone.now(), rubric):
        made.add_item(
            title=str(one.title),
            link=_absolute("news:article", one.slug),
            unique_id=_key(one),
            description=_html(one),
            pubdate=one.published_at,
            updateddate=max(one.published_at, one.changed_at),
            categories=_categories(one),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


@login_not_required
@require_safe
@cache_control(public=True, max_age=0)
@condition(last_modified_func=_feed_changed)
def as_json(request: HttpRequest) -> HttpResponse:
    """JSON Feed 1.1; any page may ask for it."""
    rubric = _rubric(request)
    told = {
        "version": JSON_FEED,
        "title": gettext("News of the labs"),
        "home_page_url": _absolute("news:list", rubric=rubric),
        "feed_url": _absolute("news:json", rubric=rubric),
        "language": get_language(),
        "items": [_item(one) for one in queries.feed(timezone.now(), rubric)],
    }
    response = JsonResponse(told, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _item(one: Article) -> dict[str, object]:
    said = {
        "id": _key(one),
        "url": _absolute("news:article", one.slug),
        "title": str(one.title),
        "summary": str(one.lead),
        "content_html": _html(one),
        "date_published": one.published_at.astimezone(UTC).isoformat(),
        "date_modified": max(one.published_at, one.changed_at).astimezone(UTC).isoformat(),
        "language": one.body.language_shown or one.title.language_shown,
        "tags": _categories(one),
        "external_url": one.source_url,
    }
    return {name: value for name, value in said.items() if value}


def _key(one: Article) -> str:
    return f"{settings.KINOLAB_URL}/news/{one.pk}"


def _html(one: Article) -> str:
    return markdown.to_html(f"{one.lead}\n\n{illustrations.words_alone(str(one.body))}")


def _categories(one: Article) -> list[str]:
    return [str(each) for each in (one.rubric, one.edition) if each]


def _absolute(name: str, *args: str, rubric: str = "") -> str:
    return settings.KINOLAB_URL + reverse(name, args=args) + (f"?{urlencode({'rubric': rubric})}" if rubric else "")
