"""Each person's own part: asked of them alone, written by them alone, signed, and sent in its place."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinolab.applications.access import get_application
from kinolab.applications.actions import draft, signing, submission, team
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.domain.parts import digest
from kinolab.applications.models import Answer, Application, Signature, TeamMember
from kinolab.applications.queries import facts, snapshot
from kinolab.applications.queries.dossier import dossier, field_name
from kinolab.applications.queries.sent import sent_dossier
from kinolab.calls.actions import correcting
from kinolab.calls.models import Call
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.foundation.questions.models import Question, Section
from kinolab.foundation.refusals import Denied, Refusal
from tests import kit
from tests.factories import applications as make
from tests.factories import labs

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
BOTH = {"meerim": "Менин сөзүм", "azamat": "Моё слово"}


def call(**fields: Any) -> Call:
    """A call that asks each for a statement, and the director for a passport number."""
    made = make.call(**fields)
    section = Section.objects.create(form=made.form, order=9, key="people", title={"en": "People"})
    Question.objects.create(
        section=section, order=1, key="word", kind="text", label={"en": "Why you"}, asked_of="each", fact="person.word"
    )
    Question.objects.create(
        section=section, order=2, key="passport", kind="text", label={"en": "Passport"}, asked_of="director",
        required=False, pii_level=3,
    )  # fmt: skip
    return made


def pair(**fields: Any) -> tuple[Application, Person, Person]:
    """A draft of Meerim, who directs, and Azamat, who produces; the team's answers are whole."""
    application = make.complete(call(**fields))
    make.member(application)
    return fresh(application), make.person("Meerim"), make.person("Azamat")


def fresh(application: Application) -> Application:
    return get_application(application.lead, application.code)


def say(application: Application, by: Person, text: str, key: str = "word", version: int = 0) -> None:
    draft.save_answer(
        application=fresh(application), question=make.question(application.call, key), value=text, version=version,
        by=by, at=make.NOW,
    )  # fmt: skip


def sum_of(application: Application, who: Person) -> str:
    whole = dossier(fresh(application))
    part = next(one for one in whole.parts if one.member.person_id == who.pk)
    return part.sum


def sign(application: Application, who: Person, at: Any = make.NOW, seen: str = "") -> Signature:
    return signing.sign(application=fresh(application), seen=seen or sum_of(application, who), by=who, at=at)


def missing(application: Application) -> list[tuple[str, str]]:
    """Codes of what is missing in own parts, with whose."""
    whole = dossier(fresh(application))
    names = {part.member.pk: part.member.name for part in whole.parts}
    return [(one.refusal.code, names[int(one.where.partition("@")[2])]) for one in whole.missing if "@" in one.where]


# --- Writing ---------------------------------------------------------------------------------------------------------
def test_each_answers_alone_and_the_dossier_waits_for_both():
    application, meerim, azamat = pair()
    assert missing(application) == [("required_missing", "Meerim"), ("required_missing", "Azamat")]

    say(application, meerim, BOTH["meerim"])
    say(application, azamat, BOTH["azamat"])

    rows = Answer.objects.filter(question__key="word").order_by("pk")
    assert [(one.member.person, one.value) for one in rows] == [(meerim, BOTH["meerim"]), (azamat, BOTH["azamat"])]
    assert missing(application) == []


def test_question_to_a_role_is_asked_of_nobody_else():
    application, _meerim, azamat = pair()

    with pytest.raises(Denied) as denied:
        say(application, azamat, "AN 123", key="passport")

    assert denied.value.refusal == Refusal("not_asked_of_you")


def test_own_answer_keeps_versions_like_any_other_and_the_record_keeps_no_text_of_it():
    application, meerim, _azamat = pair()
    say(application, meerim, "AN 1", key="passport")
    with pytest.raises(Denied) as denied:
        say(application, meerim, "AN 2", key="passport", version=0)
    draft.save_answer(
        application=fresh(application), question=make.question(application.call, "passport"), value="AN 3", version=1,
        by=meerim, at=make.NOW + timedelta(hours=1),
    )  # fmt: skip

    assert denied.value.refusal.code == "changed_meanwhile"
    assert [(one.before, one.after) for one in Entry.objects.filter(verb="answered")] == [
        (None, {"question": "passport"})
    ]


def test_somebody_invited_is_not_waited_for():
    application = make.complete(call())
    make.member(application, state=MemberState.INVITED)
    say(application, application.lead, "Мен")

    assert missing(application) == []


def test_facts_of_an_own_part_speak_of_its_person():
    application, _meerim, azamat = pair()
    say(application, azamat, "Моё")

    people = facts.facts(dossier(fresh(application))).people

    assert [person.values.get("word") for person in people] == [None, "Моё"]


# --- The page --------------------------------------------------------------------------------------------------------
def test_others_see_that_it_is_done_and_nothing_personal(client_as):
    application, meerim, azamat = pair(signatures="later")
    say(application, meerim, "Мен билем", key="word")
    say(application, meerim, "AN 123", key="passport")
    page = reverse("applications:part", args=(application.code,))

    theirs = client_as(azamat).get(page).content.decode()
    mine = client_as(meerim).get(page).content.decode()

    assert ("Мен билем" in theirs, "AN 123" in theirs, "Answered: 2 of 2" in theirs) == (True, False, True)
    assert "AN 123" in mine
    assert "1 answer is personal" in theirs


def test_file_of_a_personal_question_is_its_persons_alone(client_as):
    application, meerim, azamat = pair()
    Question.objects.filter(key="passport").update(kind="file")

    address = reverse("applications:attach", args=(application.code, make.question(application.call, "passport").pk))
    client_as(meerim).post(address, {"file": SimpleUploadedFile("id.pdf", PDF)})
    attachment = application.attachments.get()
    download = reverse("applications:download", args=(application.code, attachment.file.code))
    detach = reverse("applications:detach", args=(application.code, attachment.file.code))

    assert attachment.member.person == meerim
    assert client_as(azamat).post(address, {"file": SimpleUploadedFile("id.pdf", PDF)}).status_code == 422
    assert client_as(azamat).get(download).status_code == 404
    assert client_as(azamat).post(detach).status_code == 404
    response = client_as(meerim).get(download)
    assert response.status_code == 200
    kit.shut(response)


def test_own_part_without_a_script_saves_and_comes_back(client_as):
    application, meerim, _azamat = pair()
    page = reverse("applications:part", args=(application.code,))
    name = field_name(make.question(application.call, "word"))

    answer = client_as(meerim).post(page, {name: "Жаздым", f"{name}-version": "0", f"{name}-shown": "1"})

    assert (answer.status_code, Answer.objects.get(question__key="word").value) == (302, "Жаздым")


def test_script_saves_an_own_answer_at_the_same_address(client_as):
    application, meerim, azamat = pair()
    name = field_name(make.question(application.call, "passport"))
    save, told = reverse("applications:save", args=(application.code,)), {"Accept": "application/json"}

    mine = client_as(meerim).post(save, {"field": name, "version": "0", "value": "AN"}, headers=told)
    theirs = client_as(azamat).post(save, {"field": name, "version": "0", "value": "AN"}, headers=told)

    assert (mine.status_code, mine.json()["version"], theirs.status_code) == (200, 1, 403)


def test_page_costs_the_same_for_one_and_for_three(client_as):
    application = make.complete(call(team_max=6, roles=[]))
    page, visitor = reverse("applications:part", args=(application.code,)), client_as(application.lead)
    others = iter(("Azamat", "Timur", "Aigul"))

    kit.same_cost(lambda: visitor.get(page), lambda: make.member(application, make.person(next(others)), role=""))


# --- When it is asked ------------------------------------------------------------------------------------------------
def asks_also(made: Call, key: str, **fields: Any) -> Question:
    section = Section.objects.get(form=made.form, key="people")
    order = section.questions.count() + 1
    return Question.objects.create(section=section, order=order, key=key, label={"en": key}, asked_of="each", **fields)


def test_own_question_shows_by_what_the_team_says_and_by_what_its_person_says(client_as):
    application, meerim, azamat = pair()
    asks_also(application.call, "visa", kind="text", shown_if={"question": "country", "is": ["KG"]})
    asks_also(application.call, "more", kind="text", shown_if={"question": "word", "is": ["more"]})
    assert sorted(missing(application)) == [
        ("required_missing", who) for who in ("Azamat", "Azamat", "Meerim", "Meerim")
    ]
    for who, text in ((meerim, "more"), (azamat, "enough")):
        say(application, who, text)
        say(application, who, "no", key="visa")
    assert missing(application) == [("required_missing", "Meerim")]

    page = client_as(azamat).get(reverse("applications:part", args=(application.code,)))
    shown = [(one.question.key, one.is_shown, one.shows) for one in page.context["fields"]]
    word = field_name(make.question(application.call, "word"))
    assert shown == [
        ("word", True, ""), ("visa", True, ""), ("more", False, f'{{"field": "{word}", "is": ["more"]}}'),
    ]  # fmt: skip

    say(application, meerim, "now", key="more")
    sent = submission.submit(application=fresh(application), by=meerim, at=make.NOW).content["sections"][-1][
        "questions"
    ]
    assert [(one["key"], one["by"]) for one in sent if one["key"] == "more"] == [("more", "Meerim")]


def test_what_a_personal_answer_lets_show_tells_the_others_nothing(client_as):
    application, meerim, azamat = pair()
    limits = [{"unit": "words", "maximum": 1}]
    asks_also(application.call, "needs", kind="text", pii_level=3)
    asks_also(
        application.call, "which", kind="text", pii_level=3, required=False, limits=limits,
        shown_if={"question": "needs", "is": ["yes"]},
    )  # fmt: skip
    pages, visitor = [], client_as(azamat)
    for version, text in enumerate(("no", "yes")):
        say(application, meerim, text, key="needs", version=version)
        page = visitor.get(reverse("applications:part", args=(application.code,))).content.decode()
        pages.append(page.partition('aria-labelledby="others-t"')[2])
    say(application, meerim, "two words", key="which")

    assert pages[0] == pages[1]
    assert ("own_part_unready", "Meerim") in missing(application)
    assert "which" not in visitor.get(reverse("applications:edit", args=(application.code,))).content.decode()


# --- Signing ---------------------------------------------------------------------------------------------------------
def test_signature_names_what_was_signed_and_a_change_asks_for_another():
    application, meerim, _azamat = pair(signatures="before")
    say(application, meerim, "Биринчи")

    first = sign(application, meerim)
    assert (first.version, first.sha256, first.name) == (1, sum_of(application, meerim), "Meerim")
    assert sign(application, meerim).pk == first.pk  # twice changes nothing

    say(application, meerim, "Экинчи", version=1)
    assert ("signature_old", "Meerim") in missing(application)
    assert sign(application, meerim).version == 2
    assert [one.after["version"] for one in Entry.objects.filter(verb="signed").order_by("pk")] == [1, 2]
    assert Letter.objects.filter(kind="signed", person=meerim).count() == 2


def test_corrected_form_asks_for_another_signature_only_where_it_corrects_what_was_signed():
    application, meerim, _azamat = pair(signatures="before")
    aigul = labs.person("Aigul")
    labs.membership(aigul, organisation=application.call.edition.programme.organisation)
    say(application, meerim, "Сөз")
    sign(application, meerim)

    def correct(key: str) -> None:
        coming = correcting.begin(call=application.call, by=aigul, at=make.NOW)
        Question.objects.filter(section__form=coming, key=key).update(label={"en": "Another question"})
        correcting.put_into_force(call=application.call, by=aigul, at=make.NOW)
        application.call.refresh_from_db()

    correct("logline")
    assert ("signature_old", "Meerim") not in missing(application)
    correct("word")
    assert ("signature_old", "Meerim") in missing(application)


def test_signature_of_the_first_kind_still_counts():
    application, meerim, _azamat = pair(signatures="before")
    say(application, meerim, "Сөз")
    signature = sign(application, meerim)
    part = next(one for one in dossier(fresh(application)).parts if one.member.person_id == meerim.pk)
    told = {str(one.pk): part.value(one) for one in part.questions}
    Signature.objects.filter(pk=signature.pk).update(sha256=digest(part.content | {"answers": told}))

    assert ("signature_old", "Meerim") not in missing(application)


def test_nothing_is_signed_that_was_not_seen_nor_half_a_part():
    application, meerim, azamat = pair(signatures="before")
    say(application, meerim, "Биринчи")
    seen = sum_of(application, meerim)
    say(application, meerim, "Экинчи", version=1)

    refused = []
    for who, known in ((meerim, seen), (azamat, "")):
        with pytest.raises(Denied) as denied:
            sign(application, who, seen=known)
        refused.append(denied.value.refusal)

    assert refused == [Refusal("part_changed"), Refusal("part_incomplete", {"count": 1})]


def test_call_that_asks_for_no_signature_takes_none():
    application, meerim, _azamat = pair()

    with pytest.raises(Denied) as denied:
        sign(application, meerim)

    assert denied.value.refusal == Refusal("signing_not_asked")


def test_sending_waits_for_every_signature_where_the_call_says_so():
    application, meerim, azamat = pair(signatures="before")
    for who in (meerim, azamat):
        say(application, who, "Сөз")
    sign(application, meerim)

    with pytest.raises(Denied) as denied:
        submission.submit(application=fresh(application), by=meerim, at=make.NOW)
    sign(application, azamat)
    sent = submission.submit(application=fresh(application), by=meerim, at=make.NOW)

    assert denied.value.refusal == Refusal("incomplete", {"count": 1})
    assert [one["signature"]["version"] for one in sent.content["team"]] == [1, 1]


def test_signature_given_later_makes_another_version_with_the_same_texts(now):
    application, meerim, azamat = pair(signatures="later")
    for who in (meerim, azamat):
        say(application, who, "Сөз")
    first = submission.submit(application=fresh(application), by=meerim, at=make.NOW)
    late = make.CLOSES + timedelta(days=2)
    now.move_to(late)

    sign(application, azamat, at=late)

    last = application.snapshots.last()
    signed = {one["name"]: "signature" in one for one in last.content["team"]}
    assert (last.version, last.taken_by, signed) == (2, azamat, {"Meerim": False, "Azamat": True})
    assert last.content["sections"] == first.content["sections"]
    assert snapshot.digest(last.content) == last.sha256


# --- What is sent ----------------------------------------------------------------------------------------------------
def test_own_answers_are_sent_in_their_place_with_their_person():
    application, meerim, azamat = pair()
    for who, text in ((meerim, BOTH["meerim"]), (azamat, BOTH["azamat"])):
        say(application, who, text)
    sent = submission.submit(application=fresh(application), by=meerim, at=make.NOW)

    shown = snapshot.shown_sections(sent.content)[-1]
    assert [(str(one.label), one.by, one.by_role, list(one.lines)) for one in shown.answers] == [
        ("Why you", "Meerim", "director", [BOTH["meerim"]]),
        ("Why you", "Azamat", "producer", [BOTH["azamat"]]),
        ("Passport", "Meerim", "director", []),
    ]
    again = sent_dossier(fresh(application))
    assert [part.value(make.question(application.call, "word")) for part in again.parts] == list(BOTH.values())


def test_whoever_joins_after_the_close_gives_their_part_alone(now):
    application = make.complete(call())
    say(application, application.lead, "Мен")
    part = make.member(application, state=MemberState.INVITED)
    submission.submit(application=fresh(application), by=application.lead, at=make.NOW)
    late, azamat = make.CLOSES + timedelta(days=1), make.person("Azamat")
    now.move_to(late)
    team.accept(part=TeamMember.objects.get(pk=part.pk), by=azamat, at=late)

    with pytest.raises(Denied) as denied:
        draft.save_answer(
            application=fresh(application), question=make.question(application.call, "title"), value="Башка",
            version=1, by=azamat, at=late,
        )  # fmt: skip
    draft.save_answer(
        application=fresh(application), question=make.question(application.call, "word"), value="Кечиктим", version=0,
        by=azamat, at=late,
    )  # fmt: skip
    signing.hand_in(application=fresh(application), seen=sum_of(application, azamat), by=azamat, at=late)

    last = application.snapshots.last()
    assert denied.value.refusal.code == "past_deadline"
    assert [(one.by, list(one.lines)) for one in snapshot.shown_sections(last.content)[-1].answers][:2] == [
        ("Meerim", ["Мен"]), ("Azamat", ["Кечиктим"]),
    ]  # fmt: skip
    assert [(one["name"], one["state"]) for one in last.content["team"]] == [
        ("Meerim", "joined"), ("Azamat", "joined"),
    ]  # fmt: skip


def test_whoever_was_there_when_it_was_sent_hands_nothing_in_later():
    application, meerim, azamat = pair()
    for who in (meerim, azamat):
        say(application, who, "Сөз")
    submission.submit(application=fresh(application), by=meerim, at=make.NOW)

    with pytest.raises(Denied) as denied:
        signing.hand_in(application=fresh(application), seen=sum_of(application, azamat), by=azamat, at=make.NOW)

    assert denied.value.refusal == Refusal("goes_with_the_application")
