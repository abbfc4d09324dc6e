"""Addresses of the room."""

from django.urls import URLPattern, path

from kinolab.applications.views import files, form, office, sent, table, team

app_name = "applications"
OWN = "my/applications/<slug:code>/"
TABLE = "desk/<slug:programme>/<slug:edition>/applications/"

urlpatterns: list[URLPattern] = [
    # Applicants
    path("labs/<slug:programme>/<slug:edition>/apply/", form.start, name="start"),
    path(OWN, form.edit, name="edit"),
    path(f"{OWN}form/<slug:section>/", form.section, name="section"),
    path(f"{OWN}save/", form.save, name="save"),
    path(f"{OWN}submit/", sent.submit, name="submit"),
    path(f"{OWN}reopen/", sent.reopen, name="reopen"),
    path(f"{OWN}withdraw/", sent.withdraw, name="withdraw"),
    path(f"{OWN}restore/", sent.restore, name="restore"),
    path(f"{OWN}strands/", sent.strands, name="strands"),
    path(f"{OWN}sent/<int:version>/", sent.show, name="snapshot"),
    path(f"{OWN}sent/<int:version>.json", sent.as_json, name="snapshot_json"),
    path(f"{OWN}sent/<int:version>.pdf", sent.as_pdf, name="snapshot_pdf"),
    path(f"{OWN}findings/<int:number>/", sent.answer_finding, name="answer_finding"),
    path(f"{OWN}team/", team.team, name="team"),
    path(f"{OWN}team/invite/", team.invite, name="invite"),
    path(f"{OWN}team/me/", team.own_part, name="own_part"),
    path(f"{OWN}team/<int:number>/again/", team.member, {"verb": "again"}, name="invite_again"),
    path(f"{OWN}team/<int:number>/remove/", team.member, {"verb": "remove"}, name="remove_member"),
    path(f"{OWN}team/<int:number>/let/", team.member, {"verb": "let"}, name="let_submit"),
    path(f"{OWN}team/<int:number>/not/", team.member, {"verb": "not"}, name="let_not_submit"),
    path(f"{OWN}files/<int:question>/", files.attach, name="attach"),
    path(f"{OWN}files/<slug:file>/remove/", files.detach, name="detach"),
    path(f"{OWN}files/<slug:file>/download/", files.download, name="download"),
    path("invitations/<str:token>/", team.invitation, name="invitation"),
    path("invitations/<str:token>/accept/", team.accept, name="accept"),
    path("invitations/<str:token>/decline/", team.decline, name="decline"),
    # The office
    path(TABLE, table.rows, name="table"),
    path(f"{TABLE}views/", table.save_view, name="save_view"),
    path(f"{TABLE}views/<int:number>/delete/", table.delete_view, name="delete_view"),
    path(f"{TABLE}confirm/", table.bulk, name="bulk"),
    path(f"{TABLE}all.csv", table.export, {"kind": "csv"}, name="export_csv"),
    path(f"{TABLE}all.xlsx", table.export, {"kind": "xlsx"}, name="export_xlsx"),
    path(f"{TABLE}<slug:code>/", office.detail, name="detail"),
    path(f"{TABLE}<slug:code>/check/", office.check_again, name="check_again"),
    path(f"{TABLE}<slug:code>/findings/<int:number>/", office.decide_finding, name="decide_finding"),
    path(f"{TABLE}<slug:code>/files/<slug:file>/", office.file, name="office_file"),
    path(f"{TABLE}<slug:code>/sent/<int:version>.pdf", office.as_pdf, name="office_pdf"),
]
