"""Addresses of the room: films in the making for their makers, segments for their teams."""

from django.urls import URLPattern, path

from kinolab.production.views import films

app_name = "production"
FILM = "production/films/<slug:film>/"

urlpatterns: list[URLPattern] = [
    path("production/", films.list_films, name="list"),
    path("production/begin/", films.begin, name="begin"),
    path(FILM, films.film, name="film"),
    path(FILM + "step/", films.take, name="take"),
]
