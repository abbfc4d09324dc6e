"""The pages of letters to chosen teams: from the table to the outbox, and who finds nothing there."""

import pytest
from django.urls import reverse
from django.utils import translation

from kinolab.applications.actions import hiding
from kinolab.foundation.mail.models import Letter
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Organisation
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import TeamLetter
from kinolab.selection.queries import team_letters as queries
from tests.factories import applications
from tests.factories import selection as make
from tests.integration.selection.test_pages import text_of, url
from tests.kit import client_of, same_cost

TEXT = {"subject_en": "Q&A", "body_en": "Dear {name}, on Thursday, about {title}.", "whom": "everybody"}


@pytest.fixture
def client(call):
    return client_of(make.owner(call))


def begin(client, call, *films, **asked):
    return client.post(url("begin_team_letter", call), {"code": [one.code for one in films], **asked})


def draft(client, call, *films, **text):
    begin(client, call, *films)
    letter = TeamLetter.objects.latest("pk")
    client.post(here(call, letter), {**TEXT, **text, "do": "save", "seen": letter.version})
    letter.refresh_from_db()
    return letter


def here(call, letter, name="team_letter"):
    return url(name, call, number=letter.pk)


def send(client, call, letter, do="send"):
    seen = client.get(here(call, letter, "look_through")).context["post"].seen
    return client.post(here(call, letter, "look_through"), {"do": do, "seen": seen}, follow=True)


# --- Who -------------------------------------------------------------------------------------------------------------
def test_pages_are_for_those_who_see_letters_and_writing_for_those_who_send(call, client):
    letter = draft(client, call, make.sent(call))
    pages = [url("team_letters", call), here(call, letter), here(call, letter, "look_through")]
    posts = [url("begin_team_letter", call), *pages[1:]]
    elsewhere = make.closed_call("teen-lab")
    elsewhere.edition.programme.organisation = Organisation.objects.create(slug="tunduk", name={"en": "Tunduk Film"})
    elsewhere.edition.programme.save()
    other = make.staff(elsewhere, "Bermet", Role.OWNER)
    for who, seen, done in (
        (client_of(make.staff(call, "Bakyt", Role.COORDINATOR)), 200, 403),
        (client_of(make.staff(call, "Saule")), 403, 403),
        (client_of(applications.person("Meerim")), 404, 404),
        (client_of(applications.person("Farrukh")), 404, 404),
        (client_of(other), 404, 404),
    ):
        assert [who.get(one).status_code for one in pages] == [seen] * 3
        assert [who.post(one, {"do": "send"}).status_code for one in posts] == [done] * 3


def test_letter_of_another_edition_is_not_there(call, client):
    other = make.closed_call("teen-lab")
    letter = draft(client_of(make.owner(other)), other, make.sent(other))
    for name in ("team_letter", "look_through"):
        assert client.get(here(call, letter, name)).status_code == 404


def test_letter_when_all_its_teams_are_hidden_is_not_there_and_not_on_the_record(call, client):
    films = make.sent(call, "Meerim"), make.sent(call, "Gulnara")
    letters = draft(client, call, films[1]), draft(client, call, *films, subject_en="To both")
    hiding.hide(application=films[1], person=make.owner(call), reason="declared", at=make.NOW)

    assert [client.get(here(call, one)).status_code for one in letters] == [404, 200]
    assert list(client.get(url("team_letters", call)).context["page"]) == [letters[1]]
    with translation.override("en"):
        record = reverse("desk:record", args=(call.edition.programme.slug, call.edition.slug))
    told = text_of(client.get(record))
    assert "To both" in told and "Q&amp;A" not in told


# --- Choosing --------------------------------------------------------------------------------------------------------
def test_begin_when_teams_are_ticked_takes_them_and_nobody_of_another_call(call, client):
    film, other = make.sent(call), make.sent(make.closed_call("teen-lab"), "Gulnara")
    shown = begin(client, call, film, other)
    letter = TeamLetter.objects.get()
    assert shown["Location"] == here(call, letter)
    assert list(letter.applications.all()) == [film]


def test_begin_when_all_that_the_table_shows_is_asked_for_takes_the_filter_along(call, client):
    film, _other = make.sent(call, country="KG"), make.sent(call, "Gulnara", country="UZ")
    client.post(url("begin_team_letter", call) + "?country=KG", {"all": "yes"})
    assert list(TeamLetter.objects.get().applications.all()) == [film]


def test_begin_when_what_was_announced_is_asked_for_takes_those(call, client):
    film, pending = make.sent(call), make.sent(call, "Gulnara")
    made = make.decided(film)
    make.decided(pending)
    made.announced_at = make.NOW
    made.save()
    assert "Selected: 1" in text_of(client.get(url("team_letters", call)))
    client.post(url("begin_team_letter", call), {"outcome": Outcome.SELECTED.value})
    assert list(TeamLetter.objects.get().applications.all()) == [film]


def test_begin_when_nothing_is_ticked_says_so(call, client):
    shown = client.post(url("begin_team_letter", call), follow=True)
    assert "Choose at least one team to write to." in text_of(shown)


def test_doors_to_writing_stand_in_the_table_and_in_the_outbox(call, client):
    film = make.sent(call)
    with translation.override("en"):
        names = ("applications:table", "desk:outbox")
        table, outbox = (reverse(name, args=(call.edition.programme.slug, call.edition.slug)) for name in names)
    shown = client.get(table).content.decode()
    assert shown.count(url("begin_team_letter", call)) == 2
    assert url("begin_team_letter", call) in client.get(f"{table}{film.code}/").content.decode()
    assert url("team_letters", call) in client.get(outbox).content.decode()
    assert "begin" not in client_of(make.staff(call, "Bakyt", Role.COORDINATOR)).get(table).content.decode()


# --- Writing ---------------------------------------------------------------------------------------------------------
def test_draft_when_saved_unfinished_is_kept_and_says_what_is_missing(call, client):
    letter = draft(client, call, make.sent(call, "Meerim", make.azamat()), body_en="")
    shown = text_of(client.get(here(call, letter)))
    assert letter.subject.in_language("en") == "Q&A"
    assert "Teams: 1 · People who get it: 2" in shown
    assert "Russian not written yet 1" in shown
    look = text_of(client.get(here(call, letter, "look_through")))
    assert "In one language at least the letter needs a subject and a text." in look


def test_draft_when_a_placeholder_is_unknown_keeps_what_was_typed(call, client):
    letter = draft(client, call, make.sent(call))
    shown = client.post(here(call, letter), {**TEXT, "body_en": "Dear {nmae}", "do": "look", "seen": letter.version})
    assert shown.status_code == 422
    assert "There is no such placeholder: {nmae}" in text_of(shown)
    assert "Dear {nmae}</textarea>" in shown.content.decode()


def test_draft_when_somebody_else_wrote_shows_both_and_the_next_save_counts(call, client):
    letter = draft(client, call, make.sent(call))
    other = client_of(make.staff(call, "Dinara", Role.LEAD))
    other.post(here(call, letter), {**TEXT, "body_en": "Of Dinara", "do": "save", "seen": letter.version})
    mine = {**TEXT, "body_en": "Of Aigul", "do": "save"}
    shown = client.post(here(call, letter), mine | {"seen": letter.version})
    page = shown.content.decode()
    assert "Somebody else has changed this letter meanwhile." in text_of(shown)
    assert "Of Aigul</textarea>" in page and "Of Dinara</p>" in page
    seen = shown.context["form"].data["seen"]
    assert client.post(here(call, letter), mine | {"seen": seen}).status_code == 302
    letter.refresh_from_db()
    assert letter.body.in_language("en") == "Of Aigul"


def test_draft_when_thrown_away_is_gone(call, client):
    letter = draft(client, call, make.sent(call))
    shown = client.post(here(call, letter), {"do": "discard"}, follow=True)
    assert "The draft is thrown away." in text_of(shown)
    assert client.get(here(call, letter)).status_code == 404


def test_draft_when_a_coordinator_opens_it_is_read_and_not_written(call, client):
    letter = draft(client, call, make.sent(call))
    shown = client_of(make.staff(call, "Bakyt", Role.COORDINATOR)).get(here(call, letter)).content.decode()
    assert "Dear {name}, on Thursday" in shown
    assert "<textarea" not in shown and "Throw the draft away" not in shown


# --- Looking through, sending ----------------------------------------------------------------------------------------
def test_look_through_when_stepped_shows_the_letter_of_each_and_who_gets_none(call, client):
    films = make.sent(call, "Meerim", make.azamat()), make.sent(call, "Gulnara")
    letter = draft(client, call, *films)
    hiding.hide(application=films[1], person=make.owner(call), reason="declared", at=make.NOW)
    first, second = (text_of(client.get(here(call, letter, "look_through"), {"letter": number})) for number in (1, 2))
    assert "Letters: 2 · Teams: 1" in first
    assert "Dear Meerim, on Thursday, about Meerim’s film." in first
    assert "Dear Azamat" in second and "not written in this person’s language: Russian" in second
    assert "hidden from you by a conflict of interest or a seal, and get nothing from you: 1" in first
    assert "Gulnara" not in first + second


def test_look_through_when_a_team_is_left_out_writes_to_the_others(call, client):
    films = make.sent(call), make.sent(call, "Gulnara")
    letter = draft(client, call, *films)
    client.post(here(call, letter, "look_through"), {"leave_out": films[0].code})
    assert list(letter.applications.all()) == [films[1]]


def test_send_when_pressed_twice_sends_once_and_shows_how_the_letters_fare(call, client):
    letter = draft(client, call, make.sent(call, "Meerim", make.azamat()))
    before = client.get(here(call, letter, "look_through")).context["post"].seen
    assert "2 letters are on their way." in text_of(send(client, call, letter))
    again = client.post(here(call, letter, "look_through"), {"do": "send", "seen": before}, follow=True)
    assert "This letter is in the outbox already." in text_of(again)
    assert "Waiting 2" in text_of(again)
    assert Letter.objects.filter(kind=queries.KIND).count() == 2
    assert client.get(here(call, letter, "look_through")).status_code == 302


def test_send_when_something_changed_says_so_and_shows_it_anew(call, client):
    letter = draft(client, call, make.sent(call))
    shown = client.post(here(call, letter, "look_through"), {"do": "send", "seen": "other"})
    assert shown.status_code == 422
    assert "Something has changed since you looked" in text_of(shown)


def test_send_when_held_waits_and_is_let_go_from_the_letters_page(call, client):
    letter = draft(client, call, make.sent(call))
    assert "1 letter waits in the outbox." in text_of(send(client, call, letter, "hold"))
    assert "1 letter is on its way." in text_of(client.post(here(call, letter), {"do": "let_go"}, follow=True))
    assert Letter.objects.get(kind=queries.KIND).state == "waiting"


def test_sent_letter_when_a_team_was_hidden_from_the_sender_is_sent_on_by_somebody_else(call, client):
    films = make.sent(call), make.sent(call, "Gulnara")
    letter = draft(client, call, *films)
    hiding.hide(application=films[1], person=make.owner(call), reason="declared", at=make.NOW)
    assert "Gulnara" not in text_of(send(client, call, letter))

    other = client_of(make.staff(call, "Dinara", Role.LEAD))
    assert "Chosen teams of whom nobody was written to Gulnara’s film" in text_of(other.get(here(call, letter)))
    other.post(url("begin_team_letter", call), {"like": letter.pk})
    again = TeamLetter.objects.latest("pk")
    assert (list(again.applications.all()), again.body, again.state) == ([films[1]], letter.body, "draft")
    assert other.post(url("begin_team_letter", call), {"like": "99"}).status_code == 404


# --- What it costs ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "cost"), [("team_letter", 13), ("look_through", 13)])
def test_page_when_there_are_more_teams_costs_the_same(call, client, name, cost):
    letter = draft(client, call, make.sent(call), body_en="{name} {closes}")
    people = iter(("Gulnara", "Erlan"))

    def grow():
        letter.applications.add(make.sent(call, next(people), make.azamat()))

    assert same_cost(lambda: client.get(here(call, letter, name)), grow) == cost


def test_page_when_more_were_sent_costs_the_same(call, client):
    def grow():
        send(client, call, draft(client, call, make.sent(call, next(people))))

    people = iter(("Meerim", "Gulnara", "Erlan"))
    grow()
    assert same_cost(lambda: client.get(url("team_letters", call)), grow) == 13


def test_page_of_a_sent_letter_when_there_are_more_costs_the_same(call, client):
    films = [make.sent(call, who) for who in ("Meerim", "Gulnara", "Erlan")]

    def cost(*chosen):
        letter = draft(client, call, *chosen)
        send(client, call, letter)
        return same_cost(lambda: client.get(here(call, letter)), lambda: None)

    assert (cost(films[0]), cost(*films)) == (16, 16)
