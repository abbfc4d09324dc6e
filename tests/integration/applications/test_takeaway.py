"""Everything that is theirs in one archive: what a member of a team takes away, and what stays with the others."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.applications.actions import files, submission
from kinolab.applications.models import Attachment
from kinolab.foundation.files.archives import EARLIEST, Entry, zipped
from kinolab.foundation.mail import jobs as mail_jobs
from tests.factories import applications as make
from tests.kit import client_of, shut

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def address(application):
    return reverse("applications:everything", args=(application.code,))


def taken(application, by=None, language="en"):
    where = address(application).replace("/en/", f"/{language}/")
    answer = client_of(by or application.lead).get(where)
    try:
        return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    finally:
        shut(answer)


def attach(application, name="сценарий.pdf"):
    return files.attach(
        application=application,
        question=make.question(application.call, "script"),
        upload=SimpleUploadedFile(name, PDF),
        by=application.lead,
        at=make.NOW,
    )


def test_archive_holds_answers_what_was_sent_files_and_letters(now):
    application = make.complete(title="Суу бөлгүч")
    attach(application)
    submission.submit(application=application, by=application.lead, at=make.NOW)
    mail_jobs.send_due.call()
    archive = taken(application)

    assert archive.testzip() is None
    assert archive.namelist() == [
        "answers.html", "answers.json", "sent/1.json", "sent/1.pdf", "files/script/сценарий.pdf", "letters/001.txt",
    ]  # fmt: skip
    assert archive.read("files/script/сценарий.pdf") == PDF
    assert archive.read("sent/1.pdf").startswith(b"%PDF-")
    sent = client_of(application.lead).get(reverse("applications:snapshot_json", args=(application.code, 1)))
    assert archive.read("sent/1.json") == sent.content
    html = archive.read("answers.html").decode()
    assert "<h3>Title</h3>" in html
    assert '<p lang="en">Суу бөлгүч</p>' in html
    answers = json.loads(archive.read("answers.json"))
    assert answers["sections"][0]["questions"][0]["value"] == "Суу бөлгүч"
    assert "Суу бөлгүч" in archive.read("letters/001.txt").decode()


def test_archive_speaks_the_language_of_the_page():
    application = make.application(title="Суу")
    assert '<html lang="ru">' in taken(application, language="ru").read("answers.html").decode()


def test_draft_with_nothing_in_it_can_be_taken_away_too():
    assert taken(make.application()).namelist() == ["answers.html", "answers.json"]


def test_removed_file_is_there_if_it_was_sent_and_else_not(now):
    application = make.complete()
    sent, never = attach(application, "a.pdf"), attach(application, "b.pdf")
    files.detach(attachment=never, by=application.lead, at=make.NOW)
    submission.submit(application=application, by=application.lead, at=make.NOW)
    submission.reopen(application=application, by=application.lead, at=make.NOW)
    files.detach(attachment=Attachment.objects.get(pk=sent.pk), by=application.lead, at=make.NOW)
    names = taken(application).namelist()
    assert [name for name in names if name.startswith("files/")] == ["files/script/a.pdf"]


def test_files_of_one_name_are_both_there():
    application = make.application()
    attach(application, "a.pdf")
    attach(application, "A.pdf")
    assert taken(application).namelist()[2:] == ["files/script/a.pdf", "files/script/A (2).pdf"]


def test_others_own_parts_and_letters_stay_with_them(now):
    application = make.complete()
    lead = application.members.get(is_lead=True)
    lead.residence, lead.birth_date, lead.about = "KG", "1990-05-05", "Менин өмүр баяным"
    lead.save()
    make.member(application)
    mail_jobs.send_due.call()
    azamat = make.person("Azamat")
    theirs = taken(application, azamat)
    text = b"".join(theirs.read(name) for name in theirs.namelist()).decode()
    mine = json.loads(taken(application).read("answers.json"))

    assert "1990-05-05" not in text
    assert "Менин өмүр баяным" not in text
    assert "meerim@example.org" not in theirs.read("answers.json").decode()
    assert {one["name"] for one in json.loads(theirs.read("answers.json"))["team"]} == {"Meerim", "Azamat"}
    assert next(one for one in mine["team"] if one["is_lead"])["birth_date"] == "1990-05-05"


@pytest.mark.parametrize("who", ["Farrukh", "Left"])
def test_nobody_else_takes_it_away(who):
    from kinolab.applications.domain.lifecycle import MemberState

    application = make.application()
    make.member(application, make.person("Left"), state=MemberState.REMOVED)
    assert client_of(make.person(who)).get(address(application)).status_code == 404


def test_archive_leaves_while_it_is_made():
    read: list[int] = []

    def pieces():
        for number in range(4):
            read.append(number)
            yield bytes([number]) * 1_000_000

    made = zipped(
        [Entry("a", pieces(), datetime(1970, 1, 1, tzinfo=UTC)), Entry("b.txt", [b"x" * 9000], make.NOW, packed=True)]
    )
    first = next(made)
    assert (len(read), len(first) < 1_100_000) == (1, True)
    whole = first + b"".join(made)
    archive = zipfile.ZipFile(io.BytesIO(whole))
    assert archive.testzip() is None
    assert (archive.getinfo("a").file_size, archive.getinfo("a").date_time) == (4_000_000, EARLIEST)
    assert archive.getinfo("b.txt").compress_size < 100
