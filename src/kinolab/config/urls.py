"""Every address of the program, room by room. Pages live under their language; machines' files do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kinolab.desk.urls_plain")),
    path("", include("kinolab.foundation.files.urls_plain")),
    path("", include("kinolab.calls.urls_plain")),
    *i18n_patterns(
        path("", include("kinolab.applications.urls")),  # first: in the last minutes before a close all come here
        path("", include("kinolab.desk.urls")),
        path("", include("kinolab.foundation.ui.urls")),
        path("", include("kinolab.foundation.people.urls")),
        path("", include("kinolab.foundation.mail.urls")),
        path("", include("kinolab.labs.urls")),
        path("", include("kinolab.calls.urls")),
        path("", include("kinolab.catalogue.urls")),
        path("", include("kinolab.news.urls")),
        path("", include("kinolab.reviews.urls")),
        path("", include("kinolab.selection.urls")),
        path("", include("kinolab.production.urls")),
        path("", include("kinolab.impact.urls")),
    ),
]

handler400 = "kinolab.foundation.ui.views.bad_request"
handler403 = "kinolab.foundation.ui.views.forbidden"
handler404 = "kinolab.foundation.ui.views.not_found"
handler500 = "kinolab.foundation.ui.views.server_error"
