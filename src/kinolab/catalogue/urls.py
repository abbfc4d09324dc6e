"""Addresses of the room: for visitors under films/, for those who edit under catalogue/."""

from django.urls import path

from kinolab.catalogue.views import (
    awards,
    desk,
    parts,
    people,
    pictures,
    public,
    series,
    showings,
    soundtrack,
    subtitles,
)
from kinolab.catalogue.views import credits as crediting

app_name = "catalogue"
FILM = "catalogue/films/<slug:slug>/"
CREDIT = FILM + "credits/<int:number>/"
TRACK = FILM + "soundtrack/<int:number>/"
SHOWING = FILM + "showings/<int:number>/"
PART = FILM + "parts/<int:number>/"
SERIES = "catalogue/series/<int:number>/"
PICTURE = FILM + "pictures/<int:number>/"
SUBTITLES = FILM + "subtitles/<int:number>/"
AWARD = FILM + "awards/<int:number>/"
PLACE = FILM + "places/<int:number>/"
PERSON = "catalogue/people/<slug:slug>/"
ENTRY = SERIES + "films/<int:entry>/"

urlpatterns = [
    path("films/", public.list_films, name="list"),
    path("films/people/<slug:slug>/", people.person, name="person"),
    path("films/series/<slug:slug>/", public.series_page, name="series_page"),
    path("films/<slug:slug>/", public.film, name="film"),
    path("films/<slug:slug>/share.png", pictures.share, name="share"),
    path("films/<slug:slug>/subtitles/<int:number>/", subtitles.read, name="read_subtitles"),
    path("films/<slug:slug>/subtitles/<int:number>.<str:form>", subtitles.give, name="subtitles_file"),
    # At work
    path("catalogue/", desk.listed, name="desk"),
    path("catalogue/films/new/", desk.new, name="new"),
    path(FILM, desk.edit, name="edit"),
    path(FILM + "facts/", desk.describe, name="facts"),
    path(FILM + "texts/", desk.texts, name="texts"),
    path(FILM + "registers/", desk.registers, name="registers"),
    path(FILM + "publish/", desk.publish, name="publish"),
    path(FILM + "withdraw/", desk.withdraw, name="withdraw"),
    path(FILM + "delete/", desk.delete, name="delete"),
    path(FILM + "credits/", crediting.listed, name="credits"),
    path(FILM + "credits/new/", crediting.new, name="new_credit"),
    path(FILM + "find/", crediting.find, name="find_agent"),
    path(CREDIT, crediting.change, name="credit"),
    path(CREDIT + "move/", crediting.move, name="move_credit"),
    path(CREDIT + "remove/", crediting.remove, name="remove_credit"),
    path(FILM + "soundtrack/", soundtrack.listed, name="tracks"),
    path(FILM + "soundtrack/new/", soundtrack.new, name="new_track"),
    path(TRACK, soundtrack.change, name="track"),
    path(TRACK + "move/", soundtrack.move, name="move_track"),
    path(TRACK + "remove/", soundtrack.remove, name="remove_track"),
    path(FILM + "showings/", showings.listed, name="releases"),
    path(FILM + "showings/new/", showings.new, name="new_release"),
    path(SHOWING, showings.change, name="release"),
    path(SHOWING + "remove/", showings.remove, name="remove_release"),
    path(FILM + "parts/", parts.listed, name="parts"),
    path(FILM + "parts/new/", parts.new, name="new_part"),
    path(FILM + "parts/find/", parts.find, name="find_part"),
    path(PART, parts.change, name="part"),
    path(PART + "move/", parts.move, name="move_part"),
    path(PART + "state/", parts.take_out_or_back, name="part_state"),
    path(FILM + "pictures/", pictures.listed, name="pictures"),
    path(FILM + "trailer/", pictures.set_trailer, name="trailer"),
    path(PICTURE, pictures.change, name="picture"),
    path(PICTURE + "cover/", pictures.make_cover, name="make_cover"),
    path(PICTURE + "move/", pictures.move, name="move_picture"),
    path(PICTURE + "remove/", pictures.remove, name="remove_picture"),
    path(FILM + "subtitles/", subtitles.listed, name="subtitles"),
    path(SUBTITLES + "show/", subtitles.show, name="show_subtitles"),
    path(SUBTITLES + "remove/", subtitles.remove, name="remove_subtitles"),
    path(FILM + "awards/", awards.listed, name="awards"),
    path(FILM + "awards/new/", awards.new_award, name="new_award"),
    path(AWARD, awards.award, name="award"),
    path(AWARD + "remove/", awards.remove_award, name="remove_award"),
    path(FILM + "places/new/", awards.new_place, name="new_place"),
    path(PLACE, awards.place, name="place"),
    path(PLACE + "remove/", awards.remove_place, name="remove_place"),
    path("catalogue/people/", people.people, name="people"),
    path("catalogue/people/new/", people.new_person, name="new_person"),
    path("catalogue/people/same/", people.same, name="same"),
    path("catalogue/people/joinings/<int:number>/", people.part_people, name="part_people"),
    path(PERSON, people.edit_person, name="edit_person"),
    path(PERSON + "spellings/", people.add_spelling, name="add_spelling"),
    path(PERSON + "spellings/<int:number>/remove/", people.remove_spelling, name="remove_spelling"),
    path(PERSON + "delete/", people.delete_person, name="delete_person"),
    path(PERSON + "join/<slug:other>/", people.join_people, name="join_people"),
    path(PERSON + "apart/<slug:other>/", people.keep_apart, name="keep_apart"),
    path("catalogue/series/", series.listed, name="series_list"),
    path("catalogue/series/new/", series.new, name="new_series"),
    path(SERIES, series.one, name="series"),
    path(SERIES + "change/", series.change, name="change_series"),
    path(SERIES + "delete/", series.delete, name="delete_series"),
    path(SERIES + "find/", series.find, name="find_entry"),
    path(SERIES + "films/new/", series.enter, name="new_entry"),
    path(ENTRY, series.change_entry, name="entry"),
    path(ENTRY + "move/", series.move, name="move_entry"),
    path(ENTRY + "remove/", series.leave, name="remove_entry"),
]
