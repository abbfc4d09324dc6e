"""The page of the sets of countries that rules may name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kinolab.calls import access, forms
from kinolab.calls.actions.country_sets import add_set
from kinolab.calls.queries.country_sets import shown_sets
from kinolab.calls.views.manage import REFUSED, context_of
from kinolab.foundation.i18n import reasons
from kinolab.foundation.refusals import Denied


@require_http_methods(["GET", "HEAD", "POST"])
def sets(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Every set with its countries and its source; make one, or another version of one."""
    call = access.get_call(request.user, programme, edition)
    form = forms.CountrySetForm(request.POST or None, languages=call.languages or ["en"])
    if request.method == "POST" and form.is_valid():
        try:
            add_set(call=call, **form.values(), by=request.user, at=timezone.now())
        except Denied as denied:
            form.add_error(None, reasons.explain(denied.refusal))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("calls:country_sets", programme, edition)
    shown = shown_sets(call.edition.programme.organisation)
    context = context_of(call, "rules", form=form, shown=shown)
    return render(request, "calls/manage/country_sets.html", context, status=REFUSED if form.is_bound else 200)
