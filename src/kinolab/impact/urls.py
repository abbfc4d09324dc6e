"""Addresses of the room: the list of an edition for the lab, one's own road maps, one of them whole and step by step."""

from django.urls import URLPattern, path

from kinolab.impact.views import editor, evidence, exchange, listing, reporting, rows

app_name = "impact"
EDITION = "desk/<slug:programme>/<slug:edition>/road-maps/"
MAP = "road-maps/<slug:code>/"
REPORT = MAP + "reports/<int:number>/"
VALUE = REPORT + "values/<int:period>/"
FILE = MAP + "evidence/<int:number>/file/"
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
    # Following up.
    path(EDITION + "reports/", reporting.of_edition, name="edition_reports"),
    path(EDITION + "reports/rhythm/", reporting.edition_rhythm, name="edition_rhythm"),
    path(MAP + "reports/", reporting.reports, name="reports"),
    path(MAP + "reports/plan/", reporting.plan, name="plan_report"),
    path(MAP + "reports/rhythm/", reporting.rhythm, name="rhythm"),
    path(REPORT, reporting.report, name="report"),
    path(REPORT + "days/", reporting.days, name="report_days"),
    path(REPORT + "remove/", reporting.remove, name="remove_report"),
    path(REPORT + "hand-in/", reporting.hand_in, name="hand_in_report"),
    path(REPORT + "approve/", reporting.approve, name="approve_report"),
    path(REPORT + "give-back/", reporting.give_back, name="give_back_report"),
    path(REPORT + "activities/", reporting.activities, name="report_activities"),
    path(REPORT + "activities/save/", reporting.save_activity, name="save_activity"),
    path(REPORT + "learned/", reporting.learned, name="report_learned"),
    path(VALUE, reporting.value, name="report_value"),
    path(VALUE + "save/", reporting.save_value, name="save_value"),
    path(VALUE + "part/", reporting.portion, name="report_part"),
    path(VALUE + "evidence/", reporting.evidence, name="report_evidence"),
    path(MAP + "values/<int:number>/correct/", reporting.correct, name="correct"),
    path(FILE, evidence.download, name="evidence_file"),
    path(FILE + "add/", evidence.attach, name="attach_evidence"),
    path(FILE + "upload/", evidence.begin, name="begin_evidence"),
    path(FILE + "upload/<slug:upload>/finish/", evidence.finish, name="finish_evidence"),
    path(FILE + "upload/<slug:upload>/drop/", evidence.drop, name="drop_evidence"),
    path(FILE + "remove/", evidence.remove, name="remove_evidence_file"),
]
