"""Addresses of the room: the list of an edition for the lab, one's own road maps, one of them whole and step by step."""

from django.urls import URLPattern, path

from kinolab.impact.views import (
    editor,
    evidence,
    exchange,
    listing,
    outcomes,
    papers,
    pictures,
    report,
    reporting,
    rows,
    shown,
    survey,
)

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
    # Drawings
    path(MAP + "pictures/", pictures.picture, name="pictures"),
    path(MAP + "pictures/<slug:picture>/", pictures.picture, name="picture"),
    # Papers, and what is shown outside
    path(MAP + "papers/", papers.choose, name="papers"),
    path(MAP + "papers/<slug:eyes>/poster.png", papers.picture, name="poster_picture"),
    path(MAP + "papers/<slug:eyes>/<slug:name>.pdf", papers.paper, name="paper"),
    path(MAP + "showing/", shown.showing, name="showing"),
    path(MAP + "showing/<slug:level>/", shown.preview, name="preview"),
    path(MAP + "links/", shown.make_link, name="make_link"),
    path(MAP + "links/<int:number>/take-back/", shown.take_back_link, name="take_back_link"),
    path("impact/links/<slug:token>/", shown.with_link, name="with_link"),
    path("impact/links/<slug:token>/<slug:name>.pdf", shown.paper_with_link, name="paper_with_link"),
    path("impact/road-maps/<slug:code>/", shown.public, name="shown"),
    path("impact/road-maps/<slug:code>/share.png", shown.share, name="share"),
    path("impact/road-maps/<slug:code>/<slug:name>.pdf", shown.public_paper, name="shown_paper"),
]

# --- What became of people and films ---------------------------------------------------------------------------------------
OUTCOMES = "desk/<slug:programme>/<slug:edition>/outcomes/"
urlpatterns += [
    path(OUTCOMES, outcomes.listed, name="outcomes"),
    path(OUTCOMES + "new/", outcomes.new, name="new_outcome"),
    path(OUTCOMES + "file/", outcomes.from_file, name="outcomes_file"),
    path(OUTCOMES + "switch/", outcomes.switch, name="switch_following"),
    path(OUTCOMES + "report/", report.whole, name="programme_report"),
    path(OUTCOMES + "report/made-of/<slug:key>/", report.line, name="programme_report_line"),
    path(OUTCOMES + "report/of/<slug:code>/<int:number>/", report.indicator, name="programme_report_indicator"),
    *(
        path(OUTCOMES + f"report.{kind}", report.file, {"kind": kind}, name=f"programme_report_{kind}")
        for kind in report.FILES
    ),
    path(OUTCOMES + "<int:number>/", outcomes.one, name="outcome"),
    path(OUTCOMES + "<int:number>/<slug:verb>/", outcomes.act, name="act_on_outcome"),
    path("alumni/<slug:programme>/", outcomes.alumni, name="alumni"),
    path("alumni/<slug:programme>/<slug:edition>/", outcomes.alumni, name="alumni_of"),
    path("impact/<slug:programme>/", report.public_whole, name="public_report"),
    path("impact/<slug:programme>/made-of/<slug:key>/", report.public_line, name="public_report_line"),
    path(
        "impact/<slug:programme>/of/<slug:code>/<int:number>/", report.public_indicator, name="public_report_indicator"
    ),
    *(
        path(f"impact/<slug:programme>/report.{kind}", report.public_file, {"kind": kind}, name=f"public_report_{kind}")
        for kind in report.FILES
    ),
    path("my/outcomes/", outcomes.own, name="own_outcomes"),
    path("my/outcomes/<int:number>/", outcomes.own_answer, name="answer_outcome"),
    path("follow-up/<slug:programme>/", survey.again, name="survey_again"),
    path("follow-up/<slug:programme>/<slug:token>/", survey.answer, name="survey"),
    path("follow-up/<slug:programme>/<slug:token>/quiet/", survey.hush, name="hush"),
]
