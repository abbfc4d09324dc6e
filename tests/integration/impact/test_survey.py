"""The yearly question: sent once a year, answered once with one click or with more, without an account."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kinolab.applications.models import Application
from kinolab.foundation.mail import actions as mail
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.refusals import Denied
from kinolab.impact import jobs
from kinolab.impact.actions import outcomes, survey
from kinolab.impact.models import FollowUp, Outcome, Quiet
from kinolab.impact.queries.survey import digest_of
from tests.factories import outcomes as make
from tests.factories import road_maps as maps
from tests.factories import selection
from tests.kit import client_of, same_cost

pytestmark = pytest.mark.django_db
AT = maps.NOW
DUE = make.ANNOUNCED + timedelta(days=366)


@pytest.fixture
def film(db: None) -> Application:
    return make.chosen(selection.closed_call(), "Meerim", selection.azamat())


def page(film: Application, token: str = "", name: str = "survey") -> str:
    return reverse(f"impact:{name}", args=[film.call.edition.programme.slug, *([token] if token else [])])


def switched_on(film: Application) -> None:
    outcomes.switch(
        programme=film.call.edition.programme, surveys=True, report_public=False, by=_owner(film), at=AT
    )  # fmt: skip


def _owner(film: Application) -> Any:
    found = selection.make.person("Erkin")
    edition = film.call.edition
    edition.programme.organisation.memberships.create(person=found, role="owner", added_at=AT)
    return found


def test_letters_when_a_year_has_gone_go_to_each_of_the_team_once_in_their_language(
    film: Application, now: time_machine.Traveller
) -> None:
    assert survey.send_due(at=DUE) == 0  # nobody has switched it on
    switched_on(film)
    assert survey.send_due(at=make.ANNOUNCED + timedelta(days=300)) == 0

    now.move_to(DUE)
    assert [jobs.ask_alumni.call(), jobs.ask_alumni.call()] == [2, 0]

    letters = Letter.objects.filter(kind="follow_up").order_by("to_email")
    assert [(one.to_email, one.language) for one in letters] == [
        ("azamat@example.org", "ru"),
        ("meerim@example.org", "en"),
    ]
    assert set(FollowUp.objects.values_list("year", flat=True)) == {2027}
    for letter in letters:  # the token is in the letter alone, and forgotten when it has left
        token = letter.secret
        assert f"/{token}/" in letter.body
        assert FollowUp.objects.filter(digest=digest_of(token)).count() == 1
    mail.send_due(clock=lambda: DUE)
    assert not Letter.objects.filter(kind="follow_up").exclude(secret="").exists()


def test_letters_when_somebody_wants_none_are_never_written_to_them(film: Application) -> None:
    switched_on(film)
    _, token = make.link(film.call.edition.programme, film.lead, AT)

    client_of(None).post(page(film, token, "hush"))

    assert Quiet.objects.get().person == film.lead
    assert survey.send_due(at=DUE) == 1
    with pytest.raises(Denied):
        survey.hush(token="never sent", at=AT)


def test_link_when_clicked_once_confirms_and_then_offers_a_new_one(film: Application) -> None:
    programme = film.call.edition.programme
    make.outcome(programme, film=film, title="Golden Yurt", publishing="agreed", consent_at=AT)
    made, token = make.link(programme, film.lead, AT)
    visitor = client_of(None)

    looked = [visitor.get(page(film, token)) for _ in range(2)]
    assert ["Golden Yurt" in one.content.decode() for one in looked] == [True, True]  # looking uses nothing up
    visitor.post(page(film, token), {"do": "still"})

    made.refresh_from_db()
    assert (made.answer, made.answered_at) == ("still_so", AT)
    used = visitor.get(page(film, token))
    assert "This link has been used" in used.content.decode()
    assert visitor.post(page(film, token), {"do": "still"}).status_code == 200  # told so, nothing done
    visitor.post(page(film, name="survey_again"), {"token": token})
    assert FollowUp.objects.filter(person=film.lead, answer="").count() == 1


def test_link_when_too_old_or_unknown_says_so_and_sends_a_new_one(
    film: Application, now: time_machine.Traveller
) -> None:
    _, token = make.link(film.call.edition.programme, film.lead, AT)
    visitor = client_of(None)
    now.move_to(AT + timedelta(days=61))

    old, unknown = visitor.get(page(film, token)), visitor.get(page(film, "abc"))
    assert (old.status_code, unknown.status_code) == (410, 404)
    assert "no longer valid" in old.content.decode()
    asked = [
        visitor.post(page(film, name="survey_again"), {"email": email})
        for email in ("meerim@example.org", "nobody@example.org", "erkin@example.org")
    ]
    assert len({one.content.replace(b"nobody", b"meerim").replace(b"erkin", b"meerim") for one in asked}) == 1
    assert FollowUp.objects.count() == 2  # the same words for all, a letter for her alone


def test_answer_when_told_stands_as_told_and_keeps_what_was_typed(film: Application) -> None:
    programme = film.call.edition.programme
    known = make.outcome(programme, person=film.lead, title="Golden Yurt", publishing="asked")
    others = make.outcome(programme, title="Of somebody else", publishing="asked")
    _, token = make.link(programme, film.lead, AT)
    visitor = client_of(None)
    new = {"kind_new0": "festival_selection", "title_new0": "Jailoo", "publish_new0": "yes", "country_new0": "KG"}

    kept = visitor.post(page(film, token), new | {"do": "keep"})
    assert 'value="Jailoo"' in kept.content.decode()
    assert 'value="Jailoo"' in visitor.get(page(film, token)).content.decode()
    missing = visitor.post(page(film, token), new | {"do": "tell"})  # the year
    assert (missing.status_code, Outcome.objects.count()) == (422, 2)
    done = visitor.post(
        page(film, token),
        new | {
            "do": "tell", "year_new0": "2026", "about_new0": str(film.pk), f"publish_{known.pk}": "yes",
            f"wrong_{known.pk}": "It was silver.", f"publish_{others.pk}": "yes",
        },
    )  # fmt: skip

    assert done.status_code == 302
    told = Outcome.objects.get(title="Jailoo")
    assert (told.film, told.standing, told.publishing, told.told_by, told.on.year) == (
        film, "self_reported", "agreed", film.lead, 2026,
    )  # fmt: skip
    known.refresh_from_db()
    others.refresh_from_db()
    assert (known.objection, known.publishing, others.publishing) == ("It was silver.", "agreed", "asked")
    assert FollowUp.objects.get().draft == {}


def test_letters_when_there_are_more_alumni_are_found_at_the_same_cost(film: Application) -> None:
    switched_on(film)
    names = iter(["Aida", "Beka", "Cholpon"])

    same_cost(
        lambda: survey.send_due(at=make.ANNOUNCED + timedelta(days=300)),
        lambda: make.chosen(film.call, next(names)),
    )
