"""The public home, and what machines ask of the whole site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kinolab.desk.queries import home as queries
from kinolab.desk.queries import site_map
from kinolab.foundation.ui.visitors import for_visitors

KEPT = 60  # seconds


@login_not_required
@require_safe
@for_visitors(KEPT, asked_again=True)
def home(request: HttpRequest) -> HttpResponse:
    """Open calls, the season, news, finished editions."""
    return render(request, "desk/home.html", {"shown": queries.home_page(timezone.now())})


@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the home page in the language that the visitor chose before, or that their browser asks for."""
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its languages, for search engines; of a large site the index of its maps, or one of them."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("1000") else 0
    found = site_map.document(timezone.now(), request.GET.get("of", ""), number)
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="application/xml")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone: everything behind the sign-in, and the answers of the checker."""
    closed = ("desk", "newsroom", "catalogue", "my", "reading", "start", "invitations", "gallery", "search")
    lines = ["User-agent: *", *(f"Disallow: /*/{name}/" for name in closed), "Disallow: /*/check/"]
    lines += ["", f"Sitemap: {settings.KINOLAB_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("live\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The process answers and reaches its database; 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True})
