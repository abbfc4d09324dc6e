"""Addresses of the room."""

from django.urls import path

from kinolab.desk.views import applicant, organiser, outbox, public, searching

app_name = "desk"
urlpatterns = [
    path("", public.home, name="home"),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("start/", organiser.after_sign_in, name="after_sign_in"),
    path("my/", applicant.mine, name="mine"),
    path("desk/", organiser.organiser, name="organiser"),
    path("desk/<slug:programme>/<slug:edition>/", organiser.edition, name="edition"),
    path("desk/<slug:programme>/<slug:edition>/outbox/", outbox.outbox, name="outbox"),
    path("desk/<slug:programme>/<slug:edition>/outbox/<int:number>/", outbox.letter, name="letter"),
    path("desk/<slug:programme>/<slug:edition>/outbox/<int:number>/<slug:what>/", outbox.step, name="letter_step"),
    path("desk/<slug:programme>/<slug:edition>/record/", organiser.record, name="record"),
    path("desk/<slug:programme>/<slug:edition>/record.csv", organiser.record_export, name="record_export"),
]
