"""Addresses of the gallery, of the theme switch, and of the page for when there is no network."""

from django.urls import path

from kinolab.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("theme/", views.theme, name="theme"),
    path("offline/", views.offline, name="offline"),
]
