"""The gallery, the theme switch, the page without a network and the pages for errors."""

import logging
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kinolab.foundation.ui import gallery as specimens
from kinolab.foundation.ui.paths import in_language, is_own_path
from kinolab.foundation.ui.themes import COOKIE, COOKIE_AGE, THEMES

log = logging.getLogger(__name__)
_WORKER = Path(__file__).parent / "static" / "ui" / "worker.js"


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/gallery.html", specimens.page() | {"asks_nothing": True})


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that a browser keeps for when a form cannot be loaded; of nobody in particular."""
    return render(request, "ui/offline.html")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows that page; at the root, since it may act only below its own address."""
    response = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@csrf_exempt  # it changes nothing but the look, and public pages need no cookie for it
@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back to the page; anything but day or dark follows the system."""
    home = in_language("/", request.path.split("/")[1])
    back = request.POST.get("next", "")
    response = HttpResponseRedirect(back if is_own_path(back) else home)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, chosen, max_age=COOKIE_AGE, samesite="Lax", secure=secure, httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return render(request, "ui/errors/400.html", status=400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the reason: a refusal (explained in the language of the page) or a sentence."""
    cause = getattr(exception, "refusal", None) or next(iter(getattr(exception, "args", ())), None)
    context = {"refusal": cause} if hasattr(cause, "code") else {"reason": str(cause or "")}
    return render(request, "ui/errors/403.html", context, status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing this person may know of. The two look the same."""
    return render(request, "ui/errors/404.html", status=404)


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429: asked too often; `seconds` until the next try, also in the Retry-After header."""
    context = {"minutes": max(1, -(-seconds // 60))}
    response = render(request, "ui/errors/429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than the server takes."""
    return render(request, "ui/errors/413.html", status=413)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Needs no database, no session and no user; in the worst case no template either."""
    try:
        return HttpResponse(render_to_string("ui/errors/500.html"), status=500)
    except Exception:
        log.exception("the page for errors failed too")
        return HttpResponse("Kinolab: something broke on our side. Please try again in a minute.", status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose security code is missing or old; typed text is kept in the browser."""
    return render(request, "ui/errors/csrf.html", status=403)
