"""What the catalogue's actions change, record and refuse."""

from datetime import date, timedelta
from typing import Any

import pytest

from kinolab.catalogue import access
from kinolab.catalogue.actions import agents, identifiers, parts, releases
from kinolab.catalogue.actions import credits as credit_actions
from kinolab.catalogue.actions import films as film_actions
from kinolab.catalogue.actions import series as series_actions
from kinolab.catalogue.domain.identifiers import Scheme
from kinolab.catalogue.domain.works import AgentKind, EntryState, Kind, PartKind, PartState, ReleaseKind, Role, Season
from kinolab.catalogue.events import FilmPublishing
from kinolab.catalogue.models import Alias, Film, Identifier, Part
from kinolab.foundation import events
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied, Refusal
from kinolab.labs.domain import roles
from kinolab.labs.domain.calendar import FuzzyDate, Precision
from tests.factories import films, news, production
from tests.factories.films import NOW


@pytest.fixture
def tunduk() -> Any:
    return news.organisation("tunduk")


@pytest.fixture
def by(tunduk: Any) -> dict[str, Any]:
    """The owner, now."""
    return {"by": news.aigul(tunduk), "at": NOW}


def refused(act: Any, **asked: Any) -> str:
    """The code of the refusal."""
    with pytest.raises(Denied) as denied:
        act(**asked)
    return denied.value.refusal.code


def test_film_is_made_described_published_and_withdrawn_on_the_record(tunduk, by):
    film = film_actions.make_film(
        organisation=tunduk, slug="osh", kind=Kind.OMNIBUS, facts={"genres": ["drama"]}, countries=["KG", "KZ"], **by
    )
    assert refused(film_actions.publish_film, film=film, **by) == "film_untitled"

    film_actions.describe_film(film=film, facts={"title": {"ky": "Ош"}}, **by)
    film = film_actions.publish_film(film=film, **by)
    assert (str(film.title), film.published_at, [one.code for one in film.countries.all()]) == ("Ош", NOW, ["KG", "KZ"])
    assert refused(film_actions.describe_film, film=film, facts={"title": {}}, **by) == "film_untitled"

    assert film_actions.withdraw_film(film=film, **by).published_at is None
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["added", "changed", "published", "unpublished"]
    assert set(Entry.objects.values_list("scope", flat=True)) == {f"organisation:{tunduk.pk}"}


def test_film_is_refused_a_taken_address_and_an_unknown_genre(tunduk, by):
    films.film("osh")
    asked = {"organisation": tunduk, "kind": Kind.SHORT, "facts": {}, **by}

    assert refused(film_actions.make_film, **asked, slug="osh") == "film_address_taken"
    assert refused(film_actions.make_film, **asked | {"facts": {"genres": ["noir"]}}, slug="fresh") == "unknown_genre"
    with pytest.raises(TypeError, match="slug"):
        film_actions.describe_film(film=Film.objects.get(), facts={"slug": "other"}, **by)


def test_catalogue_is_edited_by_the_organisation_that_owns_it(tunduk, by):
    film, series = films.film("osh"), series_actions.make_series(organisation=tunduk, title={"en": "Cities"}, **by)
    part = films.part(film)
    agent = agents.add_agent(organisation=tunduk, kind=AgentKind.PERSON, name={"en": "Bek"}, **by)
    credit = credit_actions.credit(film=film, agent=agent, role=Role.CAST, **by)
    track = credit_actions.add_track(film=film, artist=agent, **by)
    release = releases.add_release(film=film, kind=ReleaseKind.PREMIERE, season=Season.SPRING, **by)
    entry = series_actions.enter(series=series, title={"en": "D"}, **by)
    named = {"title": {"en": "B"}, "about": {}, "within": None}
    entered = {"title": {}, "film": None, "year": None, "working_title": {}, "state": EntryState.MADE, "note": {}}
    edition = news.edition(tunduk)
    for who in (
        news.person("Farrukh"),
        news.member("Owen", roles.Role.OWNER, news.organisation("other")),
        news.member("Lena", roles.Role.LEAD, tunduk, edition),
        news.member("Jibek", roles.Role.JUROR, tunduk),
    ):
        as_who = {"by": who, "at": NOW}
        tried = [
            (film_actions.make_film, {"organisation": tunduk, "slug": "new", "kind": Kind.SHORT, "facts": {}}),
            (film_actions.describe_film, {"film": film, "facts": {}}),
            (film_actions.publish_film, {"film": film}),
            (film_actions.withdraw_film, {"film": film}),
            (identifiers.identify, {"film": film, "scheme": Scheme.IMDB, "value": "tt0000001"}),
            (parts.place_part, {"whole": film, "film": part.film, "position": 2}),
            (parts.drop_part, {"part": part}),
            (agents.add_agent, {"organisation": tunduk, "kind": AgentKind.GROUP, "name": {"en": "A"}}),
            (credit_actions.credit, {"film": film, "agent": agent, "role": Role.CAST}),
            (credit_actions.add_track, {"film": film, "artist": agent, "order": 1}),
            (releases.add_release, {"film": film, "kind": ReleaseKind.PREMIERE, "season": Season.SPRING}),
            (series_actions.make_series, {"organisation": tunduk, "title": {"en": "B"}}),
            (series_actions.enter, {"series": series, "order": 1, "title": {"en": "C"}}),
            (film_actions.move_film, {"film": film, "slug": "x"}),
            (film_actions.delete_film, {"film": film}),
            (identifiers.forget_identifier, {"film": film, "scheme": Scheme.IMDB}),
            (parts.add_part, {"whole": film, "film": {}, "kind": PartKind.STORY}),
            (parts.put_back, {"part": part}),
            (parts.move_part, {"part": part, "by_places": 1}),
            (parts.change_part, {"part": part, "kind": PartKind.BRIDGE}),
            (credit_actions.change_credit, {"credit": credit, "agent": agent, "values": {}}),
            (credit_actions.move_credit, {"credit": credit, "by_places": 1}),
            (credit_actions.remove_credit, {"credit": credit}),
            (credit_actions.change_track, {"track": track, "artist": agent, "title": ""}),
            (credit_actions.move_track, {"track": track, "by_places": 1}),
            (credit_actions.remove_track, {"track": track}),
            (releases.change_release, {"release": release, "kind": ReleaseKind.PREMIERE, "season": Season.SPRING}),
            (releases.remove_release, {"release": release}),
            (series_actions.change_series, {"series": series, **named}),
            (series_actions.delete_series, {"series": series}),
            (series_actions.change_entry, {"entry": entry, **entered}),
            (series_actions.move_entry, {"entry": entry, "by_places": 1}),
            (series_actions.leave_series, {"entry": entry}),
        ]
        assert [refused(act, **asked, **as_who) for act, asked in tried] == ["not_your_catalogue"] * len(tried)


def test_things_of_two_catalogues_are_not_connected(tunduk, by):
    film, other = films.film("osh"), news.organisation("other")
    foreign = films.film("foreign", other)
    agent = films.credit(foreign, "Bek").agent
    series = series_actions.make_series(organisation=tunduk, title={"en": "Cities"}, **by)

    assert refused(parts.place_part, whole=film, film=foreign, position=1, **by) == "other_catalogue"
    assert refused(credit_actions.credit, film=film, agent=agent, role=Role.CAST, **by) == "other_catalogue"
    assert refused(credit_actions.add_track, film=film, artist=agent, order=1, **by) == "other_catalogue"
    assert refused(series_actions.enter, series=series, order=1, title={}, film=foreign, **by) == "other_catalogue"


def test_part_stands_in_one_film_until_it_is_dropped(by):
    first, second = films.film("first"), films.film("second")
    part = films.part(first)

    assert refused(parts.place_part, whole=second, film=part.film, position=1, **by) == "segment_elsewhere"
    assert refused(parts.place_part, whole=part.film, film=first, position=1, **by) == "parts_in_a_circle"
    assert refused(film_actions.publish_film, film=part.film, **by) == "part_published_alone"

    parts.drop_part(part=part, **by)
    parts.place_part(whole=second, film=part.film, position=1, **by)
    parts.place_part(whole=second, film=part.film, position=3, **by)
    assert list(Part.objects.order_by("whole").values_list("whole__slug", "position", "state")) == [
        ("first", 1, PartState.DROPPED), ("second", 3, PartState.IN_FILM),
    ]  # fmt: skip


def test_series_never_stands_within_itself(tunduk, by):
    outer, inner = (series_actions.make_series(organisation=tunduk, title={"en": one}, **by) for one in "ab")
    series_actions.change_series(series=inner, title=inner.title, about={}, within=outer, **by)

    for within in (inner, outer):
        asked = {"series": outer, "title": outer.title, "about": {}, "within": within}
        assert refused(series_actions.change_series, **asked, **by) == "series_in_a_circle"


def test_identifier_is_checked_kept_as_registers_write_it_and_belongs_to_one_film(by):
    film, other = films.film("osh"), films.film("other")
    identifiers.identify(film=film, scheme=Scheme.EIDR, value=" 10.5240/7791-8534-2c23-9030-8610-5", **by)

    assert (
        refused(identifiers.identify, film=film, scheme=Scheme.EIDR, value="10.5240/7791", **by) == "identifier_shape"
    )
    wrong = {"scheme": Scheme.EIDR, "value": "10.5240/7791-8534-2C23-9030-8610-4"}
    assert refused(identifiers.identify, film=film, **wrong, **by) == "identifier_check"
    taken = {"scheme": Scheme.EIDR, "value": "10.5240/7791-8534-2C23-9030-8610-5"}
    assert refused(identifiers.identify, film=other, **taken, **by) == "identifier_taken"
    assert Identifier.objects.get().value == "10.5240/7791-8534-2C23-9030-8610-5"


def test_agent_keeps_every_spelling_and_the_film_its_own(tunduk, by):
    film = films.film("osh")
    agent = agents.add_agent(
        organisation=tunduk, kind=AgentKind.PERSON, name={"ky": "Айгүл"}, aliases={"Aigul": "en", "Айгуль": "ru"}, **by
    )
    credit = credit_actions.credit(film=film, agent=agent, role=Role.DIRECTOR, credited_as={"en": "A. Asanova"}, **by)
    release = releases.add_release(
        film=film, kind=ReleaseKind.PREMIERE, on=FuzzyDate(date(2026, 9, 1), Precision.EARLY_MONTH), **by
    )

    assert list(Alias.objects.values_list("name", "language")) == [("Aigul", "en"), ("Айгуль", "ru")]
    assert (str(credit.credited_as), release.precision) == ("A. Asanova", "early_month")


def test_film_its_changed_parts_and_what_is_told_of_it_wait_while_a_later_room_says_no(by, monkeypatch):
    film, public = films.film("osh", published_at=None), films.film("naryn")
    part, asked = films.part(public), []

    def no(event: FilmPublishing) -> None:
        asked.append(event.film)
        raise Denied(Refusal("of_a_test"))

    monkeypatch.setattr(events, "_answers", {FilmPublishing: [no]})

    assert refused(film_actions.publish_film, film=film, **by) == "of_a_test"
    assert refused(parts.place_part, whole=public, film=part.film, position=2, **by) == "of_a_test"
    assert refused(parts.drop_part, part=part, **by) == "of_a_test"
    assert access.why_not_show(film) == Refusal("of_a_test")
    assert asked == [film.pk, public.pk, public.pk, film.pk]
    parts.place_part(whole=film, film=films.film("alone", published_at=None), position=1, **by)


def test_published_film_keeps_its_address_and_is_not_deleted(by):
    film, other = films.film("osh"), films.film("other")

    assert refused(film_actions.move_film, film=film, slug="osh-2", **by) == "film_address_public"
    assert refused(film_actions.delete_film, film=film, **by) == "film_published"
    film_actions.withdraw_film(film=film, **by)
    assert refused(film_actions.move_film, film=film, slug=other.slug, **by) == "film_address_taken"
    assert refused(film_actions.move_film, film=film, slug="new", **by) == "film_address_taken"
    assert film_actions.move_film(film=film, slug="osh-2", **by).slug == "osh-2"


def test_credit_that_somebody_has_taken_out_meanwhile_is_said_to_be_gone(tunduk, by):
    credit = films.credit(films.film("osh"), "Bek")
    foreign = films.credit(films.film("foreign", news.organisation("other")), "Aida").agent
    change = {"credit": credit, "values": {"note": {"en": "voice"}}, **by}
    assert refused(credit_actions.change_credit, agent=foreign, **change) == "other_catalogue"
    credit_actions.remove_credit(credit=films.Credit.objects.get(pk=credit.pk), **by)

    assert refused(credit_actions.change_credit, agent=credit.agent, **change) == "gone_from_catalogue"


def test_what_belongs_to_a_film_marks_it_as_changed(tunduk, by):
    film = films.film("osh")
    series = series_actions.make_series(organisation=tunduk, title={"en": "Cities"}, **by)
    credit = films.credit(film, "Bek")
    later = {"by": by["by"], "at": NOW + timedelta(days=1)}

    for act, asked in (
        (credit_actions.move_credit, {"credit": credit, "by_places": 0}),
        (series_actions.enter, {"series": series, "title": {}, "film": film}),
        (releases.add_release, {"film": film, "kind": ReleaseKind.PREMIERE, "season": Season.SPRING}),
        (credit_actions.remove_credit, {"credit": credit}),
    ):
        Film.objects.update(changed_at=NOW)
        act(**asked, **later)
        film.refresh_from_db()
        assert film.changed_at == (NOW if act is credit_actions.move_credit else later["at"])


def test_draft_on_which_a_later_room_rests_is_not_deleted(by, tunduk):
    film = production.omnibus(of=tunduk).film

    assert refused(film_actions.delete_film, film=film, **by) == "film_held"
