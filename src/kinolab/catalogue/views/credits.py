"""Credits of a film at work: listed by role, added, changed, put in order."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinolab.catalogue import access, words
from kinolab.catalogue.actions import credits as actions
from kinolab.catalogue.actions.agents import Newcomer
from kinolab.catalogue.domain.order import seen_beside
from kinolab.catalogue.domain.works import Role
from kinolab.catalogue.forms.credits import CreditForm
from kinolab.catalogue.forms.fields import SOMEBODY_NEW, WhoForm, texts_of
from kinolab.catalogue.models import Agent, Credit, Film
from kinolab.catalogue.queries import editing, facts
from kinolab.catalogue.views.desk import beside_theirs, frame, status_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied, Refusal

STEPS = {"up": -1, "down": 1}


def step_of(request: HttpRequest) -> dict[str, int | None]:
    """Up or down as it was pressed, and past which row: the one that stood beside it on the page."""
    step = STEPS.get(request.POST.get("to", ""), 0)
    return {"by_places": step, "past": seen_beside(request.POST, up=step < 0) if step else None}


# --- Who is meant ----------------------------------------------------------------------------------------------------
@require_safe
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever may be meant by what is being typed."""
    film = access.get_film(request.user, slug)
    if not request.htmx:  # a piece of a page is no page
        return redirect("catalogue:new_credit", film.slug)
    return render(request, "catalogue/desk/_found.html", found(film, WhoForm(request.GET)))


def found(film: Film, form: WhoForm) -> dict[str, Any]:
    """Whoever may be meant by what stands in the form, for the page."""
    offered = editing.namesakes(film.organisation_id, str(form["name"].value() or ""), form.chosen)
    who = str(form["who"].value() or "") or ("" if offered or not form["name"].value() else "new-person")
    return {
        "offered": offered, "who": who, "somebody_new": [(f"new-{key}", name) for key, name in SOMEBODY_NEW.items()],
        "typed": bool(form["name"].value()),
    }  # fmt: skip


def who_of(film: Film, form: WhoForm) -> Agent | Newcomer | None:
    """Whoever was chosen; nothing, with a sentence in the form, where they are not in this catalogue any more."""
    if form.new_kind:
        return Newcomer(form.new_kind, form.new_name)
    agent = facts.agents(film.organisation_id).filter(pk=form.chosen).first()
    if agent is None:
        form.add_error("name", gettext("Whoever was chosen is not in this catalogue any more. Choose again."))
    return agent


# --- The list --------------------------------------------------------------------------------------------------------
@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """The credits of one role."""
    film = access.get_film(request.user, slug)
    shown = editing.credits_page(film, request.GET.get("role", ""), request.GET.get("page"))
    return render(request, "catalogue/desk/credits.html", frame(film, "credits", shown=shown, roles=words.ROLES))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a credit."""
    film = access.get_film(request.user, slug)
    asked = request.GET.get("role", "")
    form = CreditForm(request.POST or None, initial={"role": asked if asked in set(Role) else Role.DIRECTOR.value})
    if request.method == "POST" and form.is_valid() and (who := who_of(film, form)):
        values = form.values
        try:
            made = actions.credit(
                film=film, agent=who, place=form.cleaned_data["place"], by=request.user, at=timezone.now(),
                **values | {"role": Role(values["role"])},
            )  # fmt: skip
        except Denied as denied:
            form.add_error("name", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Added."))
            again = reverse("catalogue:new_credit", args=[film.slug]) + f"?role={made.role}"
            return redirect(again if "again" in request.POST else _list(film, made.role))
    return _form_page(request, film, form, None)


def _list(film: Film, role: str) -> str:
    return f"{reverse('catalogue:credits', args=[film.slug])}?role={role}"


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a credit."""
    film = access.get_film(request.user, slug)
    if gone(request, Credit.objects.filter(film=film, pk=number)):
        return _form_page(request, film, given_back_as_new(CreditForm(request.POST)), None)
    credit = _credit(film, number)
    said = facts.said(credit, ("agent", "role", *CreditForm.texts))
    texts = texts_of(**{name: said[name] for name in CreditForm.texts})
    initial = texts | {"role": credit.role, "name": str(credit.agent.name), "who": credit.agent_id, "seen": said}
    form = CreditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and (who := who_of(film, form)):
        values = form.values | {name: form.keeping(name, said[name]) for name in CreditForm.texts}
        try:
            changed = actions.change_credit(
                credit=credit, agent=who, values=values, seen=form.cleaned_data["seen"], by=request.user,
                place=form.cleaned_data["place"], at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
            beside_theirs(form, denied.refusal, initial, {"agent": "name"})
        else:
            messages.success(request, gettext("Saved."))
            return redirect(_list(film, changed.role))
    return _form_page(request, film, form, credit)


def _form_page(request: HttpRequest, film: Film, form: CreditForm, credit: Credit | None) -> HttpResponse:
    form.look_in(reverse("catalogue:find_agent", args=[film.slug]))
    back = _list(film, credit.role if credit else str(form["role"].value()))
    context = frame(film, "credits", form=form, credit=credit, back=back, roles=words.ROLES, **found(film, form))
    return render(request, "catalogue/desk/credit.html", context, status=status_of(form))


def gone(request: HttpRequest, rows: QuerySet) -> bool:
    """Whether somebody else has taken out what this request wants to change."""
    return request.method == "POST" and not rows.exists()


def given_back_as_new(form: BaseForm) -> Any:
    """What was typed over something that is not there any more, to be added again or not."""
    form.full_clean()
    form.add_error(None, reasons.explain(Refusal("gone_from_catalogue")))
    return form


def _credit(film: Film, number: int) -> Credit:
    found_ = Credit.objects.select_related("agent", "film__organisation").filter(film=film, pk=number).first()
    if found_ is None:
        raise Http404
    return found_


@require_POST
def move(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a credit up or down among those of its role."""
    film = access.get_film(request.user, slug)
    credit = _credit(film, number)
    actions.move_credit(credit=credit, **step_of(request), by=request.user, at=timezone.now())
    page = request.POST.get("page", "")
    return redirect(_list(film, credit.role) + (f"&page={page}" if page.isascii() and page.isdigit() else ""))


@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a credit out."""
    film = access.get_film(request.user, slug)
    credit = _credit(film, number)
    actions.remove_credit(credit=credit, by=request.user, at=timezone.now())
    messages.success(request, gettext("Taken out. Whoever it was about stays in the catalogue."))
    return redirect(_list(film, credit.role))
