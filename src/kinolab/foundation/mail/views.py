"""The mail folder in the browser, only where letters go to it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kinolab.foundation.mail import folder

SHOWN = 50


@login_not_required
@never_cache
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The newest letters, whoever they are for: this is how one follows a sign-in link without a mail server."""
    if not folder.is_on():
        raise Http404
    kept = [letter for name in folder.names(SHOWN) if (letter := folder.read(name))]
    return render(request, "mail/folder.html", {"letters": kept})


@login_not_required
@never_cache
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter as plain text with its links."""
    kept = folder.read(name) if folder.is_on() else None
    if kept is None:
        raise Http404
    return render(request, "mail/letter.html", {"letter": kept})
