"""Addresses without a language: the bytes of an upload and of a picture have none."""

from django.urls import URLPattern, path

from kinolab.foundation.files import views

app_name = "files"
urlpatterns: list[URLPattern] = [
    path("uploads/<str:token>/", views.upload, name="upload"),
    path("pictures/<slug:code>/<str:name>", views.picture, name="picture"),
]
