"""An upload on its way: how much has come (HEAD), giving it up (DELETE). The bytes themselves come by `receiving`."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kinolab.foundation.files import actions, coming, tickets, tus
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.receiving import STATUS
from kinolab.foundation.i18n.reasons import explain
from kinolab.foundation.refusals import Denied, Refusal


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


def _find(request: HttpRequest, token: str) -> Upload:
    ticket = tickets.read(token, request.session.session_key or "")
    if ticket is None or not request.user.is_authenticated:
        raise Denied(Refusal("upload_of_another"))
    found = Upload.objects.filter(code=ticket.code, owner=request.user, expires_at__gt=timezone.now()).first()
    if found is None or (found.state == "coming" and coming.arrived(found.code) is None) or found.state == "refused":
        raise Denied(Refusal("upload_gone"))
    return found
