"""Letters to chosen teams: who gets what in which language, that two who write lose nothing, that it is sent once."""

import pytest
from django.db import IntegrityError

from kinolab.applications.actions import hiding
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import TeamMember
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.mail import jobs as mail_jobs
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Permission, Role
from kinolab.selection.actions import team_letters as actions
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.domain.team_letters import Whom
from kinolab.selection.models import TeamLetter
from kinolab.selection.queries import team_letters as queries
from tests.factories import applications
from tests.factories import selection as make

SUBJECT = {"en": "Q&A for {title}"}
BODY = {"en": "Dear {name},\n\nthe Q&A is on Thursday."}


def begin(call, *films, by=None):
    return actions.begin(edition=call.edition, applications=films, by=by or make.owner(call), at=make.NOW)


def save(letter, *, subject=SUBJECT, body=BODY, whom=Whom.EVERYBODY, seen=None, by=None):
    actions.save(
        letter=letter, subject=subject, body=body, whom=whom, seen=letter.version if seen is None else seen,
        by=by or make.owner(letter.edition.call), at=make.NOW,
    )  # fmt: skip
    return again(letter)


def again(letter):
    found = TeamLetter.objects.get(pk=letter.pk)
    found.edition = letter.edition
    return found


def written(call, *films, **more):
    return save(begin(call, *films), **more)


def post(letter, by=None):
    return queries.post(by or make.owner(letter.edition.call), letter)


def send(letter, *, by=None, seen=None, held_back=False):
    by = by or make.owner(letter.edition.call)
    return actions.send(
        letter=letter, seen=post(letter, by).seen if seen is None else seen, by=by, at=make.NOW, held_back=held_back
    )


def refusal_of(work):
    with pytest.raises(Denied) as denied:
        work()
    return denied.value.refusal


def left_out(found):
    return [(one.name, one.why.code) for one in found.left_out]


def names(found):
    return [one.member.person.name for one in found.going]


# --- The draft -------------------------------------------------------------------------------------------------------
def test_begin_when_nothing_was_written_yet_takes_the_same_draft_to_other_teams(call):
    one, other = make.sent(call), make.sent(call, "Gulnara")
    letter = begin(call, one)
    assert begin(call, other) == letter
    assert list(letter.applications.all()) == [other]
    save(letter)
    assert begin(call, one) != letter
    assert [entry.after for entry in Entry.objects.filter(verb="began_team_letter")] == [{"applications": 1}] * 3


def test_begin_when_nobody_is_chosen_is_refused(call):
    assert refusal_of(lambda: begin(call)) == Refusal("nobody_chosen_to_write_to")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.JUROR, Role.SCREENER])
def test_letter_when_the_role_does_not_send_letters_is_refused_at_every_step(call, role):
    letter, by = written(call, film := make.sent(call)), make.staff(call, "Bakyt", role)
    not_permitted = Refusal("not_permitted", {"permission": Permission.ANNOUNCE})
    at = {"letter": letter, "by": by, "at": make.NOW}
    for work in (
        lambda: begin(call, film, by=by),
        lambda: save(letter, by=by),
        lambda: send(letter, by=by),
        lambda: actions.leave_out(application=film, **at),
        lambda: actions.discard(**at),
        lambda: actions.let_go(**at),
    ):
        assert refusal_of(work) == not_permitted
    assert not Letter.objects.filter(kind=queries.KIND).exists()


def test_letter_when_the_call_is_sealed_is_refused(call):
    letter = written(call, make.sent(call))
    call.sealed_until = make.NOW.replace(year=2027)
    call.sealed = True
    call.save()
    letter.edition.refresh_from_db()
    assert refusal_of(lambda: send(letter)).code == "sealed"
    assert (post(letter).going, post(letter).audience.hidden) == ([], 1)


def test_save_when_written_keeps_each_language_and_the_record(call):
    letter = written(
        call, make.sent(call), subject={"en": " Q&A\n", "ru": ""}, body={"en": "Thursday\n", "ky": "Бейшемби"}
    )
    assert (letter.subject, letter.body) == (Text({"en": "Q&A"}), Text({"en": "Thursday", "ky": "Бейшемби"}))
    assert queries.written_in(letter) == ["en"]
    entry = Entry.objects.get(verb="wrote_team_letter")
    assert entry.after == {"subject": {"en": "Q&A"}, "body": {"en": "Thursday", "ky": "Бейшемби"}, "whom": "everybody"}


def test_save_when_nothing_changes_leaves_no_trace(call):
    letter = written(call, make.sent(call))
    assert save(letter).version == letter.version
    assert Entry.objects.filter(verb="wrote_team_letter").count() == 1


def test_save_when_somebody_else_wrote_meanwhile_is_refused(call):
    letter, other = begin(call, make.sent(call)), make.staff(call, "Dinara", Role.LEAD)
    seen = letter.version
    save(letter, body={"en": "Of Dinara"}, seen=seen, by=other)
    assert refusal_of(lambda: save(letter, seen=seen)) == Refusal("letter_changed")
    assert again(letter).body == Text({"en": "Of Dinara"})


def test_save_when_a_placeholder_is_unknown_is_refused(call):
    letter = begin(call, make.sent(call))
    refused = refusal_of(lambda: save(letter, body={"en": "Dear {nmae}"}))
    assert refused == Refusal("unknown_placeholder", {"placeholder": "{nmae}"})


def test_discard_when_a_draft_is_thrown_away_nothing_more_can_be_done_with_it(call):
    letter = written(call, make.sent(call))
    actions.discard(letter=letter, by=make.owner(call), at=make.NOW)
    assert not TeamLetter.objects.exists()
    assert refusal_of(lambda: send(letter, seen="")) == Refusal("team_letter_gone")


# --- Whom, and in which language -------------------------------------------------------------------------------------
def test_post_when_languages_are_missing_goes_in_one_that_is_understood(call):
    film = make.sent(call, "Meerim", make.azamat(), applications.person("Nurlan", language="kk"))
    letter = written(call, film, subject={"en": "E", "ky": "K"}, body={"en": "English", "ky": "Кыргызча"})
    going = {one.member.person.name: (one.language, one.in_own_language, one.body) for one in post(letter).going}
    assert going == {
        "Meerim": ("en", True, "English"),
        "Azamat": ("en", False, "English"),
        "Nurlan": ("en", False, "English"),
    }
    rows = queries.languages(letter, post(letter).audience)
    assert [(one.tag, one.readers, one.is_written, one.instead) for one in rows] == [
        ("ky", 0, True, "ky"), ("ru", 1, False, "en"), ("en", 1, True, "en"), ("kk", 1, False, "en"),
    ]  # fmt: skip


def test_post_when_rendered_fills_every_placeholder_and_defuses_what_teams_typed(call):
    film = make.sent(call, title="Win at https://evil.example/now")
    text = "{name}|{title}|{number}|{edition}|{closes}|{page}|{contact}"
    one = post(written(call, film, subject={"en": "{title}"}, body={"en": text})).going[0]
    name, title, number, edition, closes, page, contact = one.body.split("|")
    assert "evil.example" not in one.subject + title
    assert (name, number, edition) == ("Meerim", str(film.number), "Impact Lab 2026")
    assert closes.startswith("11 September 2026") and contact == "lab@example.org"
    assert page.endswith(f"/en/my/applications/{film.code}/")


def test_post_when_a_piece_is_in_another_language_says_so(call):
    film = make.sent(call)
    film.lead.language = "kk"
    film.lead.save()
    letter = written(call, film, subject={"kk": "Кездесу"}, body={"kk": "{edition}, бейсенбі"})
    assert [(one.body, one.pieces) for one in post(letter).going] == [
        ("Импакт-лаб 2026, бейсенбі", [["ru", "Импакт-лаб 2026"]])
    ]
    send(letter)
    assert Letter.objects.get(kind=queries.KIND).pieces == [["ru", "Импакт-лаб 2026"]]


def test_post_when_somebody_has_not_said_their_name_calls_them_by_their_address(call):
    film = make.sent(call)
    film.members.update(name="")
    type(film.lead).objects.filter(pk=film.lead_id).update(name="")
    one = post(written(call, film)).going[0]
    assert one.body.startswith("Dear meerim@")


def test_post_when_some_of_the_team_cannot_be_written_to_says_why(call):
    film = make.sent(call, "Meerim", make.azamat(), applications.person("Nurlan"), applications.person("Erlan"))
    away = film.members
    away.filter(person__name="Azamat").update(state=MemberState.REMOVED)
    away.filter(person__name="Nurlan").update(state=MemberState.INVITED)
    erlan = away.get(person__name="Erlan").person
    erlan.is_active = False
    erlan.save()
    found = post(written(call, film))
    assert names(found) == ["Meerim"]
    assert sorted(left_out(found)) == [
        ("Azamat", "has_left_team"), ("Erlan", "has_no_address"), ("Nurlan", "has_not_joined"),
    ]  # fmt: skip


def test_post_when_somebody_left_and_came_back_writes_to_them_once(call):
    film = make.sent(call, "Meerim", azamat := make.azamat())
    TeamMember.objects.create(
        application=film,
        person=azamat,
        email=azamat.email,
        state=MemberState.REMOVED,
        role="writer",
        invited_at=make.NOW,
    )
    found = post(written(call, film))
    assert (names(found), left_out(found)) == (["Meerim", "Azamat"], [])


def test_post_when_only_the_lead_is_meant_writes_to_nobody_else(call):
    found = post(written(call, make.sent(call, "Meerim", make.azamat()), whom=Whom.LEAD))
    assert (names(found), left_out(found)) == (["Meerim"], [])


def test_post_when_somebody_is_in_two_teams_says_the_same_once(call):
    azamat = make.azamat()
    films = make.sent(call, "Meerim", azamat), make.sent(call, "Gulnara", azamat)
    letter = written(call, *films, subject={"en": "Q&A"}, body={"en": "Thursday"})
    assert (names(post(letter)), left_out(post(letter))) == (
        ["Meerim", "Azamat", "Gulnara"], [("Azamat", "has_it_already")],
    )  # fmt: skip
    assert len(post(save(letter, body={"en": "{title}"})).going) == 4


def test_post_when_a_conflict_hides_a_team_leaves_it_out_and_tells_only_how_many(call):
    films = make.sent(call, "Meerim"), make.sent(call, "Gulnara")
    letter, other = written(call, *films), make.staff(call, "Dinara", Role.LEAD)
    hiding.hide(application=films[1], person=make.owner(call), reason="declared", at=make.NOW)
    assert (names(post(letter)), post(letter).audience.hidden) == (["Meerim"], 1)
    assert names(post(letter, other)) == ["Meerim", "Gulnara"]
    assert send(letter) == 1
    assert [one.person.name for one in queries.in_outbox(other, letter)] == ["Meerim"]


def test_letters_in_the_outbox_when_a_conflict_is_declared_later_are_hidden(call):
    letter = written(call, *(films := (make.sent(call, "Meerim"), make.sent(call, "Gulnara"))))
    send(letter)
    hiding.hide(application=films[1], person=make.owner(call), reason="declared", at=make.NOW)
    assert [one.person.name for one in queries.in_outbox(make.owner(call), letter)] == ["Meerim"]


# --- Sent, once ------------------------------------------------------------------------------------------------------
def test_send_when_looked_through_writes_each_letter_and_the_record(call, mailoutbox):
    films = make.sent(call, "Meerim", make.azamat()), make.sent(call, "Gulnara")
    letter = written(call, *films)
    assert send(letter) == 3
    letters = Letter.objects.filter(kind=queries.KIND).order_by("pk")
    assert [(one.person.name, one.state, one.scope) for one in letters] == [
        (name, "waiting", call.edition.scope) for name in ("Meerim", "Azamat", "Gulnara")
    ]
    sent = again(letter)
    assert (sent.state, sent.letters, sent.sent_at) == ("sent", 3, make.NOW)
    assert Entry.objects.get(verb="sent_team_letter").after == {"letters": 3, "applications": 2}
    told = Entry.objects.filter(verb="wrote_to_team").order_by("pk")
    assert [(one.key, one.after) for one in told] == [
        (str(films[0].pk), {"letters": 2}), (str(films[1].pk), {"letters": 1}),
    ]  # fmt: skip
    mail_jobs.send_due.func()
    arrived = [one for one in mailoutbox if one.subject.startswith("Q&A for")]
    assert [one.to for one in arrived] == [["meerim@example.org"], ["azamat@example.org"], ["gulnara@example.org"]]
    assert "Dear Azamat,\n\nthe Q&A is on Thursday." in arrived[1].body


def test_send_when_pressed_twice_sends_nothing_twice(call):
    letter = written(call, make.sent(call))
    seen = post(letter).seen
    send(letter)
    assert refusal_of(lambda: send(letter, seen=seen)) == Refusal("team_letter_sent")
    assert Letter.objects.filter(kind=queries.KIND).count() == 1
    assert refusal_of(lambda: save(again(letter))) == Refusal("team_letter_sent")
    assert (
        refusal_of(lambda: actions.discard(letter=letter, by=make.owner(call), at=make.NOW)).code == "team_letter_sent"
    )


def test_send_when_it_breaks_half_way_has_sent_nothing_and_can_be_sent(call, monkeypatch):
    letter = written(call, make.sent(call, "Meerim", make.azamat()))

    def broken(*_given, **_more):
        raise IntegrityError

    with monkeypatch.context() as breaking:
        breaking.setattr(actions.audit, "record_each", broken)
        with pytest.raises(IntegrityError):
            send(letter)
    assert not Letter.objects.filter(kind=queries.KIND).exists()
    assert send(again(letter)) == 2


def test_send_when_anything_changed_since_it_was_looked_through_is_refused(call):
    film = make.sent(call, "Meerim", make.azamat())
    letter = written(call, film)
    seen = post(letter).seen
    changed = Refusal("letters_changed_since", {"count": 1})
    TeamMember.objects.filter(person__name="Azamat").update(state=MemberState.REMOVED)
    refused = refusal_of(lambda: send(letter, seen=seen))
    assert (refused, refused.facts) == (changed, {"count": 1})
    seen = post(letter).seen
    save(letter, body={"en": "Another text"})
    assert refusal_of(lambda: send(letter, seen=seen)).code == "letters_changed_since"
    assert not Letter.objects.filter(kind=queries.KIND).exists()


def test_send_when_there_is_no_text_or_nobody_is_refused(call):
    film = make.sent(call)
    letter = begin(call, film)
    assert refusal_of(lambda: send(letter)) == Refusal("team_letter_unwritten")
    letter = save(letter)
    actions.leave_out(letter=letter, application=film, by=make.owner(call), at=make.NOW)
    assert refusal_of(lambda: send(letter)) == Refusal("nobody_to_write_to")
    assert Entry.objects.get(verb="left_team_out").label == "Meerim’s film"


def test_send_when_held_back_waits_in_the_outbox_until_it_is_let_go(call, mailoutbox):
    letter, owner = written(call, make.sent(call, "Meerim", make.azamat())), make.owner(call)
    assert send(letter, held_back=True) == 2
    mail_jobs.send_due.func()
    assert [one for one in mailoutbox if one.subject.startswith("Q&A")] == []
    assert actions.let_go(letter=letter, by=owner, at=make.NOW) == 2
    assert actions.let_go(letter=letter, by=owner, at=make.NOW) == 0
    mail_jobs.send_due.func()
    assert len([one for one in mailoutbox if one.subject.startswith("Q&A")]) == 2


# --- Groups ----------------------------------------------------------------------------------------------------------
def test_groups_when_results_are_pending_tell_nothing_of_them(call):
    owner, film = make.owner(call), make.sent(call)
    made = make.decided(film, Outcome.SELECTED)
    assert queries.groups(owner, call.edition) == [queries.Group(1, tab="sent")]
    made.announced_at = make.NOW
    made.save()
    assert queries.groups(owner, call.edition)[1:] == [queries.Group(1, outcome="selected")]
    assert list(queries.announced(owner, call.edition, Outcome.SELECTED)) == [film]
