"""Films at work: the list with its drafts, a film as a whole, its facts, its texts, its registers, publishing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import films as actions
from kinolab.catalogue.actions import identifiers
from kinolab.catalogue.domain.identifiers import Scheme
from kinolab.catalogue.domain.works import Kind
from kinolab.catalogue.forms import films as forms
from kinolab.catalogue.forms.fields import texts_of
from kinolab.catalogue.models import Film
from kinolab.catalogue.queries import editing, facts
from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.refusals import Denied, Refusal

REFUSED = 422  # the status of a form that could not be taken; nothing typed is lost
STATES = {"draft": words.DRAFT, "published": words.PUBLISHED}
TEXTS = ("title", "synopsis")


def frame(film: Film, section: str, **more: Any) -> dict[str, Any]:
    """What every page of a film at work needs."""
    return {"film": film, "section": section, "kinds": words.KINDS, **more}


def status_of(form: BaseForm) -> int:
    """The status of a page with this form."""
    return REFUSED if form.is_bound else 200


# --- The list --------------------------------------------------------------------------------------------------------
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every film that the person may edit, parts and drafts too."""
    asked = request.GET
    wanted = editing.Asked(
        asked.get("q", "").strip(),
        asked.get("kind", "") if asked.get("kind", "") in set(Kind) else "",
        asked.get("state", "") if asked.get("state", "") in STATES else "",
        asked.get("missing", "") if asked.get("missing", "") in editing.languages() else "",
    )
    page, rows = editing.desk_page(access.get_catalogues(request.user), wanted, asked.get("page"))
    context = {"page": page, "rows": rows, "asked": wanted, "kinds": words.KINDS, "states": STATES, "section": "films"}
    context["tags"] = editing.languages()
    return render(request, "catalogue/desk/films.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a film."""
    organisations = editing.organisations(access.get_catalogues(request.user))
    form = forms.NewFilmForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            film = actions.make_film(
                organisation=form.of, slug=said["slug"], kind=Kind(said["kind"]),
                facts={"title": {said["language"]: said["title"]}}, by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error("slug", reasons.explain(denied.refusal))
        else:
            return redirect("catalogue:edit", film.slug)
    return render(request, "catalogue/desk/new.html", {"form": form, "section": "films"}, status=status_of(form))


# --- One film --------------------------------------------------------------------------------------------------------
@require_safe
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """A film as a whole: where it stands, what is missing, what is not known yet."""
    film = access.get_film(request.user, slug)
    progress = editing.progress(film)
    missing = {
        formats.language_name(tag): [words.TEXTS[name] for name in TEXTS if tag not in getattr(film, name)]
        for tag in editing.languages()
    }
    context = frame(
        film, "overview", progress=progress, open=[words.OPEN[name] for name in progress.open],
        missing={name: lacking for name, lacking in missing.items() if lacking},
        why_not_publish=access.why_not_publish(film) or access.why_not_show(film), why_not_delete=facts.why_not_delete(film),
    )  # fmt: skip
    return render(request, "catalogue/desk/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a film once."""
    film = access.get_film(request.user, slug)
    said = facts.said_of(film, forms.FactsForm.FACTS)
    initial = forms.shown_facts(said) | {"slug": film.slug, "seen": said}
    form = forms.FactsForm(film, request.POST or None, initial=initial)
    return _own_form(request, film, "facts", form, lambda said: actions.save_facts(
        film=film, slug=said["slug"], facts=form.facts, countries=said["countries"], seen=said["seen"], by=request.user,
        at=timezone.now(),
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Title and synopsis in each language."""
    film = access.get_film(request.user, slug)
    said = facts.said_of(film, TEXTS)
    initial = texts_of(**said) | {"seen": said}
    form = forms.TextsForm(request.POST or None, initial=initial)
    return _own_form(request, film, "texts", form, lambda given: actions.describe_film(
        film=film, facts={name: form.keeping(name, said[name]) for name in TEXTS}, seen=given["seen"], by=request.user,
        at=timezone.now(),
    ))  # fmt: skip


def _own_form(
    request: HttpRequest, film: Film, section: str, form: BaseForm, save: Callable[[dict[str, Any]], Film]
) -> HttpResponse:
    """A page that is one form of the film: saved as it was typed, or given back with it."""
    if request.method == "POST" and form.is_valid():
        try:
            film = save(form.cleaned_data)
        except Denied as denied:
            form = _given_back(form, denied.refusal, form.initial)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:edit", film.slug)
    return render(request, f"catalogue/desk/{section}.html", frame(film, section, form=form), status=status_of(form))


def _given_back(form: BaseForm, refusal: Refusal, initial: dict[str, Any]) -> BaseForm:
    """The form with what was typed and the sentence; where two people met, with what the other wrote beside it."""
    fields = {"film_address_taken": "slug", "film_address_public": "slug"}
    field = fields.get(refusal.code)
    form.add_error(field if field in form.fields else None, reasons.explain(refusal))
    beside_theirs(form, refusal, initial)
    return form


def beside_theirs(
    form: BaseForm, refusal: Refusal, initial: dict[str, Any], shown: Mapping[str, str] | None = None
) -> None:
    """Say beside each field on which two people met what the other wrote; saved again, what was typed here is kept.

    `shown` are the fields of columns that are called otherwise in the form.
    """
    clashes = refusal.facts.get("clashes", ())
    if not clashes:
        return
    shown = shown or {}
    now, seen = initial["seen"], dict(form.cleaned_data["seen"] or {})
    form.data = form.data.copy()
    for clash in clashes:
        fact, dot, tag = str(clash).partition(".")
        seen[fact] = {**seen[fact], tag: now[fact].get(tag, "")} if dot else now[fact]
        name = shown.get(fact, f"{fact}_{tag}" if dot else fact)
        theirs = words.shown(form.fields[name], form.fields[name].prepare_value(initial.get(name, "")))
        form.add_error(name, gettext("The other person wrote: %(text)s") % {"text": theirs or "—"})
    form.data["seen"] = form.fields["seen"].prepare_value(seen)


# --- Registers -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def registers(request: HttpRequest, slug: str) -> HttpResponse:
    """The film in the registers of the world. What is right is kept; what is not stays as it was typed."""
    film = access.get_film(request.user, slug)
    initial = {one.scheme: one.value for one in film.identifiers.all()}
    form = forms.RegistersForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        refused = identifiers.identify_in_all(
            film=film, values={scheme: form.cleaned_data[scheme.value] for scheme in Scheme}, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        for scheme, refusal in refused.items():
            form.add_error(scheme.value, reasons.explain(refusal))
        if not refused:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:edit", film.slug)
    return render(request, "catalogue/desk/registers.html", frame(film, "registers", form=form), status=status_of(form))


# --- On the site -----------------------------------------------------------------------------------------------------
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the film to everybody."""
    film = access.get_film(request.user, slug)
    try:
        actions.publish_film(film=film, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
    else:
        messages.success(request, gettext("Published. Everybody may see it now."))
    return redirect("catalogue:edit", film.slug)


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the film off the site."""
    film = access.get_film(request.user, slug)
    actions.withdraw_film(film=film, by=request.user, at=timezone.now())
    messages.success(request, gettext("The film is a draft again; visitors no longer see it."))
    return redirect("catalogue:edit", film.slug)


@require_POST
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a draft."""
    film = access.get_film(request.user, slug)
    try:
        actions.delete_film(film=film, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
        return redirect("catalogue:edit", film.slug)
    messages.success(request, gettext("The draft is deleted."))
    return redirect("catalogue:desk")
