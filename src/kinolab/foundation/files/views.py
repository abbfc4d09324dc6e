"""An upload on its way: how much has come (HEAD), giving it up (DELETE). The bytes themselves come by `receiving`.

And a picture of a page, to whom the room that shows it shows it.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kinolab.foundation.files import actions, coming, derivatives, showing, tickets, tus
from kinolab.foundation.files.models import Picture, Upload
from kinolab.foundation.files.receiving import STATUS
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal

PICTURE_KEPT = 60  # seconds: so long a picture that was taken off a page may still lie in a cache; then one asks again


@csrf_exempt  # the address itself is signed for this session; no form can send these methods
@login_not_required  # a program that asks wants an answer, not the page for signing in
@never_cache
@require_http_methods(["HEAD", "DELETE", "OPTIONS"])
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """One upload, to whoever began it."""
    if request.method == "OPTIONS":
        return tus.options()
    try:
        found = _find(request, token)
    except Denied as denied:
        return tus.spoken(HttpResponse(explain(denied.refusal), status=STATUS[denied.refusal.code]))
    if request.method == "DELETE":
        actions.drop(upload=found, by=request.user)
        return tus.spoken(HttpResponse(status=204))
    return tus.spoken(tus.said(HttpResponse(), found))


@login_not_required  # the room that shows the picture says who may see it
@require_safe
def picture(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A picture of a page, in one of its sizes and formats."""
    found = Picture.objects.select_related("file").filter(file__code=code).first()
    seen_by = showing.audience(found, request.user, timezone.now()) if found else None
    path = derivatives.made(found, name) if found and seen_by else None
    if path is None:
        raise Http404
    etag = f'"{path.parent.name[:24]}-{path.stem}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        path.read_bytes(), content_type=derivatives.FORMATS[name.rpartition(".")[2]].content_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = etag
    public = seen_by is showing.Audience.EVERYBODY
    response["Cache-Control"] = f"public, max-age={PICTURE_KEPT}, must-revalidate" if public else "private, no-cache"
    return response


def _find(request: HttpRequest, token: str) -> Upload:
    ticket = tickets.read(token, request.session.session_key or "")
    if ticket is None or not request.user.is_authenticated:
        raise Denied(Refusal("upload_of_another"))
    found = Upload.objects.filter(code=ticket.code, owner=request.user, expires_at__gt=timezone.now()).first()
    if found is None or (found.state == "coming" and coming.arrived(found.code) is None) or found.state == "refused":
        raise Denied(Refusal("upload_gone"))
    return found
