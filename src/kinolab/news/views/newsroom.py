"""Where articles are written: the list, a new one, one at work, its texts, what it is about."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue.models import Agent, Film
from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.models import Edition
from kinolab.news import access, forms, words
from kinolab.news.actions import writing as actions
from kinolab.news.domain.lifecycle import ArticleState
from kinolab.news.domain.translations import FIELDS
from kinolab.news.models import Article
from kinolab.news.queries import newsroom as queries
from kinolab.news.queries import public, unsaved
from kinolab.news.views import typing

REFUSED = 422  # the status of a form that could not be taken; nothing typed is lost
_RELATED: dict[str, type[Model]] = {"films": Film, "calls": Edition, "people": Agent}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every article that the person may edit, drafts first, with the languages still missing or outdated."""
    newsroom = access.get_newsroom(request.user)
    kind = "page" if request.GET.get("kind") == "page" else "article"
    page, rows = queries.desk_page(
        newsroom.organisations, newsroom.editions, request.GET.get("page"), timezone.now(), kind
    )
    return render(
        request,
        "news/desk.html",
        {
            "page": page,
            "rows": rows,
            "kind": kind,
            "states": words.STATES,
            "arranges": access.arranged_by(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an article or a page."""
    newsroom = access.get_newsroom(request.user)
    organisations, editions = queries.places(newsroom.organisations, newsroom.editions)
    form = forms.NewArticleForm(
        request.POST or None,
        initial={"language": get_language(), "kind": request.GET.get("kind", "article")},
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
            kind=form.cleaned_data["kind"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("news:text", written.slug, language)
    return render(request, "news/new.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """One article at work: where it stands, its languages, what it is about, its settings."""
    found = access.get_article(request.user, slug)
    form = _settings_form(request, found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            found = actions.change_article(
                article=found,
                settings=actions.Settings(
                    slug=given["slug"],
                    edition=form.chosen_edition() if "edition" in given else found.edition,
                    source_url=given.get("source_url", found.source_url),
                    rubric=form.chosen_rubric(),
                    place=given.get("place", ""),
                    order=given.get("order") or 0,
                ),
                by=request.user,
                at=timezone.now(),
            )
        except Denied as denied:
            form.add_error("slug", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("news:edit", found.slug)
    return edit_page(request, found, {"form": form}, status=REFUSED if form.is_bound else 200)


def _settings_form(request: HttpRequest, found: Article) -> forms.SettingsForm:
    newsroom = access.newsroom_of(request.user)
    editions = [one for one in queries.places(newsroom.organisations, newsroom.editions)[1]
                if one.programme.organisation_id == found.organisation_id]  # fmt: skip
    initial = {
        "slug": found.slug,
        "edition": str(found.edition_id or ""),
        "rubric": str(found.rubric_id or ""),
        "source_url": found.source_url,
        "place": found.place,
        "order": found.order,
    }
    sent = request.POST if request.method == "POST" and "slug" in request.POST else None
    return forms.SettingsForm(
        sent, initial=initial, editions=editions, rubrics=queries.rubrics(found.organisation_id),
        is_page=found.kind == "page",
    )  # fmt: skip


def edit_page(request: HttpRequest, found: Article, given: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of one article at work, with a form that could not be taken."""
    at, person = timezone.now(), request.user
    state = queries.state_of(found, at)
    zone = found.organisation.timezone
    people = [one for one in access.colleagues(found.organisation_id, found.edition_id) if one.pk != person.pk]
    context = {
        "form": None,
        "ask_form": forms.AskForm(people=people),
        "back_form": forms.BackForm(),
        "schedule_form": forms.ScheduleForm(),
        "correct_form": forms.TextsForm(label=gettext("What was wrong"), long=True, prefix="correct"),
    } | given
    context["form"] = context["form"] or _settings_form(request, found)
    asked = request.GET.get("find", "")
    context |= {
        "article": found,
        "state": state,
        "state_word": words.STATES[state],
        "zone": zone,
        "states": queries.language_states(found),
        "unsaved": unsaved.whose(found),
        "translation_states": words.TRANSLATION_STATES,
        "illustrations": list(found.illustrations.select_related("picture__file")),
        "related": queries.related(found),
        "asked": asked,
        "found": queries.find_related(found, asked, at) if asked else [],
        "corrections": found.corrections.all(),
        "second_eyes": queries.second_eyes(found.organisation_id),
        "why_not_ask": access.why_not_ask(person, found, None, at) if state is ArticleState.DRAFT else None,
        "why_not_approve": access.why_not_approve(person, found, at) if state is ArticleState.WAITING else None,
        "why_not_publish": access.why_not_publish(person, found, at) if state in _BEFORE else None,
        "public": found.published_at is not None and found.published_at <= at,
    }
    return render(request, "news/edit.html", context, status=status)


_BEFORE = {ArticleState.DRAFT, ArticleState.APPROVED, ArticleState.SCHEDULED, ArticleState.HELD}


# --- Texts -----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The words of an article in one language; a translation beside the original and what changed in it."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = access.get_article(request.user, slug)
    own = unsaved.own(found, language, request.user)
    initial = own.texts | {"seen": own.seen, "of": found.numbers.get(found.original, 0)}
    form, theirs = forms.TextForm(request.POST or None, initial=initial, versions=own.versions), None
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            saved = actions.save_text(article=found, language=language, by=request.user, at=timezone.now(), **given)
        except Denied as denied:
            own = unsaved.own(found, language, request.user)
            form, theirs = _with_theirs(request.POST, denied.refusal, own.versions)
        else:
            _say_saved(request, found, saved, language, given)
            return redirect("news:edit", found.slug)
    context = {
        "form": form,
        "article": found,
        "language": language,
        "language_name": formats.language_name(language),
        "beside": queries.beside(found, language),
        "is_original": language == found.original,
        "has_translations": any(tag != found.original for tag in found.made_from),
        "theirs": theirs,
        "fields": words.FIELDS,
        "pieces": public.shown(str(found.body), list(found.illustrations.select_related("picture__file"))),
        "past": list(queries.past(found, language)[:20]),
        "own": own,
        "public": found.published_at is not None and found.published_at <= timezone.now(),
    } | typing.meanwhile(request, found, language, own.seen)
    return render(request, "news/text.html", context, status=REFUSED if form.is_bound else 200)


def _with_theirs(
    sent: QueryDict, refusal: Refusal, versions: dict[str, int]
) -> tuple[forms.TextForm, dict[str, str] | None]:
    """The form as it was sent, with the reason; the next time it is sent, what somebody else wrote meanwhile is known."""
    data = sent.copy()
    if (number := refusal.facts.get("number")) is not None:
        data["seen"] = str(number)
    form = forms.TextForm(data, versions=versions)
    form.add_error(None, reasons.explain(refusal))
    apart: Any = refusal.facts.get("fields", [])
    now: Any = refusal.facts.get("texts", {})
    return form, {name: now[name] for name in apart} or None


def _say_saved(request: HttpRequest, before: Article, after: Article, language: str, given: dict[str, Any]) -> None:
    if before.approved_at and not after.approved_at:
        messages.warning(
            request,
            gettext("Saved. The article had been approved as it was before; ask a colleague to look at it again."),
        )
    elif queries.text_of(after, language) != {name: given[name] for name in FIELDS}:
        messages.success(request, gettext("Saved. What somebody else changed meanwhile is in it too."))
    else:
        messages.success(request, gettext("Saved."))


@require_POST
def still_right(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """A translation is right as it is, though the original has changed."""
    found = access.get_article(request.user, slug)
    if language not in found.numbers or language == found.original:
        raise Http404
    actions.still_right(article=found, language=language, by=request.user, at=timezone.now())
    messages.success(request, gettext("Saved."))
    return redirect("news:edit", found.slug)


# --- What it is about ------------------------------------------------------------------------------------------------
@require_POST
def relate(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the article is about a film, a call or somebody, or that it is not."""
    found = access.get_article(request.user, slug)
    model = _RELATED.get(request.POST.get("kind", ""))
    number = request.POST.get("number", "")
    thing = model.objects.filter(pk=number).first() if model and number.isdecimal() else None
    if thing is not None:
        act = actions.part if "part" in request.POST else actions.relate
        act(article=found, to=thing, by=request.user, at=timezone.now())
    return redirect(f"{reverse('news:edit', args=[found.slug])}#about")
