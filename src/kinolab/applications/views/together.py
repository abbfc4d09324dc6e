"""Who is in the form: the script of the page asks while somebody else may be there."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kinolab.applications.actions import together as actions
from kinolab.applications.forms import HereForm
from kinolab.applications.queries import together
from kinolab.applications.views import answers

LONGEST_AGO = timedelta(minutes=5)  # older changes come with the page


@login_not_required
@require_POST
def here(request: HttpRequest, code: str) -> HttpResponse:
    """Be seen, see the others, and take in what they have written since the last look."""
    if not request.user.is_authenticated or answers.is_anothers(request):
        return answers.signed_out(request, reverse("applications:edit", args=(code,)))
    form = HereForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "field, since"}, status=400)
    seat = together.seat(request.user, code, form.question)
    if seat is None:
        raise Http404
    at = timezone.now()
    actions.be_here(seat=seat, by=request.user, at=at)
    since: datetime = max(form.cleaned_data["since"] or at, at - LONGEST_AGO)
    return JsonResponse(
        {
            "now": at.isoformat(),
            "people": [
                {"name": one.person.name or one.person.email, "field": f"q{one.question_id}" if one.question_id else ""}
                for one in together.others(seat, request.user, at)
            ],
            "changed": [answers.as_changed(one) for one in together.changed(seat, request.user, since)],
        }
    )
