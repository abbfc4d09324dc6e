"""Pages for organisers: what they show can be sent back unchanged, changed, and is refused in a sentence."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from kinolab.calls import words
from kinolab.calls.models import Call, Cover, Faq, Rule, Strand
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.questions.models import Question, Section
from kinolab.labs.domain.roles import Role
from kinolab.labs.models import Edition, Module, Tutor
from tests import kit
from tests.factories import calls, labs
from tests.factories.labs import NOW, text


@pytest.fixture
def call() -> Call:
    """A call that nobody has published, with a row in each of its lists."""
    made = calls.draft_call(rules=[calls.COUNTRIES])
    Strand.objects.create(call=made, order=1, slug="fiction", name=text("Fiction"))
    Cover.objects.create(call=made, order=1, text=text("Travel"))
    Faq.objects.create(call=made, order=1, question=text("May I?"), answer=text("Yes"))
    Module.objects.create(edition=made.edition, order=1, name=text("On site"), timezone="Asia/Bishkek")
    Tutor.objects.create(edition=made.edition, order=1, name="Saule", title=text("editor"))
    return made


@pytest.fixture
def owner(call: Call, client_as: Any) -> Any:
    aigul = labs.person("Aigul")
    labs.membership(aigul, organisation=call.edition.programme.organisation)
    return client_as(aigul)


def _address(name: str, call: Call, *rest: object) -> str:
    return reverse(f"calls:{name}", args=[call.edition.programme.slug, call.edition.slug, *rest])


def _shown(client: Any, address: str) -> dict[str, Any]:
    """What the form on the page holds, as the browser would send it back."""
    form = client.get(address).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def _row_pages(call: Call) -> dict[str, str]:
    rows = {
        "strands": call.strands, "covers": call.covers, "faqs": call.faqs, "rules": call.rules,
        "criteria": call.criteria, "modules": call.edition.modules, "tutors": call.edition.tutors,
    }  # fmt: skip
    return {kind: _address("row", call, kind, few.get().pk) for kind, few in rows.items()}


def _pages(call: Call) -> dict[str, str]:
    section, question = Section.objects.get(form=call.form), Question.objects.get(section__form=call.form)
    pages = {f"texts {group}": _address("texts", call, group) for group in words.TEXT_GROUPS}
    pages |= {"dates": _address("dates", call), "settings": _address("settings", call)}
    pages |= {"section": _address("section", call, section.pk)}
    pages |= {"question": _address("question", call, section.pk, question.pk)}
    return pages | _row_pages(call)


@pytest.mark.slow
def test_page_when_sent_back_as_it_was_shown_then_nothing_changes(owner: Any, call: Call) -> None:
    for name, address in _pages(call).items():
        answer = owner.post(address, _shown(owner, address))

        assert (name, answer.status_code) == (name, 302), answer.context and answer.context["form"].errors
    assert [entry.after for entry in Entry.objects.exclude(verb="looked")] == []


def test_texts_when_headline_is_rewritten_then_kept_and_on_the_record(owner: Any, call: Call) -> None:
    address, key = _address("texts", call, "call"), f"call.{call.pk}.headline"

    owner.post(address, _shown(owner, address) | {f"{key}:en": "Come to Bishkek"})

    call.refresh_from_db()
    assert (call.headline["en"], call.headline["ky"]) == ("Come to Bishkek", "Open call")
    assert Entry.objects.get(verb="changed_texts").after == {key: dict(text("Open call"), en="Come to Bishkek")}


def test_texts_when_key_is_of_another_call_then_untouched(owner: Any, call: Call) -> None:
    other = calls.draft_call(labs.edition(slug="other"))
    address = _address("texts", call, "call")

    owner.post(address, _shown(owner, address) | {f"call.{other.pk}.headline:en": "Stolen"})

    other.refresh_from_db()
    assert other.headline["en"] == "Open call"


def test_dates_when_changed_before_the_opening_then_on_the_clock_of_the_zone(owner: Any, call: Call) -> None:
    address = _address("dates", call)

    owner.post(address, _shown(owner, address) | {"closes_day": "2027-03-01", "closes_hour": "18:00"})

    call.refresh_from_db()
    assert f"{call.closes_at:%Y-%m-%d %H:%M %Z}" == "2027-03-01 12:00 UTC"


def test_who_may_not_change_the_call_is_led_to_no_page_that_refuses(owner: Any, call: Call, client_as: Any) -> None:
    bakyt = labs.person("Bakyt")
    labs.membership(bakyt, Role.COORDINATOR, of=call.edition)
    inside = re.compile(f'href="{_address("manage", call)}([^"]+)"')

    pages = [client.get(_address("manage", call)).content.decode() for client in (owner, client_as(bakyt))]

    assert "dates/" in inside.findall(pages[0])
    assert inside.findall(pages[1]) == []


def test_what_is_missing_leads_to_the_page_where_it_is_set(owner: Any, call: Call) -> None:
    Call.objects.update(timezone="", languages=[], privacy={})
    call.criteria.all().delete()

    missing = owner.get(_address("manage", call)).context["missing"]

    assert [(one.code, where) for one, where in missing] == [
        ("no_zone", _address("dates", call)),
        ("no_privacy", _address("texts", call, "call")),
        ("no_languages", _address("settings", call)),
        ("no_criteria", _address("rows", call, "criteria")),
    ]


@pytest.mark.parametrize(
    "given, kept, wrong",
    [
        ({"roles": ["producer", "editor"], "more_roles": ""}, ["producer", "editor"], []),
        ({"roles": ["director"], "more_roles": "composer, director"}, ["director", "composer"], []),
        ({"roles": [], "more_roles": ""}, ["director", "producer"], ["roles"]),
        ({"roles": ["director"], "more_roles": "Gaffer"}, ["director", "producer"], ["more_roles"]),
        ({"roles": ["director"], "more_roles": "each"}, ["director", "producer"], ["more_roles"]),
    ],
)
def test_roles_are_chosen_by_name_and_others_written(
    owner: Any, call: Call, given: dict[str, Any], kept: list[str], wrong: list[str]
) -> None:
    Call.objects.update(roles=["director", "producer"])
    address = _address("settings", call)

    answer = owner.post(address, _shown(owner, address) | given)

    call.refresh_from_db()
    assert (call.roles, list(answer.context["form"].errors) if wrong else []) == (kept, wrong)


def test_dates_when_the_edition_would_end_before_it_begins_then_refused(owner: Any, call: Call) -> None:
    address = _address("dates", call)

    answer = owner.post(address, _shown(owner, address) | {"starts_on": "2027-05-02", "ends_on": "2027-05-01"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["ends_on"])
    assert Edition.objects.get().ends_on == date(2026, 10, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind, values",
    [
        ("strands", {"slug": "documentary", "name:en": "Documentary"}),
        ("covers", {"text:en": "A hotel", "covered": "on"}),
        ("faqs", {"question:en": "And then?", "answer:en": "A letter."}),
        ("tutors", {"name": "Marat"}),
        ("modules", {"mode": "online", "precision": "day", "timezone": "Asia/Bishkek", "name:en": "Online"}),
        ("criteria", {"code": "team", "weight": "2", "name:en": "Team", "anchor-5:en": "Outstanding"}),
        ("rules", {"definition": "code: age\nscope: person\nfield: age\nop: gte\nvalue: 18", "sentence:en": "18 or more"}),
    ],
)  # fmt: skip
def test_row_when_added_moved_up_and_deleted(owner: Any, call: Call, kind: str, values: dict[str, str]) -> None:
    first = _row_pages(call)[kind]

    added = owner.post(_address("add_row", call, kind), values)
    assert added.status_code == 302, added.context["form"].errors
    shown = owner.get(_address("rows", call, kind)).context["shown"]
    assert len(shown) == 2
    owner.post(_address("shift_row", call, kind, shown[1].pk), {"up": "1"})
    assert [row.pk for row in owner.get(_address("rows", call, kind)).context["shown"]] == [shown[1].pk, shown[0].pk]
    owner.post(_address("delete_row", call, kind, shown[1].pk))
    assert [
        _address("row", call, kind, row.pk) for row in owner.get(_address("rows", call, kind)).context["shown"]
    ] == [first]


def test_rule_when_definition_is_impossible_then_reason_and_nothing_added(owner: Any, call: Call) -> None:
    answer = owner.post(
        _address("add_row", call, "rules"),
        {"definition": "code: x\nscope: person\nfield: age\nop: roughly\nvalue: 40", "sentence:en": "Big feet"},
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["definition"])
    assert Rule.objects.count() == 1


@pytest.mark.slow
def test_question_when_added_moved_and_deleted_and_frozen_once_open(owner: Any, call: Call) -> None:
    section = Section.objects.get(form=call.form)
    values = {
        "key": "logline",
        "kind": "long_text",
        "pii_level": "0",
        "label:en": "Logline",
        "unit": "words",
        "maximum": 50,
    }

    added = owner.post(_address("add_question", call, section.pk), values)

    assert added.status_code == 302, added.context["form"].errors
    question = Question.objects.get(key="logline")
    assert question.limits == [{"unit": "words", "maximum": 50}]
    owner.post(_address("shift_question", call, section.pk, question.pk), {"up": "1"})
    assert [one.key for one in section.questions.all()] == ["logline", "title"]
    with kit.at(call.opens_at + timedelta(days=1)):
        Call.objects.update(published_at=NOW)
        owner.post(_address("delete_question", call, section.pk, question.pk))
        assert Question.objects.filter(key="logline").exists()
    Call.objects.update(published_at=None)
    owner.post(_address("delete_question", call, section.pk, question.pk))
    assert not Question.objects.filter(key="logline").exists()


@pytest.mark.slow
def test_publish_take_back_and_extend_from_the_pages(owner: Any, call: Call) -> None:
    with kit.at(NOW):
        owner.post(_address("publish", call))
        call.refresh_from_db()
        assert call.published_at == NOW
        owner.post(_address("take_back", call))
        call.refresh_from_db()
        assert call.published_at is None
        owner.post(_address("publish", call))
    with kit.at(call.opens_at + timedelta(days=1)):
        earlier = owner.post(_address("extend", call), {"closes": "2020-01-01T10:00"})
        assert (earlier.status_code, list(earlier.context["longer"].errors)) == (422, ["closes"])
        owner.post(_address("extend", call), {"closes": f"{call.closes_at + timedelta(days=3):%Y-%m-%dT%H:%M}"})
    before, held = call.closes_at, Call.objects.get()
    assert (held.extended_from, held.closes_at.date()) == (before, (before + timedelta(days=3)).date())


@pytest.mark.slow
def test_new_edition_when_copied_then_dates_are_shown_before_it_is_made(owner: Any, call: Call) -> None:
    address = reverse("calls:new_edition", args=[call.edition.programme.slug])
    values = {"source": call.edition.pk, "years": 1, "slug": "2028", "name_en": "Lab 2028"}

    asked = owner.post(address, values)
    made = owner.post(address, values | {"make": "1"})

    assert (asked.status_code, bool(asked.context["changes"])) == (200, True)
    assert (made.status_code, Edition.objects.get(slug="2028").name["en"]) == (302, "Lab 2028")
    copied = Edition.objects.get(slug="2028").call
    assert (copied.published_at, copied.opens_at.year, copied.faqs.count(), copied.rules.count()) == (
        None, call.opens_at.year + 1, 1, 1,
    )  # fmt: skip


def test_rail_when_the_call_has_closed_then_applications_are_next(owner: Any, call: Call) -> None:
    Call.objects.update(published_at=NOW)

    def now_at(moment: Any) -> str:
        with kit.at(moment):
            page = owner.get(_address("manage", call)).content.decode()
        return re.search(r'data-state="now">.*?rail__t">([^<]+)', page, re.DOTALL)[1]

    assert now_at(call.closes_at - timedelta(seconds=1)) == "Call"
    assert now_at(call.closes_at) == "Applications"
