"""The table of applications: who sees it, what may be asked of it, what it costs; saved views; many at once."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinolab.applications.actions import hiding, scores, screening, submission
from kinolab.applications.domain.lifecycle import MemberState
from kinolab.applications.models import Application, SavedView
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.mail.models import Letter
from kinolab.labs.domain.roles import Role
from tests.factories import applications as make
from tests.factories import labs
from tests.integration.applications import office
from tests.kit import client_of, same_cost

VARIANTS = {
    "first page": "",
    "second page": "?page=2",
    "filtered": "?country=KG&language=ky&kind=fiction&few=2",
    "sorted by score": "?sort=-score",
    "sorted by title": "?sort=title",
    "searched": "?q=суу",
    "drafts": "?tab=drafts",
}
MOST_STATEMENTS = 12
HOSTILE = '"><img src=x onerror=alert(1)>'


@pytest.fixture
def call():
    return office.call()


@pytest.fixture
def aigul(call):
    return office.owner(call)


@pytest.fixture
def table(call, aigul):
    """`table("?q=…")`: the page as Aigul gets it."""
    client = client_of(aigul)
    return lambda query="": client.get(office.address(call, "table") + query)


def titles(response):
    """The titles of the rows, in order."""
    found = re.findall(r'<a class="title"[^>]*>(.*?)</a>', response.content.decode())
    return [unescape(one) for one in found]


def counts(response):
    """The numbers on the tabs, by tab or by the query of a saved view."""
    found = re.findall(r'<a href="\?([^"]*)"[^>]*>[^<]* <span class="tabs__count">(\d+)', response.content.decode())
    return {unescape(query).removeprefix("tab="): int(number) for query, number in found}


# --- Who -------------------------------------------------------------------------------------------------------------
def test_table_is_for_those_who_may_read_applications_of_this_edition(call):
    make.submitted_application(call)
    other = office.member(make.call("teen-lab"), "Bermet", Role.OWNER)
    address = office.address(call, "table")

    for who in (office.owner(call), office.coordinator(call), office.juror(call)):
        assert client_of(who).get(address).status_code == 200
    assert client_of(office.member(call, "Olga", Role.OBSERVER)).get(address).status_code == 403
    for who in (other, make.person(), make.person("Farrukh")):
        assert client_of(who).get(address).status_code == 404
    assert client_of().get(address).status_code == 302


def test_application_hidden_by_a_conflict_is_in_no_list_count_search_or_export(call, table, aigul):
    make.submitted_application(call, title="Бар")
    secret = make.submitted_application(call, make.person("Farrukh"), title="Жок")
    hiding.hide(application=secret, person=aigul, reason="family", at=make.NOW)

    assert titles(table()) == ["Бар"]
    assert titles(table("?q=Жок")) == []
    assert counts(table())["sent"] == 1
    csv = b"".join(client_of(aigul).get(office.address(call, "export_csv")).streaming_content).decode()
    assert "Жок" not in csv


def test_applications_of_other_editions_are_not_in_it(call, table):
    make.submitted_application(call, title="Биздики")
    make.submitted_application(make.call("teen-lab"), title="Алардыкы")

    assert titles(table()) == ["Биздики"]


# --- Tabs, filters, order --------------------------------------------------------------------------------------------
def test_tabs_tell_how_many_stand_where(call, table, aigul):
    make.submitted_application(call, make.person("A"))
    make.submitted_application(call, make.person("B"), runtime=90)
    refused = make.submitted_application(call, make.person("C"), country="DE")
    screening.confirm(finding=office.finding(refused), tell=True, by=aigul, at=make.NOW)
    submission.object_to_finding(
        finding=office.finding(refused), objection="No", by=refused.lead, at=make.NOW + timedelta(1)
    )
    gone = make.submitted_application(call, make.person("D"))
    submission.withdraw(application=gone, reason="", by=gone.lead, at=make.NOW)
    make.application(call, make.person("E"), title="Каралама")

    assert counts(table()) == {
        "sent": 3, "to_check": 1, "objections": 1, "ineligible": 1, "drafts": 1, "withdrawn": 1,
    }  # fmt: skip
    assert titles(table("?tab=drafts")) == ["Каралама"]


ROWS = {
    "?country=KZ": ["Б"],
    "?country=KZ&country=UZ": ["В", "Б"],
    "?language=ru": ["А"],
    "?language=en&country=UZ": ["В"],
    "?few=1": ["В", "А"],
    "?few=3": ["В", "Б", "А"],
    "?sort=number": ["А", "Б", "В"],
    "?sort=-number": ["В", "Б", "А"],
    "?sort=title": ["А", "Б", "В"],
    "?sort=-country": ["В", "Б", "А"],
    "?sort=score": ["Б", "В", "А"],  # those without a score come last, whichever way
    "?sort=-score": ["Б", "В", "А"],
    "?sort=-readings": ["Б", "В", "А"],
    "?tab=nonsense&sort=password&few=-1&page=99": ["В", "Б", "А"],
}


def test_rows_are_those_asked_for_in_the_order_asked_for(call, table):
    for title, country, language in (("А", "KG", "ru"), ("Б", "KZ", "en"), ("В", "UZ", "en")):
        one = make.submitted_application(call, make.person(title), title=title, country=country)
        Application.objects.filter(pk=one.pk).update(language=language)
    scored = {"whole": scores.Scored("3.5", "0.5", 2), "candidacies": {}}
    scores.keep_scores(application=Application.objects.get(title="Б"), **scored)

    assert {query: titles(table(query)) for query in ROWS} == ROWS


def test_a_newer_draft_of_a_sent_application_does_not_leave_the_table(call, table):
    application = make.submitted_application(call, title="Суу")
    submission.reopen(application=application, by=application.lead, at=make.NOW)

    page = table()
    assert titles(page) == ["Суу"]
    assert "Submitted, being changed" in page.content.decode()


def test_heads_say_the_order_in_force_and_offer_the_other(call, table):
    make.submitted_application(call)

    assert re.findall(
        r'<th[^>]*aria-sort="(\w+)"><a class="sort" href="\?sort=([\w-]+)">', table().content.decode()
    ) == [("descending", "number")]
    page = table("?sort=-score&country=KG").content.decode()
    assert re.findall(r'aria-sort="(\w+)"><a class="sort" href="\?([^"]+)">', page) == [
        ("descending", "sort=score&amp;country=KG")
    ]


def test_next_page_keeps_what_was_asked(call, table):
    make.many(call, 60, country="KG")

    first = table("?country=KG&sort=number").content.decode()
    assert 'href="?country=KG&amp;sort=number&amp;page=2"' in first
    assert "Page 1 of 2" in first
    assert len(titles(table("?country=KG&sort=number&page=2"))) == 10


# --- Search ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "title, lead, words",
    [
        ("Суу бөлгүч", "Meerim Asanova", "суу бөлгүч"),
        ("Суу бөлгүч", "Meerim Asanova", "СУУ БОЛГУЧ"),  # a keyboard without ө and ү
        ("Суу бөлгүч", "Meerim Asanova", "suu bolguch"),
        ("Суу бөлгүч", "Meerim Asanova", "бөлгүч мээрим"),  # title and person, in any order
        ("Апамның қолдары", "Сәуле Бекова", "апамнын колдары"),
        ("Апамның қолдары", "Сәуле Бекова", "apamnyn qoldary"),
        ("Апамның қолдары", "Ерлан Сейтов", "Yerlan"),
        ("Kechki smena", "Madina Yoʻldosheva", "yo'ldosheva"),
        ("Kechki smena", "Madina Yoʻldosheva", "Йўлдошева"),
        ("Kechki smena", "Baxtiyor Umarov", "Бахтиёр"),
        ("Чайхана №5", "Farrukh", "чайхана 5"),
        ("Пётр и вода", "Lena", "петр"),
        ("Yol", "Maral Atayewa", "Атаева"),
    ],
)
def test_search_finds_titles_and_people_in_two_scripts(call, table, title, lead, words):
    make.submitted_application(call, make.person("Lead", name=lead), title=title)
    make.submitted_application(call, make.person("Other", name="Nobody"), title="Something else")

    assert titles(table(f"?q={words}")) == [title]


def test_search_finds_by_number_and_nothing_that_is_not_there(call, table):
    make.submitted_application(call, title="Сол")

    assert titles(table("?q=№ 1")) == ["Сол"]
    assert titles(table("?q=с")) == ["Сол"]
    for words in ("Карагай", "о", "ооо", "Сол OR 1", "'; DROP TABLE people"):  # no code has this letter
        assert titles(table(f"?q={quote(words)}")) == []


def test_search_looks_within_the_tab_and_the_filters(call, table):
    make.submitted_application(call, make.person("A"), title="Ак суу", country="KG")
    make.submitted_application(call, make.person("B"), title="Кара суу", country="KZ")
    make.application(call, make.person("C"), title="Каралама суу")

    assert titles(table("?q=суу&country=KG")) == ["Ак суу"]
    assert titles(table("?q=суу&tab=drafts")) == ["Каралама суу"]


# --- What it costs ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", VARIANTS.values(), ids=VARIANTS)
def test_table_costs_at_most_twelve_statements_and_the_same_for_one_and_three(call, table, query):
    make.many(call, 1)

    same_cost(lambda: table(query), lambda: make.many(call, 1))
    assert statements(lambda: table(query))[0] <= MOST_STATEMENTS


def statements(visit):
    """How many are sent while the names of the form's choices are remembered, which they are for a minute."""
    with CaptureQueriesContext(connection) as seen:
        response = visit()
    return len(seen.captured_queries), response


@pytest.mark.slow
def test_table_costs_the_same_with_ten_and_with_a_thousand(call, table):
    make.many(call, 10)
    table()
    few = {name: statements(lambda query=query: table(query))[0] for name, query in VARIANTS.items()}
    make.many(call, 990)

    seen = {name: statements(lambda query=query: table(query)) for name, query in VARIANTS.items()}

    assert {name: many for name, (many, _) in seen.items()} == few
    assert max(len(page.content) for _, page in seen.values()) < 120_000
    assert max(len(titles(page)) for _, page in seen.values()) <= 50


def test_saved_views_cost_no_statement_each(call, table, aigul):
    make.many(call, 3)
    names = iter("abcdefg")

    def save():
        client_of(aigul).post(office.address(call, "save_view") + "?q=суу&country=KG", {"name": next(names)})

    save()
    same_cost(table, save)
    assert statements(table)[0] <= MOST_STATEMENTS


# --- What it shows ---------------------------------------------------------------------------------------------------
def test_hostile_titles_names_and_words_are_shown_as_they_are(call, table):
    make.submitted_application(call, make.person("A", name=HOSTILE), title=HOSTILE)

    for query in ("", f"?q={HOSTILE}"):
        page = table(query).content.decode()
        assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in table().content.decode()


@pytest.mark.parametrize(
    "query, sentence",
    [
        ("", "No application has been sent yet"),
        ("?tab=to_check", "Nothing to check"),
        ("?tab=objections", "No answer waits for you"),
        ("?tab=ineligible", "No application was found not eligible"),
        ("?tab=drafts", "No drafts"),
        ("?tab=withdrawn", "No application was withdrawn"),
        ("?q=жок", "Nothing matches all filters at once. Clear one of them."),
    ],
)
def test_empty_table_says_what_will_be_here(call, table, query, sentence):
    assert sentence in table(query).content.decode()


def test_chosen_rows_go_to_the_readers_by_an_address_without_the_token_of_the_form(call, table):
    make.submitted_application(call)

    page = table().content.decode()
    start = page.index(f'<form method="post" action="{office.address(call, "bulk")}')
    form = page[start : page.index("</form>", start)]

    buttons = {text.strip(): given for given, text in re.findall(r"<button([^>]*)>.*?</svg>([^<]*)</button>", form)}
    holding = [text for text, given in buttons.items() if 'name="csrfmiddlewaretoken"' in given]
    assert (form.count("csrfmiddlewaretoken"), 'type="hidden"' in form) == (len(holding), False)
    assert (holding, set(buttons) - set(holding)) == (["Confirm findings", "Write to these teams"], {"Assign readers"})


def test_what_one_may_not_do_is_not_offered(call):
    make.submitted_application(call)

    page = client_of(office.juror(call)).get(office.address(call, "table")).content.decode()

    assert "Confirm findings" not in page
    assert "all.csv" not in page
    assert "Assign readers" not in page


def test_address_of_a_member_without_a_name_is_not_in_the_table(call, table):
    application = make.complete(call)
    make.member(application, make.person("Secret", name=""), state=MemberState.INVITED)
    submission.submit(application=application, by=application.lead, at=make.NOW)

    saule = client_of(office.juror(call))
    for address in (office.address(call, "table"), office.address(call, "detail", application.code)):
        assert "secret@example.org" not in saule.get(address).content.decode()
    assert "secret@example.org" in client_of(office.coordinator(call)).get(address).content.decode()


# --- Saved views -----------------------------------------------------------------------------------------------------
def save(call, who, name, query, **more):
    return client_of(who).post(office.address(call, "save_view") + query, {"name": name}, **more)


def test_saved_view_becomes_a_tab_with_its_count_and_is_open_when_asked_for(call, table, aigul):
    make.submitted_application(call, make.person("A"), country="KG")
    make.submitted_application(call, make.person("B"), country="KZ")

    response = save(call, aigul, "  Кыргыз   тасмалары ", "?country=KG&q=&page=3&evil=1")

    assert response["Location"] == office.address(call, "table") + "?country=KG&q=&evil=1"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.person, view.edition) == (
        "Кыргыз тасмалары", "country=KG", aigul, call.edition,
    )  # fmt: skip
    page = table("?country=KG").content.decode()
    assert '<a href="?country=KG" aria-current="page">Кыргыз тасмалары <span class="tabs__count">1</span></a>' in page
    assert page.count('aria-current="page">') == 2  # the view, and the stage on the rail


def test_same_name_again_replaces_the_view(call, aigul):
    save(call, aigul, "Mine", "?country=KG")
    save(call, aigul, "Mine", "?country=KZ&sort=-score")

    assert list(SavedView.objects.values_list("query", flat=True)) == ["country=KZ&sort=-score"]


def test_view_without_a_name_and_a_thirteenth_view_are_refused_in_words(call, aigul):
    assert "Give the view a name." in save(call, aigul, "   ", "?country=KG", follow=True).content.decode()
    for number in range(12):
        save(call, aigul, f"View {number}", "")
    refused = save(call, aigul, "One more", "", follow=True)
    assert "You have 12 saved views. Delete one to save another." in refused.content.decode()
    assert SavedView.objects.count() == 12


def test_views_are_ones_own_and_of_one_edition(call, table, aigul):
    bakyt = office.coordinator(call)
    save(call, bakyt, "Theirs", "?country=KG")
    other = make.call("teen-lab")
    labs.membership(aigul, Role.OWNER, of=other.edition)
    save(other, aigul, "Elsewhere", "")
    page = table().content.decode()

    assert "Theirs" not in page
    assert "Elsewhere" not in page
    theirs = SavedView.objects.get(person=bakyt)
    client_of(aigul).post(office.address(call, "delete_view", theirs.pk))
    assert SavedView.objects.filter(pk=theirs.pk).exists()
    client_of(bakyt).post(office.address(call, "delete_view", theirs.pk))
    assert not SavedView.objects.filter(pk=theirs.pk).exists()


# --- Many at once ----------------------------------------------------------------------------------------------------
def bulk(call, who, *applications, query="", **data):
    codes = [one if isinstance(one, str) else one.code for one in applications]
    return client_of(who).post(office.address(call, "bulk") + query, {"code": codes} | data)


def test_preview_names_all_with_what_would_happen_and_does_nothing(call, aigul):
    refused = make.submitted_application(call, make.person("A"), title="Берлин", country="DE", runtime=90)
    good = make.submitted_application(call, make.person("B"), title="Суу", runtime=90)
    draft = make.complete(call, make.person("C"), title="Каралама")

    page = bulk(call, aigul, refused, good, draft).content.decode()

    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "What the rules found will be confirmed for 2 applications:" in words
    assert re.findall(r'<b lang="en">(.*?)</b>', page) == ["Берлин", "Суу", "Каралама"]
    assert "Left out: This application has not been sent." in words
    assert "Teams: 1" in words
    assert page.count('name="code"') == 2
    assert not Entry.objects.filter(verb="confirmed").exists()


def test_confirming_from_the_preview_does_it_and_comes_back_to_the_same_rows(call, aigul):
    refused = make.submitted_application(call, country="DE")

    response = bulk(call, aigul, refused, query="?tab=to_check&country=DE", sure="yes", tell="yes")

    assert response["Location"] == office.address(call, "table") + "?tab=to_check&country=DE"
    refused.refresh_from_db()
    assert refused.checked == "ineligible"
    assert Letter.objects.filter(kind="finding").count() == 1


def test_refusals_of_many_are_told_with_names(call, aigul):
    draft = make.complete(call, title="Каралама")
    make.submitted_application(call, make.person("Farrukh"))
    client = client_of(aigul)

    response = client.post(office.address(call, "bulk"), {"code": [draft.code], "sure": "yes"}, follow=True)

    words = unescape(response.content.decode())
    assert "0 applications confirmed." in words
    assert "Каралама: This application has not been sent." in words


def test_nothing_chosen_too_many_chosen_and_hidden_ones(call, aigul):
    secret = make.submitted_application(call)
    hiding.hide(application=secret, person=aigul, reason="family", at=make.NOW)
    client, address = client_of(aigul), office.address(call, "bulk")

    for codes, sentence in (
        ([], "Select at least one application first."),
        ([secret.code], "Select at least one application first."),
        (["x"] * 501, "Too many at once. The limit: 500. Select fewer."),
    ):
        assert sentence in client.post(address, {"code": codes, "sure": "yes"}, follow=True).content.decode()
    assert not Entry.objects.filter(verb="confirmed").exists()


def test_applications_of_another_edition_are_not_confirmed_here(call, aigul):
    theirs = make.submitted_application(make.call("teen-lab"))

    bulk(call, aigul, theirs, sure="yes")

    assert not Entry.objects.filter(verb="confirmed").exists()


def test_preview_costs_the_same_for_one_and_for_three(call, aigul):
    chosen = [make.submitted_application(call, make.person("A"), country="DE")]
    names = iter("BC")

    def grow():
        chosen.append(make.submitted_application(call, make.person(next(names)), country="DE"))

    same_cost(lambda: bulk(call, aigul, *chosen), grow)


def test_buttons_above_the_table_are_one_and_a_menu_on_a_phone(call, table):
    page = table().content.decode()
    head = page[page.index("<h1") : page.index('<nav class="tabs"')]
    menu = re.search(r'<details class="menu [^"]*menu--spread".*?</details>', head, re.DOTALL)[0]

    def words(html):
        return [
            " ".join(re.sub(r"<[^>]+>", " ", one).split())
            for one in re.findall(r"<(?:a|button) .*?</(?:a|button)>", html, re.DOTALL)
        ]

    assert words(menu) == ["CSV", "XLSX", "Reading book", "Appeals", "Enter for somebody", "Import"]
    assert words(head.replace(menu, "")) == ["Assign readers"]
