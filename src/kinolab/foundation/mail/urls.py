"""Addresses of the room."""

from django.urls import path

from kinolab.foundation.mail import views

app_name = "mail"
urlpatterns = [
    path("mail/", views.letters, name="folder"),
    path("mail/<slug:name>/", views.letter, name="letter"),
]
