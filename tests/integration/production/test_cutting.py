"""A segment is dropped: on the record, its people told, and nothing public before that."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail as outbox

from kinolab import switchboard
from kinolab.applications.models import TeamMember
from kinolab.catalogue.actions import films as catalogue
from kinolab.catalogue.actions import parts
from kinolab.catalogue.domain.works import PartState
from kinolab.catalogue.events import FilmPublishing
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from kinolab.news.actions import publishing, writing
from kinolab.production import access
from kinolab.production.actions import cutting, segments
from kinolab.production.domain.cutting import Notice as Stands
from kinolab.production.domain.cutting import Said, Way
from kinolab.production.domain.terms import CutReason
from kinolab.production.models import Cut, Omnibus, Segment
from kinolab.production.queries import cuts as queries
from kinolab.production.queries.slots import slots_page
from kinolab.selection.models import Decision
from tests.factories import films, labs, news, selection
from tests.factories import production as make
from tests.kit import at, client_of, same_cost

pytestmark = pytest.mark.django_db
FILM = "/en/production/films/city/"
SAID = Said("Aigul", "The council", CutReason.LENGTH, date(2026, 8, 30), "With thanks to the team", True)
TYPED = {"reason": "length", "proposer": "Aigul", "decider": "The council", "on": "2026-08-30", "fate": "dropped",
         "wording": "With thanks to the team", "returned": "yes", "rights_note": ""}  # fmt: skip


@pytest.fixture
def segment() -> Segment:
    """The second of three, by Meerim (ky) and Azamat, who reads Russian; a third producer stands in the credits alone."""
    call = selection.closed_call()
    labs.membership(labs.person(), Role.OWNER, organisation=call.edition.programme.organisation)
    labs.person("Meerim", language="ky")
    application = selection.sent(call, "Meerim", selection.azamat())
    TeamMember.objects.filter(application=application, is_lead=True).update(role="director")
    film = make.omnibus(edition=call.edition, state="assembly", languages=["ru"])
    make.agreed(make.piece(film, "Well", 1))
    found = make.agreed(make.piece(film, "Bridge", 2, application=application, director="Meerim"))
    films.credit(found.film, "Kuban", "producer")
    make.agreed(make.piece(film, "Bazaar", 3))
    return found


def drop(segment: Segment, **more: Any) -> Cut:
    given = {"said": SAID, "wording": {"en": SAID.wording}, "standalone": False, "by": make.maker(), "at": make.NOW}
    return cutting.drop(segment=segment, **given | more)


def denied(action: Any, **given: Any) -> str:
    with pytest.raises(Denied) as refused:
        action(**{"by": make.maker(), "at": make.NOW} | given)
    return refused.value.refusal.code


def stands(cut: Cut) -> Stands:
    return queries.account(Cut.objects.get(pk=cut.pk)).stands


def test_segment_when_dropped_stays_in_the_record_and_its_people_are_known(segment: Segment) -> None:
    cut = drop(segment)

    segment.refresh_from_db()
    assert (segment.state, segment.position, cut.before, cut.position) == ("dropped", None, "locked", 2)
    assert [one.position for one in segment.omnibus.segments.exclude(pk=segment.pk)] == [1, 2]
    assert [(one.name, one.role, bool(one.email)) for one in cut.notices.all()] == [
        ("Meerim", "director", True), ("Azamat", "producer", True), ("Kuban", "producer", False),
    ]  # fmt: skip
    assert segment.film.credits.count() == 2
    assert Letter.objects.filter(kind="cut").count() == 0
    assert Entry.objects.get(verb="dropped_segment").after["reason"] == "length"


def test_article_that_was_to_appear_by_itself_waits(segment: Segment) -> None:
    film, other = segment.omnibus.film, news.organisation("other")
    to_come = {"published_at": make.NOW + timedelta(days=1)}
    ours, theirs = news.article("ours", film.organisation, **to_come), news.article("theirs", other, **to_come)
    for one in (ours, theirs):
        one.films.add(film)

    cut = drop(segment)

    for one in (ours, theirs):
        one.refresh_from_db()
    assert (ours.published_at, theirs.published_at, theirs.held_for) == (None, None, to_come["published_at"])
    assert Entry.objects.get(verb="dropped_segment").after["articles"] == 1
    editor, appears = news.member("Nurlan", Role.OWNER, other), to_come["published_at"] + timedelta(hours=1)
    with at(appears):
        page = client_of(editor).get("/en/newsroom/theirs/").content.decode()
        assert (client_of(None).get("/en/news/theirs/").status_code, "held back" in page) == (404, True)
        assert "City” belongs to another organisation" in page
        assert "not been told" not in page, "whose cut it is, is not theirs to know"
    for one in cut.notices.all():
        cutting.tell_by_hand(notice=one, way=Way.CALL, on=SAID.on, note="", by=make.maker(), at=appears)

    theirs.refresh_from_db()
    ours.refresh_from_db()
    assert (theirs.published_at, theirs.held_for, ours.published_at) == (appears, None, None)
    with at(appears):
        assert client_of(None).get("/en/news/theirs/").status_code == 200


def test_article_that_is_about_to_appear_although_a_cut_waits_is_held_back_by_the_clock(segment: Segment) -> None:
    drop(segment)
    late = news.article("late", news.organisation("other"), published_at=make.NOW + timedelta(hours=1))
    late.films.add(segment.omnibus.film)  # as somebody does at the same instant

    cutting.settle(at=make.NOW)

    late.refresh_from_db()
    assert (late.published_at, late.held_for) == (None, make.NOW + timedelta(hours=1))


def test_slot_of_a_dropped_segment_is_free_for_another_and_its_script_is_not_offered_again(segment: Segment) -> None:
    film, owner = segment.omnibus, make.maker()
    slot = film.slots.create(order=1)
    Segment.objects.filter(pk=segment.pk).update(slot=slot)
    selection.decided(segment.application)
    cut = drop(segment)

    page = slots_page(owner, film)
    assert (page.free, page.places[0].segment, page.chosen, segment in page.others) == (1, None, [], True)
    opening = film.segments.get(film__title__en="Well")
    segments.give_slot(segment=opening, slot=slot, by=owner, at=make.NOW)
    for one in cut.notices.all():
        cutting.tell_by_hand(notice=one, way=Way.CALL, on=SAID.on, note="", by=owner, at=make.NOW)
    cutting.take_back(cut=cut, why="It fits after all", by=owner, at=make.NOW)
    segment.refresh_from_db()
    assert (segment.slot, slots_page(owner, film).places[0].segment) == (None, opening)


def test_segment_may_live_by_itself_alone(segment: Segment) -> None:
    drop(segment, standalone=True)

    segment.refresh_from_db()
    assert segment.state == "standalone_only"


def test_notice_goes_once_to_each_in_their_language_and_by_hand_to_who_has_no_address(
    segment: Segment, django_capture_on_commit_callbacks: Any
) -> None:
    cut, owner = drop(segment), make.maker()

    assert denied(cutting.send_notice, cut=cut, letters=3, seen=queries.mark(cut)) == "letters_counted_anew"
    assert cutting.send_notice(cut=cut, letters=2, seen=queries.mark(cut), by=owner, at=make.NOW) == 2
    assert cutting.send_notice(cut=cut, letters=2, seen=queries.mark(cut), by=owner, at=make.NOW) == 0
    assert stands(cut) is Stands.ON_ITS_WAY
    mail.send_due(clock=lambda: make.NOW)
    assert sorted((one.to[0], one.subject) for one in outbox.outbox if "City" in one.subject) == [
        ("azamat@example.org", "City: ваша новелла не вошла в фильм"),
        ("meerim@example.org", "City: новеллаңыз тасмага кирген жок"),
    ]
    assert "With thanks to the team" in outbox.outbox[-1].body
    assert cutting.settle(at=make.NOW) == 0
    assert stands(cut) is Stands.BY_HAND

    kuban = cut.notices.get(name="Kuban")
    by_hand = {"notice": kuban, "way": Way.CALL, "note": "In the evening"}
    assert denied(cutting.tell_by_hand, on=date(2027, 1, 1), **by_hand) == "told_in_future"
    cutting.tell_by_hand(on=date(2026, 8, 31), by=owner, at=make.NOW, **by_hand)

    cut.refresh_from_db()
    assert (cut.notice_at, cut.notice_to) == (make.NOW, ["Meerim", "Azamat", "Kuban"])
    assert denied(cutting.tell_by_hand, on=date(2026, 8, 31), **by_hand) == "told_already"
    assert denied(cutting.add_person, cut=cut, name="Ainura", email="", role="producer") == "told_already"


def test_notice_is_said_in_own_words_by_language_until_it_is_sent_and_its_facts_stay(segment: Segment) -> None:
    cut, owner = drop(segment), make.maker()
    client, there = client_of(owner), f"{FILM}cuts/{cut.pk}/"
    page = client.get(there).content.decode()
    assert [f'name="{name}_{tag}"' in page for tag in ("ky", "ru", "en") for name in ("opening", "closing")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
    ours = queries.usual(cut, "ru")
    typed = {"opening_ky": " Кечириңиз. ", "closing_ky": "", "opening_ru": ours.opening, "closing_ru": "До встречи."}

    seen = {"seen": queries.mark(cut)}
    assert client.post(there + "text/", typed | seen).status_code == 302
    cut.refresh_from_db()
    assert (dict(cut.opening), dict(cut.closing)) == ({"ky": "Кечириңиз."}, {"ru": "До встречи."})
    assert Entry.objects.get(verb="wrote_cut_notice").after["closing"] == {"ru": "До встречи."}
    page = client.get(there).content.decode()
    assert ("До встречи." in page, "Кечириңиз." in page) == (True, True)  # as each letter will go
    for address, said in (("text/", {"opening_ky": "Менин сөзүм."}), ("send/", {"letters": "2"})):
        stale = client.post(there + address, said | seen)  # who looked before them
        assert (stale.status_code, "Somebody changed this meanwhile" in stale.content.decode()) == (422, True)
        assert said.get("opening_ky", "") in stale.content.decode()
        assert f'name="seen" value="{queries.mark(cut)}"' in stale.content.decode()
    cutting.send_notice(cut=cut, letters=2, seen=queries.mark(cut), by=owner, at=make.NOW)
    bodies = dict(Letter.objects.filter(kind="cut").values_list("to_email", "body"))
    assert ours.opening in bodies["azamat@example.org"] and "До встречи." in bodies["azamat@example.org"]
    assert all("With thanks to the team" in body and "Aigul" in body for body in bodies.values())
    given = {"cut": cut, "texts": {"ky": queries.Around("Башка", "Башка")}, "seen": ""}
    assert denied(cutting.write_notice, **given) == "notice_written_already"
    assert denied(cutting.write_notice, **given | {"by": labs.person("Nobody")}) == "not_your_film"


def test_letter_that_came_back_calls_for_a_hand(segment: Segment) -> None:
    cut = drop(segment)
    cutting.send_notice(cut=cut, letters=2, seen=queries.mark(cut), by=make.maker(), at=make.NOW)
    Letter.objects.filter(kind="cut").update(state="failed")

    assert stands(cut) is Stands.BY_HAND
    for one in cut.notices.all():
        cutting.tell_by_hand(notice=one, way=Way.POST, on=SAID.on, note="", by=make.maker(), at=make.NOW)
    assert stands(cut) is Stands.SENT


def test_nothing_public_shows_a_cut_before_its_people_know(segment: Segment) -> None:
    cut, owner, film = drop(segment), make.maker(), segment.omnibus.film
    assert cutting.on_film_publishing in switchboard.ANSWERS[FilmPublishing]

    with pytest.raises(Denied) as refused:
        catalogue.publish_film(film=film, by=owner, at=make.NOW)
    assert refused.value.refusal.code == "notices_not_sent"
    assert refused.value.refusal.facts == {"count": 1, "href": FILM + "cuts/"}
    film.published_at = make.NOW
    film.save()
    asked = {"whole": film, "film": segment.film, "position": 3, "state": PartState.DROPPED}
    assert denied(parts.place_part, **asked) == "notices_not_sent"
    told = news.draft("told", film.organisation, title={"en": "Told"}, body={"en": "Everything"})
    told.films.add(film)
    assert denied(publishing.publish, article=told) == "notices_not_sent"
    assert denied(publishing.schedule, article=told, to_appear=make.NOW + timedelta(days=1)) == "notices_not_sent"
    assert denied(writing.relate, article=news.article("public", film.organisation), to=film) == "notices_not_sent"

    for one in cut.notices.all():
        cutting.tell_by_hand(notice=one, way=Way.MEETING, on=SAID.on, note="", by=owner, at=make.NOW)
    catalogue.publish_film(film=film, by=owner, at=make.NOW)
    parts.place_part(by=owner, at=make.NOW, **asked)


def test_cut_is_taken_back_before_the_lock_and_who_was_written_to_hears_of_it(segment: Segment) -> None:
    cut, owner = drop(segment), make.maker()
    cutting.send_notice(cut=cut, letters=2, seen=queries.mark(cut), by=owner, at=make.NOW)

    assert denied(cutting.take_back, cut=cut, why=" ") == "why_is_missing"
    cutting.take_back(cut=cut, why="The film became shorter", by=owner, at=make.NOW)

    segment.refresh_from_db()
    assert (segment.state, segment.position) == ("locked", 2)
    assert Letter.objects.filter(kind="cut_back").count() == 2
    assert "The film became shorter" in Letter.objects.filter(kind="cut_back").first().body
    assert queries.untold(segment.omnibus.film_id) == 0
    assert denied(cutting.take_back, cut=cut, why="Again") == "cut_not_in_force"
    assert denied(cutting.send_notice, cut=cut, letters=0, seen=queries.mark(cut)) == "cut_not_in_force"
    assert denied(cutting.add_person, cut=cut, name="Ainura", email="", role="producer") == "cut_not_in_force"
    one = cut.notices.get(name="Kuban")
    assert denied(cutting.tell_by_hand, notice=one, way=Way.CALL, on=SAID.on, note="") == "cut_not_in_force"
    again = drop(segment)
    assert (again.pk != cut.pk, queries.untold(segment.omnibus.film_id)) == (True, 1)


def test_cut_is_refused_to_strangers_in_a_locked_film_and_twice(segment: Segment) -> None:
    juror = labs.person("Jibek")
    labs.membership(juror, Role.JUROR, organisation=segment.film.organisation)
    given = {"segment": segment, "said": SAID, "wording": {}, "standalone": False}

    assert denied(cutting.drop, by=juror, **given) == "not_your_film"
    cut = drop(segment)
    assert denied(cutting.drop, **given) == "segment_step_not_now"
    for action, more in (
        (cutting.send_notice, {"cut": cut, "letters": 2, "seen": ""}),
        (cutting.take_back, {"cut": cut, "why": "No"}),
        (cutting.add_person, {"cut": cut, "name": "A", "email": "", "role": "producer"}),
        (cutting.tell_by_hand, {"notice": cut.notices.first(), "way": Way.CALL, "on": SAID.on, "note": ""}),
    ):
        assert denied(action, by=juror, **more) == "not_your_film"
    Omnibus.objects.update(state="locked")
    assert denied(cutting.drop, **given) == "film_is_locked"
    assert denied(cutting.take_back, cut=cut, why="No") == "film_is_locked"


def test_pages_when_walked_lead_from_the_cut_to_everybody_told(segment: Segment) -> None:
    client = client_of(make.maker())
    page = f"{FILM}drop/{segment.code}/"
    assert "Who must know" in client.get(page).content.decode()
    assert client.post(page, TYPED | {"returned": "no"}).status_code == 422  # without a note
    assert client.post(page, {}).status_code == 422

    assert client.post(page, TYPED).status_code == 302
    cut = Cut.objects.get()
    here = f"{FILM}cuts/{cut.pk}/"
    shown = client.get(here).content.decode()
    assert "Letters that will go: 2." in shown.replace("</b>", "").replace("<b>", "")
    assert '<span lang="en">City</span>: новеллаңыз тасмага кирген жок' in shown
    assert client.post(here + "send/", {"letters": "7", "seen": queries.mark(Cut.objects.get())}).status_code == 422
    assert client.post(here + "send/", {"letters": "2", "seen": queries.mark(Cut.objects.get())}).status_code == 302
    assert client.post(here + "another/", {"name": "Ainura", "role": "producer", "email": "no"}).status_code == 422
    assert client.post(here + "another/", {"name": "Ainura", "role": "producer"}).status_code == 302
    for one in cut.notices.all():
        typed = {f"told-{one.pk}-way": "call", f"told-{one.pk}-on": "2026-08-31"}
        assert client.post(f"{here}told/{one.pk}/", {}).status_code == 422
        assert client.post(f"{here}told/{one.pk}/", typed).status_code == 302
    assert client.post(f"{here}told/0/", typed).status_code == 404
    assert "everybody was told" in client.get(FILM + "cuts/").content.decode()
    rows = b"".join(client.get(FILM + "cuts.csv").streaming_content).decode()
    assert "Bridge,Aigul,The council,The film would be too long,2026-08-30,With thanks to the team,yes" in rows
    assert client.post(here + "back/", {}).status_code == 422
    assert client.post(here + "back/", {"why": "Shorter"}).status_code == 302
    assert client.get(f"{FILM}cuts/{cut.pk + 1}/").status_code == 404


def test_log_when_it_grows_costs_the_same(segment: Segment) -> None:
    client = client_of(make.maker())
    drop(segment)

    def more() -> None:
        film = segment.omnibus
        drop(make.piece(film, f"More {film.segments.count()}", 9))

    assert same_cost(lambda: client.get(FILM + "cuts/"), more) <= 12


def test_team_learns_of_the_cut_from_its_page_only_after_everybody_knows(segment: Segment) -> None:
    Decision.objects.create(
        candidacy=segment.application.candidacies.first(), application=segment.application, outcome="selected",
        decided_at=make.NOW, decided_by=make.maker(), announced_at=make.NOW,
    )  # fmt: skip
    team, maker = client_of(segment.application.lead), client_of(make.maker())
    page, own = f"/en/segments/{segment.code}/", "/en/my/segments/"
    said = "This segment is not in the film."

    def told() -> list[int]:
        shown = "".join(team.get(one).content.decode() for one in (page, own))
        return [shown.count(one) for one in (said, "dropped", "locked")]

    before = told()
    assert "Drop it from the film" in maker.get(page).content.decode()
    assert "Drop it from the film" not in team.get(page).content.decode()

    cut = drop(segment)
    assert told() == before
    assert said in maker.get(page).content.decode()
    assert access.why_not_cut(segment.application.lead, Segment.objects.get(pk=segment.pk)).code == "cut_is_locked"

    for one in cut.notices.all():
        cutting.tell_by_hand(notice=one, way=Way.CALL, on=SAID.on, note="", by=make.maker(), at=make.NOW)
    assert told()[:2] == [1, before[1] + 2]
