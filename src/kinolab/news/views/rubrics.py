"""How an organisation's newsroom is set up: its rubrics, and whether two have to read an article."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied
from kinolab.news import access, forms
from kinolab.news.actions import rubrics as actions
from kinolab.news.models import Rubric
from kinolab.news.queries import newsroom as queries
from kinolab.news.views.newsroom import REFUSED


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, organisation: str) -> HttpResponse:
    """The rubrics, a new one, and the rule of two pairs of eyes."""
    found = access.get_organisation(request.user, organisation)
    form = forms.RubricForm(request.POST or None, label=pgettext("rubric", "Name"), needed=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_rubric(
                organisation=found, slug=form.cleaned_data["slug"], name=form.texts(), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Denied as denied:
            form.add_error("slug", reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("news:arrange", found.slug)
    context = {
        "form": form,
        "organisation": found,
        "rubrics": queries.rubrics(found.pk),
        "second_eyes": queries.second_eyes(found.pk),
    }
    return render(request, "news/arrange.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """One rubric: its name, or away with it."""
    found = access.get_organisation(request.user, organisation)
    one = Rubric.objects.filter(organisation=found, pk=number).first()
    if one is None:
        raise Http404
    if "delete" in request.POST:
        try:
            actions.delete_rubric(rubric=one, by=request.user, at=timezone.now())
        except Denied as denied:
            messages.error(request, reasons.explain(denied.refusal))
        return redirect("news:arrange", found.slug)
    form = forms.TextsForm(request.POST or None, label=pgettext("rubric", "Name"), needed=True, initial=dict(one.name))
    if request.method == "POST" and form.is_valid():
        actions.change_rubric(rubric=one, name=form.texts(), by=request.user, at=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("news:arrange", found.slug)
    context = {"form": form, "organisation": found, "rubric": one}
    return render(request, "news/rubric.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
def practice(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whether an article goes out only once somebody else has read it."""
    found = access.get_organisation(request.user, organisation)
    wanted = request.POST.get("second_eyes") == "yes"
    actions.set_practice(organisation=found, second_eyes=wanted, by=request.user, at=timezone.now())
    messages.success(request, gettext("Saved."))
    return redirect("news:arrange", found.slug)
