"""The assembly: the film as a strip, its order, a piece put between two others."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.production import access, assembly_forms, words
from kinolab.production.actions import assembling as actions
from kinolab.production.models import Omnibus, Segment
from kinolab.production.queries import assembly as queries
from kinolab.production.views.films import REFUSED, frame

STAGE = "assembly"


@require_safe
def assembly(request: HttpRequest, film: str) -> HttpResponse:
    """The film as it is put together."""
    return _page(request, access.get_omnibus(request.user, film))


@require_POST
def place(request: HttpRequest, film: str) -> HttpResponse:
    """Put a segment at a place."""
    found = access.get_omnibus(request.user, film)
    segment = get_segment(found, request.POST.get("segment", ""))
    said = request.POST.get("place", "")
    if not said.isascii() or not said.isdecimal() or len(said) > 4:
        return _refused(request, found, Refusal("place_unreadable"))
    seen = queries.read_mark(request.POST.get("seen", ""))
    try:
        went = actions.place(segment=segment, place=int(said), seen=seen, by=request.user, at=timezone.now())
    except Denied as denied:
        return _refused(request, found, denied.refusal)
    facts = {"title": _called(went.segment), "place": went.place, "of": went.of}
    return _done(request, found, gettext("%(title)s: place %(place)s of %(of)s.") % facts)


@require_POST
def out(request: HttpRequest, film: str) -> HttpResponse:
    """Take a segment out of the order."""
    found = access.get_omnibus(request.user, film)
    segment = get_segment(found, request.POST.get("segment", ""))
    seen = queries.read_mark(request.POST.get("seen", ""))
    try:
        actions.take_out(segment=segment, seen=seen, by=request.user, at=timezone.now())
    except Denied as denied:
        return _refused(request, found, denied.refusal)
    return _done(request, found, gettext("%(title)s: without a place now.") % {"title": _called(segment)})


@require_POST
def insert(request: HttpRequest, film: str) -> HttpResponse:
    """Put a piece of the makers' own between two others."""
    found = access.get_omnibus(request.user, film)
    form = assembly_forms.InsertForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=REFUSED)
    said = form.cleaned_data
    title = {get_language(): said["title"].strip()} if said["title"].strip() else {}
    try:
        went = actions.insert(
            omnibus=found, place=said["place"], kind=said["kind"], title=title, length=said["length"],
            named=form.named(), seen=queries.read_mark(request.POST.get("seen", "")), by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Denied as denied:
        form.add_error(None, reasons.explain(denied.refusal))
        return _page(request, found, form=form, status=REFUSED)
    facts = {"title": _called(went.segment), "place": went.place, "of": went.of}
    messages.success(request, gettext("%(title)s: place %(place)s of %(of)s.") % facts, extra_tags="toast")
    return redirect("production:assembly", film)


def get_segment(omnibus: Omnibus, code: str) -> Segment:
    """A segment of the film; 404 for those of others."""
    found = omnibus.segments.select_related("film").filter(code=code).first()
    if found is None:
        raise Http404
    found.omnibus = omnibus
    return found


def _called(segment: Segment) -> str:
    return str(segment.film.title or words.SEGMENT_KINDS[segment.kind])


def _done(request: HttpRequest, omnibus: Omnibus, said: str) -> HttpResponse:
    """The page as it is now; with a script its middle alone, and the sentence where it is read out."""
    if request.htmx:
        return _page(request, access.get_omnibus(request.user, omnibus.film.slug), said=said)
    messages.success(request, said, extra_tags="toast")
    return redirect("production:assembly", omnibus.film.slug)


def _refused(request: HttpRequest, omnibus: Omnibus, refusal: Refusal) -> HttpResponse:
    return _page(request, omnibus, refusal=refusal, status=REFUSED)


def _page(
    request: HttpRequest, omnibus: Omnibus, *, form: Any = None, refusal: Refusal | None = None, said: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown = queries.assembly_page(omnibus)
    context = frame(omnibus, STAGE) | {
        "shown": shown,
        "form": form or assembly_forms.InsertForm(initial={"place": len(shown.placed) + 1}),
        "refusal": refusal,
        "said": said,
        "settled": omnibus.state in actions.SETTLED,
        "kinds": words.SEGMENT_KINDS,
        "states": words.SEGMENT_STATES,
        "fits": words.FITS,
        "oddities": words.ODDITIES,
        "reason_words": words.CUT_REASONS,
    }
    template = "production/_assembly.html" if request.htmx else "production/assembly.html"
    return render(request, template, context, status=status)
