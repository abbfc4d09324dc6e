import pytest
from django.core import mail

from kinolab.applications.actions import submission
from kinolab.applications.domain.lifecycle import LadderStep
from kinolab.applications.queries import mine
from kinolab.config import clock
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail import actions as post
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain.roles import Permission, Role
from kinolab.labs.models import Edition
from kinolab.selection.actions import announcing, letters
from kinolab.selection.domain.lifecycle import AnnouncementState, Outcome
from kinolab.selection.models import Announcement, Decision
from kinolab.selection.queries.public import announced_steps, milestones
from tests.factories import applications
from tests.factories import selection as make
from tests.integration.applications.test_at_once import at_once

NOT_ANNOUNCE = Refusal("not_permitted", {"permission": Permission.ANNOUNCE})


@pytest.fixture
def ready(call):
    """Three films decided, one of them by a team of two; letters written."""
    films = [make.sent(call, "Meerim", make.azamat()), make.sent(call, "Gulnara"), make.sent(call, "Erlan")]
    for film, outcome in zip(films, (Outcome.SELECTED, Outcome.WAITLIST, Outcome.REJECTED), strict=True):
        make.decided(film, outcome)
    make.written(call)
    return call


def announce(call, going=4, **more):
    by = more.pop("by", None) or make.owner(call)
    return announcing.announce(edition=call.edition, letters=going, by=by, at=make.NOW, **more)


def refusal_of(work):
    with pytest.raises(Denied) as denied:
        work()
    return denied.value.refusal


def written():
    return sorted(Letter.objects.filter(kind="result").values_list("to_email", "subject"))


# --- What is in the way ----------------------------------------------------------------------------------------------
def test_announce_when_something_is_undecided_is_refused(ready):
    make.sent(ready, "Sanjar")
    assert refusal_of(lambda: announce(ready)) == Refusal("undecided", {"count": 1})


def test_announce_when_something_is_on_hold_is_refused(ready):
    make.decided(make.sent(ready, "Sanjar"), Outcome.HOLD)
    assert refusal_of(lambda: announce(ready)) == Refusal("on_hold", {"count": 1})


def test_announce_when_a_letter_is_missing_in_a_language_of_the_call_is_refused(call):
    film = make.sent(call, "Meerim", make.azamat())
    make.decided(film)
    make.written(call, languages=("en",))
    said = refusal_of(lambda: announce(call, 2))
    assert (said.code, said.facts) == ("templates_missing", {"templates": ("Selected (Russian)",)})


def test_announce_when_the_call_is_open_is_refused(ready):
    asked = {"edition": ready.edition, "letters": 4, "by": make.owner(ready), "at": applications.NOW}
    assert refusal_of(lambda: announcing.announce(**asked)) == Refusal("call_still_open")


def test_announce_when_nothing_was_sent_is_refused(call):
    assert refusal_of(lambda: announce(call, 0)) == Refusal("nothing_to_announce")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.JUROR])
def test_announce_when_the_role_does_not_announce_is_refused(ready, role):
    by = make.staff(ready, "Bakyt", role)
    assert refusal_of(lambda: announce(ready, by=by)) == NOT_ANNOUNCE


def test_announce_when_the_number_of_letters_has_changed_is_refused_and_nothing_happens(ready):
    assert refusal_of(lambda: announce(ready, 3)) == Refusal("letters_counted_anew", {"count": 4})
    assert not Announcement.objects.exists()
    assert not Decision.objects.exclude(announced_at=None).exists()


# --- The instant -----------------------------------------------------------------------------------------------------
def test_announce_when_made_makes_every_decision_true_at_once(ready):
    made = announce(ready, note={"en": "Thank you all."})
    assert (made.state, made.letters, str(made.note)) == (AnnouncementState.RUNNING, 4, "Thank you all.")
    assert set(Decision.objects.values_list("announced_at", flat=True)) == {make.NOW}
    assert milestones(ready.edition) == {"announced_at": make.NOW}
    assert Entry.objects.get(verb="announced").after == {"selected": 1, "waitlist": 1, "rejected": 1, "letters": 4}


def test_announce_when_somebody_withdrew_leaves_them_out(ready):
    film = Decision.objects.get(outcome=Outcome.REJECTED).application
    submission.withdraw(application=film, reason="", by=film.lead, at=make.NOW)
    announce(ready, 3)
    assert Decision.objects.get(announced_at=None).application == film


def test_steps_when_announced_tell_each_team_its_own(ready):
    numbers = {one.outcome: one.application_id for one in Decision.objects.all()}
    assert announced_steps(numbers.values()) == {}
    announce(ready)
    assert announced_steps(numbers.values()) == {
        numbers["selected"]: LadderStep.SELECTED,
        numbers["waitlist"]: LadderStep.WAITLIST,
        numbers["rejected"]: LadderStep.NOT_CHOSEN,
    }


def test_way_of_the_application_when_announced_ends_with_the_result(ready):
    film = Decision.objects.get(outcome=Outcome.SELECTED).application
    before = mine.application_page(film, film.lead, make.NOW).taken[-1]
    announce(ready)
    after = mine.application_page(film, film.lead, make.NOW).taken[-1]
    assert (before, after) == (LadderStep.BEING_CHECKED, LadderStep.SELECTED)


# --- The letters -----------------------------------------------------------------------------------------------------
WRITTEN = [
    ("azamat@example.org", "[ru] Импакт-лаб 2026: selected"),
    ("erlan@example.org", "[en] Impact Lab 2026: rejected"),
    ("gulnara@example.org", "[en] Impact Lab 2026: waitlist"),
    ("meerim@example.org", "[en] Impact Lab 2026: selected"),
]


def test_letters_when_written_go_to_everybody_in_their_language(ready):
    made = announce(ready)
    assert announcing.write_letters(announcement=made, at=make.NOW) == 4
    made.refresh_from_db()
    assert (made.state, made.finished_at) == (AnnouncementState.DONE, make.NOW)
    assert written() == WRITTEN


def test_letters_when_written_twice_are_written_once(ready):
    made = announce(ready)
    announcing.write_letters(announcement=made, at=make.NOW)
    assert announcing.write_letters(announcement=made, at=make.NOW) == 0
    assert written() == WRITTEN
    assert Entry.objects.filter(verb="wrote_letters").count() == 1


def test_letters_when_the_process_dies_half_way_are_taken_up_by_the_clock(ready, monkeypatch):
    made = announce(ready)
    monkeypatch.setattr(announcing, "BATCH", 1)
    write, calls = post.write_many, []

    def dies_at_the_second(batch):
        calls.append(batch)
        if len(calls) == 2:
            raise ConnectionError("the database went away")
        write(batch)

    monkeypatch.setattr(post, "write_many", dies_at_the_second)
    with pytest.raises(ConnectionError):
        announcing.write_letters(announcement=made, at=make.NOW)
    made.refresh_from_db()
    assert (len(written()), made.state) == (2, AnnouncementState.RUNNING)  # the first team's letters

    monkeypatch.setattr(post, "write_many", write)
    assert clock.turn() == []
    made.refresh_from_db()
    assert (made.state, written()) == (AnnouncementState.DONE, WRITTEN)
    sent = sorted(one.to[0] for one in mail.outbox if one.subject in {b: a for a, b in WRITTEN})
    assert sent == [address for address, _ in WRITTEN]


def test_letters_when_one_is_held_back_go_to_the_others(ready):
    film = Decision.objects.get(outcome=Outcome.REJECTED).application
    film.call = ready
    member = film.members.get()
    member.application = film
    letters.hold_back(member=member, by=make.owner(ready), at=make.NOW)
    made = announce(ready, 3)
    announcing.write_letters(announcement=made, at=make.NOW)
    assert written() == [one for one in WRITTEN if one[0] != "erlan@example.org"]


def test_letters_when_one_could_not_be_delivered_are_tried_again(ready):
    made = announce(ready)
    announcing.write_letters(announcement=made, at=make.NOW)
    Letter.objects.filter(kind="result", to_email="erlan@example.org").update(state="failed", attempts=3)
    assert letters.try_again(edition=ready.edition, by=make.owner(ready), at=make.NOW) == 1
    assert Letter.objects.get(to_email="erlan@example.org", kind="result").state == "waiting"
    assert Entry.objects.get(verb="tried_letters_again").after == {"letters": 1}


def test_letters_when_all_were_delivered_trying_again_does_nothing(ready):
    assert letters.try_again(edition=ready.edition, by=make.owner(ready), at=make.NOW) == 0


def test_try_again_when_the_role_does_not_announce_is_refused(ready):
    by = make.staff(ready, "Bakyt", Role.COORDINATOR)
    assert refusal_of(lambda: letters.try_again(edition=ready.edition, by=by, at=make.NOW)) == NOT_ANNOUNCE


# --- Two at once -----------------------------------------------------------------------------------------------------
def test_announce_when_made_before_is_refused(ready):
    made = announce(ready)
    assert refusal_of(lambda: announce(ready)) == Refusal("announcement_running")
    announcing.write_letters(announcement=made, at=make.NOW)
    assert refusal_of(lambda: announce(ready)) == Refusal("already_announced")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_announce_when_two_press_at_once_happens_once():
    call = make.closed_call()
    make.decided(make.sent(call))
    make.written(call)
    first, second = make.owner(call), make.staff(call, "Dinara", Role.LEAD)

    def press(by):
        edition = Edition.objects.select_related("programme__organisation", "call").get(pk=call.edition_id)
        made = announcing.announce(edition=edition, letters=1, by=by, at=make.NOW)
        announcing.write_letters(announcement=made, at=make.NOW)
        return "announced"

    told = at_once(lambda: press(first), lambda: press(second))
    assert told.count("announced") == 1
    assert set(told) - {"announced"} <= {"announcement_running", "already_announced"}
    assert (Announcement.objects.count(), Letter.objects.filter(kind="result").count()) == (1, 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_letters_when_two_processes_write_them_at_once_are_written_once():
    call = make.closed_call()
    for who in ("Meerim", "Gulnara", "Erlan"):
        make.decided(make.sent(call, who))
    make.written(call)
    announce(call, 3)
    at_once(*[lambda: announcing.go_on(at=make.NOW)] * 3)
    assert Letter.objects.filter(kind="result").count() == 3
    assert Announcement.objects.get().state == AnnouncementState.DONE
