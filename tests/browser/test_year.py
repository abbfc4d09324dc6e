"""A whole year of a lab in a real browser, in Kyrgyz and in English: no step may depend on the words of a page.

The call is copied and opened, two people apply, the office checks, a reader reads, it is decided and announced.
"""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Locator, Page, expect

from kinolab.applications.models import Application
from kinolab.calls.models import Call, Criterion, Rule, Strand
from kinolab.foundation.mail.models import Letter
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Membership
from tests.factories import applications as make
from tests.factories.labs import text
from tests.kit import at

pytestmark = pytest.mark.slow

FILMS = {"code": "films", "scope": "person", "field": "films_made", "op": "gte", "value": 1}


def _last_year() -> Call:
    """The edition that is copied: closed half a year ago, whole in three languages."""
    now = timezone.now()
    call = make.call(
        headline=text("Open call"), lead=text("Apply"), privacy=text("Kept safe"),
        opens_at=now - timedelta(days=200), closes_at=now - timedelta(days=180), published_at=now - timedelta(days=200),
    )  # fmt: skip
    Strand.objects.filter(call=call).update(name=text("All"))
    Rule.objects.create(
        call=call, order=1, code="films", definition=FILMS, sentence=text("A film before"),
        question=text("How many?"), refusal=text("Come after your first film."),
    )  # fmt: skip
    Criterion.objects.create(call=call, order=1, code="story", name=text("Story"), weight=1)
    aigul = make.person("Aigul")
    Membership.objects.create(
        person=aigul, organisation=call.edition.programme.organisation, role=Role.OWNER, added_at=now
    )
    return call


class Lab:
    """The people of this year, each with a browser of their own, on pages in one language."""

    def __init__(self, open_page: Any, language: str) -> None:
        self.language = language
        Person.objects.update(language=language)
        self._open, self._pages = open_page, dict[str, Page]()
        self.call = _last_year()
        Person.objects.update(language=language)

    def page(self, who: str) -> Page:
        """The browser of somebody; "" is a visitor's."""
        if who not in self._pages:
            person = make.person(who, language=self.language) if who else None
            self._pages[who] = self._open(language=self.language, person=person)
        return self._pages[who]

    def goto(self, who: str, name: str, *rest: object, **query: str) -> Page:
        """Somebody opens a page by its name; the edition's place comes first in its address."""
        page = self.page(who)
        with translation.override(self.language):
            page.goto(reverse(name, args=rest))
        return page

    def at_edition(self, who: str, name: str, *rest: object) -> Page:
        """Somebody opens a page of this year's edition."""
        return self.goto(who, name, self.call.edition.programme.slug, self.call.edition.slug, *rest)

    def said(self, words: str, context: str = "") -> str:
        """The words as this lab's pages say them."""
        with translation.override(self.language):
            return translation.pgettext(context, words) if context else translation.gettext(words)

    def press(self, page: Page | Locator, words: str, context: str = "") -> None:
        """Press the button or link with these words, whatever the language."""
        said = re.compile(rf"^\s*{re.escape(self.said(words, context))}")
        found = page.get_by_role("button", name=said).or_(page.get_by_role("link", name=said)).filter(visible=True)
        found.first.click()

    def sees(self, page: Page, words: str, context: str = "") -> None:
        """The words stand on the page."""
        expect(page.get_by_text(self.said(words, context)).filter(visible=True).first).to_be_visible()


def _open_call(lab: Lab) -> None:
    old = lab.call.edition
    page = lab.goto("Aigul", "calls:new_edition", old.programme.slug)
    page.locator("#id_slug").fill("next")
    for tag in ("ky", "ru", "en"):
        page.locator(f"#id_name_{tag}").fill(f"Lab {tag}")
    lab.press(page, "Show the new dates")
    lab.press(page, "Make the edition")
    page.wait_for_url("**/next/**")
    lab.call = Edition.objects.get(slug="next").call
    page = lab.at_edition("Aigul", "calls:dates")
    today = date.today()
    page.locator("#id_opens_day").fill(f"{today - timedelta(days=2)}")
    page.locator("#id_closes_day").fill(f"{today + timedelta(days=5)}")
    lab.press(page, "Save the dates")
    lab.sees(page, "Saved.")
    page = lab.at_edition("Aigul", "calls:manage")
    lab.press(page, "Publish the call")
    lab.sees(page, "The call is public")


def _ask(lab: Lab) -> None:
    page = lab.at_edition("", "calls:check")
    page.locator("[name=r-films]").fill("0")
    lab.press(page, "Check")
    expect(page.get_by_text("Come after your first film.")).to_be_visible()
    page.locator("[name=r-films]").fill("2")
    lab.press(page, "Check")
    lab.sees(page, "By your answers this call is open to you.")


def _field(page: Page, lab: Lab, key: str) -> Locator:
    return page.locator(f"#q{make.question(lab.call, key).pk}")


def _save(page: Page, lab: Lab, key: str, value: str) -> None:
    _field(page, lab, key).fill(value)
    page.locator(f"[data-kino-saved='q{make.question(lab.call, key).pk}']:not(:empty)").wait_for()


def _apply(lab: Lab) -> Application:
    page = lab.at_edition("Meerim", "applications:start")
    _field(page, lab, "title").press_sequentially("Суу бөлгүч")
    page.wait_for_url("**/form/project/")
    _save(page, lab, "logline", "Кыз түнкүсүн суу бөлөт.")
    application = Application.objects.get()
    page = lab.goto("Meerim", "applications:team", application.code)
    own = page.locator("#own")
    own.locator("[name$=role]").select_option("director")
    own.locator("[name$=films_made]").fill("0")
    lab.press(own, "Save my part")
    page.locator("#invite [name$=email]").fill("azamat@example.org")
    page.locator("#invite [name$=role]").select_option("producer")
    lab.press(page, "Send the invitation")
    page.get_by_text("azamat@example.org").first.wait_for()
    return application


def _join_and_send(lab: Lab, application: Application) -> None:
    letter = Letter.objects.get(to_email="azamat@example.org")
    link = re.search(r"https?://\S+/invitations/\S+", letter.body)
    assert link, letter.body
    page = lab.page("Azamat")
    page.goto(link[0])
    lab.press(page, "Join the team")
    page = lab.goto("Azamat", "applications:section", application.code, "project")
    _field(page, lab, "country").select_option("KG")
    page.locator("input[type=radio][value=edit]").check()
    page.locator(f"[data-kino-saved='q{make.question(lab.call, 'stage').pk}']:not(:empty)").wait_for()
    page = lab.goto("Meerim", "applications:section", application.code, "more")
    page.locator(f"[name=q{make.question(lab.call, 'agreed').pk}]").check()
    page.locator(f"[data-kino-saved='q{make.question(lab.call, 'agreed').pk}']:not(:empty)").wait_for()
    page = lab.goto("Meerim", "applications:edit", application.code)
    lab.press(page, "Send the application")
    lab.sees(page, "Receipt")


def _check(lab: Lab, application: Application) -> None:
    page = lab.at_edition("Aigul", "applications:table")
    page.get_by_role("link", name="Суу бөлгүч").first.click()
    form = page.locator("form[action*=findings]").first
    form.locator("[name=outcome][value=yes]").check()
    form.locator("[name=reason]").fill("A short film counts.")
    lab.press(form, "Note the decision")
    expect(page.get_by_text("A short film counts.").first).to_be_visible()
    application.refresh_from_db()
    assert application.checked == "eligible"


def _read(lab: Lab) -> None:
    page = lab.at_edition("Aigul", "reviews:board")
    phase = page.locator("form[action$='phase/']")
    phase.locator("[name=readings_each]").fill("1")
    lab.press(phase, "Save")
    page = lab.at_edition("Aigul", "reviews:board")
    add = page.locator("form[action$='readers/']")
    add.locator("[name=email]").fill("nodira@example.org")
    add.locator("[name=name]").fill("Nodira")
    add.locator(f"[name=languages][value={lab.language}]").check()
    lab.press(add, "Add and write to them")
    page.get_by_role("link", name="Nodira").first.wait_for()
    page = lab.at_edition("Aigul", "reviews:board")
    lab.press(page, "Propose a balanced assignment")
    lab.press(page, "Accept and write to the readers")
    page.wait_for_url("**/reading/")
    page = lab.goto("Nodira", "reviews:mine")
    page.get_by_role("link", name="Суу бөлгүч").first.click()
    expect(page.get_by_text("Meerim")).to_have_count(0)  # names are hidden
    page.locator(".scale input[value='4']").check(force=True)
    page.locator("[name=recommendation]").first.check(force=True)
    lab.press(page, "Hand in")
    page.wait_for_url("**/reading/**")


def _decide(lab: Lab, application: Application) -> None:
    page = lab.at_edition("Aigul", "selection:decide", application.code)
    expect(page.get_by_text("Nodira").first).to_be_visible()
    page.locator("[name=outcome][value=selected]").check()
    page.locator("[name=rationale]").fill("The strongest of the year.")
    lab.press(page, "Save the decision")
    page.wait_for_load_state()
    page = lab.at_edition("Aigul", "selection:decide", application.code)
    expect(page.get_by_text("The strongest of the year.").first).to_be_visible()
    team = lab.goto("Meerim", "applications:edit", application.code)
    expect(team.get_by_text("The strongest")).to_have_count(0)  # nobody outside sees it before the announcement
    nothing = lab.at_edition("", "selection:results")
    expect(nothing.get_by_text("Суу бөлгүч")).to_have_count(0)


def _announce(lab: Lab, application: Application) -> None:
    page = lab.at_edition("Aigul", "selection:letters")
    lab.press(page, "Fill what is missing with ready texts")
    page = lab.at_edition("Aigul", "selection:announce")
    page.locator("[name=letters]").fill("2")
    lab.press(page, "Announce the results now")
    lab.sees(page, "The results are announced.")
    call_command("clock", "--once")
    for who in ("Meerim", "Azamat"):
        own = lab.goto(who, "selection:own", application.code)
        expect(own.locator("article.letter")).to_be_visible()
    results = lab.at_edition("", "selection:results")
    expect(results.get_by_text("Суу бөлгүч").first).to_be_visible()
    letters = Letter.objects.filter(kind="result").values_list("to_email", "language", "state")
    assert sorted(letters) == [
        ("azamat@example.org", lab.language, "sent"),
        ("meerim@example.org", lab.language, "sent"),
    ]


@pytest.mark.parametrize("language", ["ky", "en"])
def test_year_from_the_copied_call_to_the_letters(open_page: Any, language: str) -> None:
    lab = Lab(open_page, language)
    _open_call(lab)
    _ask(lab)
    application = _apply(lab)
    _join_and_send(lab, application)
    with at(timezone.now() + timedelta(days=8)):  # the call has closed
        _check(lab, application)
        _read(lab)
        _decide(lab, application)
        _announce(lab, application)
