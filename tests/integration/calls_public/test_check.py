"""“Am I eligible?”: rule by rule, without an account and without a script."""

import re
from typing import Any

import pytest

from kinolab.calls.models import Call
from kinolab.foundation.questions.models import Form, Question, Section
from tests.integration.calls_public.world import CLOSES, NOW, PAGE, a_call, a_rule, the_usual_rules
from tests.kit import at, client_of, element, queries

CHECK = PAGE + "check/"
FITS = {"r-country": "KG", "r-films": "2", "r-stage": "yes", "r-present": "yes"}


def ask(answers: dict[str, str], when: Any = NOW, **extra: Any) -> Any:
    with at(when):
        return client_of().get(CHECK, answers, **extra)


def outcomes(response: Any) -> list[str]:
    return re.findall(r'<li data-outcome="(\w+)"', response.content.decode())


@pytest.fixture
def call() -> Call:
    made = a_call()
    the_usual_rules(made)
    return made


def test_check_before_any_answer_asks_only(call):
    response = ask({})

    assert outcomes(response) == []
    assert "Answer the questions, and the result stands here." in response.content.decode()


def test_check_with_fitting_answers_is_a_yes_and_leads_to_the_form(call):
    response = ask(FITS)

    assert outcomes(response) == ["yes", "yes", "yes", "yes", "later"]
    assert "By your answers this call is open to you." in response.content.decode()
    assert 'href="/en/labs/impact-lab/2026/apply/"' in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"r-country": "-"}, ["no", "yes", "yes", "yes", "later"]),
        ({"r-country": "DE"}, ["no", "yes", "yes", "yes", "later"]),
        ({"r-films": "0"}, ["yes", "no", "yes", "yes", "later"]),
        ({"r-films": ""}, ["yes", "unknown", "yes", "yes", "later"]),
        ({"r-films": "many"}, ["yes", "unknown", "yes", "yes", "later"]),
        ({"r-films": "-1"}, ["yes", "unknown", "yes", "yes", "later"]),
        ({"r-films": "1,5"}, ["yes", "yes", "yes", "yes", "later"]),
        ({"r-stage": "no"}, ["yes", "yes", "no", "yes", "later"]),
        ({"r-stage": "perhaps"}, ["yes", "yes", "unknown", "yes", "later"]),
        ({"r-present": "no"}, ["yes", "yes", "yes", "no", "later"]),
        ({"r-once": "no"}, ["yes", "yes", "yes", "yes", "later"]),
    ],
)
def test_check_answers_rule_by_rule(call, changed, expected):
    assert outcomes(ask(FITS | changed)) == expected


def test_check_gives_the_reason_of_each_no_and_another_way(call):
    page = ask(FITS | {"r-country": "-", "r-films": "0"}).content.decode()

    assert "Refusal country (en)" in page
    assert "Refusal films (en)" in page
    assert "Refusal stage (en)" not in page
    assert 'href="mailto:labs@example.org"' in page
    assert "Look at the other calls" in page


def test_check_with_some_answers_says_that_others_are_missing(call):
    response = ask({"r-country": "KG"})

    assert outcomes(response) == ["yes", "unknown", "unknown", "unknown", "later"]
    assert "Some answers are still missing." in response.content.decode()


def test_a_warning_does_not_make_a_no(call):
    a_rule(call, "warned", scope="project", field="script", op="exists", severity="warn")

    response = ask(FITS | {"r-warned": "no"})

    assert outcomes(response)[-1] == "no"
    assert "Mind this:" in response.content.decode()
    assert "By your answers this call is open to you." in response.content.decode()


def test_check_of_an_age_looks_at_its_reference_day():
    call = a_call()
    a_rule(call, "age", scope="person", field="birth_date", op="age_between_on", value=[12, 17],
           reference_date="edition_start")  # fmt: skip

    assert outcomes(ask({"r-age": "2008-11-27"})) == ["yes"]
    assert outcomes(ask({"r-age": "2008-11-26"})) == ["no"]
    assert outcomes(ask({"r-age": "2014-11-26"})) == ["yes"]
    assert outcomes(ask({"r-age": "2014-11-27"})) == ["no"]
    assert 'type="date"' in ask({}).content.decode()


def test_choices_have_the_words_of_the_form():
    form = Form.objects.create(name="Form")
    section = Section.objects.create(form=form, order=1, key="project", title={"en": "Project"})
    Question.objects.create(section=section, order=1, key="stage", kind="choice", label={"en": "Stage"}, fact="project.stage",
                            choices=[{"key": "cut", "label": {"en": "In the cutting room"}}])  # fmt: skip
    a_rule(a_call(form=form), "stage", scope="project", field="stage", op="in", value=["cut", "finished"])

    page = ask({}).content.decode()

    assert '<option value="cut">In the cutting room</option>' in page
    assert '<option value="finished">Finished film</option>' in page


def test_what_was_answered_stands_in_the_form_again(call):
    page = ask({"r-country": "KZ", "r-films": "3", "r-stage": "no"}).content.decode()

    assert '<option value="KZ" selected>Kazakhstan</option>' in page
    assert 'name="r-films" value="3"' in page
    assert 'name="r-stage" value="no" checked' in page


def test_answers_of_visitors_cannot_break_the_page(call):
    page = ask({"r-films": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page


def test_swap_is_what_a_fresh_page_shows(call):
    answers = FITS | {"r-films": "0"}
    whole = element(ask(answers).content.decode(), "check-result")

    swapped = ask(answers, headers={"HX-Request": "true"}).content.decode()

    assert element(f'<div id="check-result" role="status">{swapped}</div>', "check-result") == whole


def test_nothing_is_kept(call):
    response = ask(FITS)

    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_check_costs_two_statements(call):
    ask(FITS)

    with queries(2):
        ask(FITS)


def test_check_stands_on_the_page_while_it_helps(call):
    with at(NOW):
        assert 'id="check"' in client_of().get(PAGE).content.decode()
    with at(CLOSES.replace(hour=19)):
        assert 'id="check"' not in client_of().get(PAGE).content.decode()


def test_rule_that_cannot_be_read_hides_no_other(call):
    a_rule(call, "broken", scope="person", field="x", op="nonsense")

    assert outcomes(ask(FITS)) == ["yes", "yes", "yes", "yes", "later"]


@pytest.mark.parametrize(("language", "country"), [("ky", "Кыргызстан"), ("ru", "Кыргызстан"), ("en", "Kyrgyzstan")])
def test_check_speaks_the_language_of_its_address(call, language, country):
    with at(NOW):
        page = client_of().get(f"/{language}/labs/impact-lab/2026/check/").content.decode()

    assert f"Question country ({language})" in page
    assert f">{country}</option>" in page
