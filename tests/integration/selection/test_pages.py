import re

import pytest
from django.urls import reverse
from django.utils import translation

from kinolab.applications.actions import hiding
from kinolab.applications.models import Application, TeamMember
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.labs.domain.roles import Role
from kinolab.selection.actions import announcing
from kinolab.selection.domain.lifecycle import Outcome
from kinolab.selection.models import Announcement, Decision, OwnLetter, Quota, ResultLetter
from tests.factories import applications
from tests.factories import selection as make
from tests.kit import client_of, same_cost


def url(name, call=None, **more):
    slugs = {"programme": call.edition.programme.slug, "edition": call.edition.slug} if call else {}
    with translation.override("en"):
        return reverse(f"selection:{name}", kwargs=slugs | more)


def text_of(response):
    html = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows(response):
    return [one.application.title for one in response.context["page"].rows]


@pytest.fixture
def owner(call):
    return make.owner(call)


@pytest.fixture
def client(owner):
    return client_of(owner)


# --- The board -------------------------------------------------------------------------------------------------------
def test_board_when_opened_stands_in_the_order_of_scores_those_without_last(call, client):
    for who, scores in (("Meerim", (3, 4)), ("Gulnara", (5, 4)), ("Erlan", ()), ("Sanjar", (2,))):
        film = make.sent(call, who)
        if scores:
            make.read(film, *scores, by=who)
    shown = client.get(url("board", call))
    assert rows(shown) == ["Gulnara’s film", "Meerim’s film", "Sanjar’s film", "Erlan’s film"]


def test_board_when_a_tab_is_chosen_shows_its_part_and_counts_all(call, client):
    films = [make.sent(call, who) for who in ("Meerim", "Gulnara", "Erlan")]
    make.decided(films[0], Outcome.SELECTED)
    make.decided(films[1], Outcome.WAITLIST)
    shown = client.get(url("board", call), {"tab": "selected"})
    assert rows(shown) == ["Meerim’s film"]
    assert shown.context["page"].tabs == {
        "all": 3, "undecided": 1, "selected": 1, "waitlist": 1, "rejected": 0, "ineligible": 0, "hold": 0,
    }  # fmt: skip
    assert rows(client.get(url("board", call), {"tab": "undecided"})) == ["Erlan’s film"]
    assert len(rows(client.get(url("board", call), {"tab": "nonsense", "page": "x"}))) == 3


def test_board_when_seats_are_known_draws_the_line_after_the_last_one(call, client):
    call.edition.capacity_projects = 1
    call.edition.save()
    for who, score in (("Meerim", 4), ("Gulnara", 3)):
        make.read(make.sent(call, who), score, by=who)
    assert "The seats end here: 1." in text_of(client.get(url("board", call)))


def test_board_when_readers_disagree_says_so(call, client):
    make.read(make.sent(call), 1, 4)
    assert "Readers disagree" in client.get(url("board", call)).content.decode()


def test_board_when_a_rule_is_not_met_says_so(call, client):
    film = make.sent(call)
    Application.objects.filter(pk=film.pk).update(checked="ineligible")
    assert "Not eligible" in text_of(client.get(url("board", call))).partition("Decision")[2]
    assert (
        "Not eligible" in text_of(client.get(url("decide", call, code=film.code))).partition("What the readers say")[0]
    )


def test_board_when_another_edition_has_applications_shows_none_of_them(call, client):
    other = make.closed_call("development-lab")
    make.sent(other, "Gulnara")
    assert rows(client.get(url("board", call))) == []


def test_board_when_it_grows_costs_the_same(call, client):
    people = iter(("Meerim", "Gulnara", "Erlan"))

    def grow():
        who = next(people)
        film = make.sent(call, who)
        make.read(film, 3, 4, by=who)
        make.decided(film, Outcome.WAITLIST)
        Quota.objects.create(edition=call.edition, dimension="country", value="KG", minimum=1)

    grow()
    assert same_cost(lambda: client.get(url("board", call)), grow) <= 20


def test_board_when_a_quota_is_set_counts_the_slate(call, client, owner):
    make.decided(make.sent(call, country="KG"), Outcome.SELECTED)
    Quota.objects.create(edition=call.edition, dimension="country", value="KG", minimum=1)
    Quota.objects.create(edition=call.edition, dimension="country", value="UZ", minimum=1)
    meters = client.get(url("board", call)).context["page"].meters
    assert [(one.value, one.meter.count, one.meter.state) for one in meters] == [
        ("Kyrgyzstan", 1, "ok"), ("Uzbekistan", 0, "short"),
    ]  # fmt: skip


def test_what_if_when_tried_says_what_would_change_and_saves_nothing(call, client):
    here, there = make.sent(call, country="KG"), make.sent(call, "Gulnara", country="UZ")
    make.decided(here, Outcome.SELECTED)
    Quota.objects.create(edition=call.edition, dimension="country", value="UZ", minimum=1)
    shown = client.get(url("board", call), {"add": there.code, "remove": here.code})
    tried = shown.context["page"].what_if
    assert [one.application for one in (*tried.added, *tried.removed)] == [there, here]
    assert tried.seats == 1
    assert [(change.before.count, change.after.count, change.mends) for change, _ in tried.changes] == [(0, 1, True)]
    assert Decision.objects.get().application == here
    assert client.get(url("board", call), {"add": ["nothing", here.code]}).context["page"].what_if is None


# --- Nothing of a conflict -------------------------------------------------------------------------------------------
def _world(call, outcome, score):
    """A call in which one film is hidden from the owner; `outcome` and `score` are what may not show."""
    known, hidden = make.sent(call, "Meerim"), make.sent(call, "Gulnara")
    make.read(known, 3)
    make.read(hidden, score, by="Timur")
    make.decided(known, Outcome.SELECTED)
    make.decided(hidden, outcome, by=make.staff(call, "Dinara", Role.LEAD))
    Quota.objects.create(edition=call.edition, dimension="country", value="KG", maximum=1)
    hiding.hide(application=hidden, person=make.owner(call), reason="declared", at=make.NOW)
    return known, hidden


TOKEN = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": *"[^"]*"')
ADDRESSES = ["", "?tab=selected", "?tab=waitlist", "?tab=undecided", "?add={code}", "?remove={code}", "?page=2"]


def test_board_when_only_a_hidden_fact_differs_is_the_same_to_the_byte(call, client):
    _, hidden = _world(call, Outcome.SELECTED, 5)

    def pages():
        found = [client.get(url("board", call) + address.format(code=hidden.code)) for address in ADDRESSES]
        return [TOKEN.sub("", shown.content.decode()) for shown in found]

    one_world = pages()
    make.decided(hidden, Outcome.WAITLIST, by=make.staff(call, "Dinara", Role.LEAD))
    make.read(hidden, 1, by="Asya")
    Quota.objects.filter(edition=call.edition).update(value="KG")
    assert [one == other for one, other in zip(pages(), one_world, strict=True)] == [True] * len(ADDRESSES)


def test_pages_when_the_application_is_hidden_are_not_there(call, client):
    _, hidden = _world(call, Outcome.SELECTED, 5)
    for name in ("decide", "recipient"):
        more = {"code": hidden.code} | ({"person": hidden.lead_id} if name == "recipient" else {})
        assert client.get(url(name, call, **more)).status_code == 404
    assert client.post(url("move", call, code=hidden.code), {"way": "up"}).status_code == 404
    shown = text_of(client.get(url("announce", call)))
    assert "Gulnara" not in shown
    assert "Hidden from you by a conflict of interest: 1" in shown


# --- Deciding --------------------------------------------------------------------------------------------------------
def test_decide_when_posted_saves_and_comes_back(call, client, owner):
    film = make.sent(call)
    said = {"outcome": "selected", "rationale": "Strong", "feedback": "on", "seen": "0"}
    answer = client.post(url("decide", call, code=film.code), said)
    assert (answer.status_code, answer.headers["Location"]) == (302, url("board", call))
    made = Decision.objects.get()
    assert (made.outcome, made.rationale, made.feedback, made.decided_by) == ("selected", "Strong", True, owner)


def test_decide_when_somebody_was_faster_keeps_what_was_typed(call, client):
    film = make.sent(call)
    make.decided(film, Outcome.REJECTED)
    answer = client.post(
        url("decide", call, code=film.code), {"outcome": "selected", "rationale": "My reason", "seen": "0"}
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Somebody decided about this application meanwhile." in shown
    assert "My reason" in shown and 'name="seen" value="1"' in shown
    assert Decision.objects.get().outcome == "rejected"


def test_decide_when_nothing_is_chosen_asks_for_it(call, client):
    assert client.post(url("decide", call, code=make.sent(call).code), {"seen": "0"}).status_code == 422


def test_decide_when_opened_shows_readings_and_history(call, client):
    film = make.sent(call)
    make.read(film, 2, 4.5, note="A strong heroine.")
    make.decided(film, Outcome.HOLD)
    make.decided(film, Outcome.SELECTED)
    shown = text_of(client.get(url("decide", call, code=film.code)))
    assert "Nodira" in shown and "4.50" in shown and "A strong heroine." in shown
    assert shown.index("On hold", shown.index("How it came to this")) > shown.index(
        "Selected", shown.index("How it came to this")
    )


def test_decide_when_it_has_more_readings_costs_the_same(call, client):
    film = make.sent(call)
    more = iter(("Timur", "Asya", "Nodira"))

    def grow():
        make.read(film, 3, by=next(more))

    grow()
    same_cost(lambda: client.get(url("decide", call, code=film.code)), grow)


# --- Many ------------------------------------------------------------------------------------------------------------
def test_decide_many_when_chosen_shows_names_first_and_then_does_it(call, client):
    films = [make.sent(call, who) for who in ("Meerim", "Gulnara")]
    asked = {"code": [one.code for one in films], "outcome": "selected"}
    before = client.post(url("decide_many", call), asked)
    assert "Selected: 2" in text_of(before) and "Meerim’s film" in text_of(before)
    assert not Decision.objects.exists()
    changes = re.findall(r'name="change" value="([^"]+)"', before.content.decode())
    answer = client.post(url("decide_many", call), {"change": changes, "sure": "yes"})
    assert answer.status_code == 302
    assert set(Decision.objects.values_list("outcome", flat=True)) == {"selected"}


def test_decide_many_when_a_decision_changed_meanwhile_leaves_that_one(call, client):
    film = make.sent(call)
    before = client.post(url("decide_many", call), {"code": film.code, "outcome": "selected"})
    changes = re.findall(r'name="change" value="([^"]+)"', before.content.decode())
    make.decided(film, Outcome.HOLD)
    answer = client.post(url("decide_many", call), {"change": changes, "sure": "yes"}, follow=True)
    assert "Somebody decided about this application meanwhile." in text_of(answer)
    assert Decision.objects.get().outcome == "hold"


def test_decide_many_when_one_button_is_pressed_decides_at_once_and_keeps_the_place(call, client):
    film = make.sent(call)
    said = {"now": f"{film.code}:waitlist:0", "tab": "undecided", "page": "2"}
    answer = client.post(url("decide_many", call), said)
    assert answer.headers["Location"] == url("board", call) + "?tab=undecided&page=2"
    assert Decision.objects.get().outcome == "waitlist"


def test_decide_many_when_nothing_sensible_is_asked_does_nothing(call, client):
    make.sent(call)
    nonsense = (
        {},
        {"code": "nothing", "outcome": "selected"},
        {"now": "x"},
        {"change": "a:b:c", "sure": "yes"},
        {"outcome": "x"},
    )
    for said in nonsense:
        answer = client.post(url("decide_many", call), said, follow=True)
        assert "Choose at least one application and a decision." in text_of(answer), said
    assert not Decision.objects.exists()


def test_decide_many_when_another_edition_is_meant_does_nothing(call, client):
    film = make.sent(make.closed_call("development-lab"), "Gulnara")
    client.post(url("decide_many", call), {"now": f"{film.code}:selected:0"})
    assert not Decision.objects.exists()


def test_rest_when_asked_for_shows_the_groups_first(call, client):
    make.sent(call)
    shown = text_of(client.post(url("decide_many", call), {"rest": "yes"}))
    assert "Not chosen: 1" in shown
    assert not Decision.objects.exists()


def test_move_when_pressed_changes_the_order(call, client):
    films = [make.sent(call, who) for who in ("Meerim", "Gulnara")]
    for film in films:
        make.decided(film, Outcome.WAITLIST)
    client.post(url("move", call, code=films[1].code), {"way": "up"})
    assert [one.application.title for one in client.get(url("board", call)).context["page"].slates[0].waiting] == [
        "Gulnara’s film", "Meerim’s film",
    ]  # fmt: skip


def test_move_when_it_does_not_wait_says_so(call, client):
    answer = client.post(url("move", call, code=make.sent(call).code), {"way": "up"}, follow=True)
    assert "not on the waiting list" in text_of(answer)


# --- Quotas ----------------------------------------------------------------------------------------------------------
def test_quotas_when_added_and_deleted_are_on_the_record(call, client, owner):
    make.sent(call, country="KG")
    client.post(url("quotas", call), {"what": "country:KG", "minimum": "1", "maximum": "4"})
    quota = Quota.objects.get()
    assert (quota.dimension, quota.value, quota.minimum, quota.maximum) == ("country", "KG", 1, 4)
    client.post(url("delete_quota", call, number=quota.pk))
    assert not Quota.objects.exists()
    verbs = Entry.objects.filter(kind="selection.quota").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["added", "deleted"]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [({}, "needs a least or a greatest number"), ({"minimum": "3", "maximum": "2"}, "below the least")],
)
def test_quotas_when_impossible_are_refused(call, client, numbers, sentence):
    make.sent(call, country="KG")
    answer = client.post(url("quotas", call), {"what": "country:KG"} | numbers)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_quota_of_gender_counts_every_word_that_was_ticked(call, client):
    for who, said in (("Meerim", "Аял"), ("Gulnara", "женщина"), ("Azamat", "эркек"), ("Nobody", "")):
        film = make.sent(call, who)
        TeamMember.objects.filter(application=film).update(gender=said)
        make.decided(film, Outcome.SELECTED)

    assert "Tick at least one word." in text_of(client.post(url("quotas", call), {"what": "gender:", "minimum": "2"}))
    client.post(url("quotas", call), {"what": "gender:", "genders": ["аял", "женщина"], "minimum": "2"})

    (shown,) = client.get(url("board", call)).context["page"].meters
    assert (shown.value, shown.meter.count, shown.meter.unknown) == ("аял, женщина", 2, 1)


def test_quotas_when_announced_stay(call, client, owner):
    quota = Quota.objects.create(edition=call.edition, dimension="country", value="KG", minimum=1)
    Announcement.objects.create(edition=call.edition, announced_at=make.NOW, announced_by=owner)
    assert "announced already" in text_of(client.post(url("delete_quota", call, number=quota.pk), follow=True))
    assert Quota.objects.exists()


def test_quotas_when_of_another_edition_are_not_there(call, client):
    other = make.closed_call("development-lab")
    quota = Quota.objects.create(edition=other.edition, dimension="country", value="KG", minimum=1)
    assert client.post(url("delete_quota", call, number=quota.pk)).status_code == 404


# --- Letters ---------------------------------------------------------------------------------------------------------
def test_letters_when_filled_with_ours_are_whole_in_every_language(call, client):
    shown = client.post(url("ours", call), follow=True)
    assert "12 letters are written." in text_of(shown)
    assert ResultLetter.objects.count() == 4


def test_letters_when_there_are_more_cost_the_same(call, client):
    outcomes = iter((Outcome.SELECTED, Outcome.WAITLIST, Outcome.REJECTED))
    same_cost(lambda: client.get(url("letters", call)), lambda: make.written(call, next(outcomes)))


def test_letter_when_a_placeholder_is_wrong_keeps_what_was_typed(call, client):
    said = {"subject_en": "Hello", "body_en": "Dear {nmae}"}
    answer = client.post(url("letter", call, outcome="selected"), said)
    assert answer.status_code == 422
    assert "There is no such placeholder: {nmae}." in text_of(answer)
    assert "Dear {nmae}" in answer.content.decode()


def test_letter_when_saved_is_kept(call, client):
    client.post(url("letter", call, outcome="rejected"), {"subject_ky": "Жыйынтык", "body_ky": "Саламатсызбы, {name}!"})
    assert ResultLetter.objects.get().body.as_dict() == {"ky": "Саламатсызбы, {name}!"}


@pytest.mark.parametrize("outcome", ["hold", "nonsense"])
def test_letter_when_there_is_none_for_it_is_not_there(call, client, outcome):
    assert client.get(url("letter", call, outcome=outcome)).status_code == 404


def test_letter_when_a_coordinator_looks_is_shown_and_cannot_be_changed(call):
    make.written(call)
    coordinator = client_of(make.staff(call, "Bakyt", Role.COORDINATOR))
    shown = coordinator.get(url("letter", call, outcome="selected"))
    assert "{name} · {title}" in shown.content.decode()
    assert "<textarea" not in shown.content.decode()


def test_recipient_when_opened_shows_the_letter_exactly_and_lets_it_be_written(call, client):
    film = make.sent(call)
    make.decided(film)
    make.written(call)
    address = url("recipient", call, code=film.code, person=film.lead_id)
    assert "[en] Impact Lab 2026: selected" in text_of(client.get(address))
    client.post(address, {"do": "write", "subject": "Dear Meerim", "body": "Come."})
    assert "written by hand" in text_of(client.get(address))
    client.post(address, {"do": "hold"})
    assert "This person gets no letter." in text_of(client.get(address))
    client.post(address, {"do": "ours"})
    assert not OwnLetter.objects.exists()
    assert client.post(address, {"do": "nonsense"}).status_code == 422
    assert client.post(address, {"do": "write", "subject": "", "body": "Come."}).status_code == 422


def test_recipient_when_of_another_edition_is_not_there(call, client):
    film = make.sent(make.closed_call("development-lab"), "Gulnara")
    make.decided(film)
    assert client.get(url("recipient", call, code=film.code, person=film.lead_id)).status_code == 404


# --- Announcing ------------------------------------------------------------------------------------------------------
@pytest.fixture
def film(call):
    """A film of two that is selected, with letters written."""
    made = make.sent(call, "Meerim", make.azamat())
    make.decided(made)
    make.written(call)
    return made


def test_announce_when_something_is_in_the_way_says_what_and_where(call, client):
    make.decided(make.sent(call, "Meerim"), Outcome.HOLD)
    make.decided(make.sent(call, "Gulnara"))
    make.sent(call, "Erlan")
    shown = client.get(url("announce", call))
    text = text_of(shown)
    assert "Decisions are missing. How many: 1." in text
    assert "Some decisions are still on hold. How many: 1." in text
    assert "Selected: English" in text
    assert f'href="{url("board", call)}?tab=undecided"' in shown.content.decode()


def test_announce_when_the_number_is_not_typed_right_keeps_the_note(call, client, film):
    answer = client.post(url("announce", call), {"letters": "7", "note_en": "Thank you all."})
    assert answer.status_code == 422
    assert "Letters that will go: 2. Another number was typed: look at the names again." in text_of(answer)
    assert "Thank you all." in answer.content.decode()
    assert not Announcement.objects.exists()


def test_announce_when_confirmed_tells_everybody_the_same(call, client, film):
    assert client_of().get(url("results", call)).status_code == 404
    assert client_of(film.lead).get(url("own", code=film.code)).status_code == 404
    answer = client.post(url("announce", call), {"letters": "2", "note_en": "Thank you all."}, follow=True)
    assert "The results are announced." in text_of(answer)
    announcing.go_on(at=make.NOW)
    results = text_of(client_of().get(url("results", call)))
    assert "Meerim’s film" in results and "1 project is selected." in results and "Thank you all." in results
    own = text_of(client_of(film.lead).get(url("own", code=film.code)))
    assert "Selected" in own and "[en] Impact Lab 2026: selected" in own
    with translation.override("en"):
        home, page = reverse("desk:mine"), reverse("applications:edit", args=[film.code])
    assert "Congratulations: “Meerim’s film” is selected" in text_of(client_of(film.lead).get(home))
    assert url("own", code=film.code) in client_of(film.lead).get(page).content.decode()


def test_announce_when_there_are_more_costs_the_same(call, client, film):
    people = iter(("Gulnara", "Erlan"))
    same_cost(lambda: client.get(url("announce", call)), lambda: make.decided(make.sent(call, next(people))))


def test_announce_when_there_are_many_names_shows_them_page_by_page(call, client, film, monkeypatch):
    monkeypatch.setattr("kinolab.selection.queries.announcing.NAMES_A_PAGE", 1)
    first, second = client.get(url("announce", call)), client.get(url("announce", call), {"selected": "2"})
    assert "Selected: 2" in text_of(first)
    assert ("Meerim Meerim’s film" in text_of(first), "Azamat Meerim’s film" in text_of(first)) == (True, False)
    assert ("Meerim Meerim’s film" in text_of(second), "Azamat Meerim’s film" in text_of(second)) == (False, True)
    assert "?selected=2#to-selected" in first.content.decode()


def test_announce_when_letters_failed_lists_them_and_tries_again(call, client, film):
    client.post(url("announce", call), {"letters": "2"})
    announcing.go_on(at=make.NOW)
    Letter.objects.filter(to_email="azamat@example.org", kind="result").update(
        state="failed", last_error="550 no such mailbox"
    )
    shown = text_of(client.get(url("announce", call)))
    assert "azamat@example.org" in shown and "550 no such mailbox" in shown
    assert "1 letter is tried again." in text_of(client.post(url("try_again", call), follow=True))


# --- Results ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def announced(call, film, owner):
    """The results are out and the letters written."""
    made = announcing.announce(edition=call.edition, letters=2, by=owner, at=make.NOW)
    announcing.write_letters(announcement=made, at=make.NOW)
    return made


def test_results_when_announced_name_the_selected_alone(call, film, owner):
    other = make.sent(call, "Gulnara")
    make.decided(other, Outcome.WAITLIST)
    announcing.announce(edition=call.edition, letters=3, by=owner, at=make.NOW)
    shown = text_of(client_of().get(url("results", call)))
    assert "Meerim’s film" in shown
    assert "Gulnara" not in shown
    assert "Applications decided upon: 2." in shown


def test_results_when_a_title_is_hostile_show_it_as_text(call, owner):
    film = make.sent(call, title="<script>alert(1)</script>")
    make.decided(film)
    make.written(call)
    announcing.announce(edition=call.edition, letters=1, by=owner, at=make.NOW)
    assert "<script>alert(1)" not in client_of().get(url("results", call)).content.decode()


def test_results_when_there_are_more_cost_the_same(call, film, owner, announced):
    people = iter(("Gulnara", "Erlan"))

    def grow():
        other = make.sent(call, next(people))
        Decision.objects.create(
            application=other,
            candidacy=make.standing(other),
            outcome="selected",
            decided_at=make.NOW,
            decided_by=owner,
            announced_at=make.NOW,
        )

    same_cost(lambda: client_of().get(url("results", call)), grow)


@pytest.mark.parametrize("who", ["Azamat", "Meerim"])
def test_own_result_when_announced_is_for_the_team(call, film, announced, who):
    assert client_of(applications.person(who)).get(url("own", code=film.code)).status_code == 200


def test_own_result_when_somebody_else_asks_is_not_there(call, film, announced, owner):
    for stranger in (make.make.person("Farrukh"), owner):
        assert client_of(stranger).get(url("own", code=film.code)).status_code == 404


def test_own_result_when_the_letter_is_not_written_yet_says_so(call, film, owner):
    announcing.announce(edition=call.edition, letters=2, by=owner, at=make.NOW)
    assert "The letter is on its way." in text_of(client_of(film.lead).get(url("own", code=film.code)))


def test_site_map_when_announced_names_the_results(call, film, announced):
    assert "/labs/impact-lab/2026/results/" in client_of().get(reverse("sitemap")).content.decode()
