"""Large files of an application: begun, gone on with, taken when whole; refused to whom and for what they should be."""

import base64
from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from kinolab.applications import jobs
from kinolab.applications.actions import files
from kinolab.applications.models import Attachment
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.files import actions as kept
from kinolab.foundation.files import coming
from kinolab.foundation.files.models import StoredFile, Upload
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.integration.files.test_films import film
from tests.integration.files.test_pictures import taken
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SIZE = len(PDF)


def begin_url(application, key="script"):
    return reverse("applications:begin_upload", args=(application.code, make.question(application.call, key).pk))


def begin(application, *, size=SIZE, name="сценарий.pdf", mark="m1", by=None, key="script", **headers):
    said = {"filename": name, "mark": mark}
    pairs = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": pairs} | headers
    visitor = by or client_of(application.lead)
    return visitor.post(begin_url(application, key), headers={"Accept": "application/json"} | tus)


def fill(content=PDF, upload=None):
    """The bytes arrive; `files.receiving` has tests of its own."""
    upload = upload or Upload.objects.get()
    coming.place(upload.code).write_bytes(content)
    return upload


def section(application):
    return reverse("applications:section", args=(application.code, "more"))


def finish(application, by=None):
    return (by or client_of(application.lead)).post(
        reverse("applications:finish_upload", args=(application.code, Upload.objects.get().code))
    )


# --- From the first byte to the answer --------------------------------------------------------------------------------
def test_file_when_whole_becomes_the_answer_and_is_given_out(django_capture_on_commit_callbacks):
    application = make.application()
    visitor = client_of(application.lead)
    begun = begin(application, by=visitor)
    assert (begun.status_code, begun["Upload-Offset"], begun["Upload-Length"]) == (201, "0", str(SIZE))
    assert begun["Location"] == begun.json()["url"]
    fill()
    assert visitor.head(begun["Location"])["Upload-Offset"] == str(SIZE)
    with django_capture_on_commit_callbacks(execute=True):
        done = visitor.post(begun.json()["finish"])

    attachment = Attachment.objects.get()
    assert "сценарий.pdf" in done.json()["row"]
    assert set(done.json()) == {"row", "meter"}
    given = visitor.get(reverse("applications:download", args=(application.code, attachment.file.code)))
    assert b"".join(given.streaming_content) == PDF
    assert Entry.objects.get(verb="attached").after["sha256"] == attachment.file.sha256
    assert not coming.place(Upload.objects.get().code).exists()


def test_question_says_which_kinds_it_takes_and_keeps_to_them():
    application = make.application()
    question = make.question(application.call, "script")
    question.details = {"accepts": ["document", "sound"]}
    question.save()
    visitor = client_of(application.lead)
    page = visitor.get(section(application)).content.decode()
    assert "Accepted: text documents (DOCX, ODT, RTF, TXT) and sound (MP3, WAV, M4A, FLAC, OGG)." in page
    begin(application, by=visitor)
    fill()
    refused = finish(application, visitor)

    assert (refused.status_code, refused.json()["code"]) == (422, "file_wrong_kind")
    assert (
        "Accepted: DOCX, ODT, RTF, TXT, MP3, WAV, M4A, FLAC, OGG." in visitor.get(section(application)).content.decode()
    )
    assert not Attachment.objects.exists()


def test_picture_that_comes_in_parts_is_kept_without_its_place(django_capture_on_commit_callbacks):
    application = make.application()
    content = taken("JPEG")
    begin(application, name="кадр.jpg", size=len(content))
    upload = fill(content)
    with django_capture_on_commit_callbacks(execute=True):
        assert finish(application).status_code == 200

    stored = Attachment.objects.get().file
    with stored.blob.open("rb") as blob:
        held = blob.read()
    assert b"Telephone 9" in content and b"Telephone 9" not in held
    assert (stored.size, stored.sha256) == (len(held), sha256(held).hexdigest())
    assert not coming.place(upload.code).exists() and not coming.bare(upload.code).exists()


def test_finishing_twice_gives_the_same_file():
    application = make.application()
    begin(application)
    fill()
    assert [finish(application).status_code, finish(application).status_code] == [200, 200]
    assert Attachment.objects.count() == 1


def test_same_file_chosen_again_goes_on_where_it_stopped():
    application = make.application()
    first = begin(application)
    fill(PDF[:20])
    again = begin(application, by=client_of(application.lead))  # another day, another session

    assert Upload.objects.count() == 1
    assert again["Upload-Offset"] == "20"
    assert again["Location"] != first["Location"]
    assert begin(application, mark="m2")["Upload-Offset"] == "0"
    assert Upload.objects.count() == 2


def test_page_shows_what_is_on_its_way_to_its_owner_and_to_the_others():
    application = make.application()
    make.member(application)
    begin(application, size=1_000_000)
    fill(b"x" * 400_000)
    mine = client_of(application.lead).get(section(application)).content.decode()
    theirs = client_of(make.person("Azamat")).get(section(application)).content.decode()

    assert "0.4 MB of 1 MB have arrived." in mine
    assert "Choose the same file again, and it goes on from there." in mine
    assert "Meerim is sending it." in theirs
    assert "drop/" not in theirs


def test_file_that_came_whole_while_nobody_looked_is_taken_by_the_clock(now):
    application = make.application()
    begin(application)
    fill()
    assert jobs.take_arrived.call() == 1
    assert jobs.take_arrived.call() == 0
    assert Attachment.objects.get().file.name == "сценарий.pdf"
    assert finish(application).status_code == 200


def test_film_is_an_answer_where_minutes_are_asked_for():
    application = make.application()
    question = make.question(application.call, "script")
    question.limits = [{"unit": "megabytes", "maximum": 5000}, {"unit": "minutes", "maximum": 3}]
    question.save()
    content = film(seconds=200)
    begin(application, name="черновой.mp4", size=len(content))
    fill(content)
    row = finish(application).json()["row"]
    page = client_of(application.lead).get(section(application)).content.decode()

    assert "3:20" in row
    assert (Attachment.objects.get().file.kind, Attachment.objects.get().file.seconds) == ("video", 200)
    assert "Too large: 3.3. The limit: 3." in page
    assert "films (MP4, MOV, MKV, WebM). Up to 5,000 MB." in page


def test_film_is_refused_where_a_paper_is_asked_for():
    application = make.application()
    content = film()
    begin(application, name="a.mp4", size=len(content))
    fill(content)
    assert "This kind of file is not accepted here." in finish(application).json()["error"]


def test_page_says_where_the_client_is_and_does_without_it(settings):
    application = make.application()
    settings.KINOLAB_TUS_CLIENT = "vendor/tus.min.js"
    assert (
        'data-client="/static/vendor/tus.min.js"'
        in client_of(application.lead).get(section(application)).content.decode()
    )
    settings.KINOLAB_TUS_CLIENT = ""
    page = client_of(application.lead).get(section(application)).content.decode()
    assert 'data-client=""' in page
    assert 'data-limit="1000000" data-plain-limit="1000000"' in page


# --- Refused ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content, name, sentence",
    [
        (b"MZ\x90\x00 this is a program", "script.pdf", "The contents of this file do not match its name."),
        (PDF[:-8], "script.pdf", "This PDF cannot be opened"),
        (PDF, "script.png", "The contents of this file do not match its name."),
    ],
)
def test_whole_file_that_is_something_else_goes_and_its_owner_reads_why(content, name, sentence):
    application = make.application()
    begin(application, name=name, size=len(content))
    fill(content)
    answer = finish(application)

    assert (answer.status_code, sentence in answer.json()["error"]) == (422, True)
    assert (StoredFile.objects.count(), Upload.objects.get().state) == (0, "refused")
    assert not coming.place(Upload.objects.get().code).exists()
    page = client_of(application.lead)
    assert sentence in page.get(section(application)).content.decode()
    page.post(reverse("applications:drop_upload", args=(application.code, Upload.objects.get().code)))
    assert sentence not in page.get(section(application)).content.decode()


def test_file_that_is_not_whole_is_not_taken_and_not_thrown_away():
    application = make.application()
    begin(application)
    fill(PDF[:-1])
    answer = finish(application)
    assert (answer.status_code, answer.json()["code"]) == (422, "upload_not_whole")
    assert coming.arrived(Upload.objects.get().code) == SIZE - 1


def test_file_that_is_still_arriving_elsewhere_is_not_taken():
    application = make.application()
    begin(application)
    upload = fill()
    with coming.held(upload.code):
        assert finish(application).status_code == 423


@pytest.mark.parametrize(
    "size, status, code",
    [(0, 422, "file_empty"), (1_000_001, 413, "file_too_large")],
)
def test_size_is_asked_before_a_byte_is_sent(size, status, code):
    answer = begin(make.application(), size=size)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    "headers", [{"Tus-Resumable": "0.2"}, {"Upload-Length": "x"}, {"Upload-Length": ""}, {"Upload-Length": "9" * 16}]
)
def test_program_that_speaks_something_else_is_told_so(headers):
    answer = begin(make.application(), **headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "upload_unreadable")


def test_full_disk_is_said_before_a_byte_is_sent(settings):
    application = make.application()
    settings.KINOLAB_DISK_RESERVE = 10**18
    answer = begin(application)
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    russian = begin_url(application).replace("/en/", "/ru/")
    told = client_of(application.lead).post(
        russian, headers={"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Accept": "application/json"}
    )
    assert told.status_code == 507
    assert "сервер" in told.json()["error"].lower()


def test_room_counts_what_others_have_announced(settings):
    application = make.application()
    free = coming.free() + settings.KINOLAB_DISK_RESERVE
    settings.KINOLAB_DISK_RESERVE = free - 50_000_000
    Upload.objects.create(
        target="elsewhere", owner=make.person("Farrukh"), name="a", size=10**9, created_at=make.NOW,
        expires_at=make.NOW + timedelta(days=9),
    )  # fmt: skip
    assert begin(application).json()["code"] == "disk_full"


def test_one_person_and_one_application_have_only_so_much_room(settings):
    application = make.application()
    settings.KINOLAB_PERSON_MAX = 2 * SIZE - 1
    assert begin(application).status_code == 201
    assert begin(application, mark="m2").json()["code"] == "person_full"
    assert begin(application).status_code == 201  # the same file goes on
    settings.KINOLAB_PERSON_MAX = 10**9
    settings.KINOLAB_APPLICATION_MAX = 2 * SIZE - 1
    assert begin(application, mark="m2").json()["code"] == "application_full"
    assert begin(application).status_code == 201


def test_no_more_uploads_at_once_than_twenty(monkeypatch):
    monkeypatch.setattr(kept, "UPLOADS_EACH", 1)
    application = make.application()
    begin(application)
    assert begin(application, mark="m2").json()["code"] == "too_many_uploads"


def test_no_more_files_than_five(monkeypatch):
    monkeypatch.setattr(files, "FILES_EACH", 1)
    application = make.application()
    begin(application)
    begin(application, mark="m2")
    first, second = Upload.objects.order_by("pk")
    files.take_upload(upload=fill(upload=first), at=make.NOW)
    with pytest.raises(Denied) as denied:
        files.take_upload(upload=fill(upload=second), at=make.NOW)
    assert denied.value.refusal.code == "too_many_files"
    assert begin(application, mark="m3").json()["code"] == "too_many_files"


def test_question_that_takes_text_takes_no_file():
    assert begin(make.application(), key="title").json()["code"] == "wrong_shape"


def test_call_that_closed_meanwhile_takes_the_file_no_more(now):
    application = make.application()
    begin(application)
    fill()
    now.move_to(make.CLOSES + timedelta(days=1), tick=False)
    assert "This call has closed." in finish(application).json()["error"]
    assert Upload.objects.get().refusal == {"code": "upload_not_fitting", "facts": {}}
    assert begin(application).status_code == 422


def test_question_that_is_gone_takes_no_file():
    application = make.application()
    begin(application)
    upload = fill()
    Upload.objects.update(target=f"application:{application.pk}:0")
    upload.refresh_from_db()
    with pytest.raises(Denied) as denied:
        files.take_upload(upload=upload, at=make.NOW)
    assert denied.value.refusal.code == "upload_not_fitting"
    assert jobs.take_arrived.call() == 0


# --- Whose it is ------------------------------------------------------------------------------------------------------
def test_upload_is_its_owners_alone():
    application = make.application()
    make.member(application)
    owner = client_of(application.lead)
    address = begin(application, by=owner)["Location"]
    code = Upload.objects.get().code
    fill()
    for other in (make.person("Azamat"), make.person("Farrukh")):  # a co-author, a stranger
        visitor = client_of(other)
        assert visitor.head(address).status_code == 403
        assert visitor.delete(address).status_code == 403
        for verb in ("finish_upload", "drop_upload"):
            assert visitor.post(reverse(f"applications:{verb}", args=(application.code, code))).status_code == 404
    assert client_of().head(address).status_code == 403
    assert client_of(application.lead).head(address).status_code == 403  # the address is that session's
    assert owner.head(address).status_code == 200
    assert client_of(make.person("Farrukh")).post(begin_url(application)).status_code == 404


def test_upload_of_one_application_is_not_taken_by_another_of_the_same_person():
    mine, other = make.application(), make.application(make.call("teen-lab"))
    begin(mine)
    fill()
    assert finish(other).status_code == 404


def test_question_of_another_call_is_not_there():
    application, other = make.application(), make.call("teen-lab")
    url = reverse("applications:begin_upload", args=(application.code, make.question(other, "script").pk))
    assert client_of(application.lead).post(url, headers={"Tus-Resumable": "1.0.0"}).status_code == 404


def test_person_removed_from_the_team_brings_no_file():
    from kinolab.applications.actions import team

    application = make.application()
    part = make.member(application)
    begin(application, by=client_of(make.person("Azamat")))
    upload = fill()
    team.remove(part=part, by=application.lead, at=make.NOW)
    with pytest.raises(Denied) as denied:
        files.take_upload(upload=Upload.objects.select_related("owner").get(), at=make.NOW)
    assert denied.value.refusal.code == "not_in_team"
    assert coming.arrived(upload.code) is None


# --- Given up, forgotten ----------------------------------------------------------------------------------------------
def test_upload_that_is_given_up_leaves_nothing():
    application = make.application()
    visitor = client_of(application.lead)
    address = begin(application, by=visitor)["Location"]
    upload = fill()
    assert visitor.delete(address).status_code == 204
    assert (Upload.objects.count(), coming.arrived(upload.code)) == (0, None)
    assert [visitor.head(address).status_code, visitor.delete(address).status_code] == [410, 410]


def test_upload_is_given_up_without_a_script_too():
    application = make.application()
    begin(application)
    upload = Upload.objects.get()
    answer = client_of(application.lead).post(reverse("applications:drop_upload", args=(application.code, upload.code)))
    assert answer["Location"].startswith(section(application))
    assert coming.arrived(upload.code) is None


def test_what_this_server_can_do_is_told():
    application = make.application()
    visitor = client_of(application.lead)
    address = begin(application, by=visitor)["Location"]
    for where in (begin_url(application), address):
        told = visitor.options(where)
        assert (told.status_code, told["Tus-Version"], told["Tus-Max-Size"]) == (204, "1.0.0", str(5 * 1024**3))
        assert told["Tus-Extension"] == "creation,expiration,checksum,termination"
        assert told["Tus-Checksum-Algorithm"] == "sha256,sha1"


def test_page_costs_the_same_for_any_number_of_uploads():
    application = make.application()
    visitor = client_of(application.lead)
    begin(application)
    numbers = iter(range(100))
    same_cost(lambda: visitor.get(section(application)), lambda: begin(application, mark=f"n{next(numbers)}"))
