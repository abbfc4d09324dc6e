"""The calendar file of a call: its deadline and the lab's days, for any calendar program."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinolab.calls.queries import calendars
from kinolab.calls.views.public import get_call
from kinolab.foundation.ui.calendars import answer


@login_not_required
@require_safe
def calendar(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The file, in the language of the address."""
    call = get_call(programme, edition)
    made = calendars.calendar_of(call, list(call.edition.modules.all()), timezone.now())
    return answer(made, f"{programme}-{edition}", kept="public, max-age=300")
