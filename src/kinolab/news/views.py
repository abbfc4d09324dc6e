"""HTTP on one side, one query or one action on the other."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import feedgenerator, timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.refusals import Denied
from kinolab.foundation.ui import markdown
from kinolab.foundation.ui.visitors import for_visitors
from kinolab.news import access, actions, forms, queries
from kinolab.news.models import Article

KEPT = 60  # seconds
REFUSED = 422  # the status of a form that could not be taken; nothing typed is lost


# --- For visitors ----------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
@for_visitors(KEPT)
def list_articles(request: HttpRequest) -> HttpResponse:
    """News, the newest first."""
    shown = queries.list_page(timezone.now(), request.GET.get("page"))
    return render(request, "news/list.html", {"shown": shown})


@login_not_required
@require_safe
@for_visitors(KEPT)
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    at = timezone.now()
    shown = queries.article_page(access.get_published(slug, at), at)
    return render(request, "news/article.html", {"shown": shown, "article": shown.article})


def _feed_changed(request: HttpRequest) -> object:
    newest = queries.published(timezone.now()).order_by("-changed_at").first()
    return newest.changed_at if newest else None


@login_not_required
@require_safe
@condition(last_modified_func=_feed_changed)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest articles as an Atom feed in the language of the address."""
    made = feedgenerator.Atom1Feed(
        title=gettext("News of the labs"),
        link=_absolute("news:list"),
        description="",
        language=get_language(),
        feed_url=_absolute("news:feed"),
    )
    for one in queries.published(timezone.now())[: queries.IN_THE_FEED]:
        address = _absolute("news:article", one.slug)
        made.add_item(
            title=str(one.title),
            link=address,
            unique_id=f"{settings.KINOLAB_URL}/news/{one.pk}",
            description=markdown.to_html(f"{one.lead}\n\n{one.body}"),
            pubdate=one.published_at,
            updateddate=one.changed_at,
            categories=[str(one.edition)] if one.edition else [],
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _absolute(name: str, *args: str) -> str:
    return settings.KINOLAB_URL + reverse(name, args=args)


# --- For those who write ---------------------------------------------------------------------------------------------
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every article that the person may edit, drafts first, with the languages still missing."""
    newsroom = access.get_newsroom(request.user)
    page, rows = queries.desk_page(newsroom.organisations, newsroom.editions, request.GET.get("page"))
    return render(request, "news/desk.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    newsroom = access.get_newsroom(request.user)
    organisations, editions = queries.places(newsroom.organisations, newsroom.editions)
    form = forms.NewArticleForm(
        request.POST or None,
        initial={"language": get_language()},
        organisations=organisations,
        editions=editions,
    )
    if request.method == "POST" and form.is_valid():
        organisation, edition = form.chosen()
        language = form.cleaned_data["language"]
        written = actions.write_article(
            organisation=organisation,
            edition=edition,
            language=language,
            title=form.cleaned_data["title"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("news:text", written.slug, language)
    return render(request, "news/new.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """One article at work: its languages, its settings, publishing."""
    found = access.get_article(request.user, slug)
    newsroom = access.newsroom_of(request.user)
    editions = [one for one in queries.places(newsroom.organisations, newsroom.editions)[1]
                if one.programme.organisation_id == found.organisation_id]  # fmt: skip
    initial = {"slug": found.slug, "edition": str(found.edition_id or ""), "source_url": found.source_url}
    form = forms.SettingsForm(request.POST or None, initial=initial, editions=editions)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.change_article(
                article=found,
                slug=form.cleaned_data["slug"],
                edition=form.chosen_edition(),
                source_url=form.cleaned_data["source_url"],
                by=request.user,
                at=timezone.now(),
            )
        except Denied as denied:
            form.add_error("slug", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("news:edit", found.slug)
    return _edit_page(request, found, form)


def _edit_page(request: HttpRequest, found: Article, form: forms.SettingsForm) -> HttpResponse:
    context = {
        "form": form,
        "article": found,
        "states": queries.language_states(found),
        "why_not_publish": access.why_not_publish(request.user, found),
    }
    return render(request, "news/edit.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The words of an article in one language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = access.get_article(request.user, slug)
    initial = {name: getattr(found, name).get(language, "") for name in ("title", "lead", "body")}
    form = forms.TextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_text(article=found, language=language, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("news:edit", found.slug)
    context = {"form": form, "article": found, "language": language, "language_name": formats.language_name(language)}
    return render(request, "news/text.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an article public."""
    found = access.get_article(request.user, slug)
    try:
        actions.publish(article=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Published."))
    return redirect("news:edit", found.slug)


@require_POST
def unpublish(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an article off the site."""
    found = access.get_article(request.user, slug)
    actions.unpublish(article=found, by=request.user, at=timezone.now())
    messages.success(request, gettext("The article is a draft again; visitors no longer see it."))
    return redirect("news:edit", found.slug)


@require_POST
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a draft."""
    found = access.get_article(request.user, slug)
    try:
        actions.delete_article(article=found, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
        return redirect("news:edit", found.slug)
    messages.success(request, gettext("The draft is deleted."))
    return redirect("news:desk")
