"""Addresses of the gallery and of the theme switch."""

from django.urls import path

from kinolab.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("theme/", views.theme, name="theme"),
]
