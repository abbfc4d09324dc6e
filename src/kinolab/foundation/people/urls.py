"""Addresses of the room."""

from django.urls import path

from kinolab.foundation.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/password/", views.sign_in_with_password, name="sign_in_with_password"),
    path("enter/", views.enter, name="enter"),
    path("enter/<slug:code>/", views.enter_demo, name="enter_demo"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("settings/", views.own_settings, name="settings"),
    path("settings/prove/", views.prove, name="prove"),
    path("settings/password/", views.set_password, name="set_password"),
    path("settings/address/", views.ask_for_new_address, name="ask_for_new_address"),
    path("settings/address/new/", views.take_new_address, name="new_address"),
]
