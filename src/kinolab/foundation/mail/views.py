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
    if not folder.is_open():
        raise Http404
    names = folder.names(SHOWN + 1)
    kept = [letter for name in names[:SHOWN] if (letter := folder.read(name))]
    return render(request, "mail/folder.html", {"letters": kept, "more": len(names) > SHOWN})


@login_not_required
@never_cache
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter as plain text with its links."""
    kept = folder.read(name) if folder.is_open() else None
    if kept is None:
        raise Http404
    return render(request, "mail/letter.html", {"letter": kept})
