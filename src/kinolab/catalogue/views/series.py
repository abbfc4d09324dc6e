"""Series at work: what they are called, within which they stand, and their films."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import series as actions
from kinolab.catalogue.forms.fields import looking, texts_of
from kinolab.catalogue.forms.series import EntryForm, SeriesForm
from kinolab.catalogue.models import Entry, Film, Series
from kinolab.catalogue.queries import editing, facts, public
from kinolab.catalogue.views.credits import given_back_as_new, gone, step_of
from kinolab.catalogue.views.desk import beside_theirs, status_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every series that the person may edit."""
    page = editing.series_page(access.get_catalogues(request.user), request.GET.get("page"))
    return render(request, "catalogue/desk/series_list.html", {"page": page, "section": "series"})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a series."""
    organisations = editing.organisations(access.get_catalogues(request.user))
    form = SeriesForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        made = actions.make_series(
            organisation=form.of, title=form.text("title"), about=form.text("about"), by=request.user, at=timezone.now()
        )
        return redirect("catalogue:series", made.pk)
    context = {"form": form, "section": "series", "series": None}
    return render(request, "catalogue/desk/series_form.html", context, status=status_of(form))


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A series with its films."""
    series = access.get_series(request.user, number)
    context = {"series": series, "entries": editing.entries_of(series), "section": "series"}
    return render(request, "catalogue/desk/series.html", context | {"entry_states": words.ENTRY_STATES})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a series is called and within which it stands."""
    series = access.get_series(request.user, number)
    others = list(editing.series_choices(series.organisation_id, series.pk))
    said = facts.said(series, ("title", "about", "within"))
    texts = {name: said[name] for name in SeriesForm.texts}
    initial = texts_of(**texts) | {"within": str(series.within_id or ""), "seen": said}
    form = SeriesForm(request.POST or None, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_series(
                series=series, title=form.keeping("title", said["title"]), about=form.keeping("about", said["about"]),
                within=form.outer, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(
                "within" if denied.refusal.code == "series_in_a_circle" else None, reasons.explain(denied.refusal)
            )
            beside_theirs(form, denied.refusal, initial)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:series", series.pk)
    context = {"form": form, "section": "series", "series": series}
    return render(request, "catalogue/desk/series_form.html", context, status=status_of(form))


@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Take a series out; its films stay."""
    series = access.get_series(request.user, number)
    try:
        actions.delete_series(series=series, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
        return redirect("catalogue:series", number)
    messages.success(request, gettext("The series is deleted. Its films stay in the catalogue."))
    return redirect("catalogue:series_list")


# --- Its films -------------------------------------------------------------------------------------------------------
@require_safe
def find(request: HttpRequest, number: int) -> HttpResponse:
    """The films that may be meant by what is being typed."""
    series = access.get_series(request.user, number)
    if not request.htmx:
        return redirect("catalogue:new_entry", series.pk)
    return render(request, "catalogue/desk/_found_films.html", _found(series, EntryForm(request.GET)))


def _found(series: Series, form: EntryForm) -> dict[str, Any]:
    offered = editing.films_named(series.organisation_id, str(form["name"].value() or ""), form.chosen)
    chosen = str(form["film"].value() or "") or ("" if offered else "none")
    words_ = gettext("Not in this catalogue")
    return {"offered": offered, "chosen": chosen, "none": "none", "none_words": words_, "kinds": words.KINDS}


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """Add a film to the series."""
    series = access.get_series(request.user, number)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter(series=series, by=request.user, at=timezone.now(), **_values(series, form))
        except Denied as denied:
            form.add_error("name", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Added."))
            return redirect("catalogue:series", series.pk)
    return _entry_page(request, series, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_entry(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Say otherwise what a film of the series is."""
    series = access.get_series(request.user, number)
    if gone(request, Entry.objects.filter(series=series, pk=entry)):
        return _entry_page(request, series, given_back_as_new(EntryForm(request.POST)), None)
    found = _entry(series, entry)
    said = facts.said(found, ("title", "film", "year", "working_title", "state", "note"))
    texts = {name: getattr(found, name).as_dict() for name in EntryForm.texts}
    initial = texts_of(**texts) | {
        "state": found.state, "year": found.year, "film": found.film_id or "none",
        "name": str(found.film.title) if found.film else "", "seen": said,
    }  # fmt: skip
    form = EntryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = {name: form.keeping(name, texts[name]) for name in EntryForm.texts}
        try:
            actions.change_entry(
                entry=found, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now(),
                **_values(series, form) | {name: text for name, text in kept.items() if text},
            )  # fmt: skip
        except Denied as denied:
            form.add_error("name" if denied.refusal.code == "entry_twice" else None, reasons.explain(denied.refusal))
            beside_theirs(form, denied.refusal, initial, {"film": "name"})
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:series", series.pk)
    return _entry_page(request, series, form, found)


def _values(series: Series, form: EntryForm) -> dict[str, Any]:
    film = _film(series, form.chosen) if form.chosen else None
    title = form.text("title") or (film.title.as_dict() if film else {})
    return form.values | {"film": film, "title": title}


def _film(series: Series, number: int) -> Film:
    film = public.films().filter(pk=number, organisation=series.organisation_id).first()
    if film is None:
        raise Http404
    return film


def _entry_page(request: HttpRequest, series: Series, form: EntryForm, entry: Entry | None) -> HttpResponse:
    form.fields["name"].widget.attrs |= looking(reverse("catalogue:find_entry", args=[series.pk]))
    context = {"form": form, "series": series, "entry": entry, "section": "series", **_found(series, form)}
    return render(request, "catalogue/desk/entry.html", context, status=status_of(form))


def _entry(series: Series, number: int) -> Entry:
    found = Entry.objects.select_related("series", "film").filter(series=series, pk=number).first()
    if found is None:
        raise Http404
    return found


@require_POST
def move(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Move a film up or down."""
    series = access.get_series(request.user, number)
    actions.move_entry(entry=_entry(series, entry), **step_of(request), by=request.user, at=timezone.now())
    return redirect("catalogue:series", series.pk)


@require_POST
def leave(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Take a film out of the series."""
    series = access.get_series(request.user, number)
    actions.leave_series(entry=_entry(series, entry), by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out. The film itself stays in the catalogue."))
    return redirect("catalogue:series", series.pk)
