"""The picture that goes with a link to a call: its name, its dates and its deadline on the dye."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kinolab.calls.models import Call
from kinolab.calls.queries import public as queries
from kinolab.calls.views.public import get_call
from kinolab.foundation.ui import sharing


@login_not_required
@require_safe
def share(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """The picture, in the language of the address."""
    call = get_call(programme, edition)
    title, place, deadline = _words(call, timezone.now())
    picture = sharing.picture(call.edition.dye, title, place, deadline)
    response = FileResponse(picture.open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _words(call: Call, at: datetime) -> tuple[str, str, str]:
    edition = call.edition
    parts = [str(edition), queries.lab_dates(edition), str(edition.city)]
    standing = queries.Standing(call, at)
    if standing.is_open and call.closes_at:
        deadline = gettext("Applications until: %(moment)s") % {"moment": standing.closes}
    else:
        deadline = str(standing.words)
    return str(call.headline or edition), " · ".join(part for part in parts if part), deadline
