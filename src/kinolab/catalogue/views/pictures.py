"""Pictures of a film at work: cover, stills, trailer; and the picture that goes with a link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import pictures as actions
from kinolab.catalogue.domain.works import Kind
from kinolab.catalogue.forms import pictures as forms
from kinolab.catalogue.models import Film
from kinolab.catalogue.queries import pictures as queries
from kinolab.catalogue.views.credits import step_of
from kinolab.catalogue.views.desk import REFUSED, frame, status_of
from kinolab.foundation.files.forms import NewPictureForm
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied
from kinolab.foundation.ui import sharing


@login_not_required
@require_safe
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that goes with a link to a film without a cover: its title on its dye."""
    film, _edits = access.get_shown(request.user, slug, timezone.now())
    above, below = str(words.KINDS[Kind(film.kind)]), str(film.first_year or "")
    path = sharing.picture(film.dye, str(film.title) or film.slug, above, below)
    response = HttpResponse(path.read_bytes(), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600" if film.published_at else "private, no-store"
    return response


# --- For those who edit ----------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Cover and stills, and a form for one more."""
    film = access.get_film(request.user, slug)
    form = NewPictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            still = actions.add_still(
                film=film, upload=form.cleaned_data["picture"], by=request.user, at=timezone.now()
            )
        except Denied as denied:
            form.add_error("picture", explain(denied.refusal))
        else:
            messages.success(request, gettext("The picture is here. Describe it, and visitors may see it."))
            return redirect("catalogue:picture", film.slug, still.pk)
    return _page(request, film, form, forms.TrailerForm(initial={"trailer": film.trailer}))


def _page(request: HttpRequest, film: Film, form: NewPictureForm, trailer: forms.TrailerForm) -> HttpResponse:
    stills = queries.stills_of(film)
    movable = sum(not one.cover for one in stills)
    context = frame(film, "pictures", form=form, trailer=trailer, stills=stills, movable=movable)
    status = REFUSED if form.is_bound or trailer.is_bound else 200
    return render(request, "catalogue/desk/pictures.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a picture shows, whose it is, what of it must stay in sight, and whether visitors see it."""
    film = access.get_film(request.user, slug)
    still = access.get_still(film, number)
    form = forms.StillForm(request.POST or None, still=still)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_still(still=still, **form.said(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error("shown", explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("catalogue:pictures", film.slug)
    context = frame(film, "pictures", form=form, still=still, picture=still.picture)
    return render(request, "catalogue/desk/picture.html", context, status=status_of(form))


@require_POST
def make_cover(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let this picture be the cover."""
    film = access.get_film(request.user, slug)
    actions.make_cover(still=access.get_still(film, number), by=request.user, at=timezone.now())
    messages.success(request, gettext("This is the cover now."))
    return redirect("catalogue:pictures", film.slug)


@require_POST
def move(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a still up or down."""
    film = access.get_film(request.user, slug)
    actions.move_still(still=access.get_still(film, number), **step_of(request), by=request.user, at=timezone.now())
    return redirect("catalogue:pictures", film.slug)


@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a picture away."""
    film = access.get_film(request.user, slug)
    actions.remove_still(still=access.get_still(film, number), by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out."))
    return redirect("catalogue:pictures", film.slug)


@require_POST
def set_trailer(request: HttpRequest, slug: str) -> HttpResponse:
    """Say where the trailer is."""
    film = access.get_film(request.user, slug)
    trailer = forms.TrailerForm(request.POST)
    if trailer.is_valid():
        actions.set_trailer(film=film, address=trailer.cleaned_data["trailer"], by=request.user, at=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("catalogue:pictures", film.slug)
    return _page(request, film, NewPictureForm(), trailer)
