"""People, groups and companies: their pages, and two who turn out to be one."""

import json
import re
from datetime import date
from typing import Any

import pytest

from kinolab.catalogue.actions import people as actions
from kinolab.catalogue.actions.agents import add_agent
from kinolab.catalogue.domain.works import AgentKind
from kinolab.catalogue.models import Agent, Alias, Award, Credit, Joining, Spelling, Track
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.refusals import Denied
from kinolab.labs.domain.roles import Role
from tests.factories import films, news
from tests.factories.films import NOW
from tests.integration.catalogue.test_actions import refused
from tests.kit import at, client_of, same_cost


@pytest.fixture
def tunduk() -> Any:
    return news.organisation("tunduk")


@pytest.fixture
def by(tunduk: Any) -> dict[str, Any]:
    """The owner, now."""
    return {"by": news.aigul(tunduk), "at": NOW}


def visit(path: str, who: Any = None, **sent: Any) -> Any:
    """The page; with `sent`, what the form leads to."""
    with at(NOW):
        client = client_of(who) if who else client_of()
        return client.post(path, sent) if sent else client.get(path)


def words(response: Any) -> str:
    """What one reads on the page."""
    main = response.content.decode().partition("<main")[2].partition("</main")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def listed(response: Any) -> list[str]:
    """Who stands in the list at the desk."""
    return re.findall(r'title"><a class="title" href="/en/catalogue/people/([\w-]+)/"', response.content.decode())


def everything() -> list[list[Any]]:
    """All that is known of people and of what names them."""
    return [
        list(Agent.objects.order_by("pk").values_list("pk", "name", "about", "slug", "joined_to", "search_text")),
        list(Alias.objects.order_by("agent", "name").values_list("agent", "name", "language")),
        list(Spelling.objects.order_by("agent", "folded").values_list("agent", "folded")),
        list(Credit.objects.order_by("pk").values_list("pk", "agent", "credited_as")),
        list(Track.objects.order_by("pk").values_list("pk", "artist")),
        list(Award.objects.order_by("pk").values_list("pk", "recipient")),
    ]


def two(tunduk: Any) -> tuple[Agent, Agent]:
    """Elena, who directed, and Yelena, who wrote, sang and was chosen."""
    film = films.film("osh", of=tunduk)
    elena = films.agent("Elena Kim", tunduk, slug="elena", aliases=["Е. Ким"])
    yelena = films.agent(
        "", tunduk, slug="yelena", name={"ru": "Ким Елена"}, about={"ru": "Поёт."}, aliases=["Lena Kim"]
    )
    Credit.objects.create(film=film, agent=elena, role="director")
    Credit.objects.create(film=film, agent=yelena, role="writer", credited_as={"en": "Y. Kim"})
    Track.objects.create(film=film, artist=yelena, order=1, title="Snow")
    Award.objects.create(film=film, recipient=yelena, event={"en": "Kinoshok"}, result="won", on=date(2025, 9, 1))
    return elena, yelena


# --- For visitors ----------------------------------------------------------------------------------------------------
def test_page_names_every_spelling_and_the_published_films_by_role_with_parts_in_brackets(tunduk):
    whole = films.film("almaty", of=tunduk, title={"en": "Almaty"}, year_release=2026)
    part = films.part(whole, 1, title={"en": "The Cabin"}).film
    dropped = films.part(whole, 2, state="dropped", title={"en": "Gone"}).film
    draft = films.film("draft", of=tunduk, published_at=None)
    bek = films.agent("Bek Asanov", tunduk, slug="bek", name={"en": "Bek Asanov", "ky": "Бек Асанов"}, aliases=["B. A."],
                      about={"en": "Two films </script>"})  # fmt: skip
    for film, role, said in (
        (part, "director", {"credited_as": {"en": "Bek A."}}), (part, "cast", {"character": {"en": "Driver"}}),
        (dropped, "editor", {}), (draft, "writer", {}),
    ):  # fmt: skip
        Credit.objects.create(film=film, agent=bek, role=role, **said)
    Award.objects.create(film=part, recipient=bek, event={"en": "Kinoshok"}, category={"en": "Debut"}, result="won",
                         on=date(2026, 9, 1), precision="month")  # fmt: skip

    page = visit("/en/films/people/bek/")
    said = words(page)
    for one in ("Also written: Бек Асанов , B. A.", "Direction 2026 Almaty ( The Cabin ) Credited as: Bek A.",
                "Cast 2026 Almaty ( The Cabin ) — Driver", "2026 Kinoshok · Debut Award · Almaty ( The Cabin )"):  # fmt: skip
        assert one in said
    assert not {"Gone", "Editing", "Screenplay", "Draft"} & set(re.findall(r"\w+", said))
    assert page["Cache-Control"] == "public, max-age=0"
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode())[1])
    assert (told["@type"], told["alternateName"], told["award"]) == (
        "Person", ["Бек Асанов", "B. A."], ["Kinoshok · Debut · 2026"],
    )  # fmt: skip
    assert 'href="/en/films/people/bek/">Bek A.</a>' in visit("/en/films/almaty/").content.decode()


def test_page_of_whom_no_published_film_names_or_who_is_hidden_is_for_editors_alone(tunduk, by):
    hidden = films.credit(films.film("osh", of=tunduk), "Bek").agent
    Agent.objects.filter(pk=hidden.pk).update(shown=False)
    films.agent("Nobody", tunduk)

    assert [visit(f"/en/films/people/{one}/").status_code for one in ("bek", "nobody", "else")] == [404] * 3
    assert "it is hidden" in words(visit("/en/films/people/bek/", by["by"]))
    assert "no published film" in words(visit("/en/films/people/nobody/", by["by"]))
    assert "/films/people/" not in visit("/en/films/osh/").content.decode()


def test_page_costs_the_same_with_one_film_and_with_three(tunduk):
    numbers = iter("123456")

    def grow() -> None:
        film = films.film(f"more{next(numbers)}", of=tunduk)
        films.credit(films.part(film, 1, title={"en": "Part"}).film, "Bek")

    grow()
    assert same_cost(lambda: visit("/en/films/people/bek/"), grow) == 6


# --- At the desk -----------------------------------------------------------------------------------------------------
def test_list_finds_in_any_spelling_of_one_s_own_catalogue_alone(tunduk, by):
    films.agent("Yelena Kim", tunduk, aliases=["Елена Ким"])
    films.agent("Kino Company", tunduk, kind="company")
    films.agent("Elena Foreign", news.organisation("other"))

    def found(asked: str) -> list[str]:
        return listed(visit(f"/en/catalogue/people/?{asked}", by["by"]))

    assert found("") == ["kino-company", "yelena-kim"]
    assert (found("q=елена"), found("kind=company"), found("q=%25")) == (["yelena-kim"], ["kino-company"], [])
    assert "Nobody found" in words(visit("/en/catalogue/people/?q=zzz", by["by"]))
    who = [None, news.person("Farrukh"), news.member("Owen", Role.OWNER, news.organisation("third"))]
    assert [visit("/en/catalogue/people/yelena-kim/", one).status_code for one in who] == [302, 404, 404]


def test_lists_cost_the_same_with_one_and_with_three(tunduk, by):
    numbers = iter(range(20))

    def grow() -> None:
        name = f"Bek {next(numbers)}"
        for number in range(2):
            films.agent(name, tunduk, slug=f"{name[4:]}-{number}", aliases=[f"A{name}{number}"])

    grow()
    client = client_of(by["by"])
    assert same_cost(lambda: client.get("/en/catalogue/people/"), grow) == 7
    assert same_cost(lambda: client.get("/en/catalogue/people/same/"), grow) == 7


def test_somebody_is_added_described_and_spelled_on_pages(tunduk, by):
    films.agent("Bek", tunduk)
    added = visit(
        "/en/catalogue/people/new/", by["by"], name="Бек", language="ky", kind="group", organisation=tunduk.pk
    )
    assert added.url == "/en/catalogue/people/bek-2/"

    names = {"name_ky": "Бек", "name_en": "Bek Band", "about_en": "Sing.", "kind": "group", "shown": "on"}
    assert visit(added.url, by["by"], **names).status_code == 302
    spelled = visit("/en/catalogue/people/bek-2/spellings/", by["by"], name="BEK!", language="")
    assert spelled.status_code == 302
    again = visit("/en/catalogue/people/bek-2/spellings/", by["by"], name="BEK!", language="")
    assert (again.status_code, "already among the spellings" in words(again)) == (422, True)
    unnamed = visit(added.url, by["by"], kind="group", name_ky=" ")
    assert (unnamed.status_code, "at least one language" in words(unnamed)) == (422, True)

    made = Agent.objects.get(slug="bek-2")
    assert (made.name, made.shown, "bek band" in made.search_text) == ({"ky": "Бек", "en": "Bek Band"}, True, True)
    visit(f"/en/catalogue/people/bek-2/spellings/{made.aliases.get().pk}/remove/", by["by"], ok="1")
    assert not made.aliases.exists()
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["added", *["changed"] * 3]


def test_somebody_whom_films_name_is_not_deleted_and_the_page_says_what_to_do(tunduk, by):
    elena, yelena = two(tunduk)
    page = visit("/en/catalogue/people/yelena/delete/", by["by"], sure="1")
    assert page.status_code == 302
    assert "credits and awards here: 3" in words(visit("/en/catalogue/people/yelena/", by["by"]))

    actions.join(kept=elena, lost=yelena, **by)
    Credit.objects.all().delete()
    Track.objects.all().delete()
    Award.objects.all().delete()
    assert refused(actions.delete_agent, agent=elena, **by) == "agent_has_joined"
    assert refused(actions.delete_agent, agent=yelena, **by) == "agent_joined"
    actions.take_back(joining=Joining.objects.get(), **by)
    assert visit("/en/catalogue/people/yelena/delete/", by["by"], sure="1").url == "/en/catalogue/people/"
    assert list(Agent.objects.values_list("slug", flat=True)) == ["elena"]


# --- Two who are one -------------------------------------------------------------------------------------------------
def test_those_who_bear_one_name_are_offered_until_somebody_says_they_are_two(tunduk, by):
    two(tunduk)
    films.agent("Ким Елена", tunduk, kind="company")
    films.agent("Yelena Kim", news.organisation("other"), slug="foreign")
    for slug, name in (("slip", "Елегна Ким"), ("long", "Ким Елена Викторовна"), ("none", "Елена Ли")):
        films.agent(name, tunduk, slug=slug)

    page = visit("/en/catalogue/people/same/", by["by"]).content.decode()
    pairs = dict(
        zip(
            re.findall(r"/people/([\w-]+/join/[\w-]+)/", page),
            re.findall(r'"small dim" data-at="low">(.*?)<', page),
            strict=True,
        )
    )
    assert list(pairs.items()) == [
        ("elena/join/yelena", "one name"), ("elena/join/long", "one name, a word left out"),
        ("yelena/join/long", "one name, a word left out"), ("elena/join/slip", "one letter apart"),
        ("yelena/join/slip", "one letter apart"),
    ]  # fmt: skip
    Agent.objects.filter(slug__in=["slip", "long", "none"]).delete()
    assert "Is it the same?" in words(visit("/en/catalogue/people/yelena/", by["by"]))

    visit("/en/catalogue/people/yelena/apart/elena/", by["by"], sure="1")
    assert "name is like another" in words(visit("/en/catalogue/people/same/", by["by"]))
    assert "elena/join/" not in visit("/en/catalogue/people/yelena/", by["by"]).content.decode()


def test_joining_shows_first_what_moves_and_is_taken_back_as_if_it_had_never_been(tunduk, by):
    two(tunduk)
    before = everything()

    preview = words(visit("/en/catalogue/people/elena/join/yelena/", by["by"]))
    assert "Credits Osh · Screenplay Pieces of music 1 Awards 1 Names that become spellings Lena Kim" in preview
    assert everything() == before

    visit("/en/catalogue/people/elena/join/yelena/", by["by"], sure="1")
    elena = Agent.objects.get(slug="elena")
    assert (elena.name, elena.about) == ({"en": "Elena Kim", "ru": "Ким Елена"}, {"ru": "Поёт."})
    assert set(Credit.objects.values_list("agent__slug", "role")) == {("elena", "director"), ("elena", "writer")}
    assert visit("/en/films/people/yelena/").url == "/en/films/people/elena/"
    assert visit("/en/catalogue/people/yelena/", by["by"]).url == "/en/catalogue/people/elena/"
    assert listed(visit("/en/catalogue/people/", by["by"])) == ["elena"]

    back = f"/en/catalogue/people/joinings/{Joining.objects.get().pk}/"
    assert "Everything will be as it was" in words(visit(back, by["by"]))
    visit(back, by["by"], sure="1")
    assert everything() == before
    assert visit("/en/films/people/yelena/").status_code == 200
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["joined_agents", "parted_agents"]
    assert refused(actions.take_back, joining=Joining.objects.get(), **by) == "joining_undone"


def test_what_happened_since_stays_and_is_said(tunduk, by):
    elena, yelena = two(tunduk)
    joining = actions.join(kept=elena, lost=yelena, **by)
    other = films.agent("Bek", tunduk)
    Credit.objects.filter(role="writer").update(agent=other)
    Track.objects.all().delete()
    Credit.objects.create(film=films.film("new", of=tunduk), agent=elena, role="editor")
    elena.refresh_from_db()
    names = {"ru": "Е. Ким-Садыр", "en": "Elena Kim"}
    actions.describe_agent(agent=elena, kind=AgentKind.PERSON, name=names, about={}, shown=True, **by)

    page = words(visit(f"/en/catalogue/people/joinings/{joining.pk}/", by["by"]))
    assert "Deleted since 1 Given to somebody else since 1 Names and texts changed since 2 Added since; stay" in page
    back = actions.take_back(joining=joining, **by)

    assert (back.gone, back.elsewhere, back.changed, back.stays, back.aliases) == (1, 1, 2, 1, ["Lena Kim"])
    assert Award.objects.get().recipient == yelena
    assert set(Credit.objects.values_list("role", "agent__slug")) == {
        ("director", "elena"), ("writer", "bek"), ("editor", "elena"),
    }  # fmt: skip
    elena.refresh_from_db()
    assert elena.name == names


def test_joinings_are_taken_back_from_the_last(tunduk, by):
    elena, yelena = two(tunduk)
    third = films.agent("Third", tunduk)
    first = actions.join(kept=elena, lost=yelena, **by)
    before = everything()
    last = actions.join(kept=third, lost=elena, **by)

    assert visit("/en/films/people/yelena/").url == "/en/films/people/third/"
    assert refused(actions.join, kept=third, lost=yelena, **by) == "agent_joined"
    assert refused(actions.take_back, joining=first, **by) == "joining_not_last"
    actions.take_back(joining=last, **by)
    assert everything() == before
    actions.take_back(joining=first, **by)
    assert Credit.objects.get(role="writer").agent == yelena


def test_people_are_changed_by_whoever_edits_their_catalogue_and_within_it(tunduk, by):
    elena, yelena = two(tunduk)
    foreign = films.agent("Foreign", news.organisation("other"))
    juror = {"by": news.member("Jibek", Role.JUROR, tunduk), "at": NOW}
    said = {"kind": AgentKind.PERSON, "name": {"en": "A"}, "about": {}, "shown": True}
    joining = actions.join(kept=elena, lost=yelena, **by)
    tried = [
        (add_agent, {"organisation": tunduk, "kind": AgentKind.PERSON, "name": {"en": "A"}}),
        (actions.describe_agent, {"agent": elena} | said),
        (actions.add_spelling, {"agent": elena, "name": "A", "language": ""}),
        (actions.remove_spelling, {"spelling": elena.aliases.first()}),
        (actions.delete_agent, {"agent": elena}),
        (actions.join, {"kept": elena, "lost": yelena}),
        (actions.take_back, {"joining": joining}),
        (actions.keep_apart, {"one": elena, "other": yelena}),
    ]
    assert [refused(act, **asked, **juror) for act, asked in tried] == ["not_your_catalogue"] * len(tried)

    assert refused(actions.join, kept=elena, lost=foreign, **by) == "other_catalogue"
    assert refused(actions.keep_apart, one=elena, other=foreign, **by) == "other_catalogue"
    assert refused(actions.keep_apart, one=elena, other=elena, **by) == "joined_with_itself"
    assert refused(actions.describe_agent, agent=yelena, **said, **by) == "agent_joined"
    unnamed = {"organisation": tunduk, "kind": AgentKind.PERSON, **by}
    assert refused(add_agent, name={"en": ""}, **unnamed) == "agent_unnamed"
    assert refused(add_agent, name={"en": "A"}, slug="elena", **unnamed) == "agent_address_taken"
    with pytest.raises(Denied):
        actions.describe_agent(agent=elena, **said | {"name": {}}, **by)
