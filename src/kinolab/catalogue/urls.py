"""Addresses of the room."""

from django.urls import path

from kinolab.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("films/", views.list_films, name="list"),
    path("films/<slug:slug>/", views.film, name="film"),
]
