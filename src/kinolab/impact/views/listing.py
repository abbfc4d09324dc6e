"""The road maps of an edition for the lab, and one's own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.impact import access, forms, words
from kinolab.impact.actions import making
from kinolab.impact.domain.safety import Eyes
from kinolab.impact.queries import exchange, iati, listing
from kinolab.labs import access as labs
from kinolab.labs.domain.roles import Permission


@require_safe
def of_edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Every road map of the edition with whose turn it is; chosen projects that have none yet."""
    found = labs.get_edition(request.user, programme, edition, Permission.READ_ROAD_MAPS)
    may_make = access.why_not_make(request.user, found) is None
    told = iati.told_by(found.programme.organisation) if may_make else None
    context = {
        "edition": found,
        "stage": "impact",
        "rows": listing.listed(access.of_edition(request.user, found)),
        "without": listing.without(request.user, found) if may_make else [],
        "state_words": words.STATES,
        "turn_words": words.TURNS,
        "templates": list(access.templates(found)),
        "may_make": may_make,
        "template_form": forms.TemplateForm(initial={"language": get_language()}),
        "eyes": [exchange.Offered(one, words.PAPERS_FOR[one], one is not Eyes.LAB) for one in Eyes],
        "publisher_form": forms.PublisherForm(initial={"ref": told.ref, "kind": told.kind} if told else {}),
    }
    return render(request, "impact/list.html", context)


@require_POST
def make(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Make the road map of a chosen project."""
    found = labs.get_edition(request.user, programme, edition, Permission.GUIDE_ROAD_MAPS)
    application = listing.without(request.user, found).filter(code=request.POST.get("application", "")).first()
    if application is None:
        raise Http404
    chosen = request.POST.get("template", "")
    template = access.templates(found).filter(code=chosen).first() if chosen else None
    try:
        made = making.make(
            edition=found, application=application, template=template, by=request.user, at=timezone.now()
        )  # fmt: skip
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
        return redirect("impact:list", programme, edition)
    messages.success(request, gettext("The road map is made. The team has been told."))
    return redirect("impact:whole", made.code)


@require_POST
def make_template(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Make a template of the programme, to be written like a road map."""
    found = labs.get_edition(request.user, programme, edition, Permission.GUIDE_ROAD_MAPS)
    form = forms.TemplateForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("impact:list", programme, edition)
    made = making.make_template(edition=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    return redirect("impact:whole", made.code)


@require_POST
def remove_template(request: HttpRequest, code: str) -> HttpResponse:
    """Take a template away."""
    road_map = access.get_road_map(request.user, code)
    try:
        making.remove_template(road_map=road_map, by=request.user, at=timezone.now())
    except Denied as denied:
        messages.error(request, reasons.explain(denied.refusal))
        return redirect("impact:whole", code)
    return redirect("impact:list", road_map.edition.programme.slug, road_map.edition.slug)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The road maps that the person writes or accompanies."""
    rows = listing.listed(access.own(request.user))
    context = {"rows": rows, "state_words": words.STATES, "turn_words": words.TURNS}
    return render(request, "impact/mine.html", context)
