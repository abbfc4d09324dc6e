"""Every address of the program, room by room. Pages live under their language; machines' files do not."""

from django.urls import URLPattern, URLResolver, include, path

from kinolab.foundation.i18n.addresses import under_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kinolab.desk.urls_plain")),
    path("", include("kinolab.foundation.files.urls_plain")),
    path("", include("kinolab.calls.urls_plain")),
    *under_language(
        "kinolab.applications.urls",  # first: in the last minutes before a close all come here
        "kinolab.desk.urls",
        "kinolab.foundation.ui.urls",
        "kinolab.foundation.people.urls",
        "kinolab.foundation.mail.urls",
        "kinolab.labs.urls",
        "kinolab.calls.urls",
        "kinolab.catalogue.urls",
        "kinolab.news.urls",
        "kinolab.reviews.urls",
        "kinolab.selection.urls",
        "kinolab.production.urls",
        "kinolab.impact.urls",
    ),
]

handler400 = "kinolab.foundation.ui.views.bad_request"
handler403 = "kinolab.foundation.ui.views.forbidden"
handler404 = "kinolab.foundation.ui.views.not_found"
handler500 = "kinolab.foundation.ui.views.server_error"
