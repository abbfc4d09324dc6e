"""Addresses of the room: the list of an edition for the lab, one's own road maps, one of them whole and step by step."""

from django.urls import URLPattern, path

from kinolab.impact.views import editor, exchange, listing, rows

app_name = "impact"
EDITION = "desk/<slug:programme>/<slug:edition>/road-maps/"
MAP = "road-maps/<slug:code>/"
ROW = MAP + "rows/<slug:part>/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(EDITION, listing.of_edition, name="list"),
    path(EDITION + "make/", listing.make, name="make"),
    path("road-maps/", listing.mine, name="mine"),
    path(MAP, editor.whole, name="whole"),
    path(MAP + "take/", editor.take, name="take"),
    path(MAP + "show/", editor.show, name="show"),
    path(MAP + "tutors/", editor.add_tutor, name="add_tutor"),
    path(MAP + "tutors/<int:number>/remove/", editor.remove_tutor, name="remove_tutor"),
    path(MAP + "remarks/<int:number>/settle/", editor.settle_remark, name="settle_remark"),
    path(MAP + "steps/<slug:step>/", editor.step, name="step"),
    path(MAP + "steps/<slug:step>/remark/", editor.remark, name="remark"),
    path(MAP + "rows/<slug:part>/new/", rows.new, name="new_row"),
    path(ROW, rows.row, name="row"),
    path(ROW + "save/", rows.save, name="save_row"),
    path(ROW + "remove/", rows.remove, name="remove_row"),
    path(ROW + "back/", rows.back, name="bring_back"),
    path(ROW + "retire/", rows.retire, name="retire"),
    path(MAP + "rows/actual/<int:number>/approve/", rows.approve, name="approve"),
    path(ROW + "settle/", rows.settle, name="settle_row"),
    path(ROW + "move/", rows.move, name="move_row"),
    # Data that goes out and comes in.
    path(MAP + "data/<slug:eyes>/<slug:what>.<slug:kind>", exchange.data, name="data"),
    path(MAP + "bring/", exchange.bring, name="bring"),
    path(MAP + "bring/<int:number>/", exchange.brought, name="brought"),
    path(EDITION + "data/<slug:eyes>/<slug:what>.<slug:kind>", exchange.edition_data, name="edition_data"),
    path(EDITION + "templates/", listing.make_template, name="make_template"),
    path(MAP + "template/remove/", listing.remove_template, name="remove_template"),
    path(EDITION + "publish/", exchange.publish, name="publish"),
]
