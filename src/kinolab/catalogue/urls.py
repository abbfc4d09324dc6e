"""Addresses of the room."""

from django.urls import path

from kinolab.catalogue.views import public

app_name = "catalogue"
urlpatterns = [
    path("films/", public.list_films, name="list"),
    path("films/<slug:slug>/", public.film, name="film"),
]
