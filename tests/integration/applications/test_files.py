"""Files of an application: taken by what they are, given to whom they belong."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kinolab.applications.actions import files, submission
from kinolab.applications.models import Attachment
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied
from tests.factories import applications as make
from tests.kit import client_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(kept, "PNG")
    return kept.getvalue()


def upload(application, name="script.pdf", content=PDF, by=None, **headers):
    question = make.question(application.call, "script")
    url = reverse("applications:attach", args=(application.code, question.pk))
    return client_of(by or application.lead).post(url, {"file": SimpleUploadedFile(name, content)}, headers=headers)


def section(application):
    return reverse("applications:section", args=(application.code, "more"))


@pytest.mark.parametrize("name, content", [("сценарий.pdf", PDF), ("кадр.png", picture())])
def test_file_is_kept_listed_and_given_out_as_attachment(name, content):
    application = make.application()
    answer = upload(application, name, content)
    question = make.question(application.call, "script")
    assert answer["Location"] == f"{section(application)}#q{question.pk}"
    attachment = Attachment.objects.get()
    page = client_of(application.lead).get(section(application)).content.decode()
    assert name in page
    given = client_of(application.lead).get(
        reverse("applications:download", args=(application.code, attachment.file.code))
    )
    assert b"".join(given.streaming_content) == content
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.get(verb="attached").after["sha256"] == attachment.file.sha256


@pytest.mark.parametrize(
    "name, content, sentence",
    [
        ("a.pdf", b"", "This file is empty."),
        ("a.pdf", PDF + b" " * 1_000_001, "This file is too large"),
        ("a.docx", b"PK\x03\x04 word", "This kind of file is not accepted here."),
        ("a.pdf", picture(), "The contents of this file do not match its name."),
        ("a.png", PDF, "The contents of this file do not match its name."),
        ("a.pdf", b"%PDF-1.7 cut off", "This PDF cannot be opened"),
    ],
)
def test_file_that_cannot_be_taken_is_answered_with_a_sentence(name, content, sentence):
    application = make.application(title="Суу")
    answer = upload(application, name, content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Attachment.objects.count() == 0
    assert application.answers.count() == 1  # nothing else is lost


def test_script_gets_the_sentence_as_data():
    answer = upload(make.application(), "a.pdf", b"", accept="application/json")
    assert (answer.status_code, answer.json()["error"]) == (422, "This file is empty. Choose another one.")


def test_no_more_files_than_five():
    application = make.application()
    for number in range(files.FILES_EACH):
        upload(application, f"{number}.pdf")
    assert "The limit: 5." in upload(application).content.decode()
    assert Attachment.objects.count() == files.FILES_EACH


def test_file_for_a_question_that_takes_text_is_refused():
    application = make.application()
    with pytest.raises(Denied) as denied:
        files.attach(
            application=application,
            question=make.question(application.call, "title"),
            upload=SimpleUploadedFile("a.pdf", PDF),
            by=application.lead,
            at=make.NOW,
        )
    assert denied.value.refusal.code == "wrong_shape"


def test_question_of_another_call_is_not_there():
    application, other = make.application(), make.call("teen-lab")
    url = reverse("applications:attach", args=(application.code, make.question(other, "script").pk))
    answer = client_of(application.lead).post(url, {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert answer.status_code == 404


def test_removed_file_leaves_the_draft_and_stays_in_what_was_sent():
    application = make.complete()
    upload(application)
    kept = Attachment.objects.get()
    submission.submit(application=application, by=application.lead, at=make.NOW)
    application.refresh_from_db()
    sent = application.snapshots.get().content
    assert sent["sections"][1]["questions"][4]["files"][0]["sha256"] == kept.file.sha256
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    visitor = client_of(application.lead)
    for _ in range(2):
        visitor.post(reverse("applications:detach", args=(application.code, kept.file.code)))
    assert "script.pdf" not in visitor.get(section(application)).content.decode()
    assert Entry.objects.filter(verb="detached").count() == 1
    given = visitor.get(reverse("applications:download", args=(application.code, kept.file.code)))
    assert given.status_code == 200
    given.close()


def test_removed_file_of_a_draft_is_gone():
    application = make.application()
    upload(application)
    code = Attachment.objects.get().file.code
    visitor = client_of(application.lead)
    visitor.post(reverse("applications:detach", args=(application.code, code)))
    assert visitor.get(reverse("applications:download", args=(application.code, code))).status_code == 404


def test_file_is_given_to_its_team_and_nobody_else():
    mine, theirs = make.application(), make.application(make.call("teen-lab"), make.person("Farrukh"))
    upload(mine)
    code = Attachment.objects.get().file.code
    farrukh = client_of(theirs.lead)
    assert farrukh.get(reverse("applications:download", args=(mine.code, code))).status_code == 404
    assert farrukh.get(reverse("applications:download", args=(theirs.code, code))).status_code == 404
    make.member(mine)
    given = client_of(make.person("Azamat")).get(reverse("applications:download", args=(mine.code, code)))
    assert given.status_code == 200
    given.close()


def test_no_file_after_the_close(now):
    application = make.application()
    now.move_to(make.CLOSES.replace(year=2027), tick=False)
    assert "This call has closed." in upload(application).content.decode()
    assert Attachment.objects.count() == 0


def test_removed_file_goes_from_the_disk_a_week_later_unless_it_was_sent(now, django_capture_on_commit_callbacks):
    from datetime import timedelta
    from pathlib import Path

    from kinolab.applications import jobs
    from kinolab.foundation.files.models import StoredFile

    application = make.complete()
    upload(application, "sent.pdf")
    submission.submit(application=application, by=application.lead, at=make.NOW)
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    now.move_to(make.NOW + timedelta(minutes=1), tick=False)
    upload(application, "never.pdf")
    upload(application, "there.pdf")
    sent, never, there = Attachment.objects.order_by("pk")
    for one in (sent, never):
        files.detach(attachment=one, by=application.lead, at=make.NOW + timedelta(minutes=2))
    gone = Path(never.file.blob.path)
    now.move_to(make.NOW + timedelta(days=7), tick=False)
    assert (jobs.forget_removed.call(), gone.exists()) == (0, True)
    now.move_to(make.NOW + timedelta(days=7, minutes=3), tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        assert [jobs.forget_removed.call() for _ in range(2)] == [1, 0]

    assert not gone.exists()
    assert sorted(StoredFile.objects.values_list("name", flat=True)) == ["sent.pdf", "there.pdf"]
    assert all(Path(one.file.blob.path).exists() for one in (sent, there))
