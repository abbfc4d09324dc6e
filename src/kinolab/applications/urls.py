"""Addresses of the room."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page

from kinolab.applications.views import (
    appeals,
    book,
    corrections,
    earlier,
    entering,
    files,
    form,
    importing,
    late,
    office,
    part,
    preview,
    sent,
    simulator,
    strands,
    table,
    team,
    together,
    uploads,
)

app_name = "applications"
View = Callable[..., HttpResponseBase]


def own(view: View) -> View:
    """A page of one's own: kept by no cache, and small on a slow line. Its secrets are masked anew in each answer."""
    return gzip_page(never_cache(view))


OWN = "my/applications/<slug:code>/"
TABLE = "desk/<slug:programme>/<slug:edition>/applications/"

urlpatterns: list[URLPattern] = [
    # Applicants: what a person has written is kept by no cache. First what hundreds ask for at once
    path(f"{OWN}save/", never_cache(form.save), name="save"),
    path(f"{OWN}form/<slug:section>/", own(form.section), name="section"),
    path(f"{OWN}submit/", never_cache(sent.submit), name="submit"),
    path("labs/<slug:programme>/<slug:edition>/apply/", own(form.start), name="start"),
    path("labs/<slug:programme>/<slug:edition>/apply/late/", never_cache(late.start), name="start_late"),
    path(
        "desk/<slug:programme>/<slug:edition>/call/form/preview/<int:version>/",
        never_cache(preview.form),
        name="preview",
    ),
    path("desk/<slug:programme>/<slug:edition>/call/form/preview/", preview.question, name="preview_question"),
    path("labs/<slug:programme>/<slug:edition>/apply/again/", own(form.start_from), name="start_from"),
    path(OWN, own(form.edit), name="edit"),
    path(OWN, never_cache(form.edit), name="edit"),
    path(f"{OWN}take-over/", never_cache(entering.take_over), name="take_over"),
    path(f"{OWN}late-code/", never_cache(late.use_code), name="use_code"),
    path(f"{OWN}here/", never_cache(together.here), name="here"),
    path(f"{OWN}answers/<int:question>/", own(earlier.past), name="past"),
    path(f"{OWN}reopen/", never_cache(sent.reopen), name="reopen"),
    path(f"{OWN}withdraw/", never_cache(sent.withdraw), name="withdraw"),
    path(f"{OWN}restore/", never_cache(sent.restore), name="restore"),
    path(f"{OWN}strands/", never_cache(strands.strands), name="strands"),
    path(f"{OWN}sent/<int:version>/", never_cache(sent.show), name="snapshot"),
    path(f"{OWN}sent/<int:version>/changes/", own(corrections.changes), name="changes"),
    path(f"{OWN}sent/<int:version>.json", never_cache(sent.as_json), name="snapshot_json"),
    path(f"{OWN}sent/<int:version>.pdf", never_cache(sent.as_pdf), name="snapshot_pdf"),
    path(f"{OWN}findings/<int:number>/", never_cache(sent.answer_finding), name="answer_finding"),
    path(f"{OWN}appeal/", never_cache(appeals.lodge), name="appeal"),
    path(f"{OWN}appeal/<int:number>/take-back/", never_cache(appeals.take_back), name="take_appeal_back"),
    path(f"{OWN}team/", never_cache(team.team), name="team"),
    path(f"{OWN}team/invite/", never_cache(team.invite), name="invite"),
    path(f"{OWN}team/me/", never_cache(part.own_part), name="own_part"),
    path(f"{OWN}team/part/", never_cache(part.part), name="part"),
    path(f"{OWN}team/part/confirm/", never_cache(entering.confirm_part), name="confirm_part"),
    path(f"{OWN}team/part/sign/", never_cache(part.sign), name="sign"),
    path(f"{OWN}team/part/hand-in/", never_cache(part.hand_in), name="hand_in"),
    path(f"{OWN}team/<int:number>/again/", never_cache(team.member), {"verb": "again"}, name="invite_again"),
    path(f"{OWN}team/<int:number>/lead/", never_cache(team.member), {"verb": "lead"}, name="offer_lead"),
    path(f"{OWN}team/lead/take/", never_cache(team.lead), {"verb": "take"}, name="take_lead"),
    path(f"{OWN}team/lead/back/", never_cache(team.lead), {"verb": "back"}, name="take_back_lead"),
    path(f"{OWN}team/<int:number>/remove/", never_cache(team.member), {"verb": "remove"}, name="remove_member"),
    path(f"{OWN}team/<int:number>/let/", never_cache(team.member), {"verb": "let"}, name="let_submit"),
    path(f"{OWN}team/<int:number>/not/", never_cache(team.member), {"verb": "not"}, name="let_not_submit"),
    path(f"{OWN}everything.zip", never_cache(files.everything), name="everything"),
    path(f"{OWN}files/<int:question>/", never_cache(files.attach), name="attach"),
    path(f"{OWN}files/<int:question>/upload/", never_cache(uploads.begin), name="begin_upload"),
    path(f"{OWN}uploads/<slug:upload>/finish/", never_cache(uploads.finish), name="finish_upload"),
    path(f"{OWN}uploads/<slug:upload>/drop/", never_cache(uploads.drop), name="drop_upload"),
    path(f"{OWN}files/<slug:file>/remove/", never_cache(files.detach), name="detach"),
    path(f"{OWN}files/<slug:file>/download/", never_cache(files.download), name="download"),
    path("invitations/<str:token>/", never_cache(team.invitation), name="invitation"),
    path("invitations/<str:token>/join/", never_cache(team.join), name="join"),
    path("invitations/<str:token>/accept/", never_cache(team.accept), name="accept"),
    path("invitations/<str:token>/decline/", never_cache(team.decline), name="decline"),
    # The office
    path(TABLE, table.rows, name="table"),
    path(f"{TABLE}views/", table.save_view, name="save_view"),
    path(f"{TABLE}views/<int:number>/delete/", table.delete_view, name="delete_view"),
    path(f"{TABLE}confirm/", table.bulk, name="bulk"),
    path("desk/<slug:programme>/<slug:edition>/call/try-rules/", simulator.simulate, name="simulate"),
    path(f"{TABLE}appeals/", never_cache(appeals.appeals), name="appeals"),
    path(f"{TABLE}appeals/until/", appeals.until, name="appeals_until"),
    path(f"{TABLE}appeals/<int:number>/", appeals.decide, name="decide_appeal"),
    path(f"{TABLE}all.csv", table.export, {"kind": "csv"}, name="export_csv"),
    path(f"{TABLE}all.xlsx", table.export, {"kind": "xlsx"}, name="export_xlsx"),
    path("reading/book/<slug:programme>/<slug:edition>/", never_cache(book.reader), name="reader_book"),
    path(
        "reading/book/<slug:programme>/<slug:edition>/progress/",
        never_cache(book.reader_progress),
        name="reader_book_progress",
    ),
    path(
        "reading/book/<slug:programme>/<slug:edition>/book.pdf", never_cache(book.reader_file), name="reader_book_file"
    ),
    path(f"{TABLE}book/", never_cache(book.office), name="book"),
    path(f"{TABLE}book/progress/", never_cache(book.office_progress), name="book_progress"),
    path(f"{TABLE}book/book.pdf", never_cache(book.office_file), name="book_file"),
    path(f"{TABLE}enter/", never_cache(entering.enter), name="enter"),
    path(f"{TABLE}enter/<slug:code>/", never_cache(entering.type_for), name="type_for"),
    path(f"{TABLE}enter/<slug:code>/team/", never_cache(entering.type_member), name="type_member"),
    path(f"{TABLE}enter/<slug:code>/team/<int:number>/", never_cache(entering.type_part), name="type_part"),
    path(f"{TABLE}import/", never_cache(importing.bring), name="imports"),
    path(f"{TABLE}import/<int:number>/", never_cache(importing.show), name="import"),
    path(f"{TABLE}import/<int:number>/progress/", never_cache(importing.progress), name="import_progress"),
    path(f"{TABLE}import/<int:number>/columns/", importing.choose, name="import_columns"),
    path(f"{TABLE}import/<int:number>/take-back/", importing.take_back, name="import_take_back"),
    path(f"{TABLE}import/<int:number>/drop/", importing.drop, name="import_drop"),
    path(f"{TABLE}<slug:code>/", office.detail, name="detail"),
    path(f"{TABLE}<slug:code>/corrections/", corrections.corrections, name="corrections"),
    path(f"{TABLE}<slug:code>/corrections/<int:number>/take-back/", corrections.take_back, name="take_correction_back"),
    path(f"{TABLE}<slug:code>/sent/<int:version>/changes/", corrections.office_changes, name="office_changes"),
    path(f"{TABLE}<slug:code>/check/", office.check_again, name="check_again"),
    path(f"{TABLE}<slug:code>/findings/<int:number>/", office.decide_finding, name="decide_finding"),
    path(f"{TABLE}<slug:code>/files/<slug:file>/", office.file, name="office_file"),
    path(f"{TABLE}<slug:code>/sent/<int:version>.pdf", office.as_pdf, name="office_pdf"),
]
