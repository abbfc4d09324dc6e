"""The page where a rule is put together: conditions, plain sentences, what an applicant sees; refusals in words."""

from typing import Any

import pytest
from django.urls import reverse

from kinolab.calls.domain.examples import EXAMPLES
from kinolab.calls.domain.regulations import Rule as Parsed
from kinolab.calls.domain.regulations import parse_rule
from kinolab.calls.domain.shapes import taken_apart
from kinolab.calls.models import Call, CountrySet, Rule
from kinolab.calls.queries.rule_sentences import Names, names_of, questions, sentences
from kinolab.calls.words import SENTENCES, WHY_IMPOSSIBLE
from kinolab.foundation.audit.models import Entry
from kinolab.foundation.questions.models import Question
from tests.factories import calls, labs
from tests.factories.labs import NOW, text
from tests.kit import client_of

AGE = {
    "tree": "g0[p0]", "severity": "block_review", "overridable": "on", "asked": "on",
    "p0-shape": "age", "p0-fact": "person.birth_date", "p0-least": "18", "p0-most": "35", "p0-on": "call_close",
}  # fmt: skip
TWO = AGE | {
    "tree": "g0[p0 p1]", "join": "any_of", "p1-shape": "place", "p1-fact": "person.country", "p1-set": "central_asia_5@2024",
}  # fmt: skip


@pytest.fixture
def call() -> Call:
    """A call with questions that tell facts of several kinds."""
    made = calls.draft_call()
    section = made.form.sections.get()
    for order, (key, kind, choices) in enumerate([
        ("stage", "choice", [{"key": "edit", "label": {"en": "Editing", "ru": "Монтаж", "ky": "Монтаждоо"}}]),
        ("runtime", "number", []), ("films", "films", []), ("finished", "date", []), ("script", "file", []),
    ], start=5):  # fmt: skip
        Question.objects.create(
            section=section, order=order, key=key, kind=kind, label=text(f"{key.title()}?"), choices=choices,
            fact=f"project.{key}",
        )  # fmt: skip
    return made


@pytest.fixture
def owner(call: Call) -> Any:
    aigul = labs.person("Aigul")
    labs.membership(aigul, organisation=call.edition.programme.organisation)
    return client_of(aigul)


def address(call: Call, name: str, *rest: int) -> str:
    return reverse(f"calls:{name}", args=[call.edition.programme.slug, call.edition.slug, *rest])


def kept(call: Call) -> Rule:
    return call.rules.get()


def parts_of(answer: Any) -> list[dict[str, Any]]:
    """What the page says at its conditions: what is wrong with each."""
    return [dict(part.errors) for part in answer.context["form"].parts]


# --- Keeping ---------------------------------------------------------------------------------------------------------
def test_rule_is_kept_with_the_sentences_that_the_page_proposed(owner: Any, call: Call) -> None:
    assert owner.post(address(call, "add_rule"), AGE | {"save": "1"}).status_code == 302

    rule = kept(call)
    assert rule.definition == {
        "code": "birth_date", "scope": "person", "field": "birth_date", "op": "age_between_on", "value": [18, 35],
        "reference_date": "call_close", "severity": "block_review",
    }  # fmt: skip
    assert rule.sentence.as_dict() == {
        "en": "Date of birth. Full years, at least: 18; at most: 35; counted: when the call closes.",
        "ky": "Туулган күнү. Толук жашы, эң азы: 18; эң көбү: 35; эсептелет: кабыл алуу жабылганда.",
        "ru": "Дата рождения. Полных лет, не меньше: 18; не больше: 35; считается: на закрытие приёма заявок.",
    }
    assert rule.question.as_dict() == {"en": "Date of birth?", "ky": "Туулган күнү?", "ru": "Дата рождения?"}
    assert Entry.objects.filter(verb="added").count() == 1


def test_what_is_written_stands_and_what_is_not_asked_stays_out_of_the_check(owner: Any, call: Call) -> None:
    sent = {key: value for key, value in AGE.items() if key not in ("asked", "overridable")}
    owner.post(address(call, "add_rule"), sent | {
        "save": "1", "sentence:en": "You are young.", "refusal:en": "Too old.", "question:en": "How old?", "code": "young",
    })  # fmt: skip

    rule = kept(call)
    assert (rule.code, rule.sentence["en"], rule.sentence["ru"][:13]) == ("young", "You are young.", "Дата рождения")
    assert (rule.question.as_dict(), rule.refusal.as_dict()) == ({}, {"en": "Too old."})
    assert rule.definition["overridable"] is False


def test_several_conditions_are_joined_and_a_set_keeps_its_version(owner: Any, call: Call) -> None:
    owner.post(address(call, "add_rule"), TWO | {"save": "1"})

    rule = kept(call)
    assert (rule.code, rule.definition["op"]) == ("birth_date-country", "any_of")
    assert rule.definition["children"][1]["value"] == {"set": "central_asia_5", "version": "2024"}
    assert rule.sentence["en"] == (
        "At least one of this holds: 1) Date of birth. Full years, at least: 18; at most: 35; counted: when the call "
        "closes. 2) Country where the person lives or whose citizen they are. One of these: The five countries of "
        "Central Asia (2024: Kazakhstan, Kyrgyzstan, Uzbekistan, Tajikistan and Turkmenistan)."
    )


def test_set_of_the_organisation_comes_with_its_countries(owner: Any, call: Call) -> None:
    CountrySet.objects.create(
        organisation=call.edition.programme.organisation, code="nomads", version="1", name=text("Nomads"),
        countries=["KG"], made_at=NOW,
    )  # fmt: skip
    owner.post(address(call, "add_rule"), AGE | {
        "save": "1", "p0-shape": "place", "p0-fact": "person.residence", "p0-set": "nomads@1", "p0-none": "on",
    })  # fmt: skip

    assert kept(call).definition["value"] == {"set": "nomads", "version": "1", "countries": ["KG"]}
    assert kept(call).sentence["en"] == "Country where the person lives. None of these: Nomads (1: Kyrgyzstan)."


FILLED = [
    ({"p0-shape": "place", "p0-fact": "person.residence", "p0-countries": "Kyrgyzstan, kz"},
     {"op": "in", "value": ["KG", "KZ"]}, "Country where the person lives. One of these: Kyrgyzstan and Kazakhstan."),
    ({"p0-shape": "choice", "p0-fact": "project.stage", "p0-choices": "edit"},
     {"op": "in", "value": ["edit"]}, "Stage. One of these: Editing."),
    ({"p0-shape": "choice", "p0-fact": "person.role", "p0-choices": ["director", "producer"]},
     {"op": "in", "value": ["director", "producer"]}, "Role in the team. One of these: Director and Producer."),
    ({"p0-shape": "amount", "p0-fact": "project.runtime", "p0-least": "52", "p0-most": ""},
     {"op": "gte", "value": 52}, "Runtime. At least: 52."),
    ({"p0-shape": "amount", "p0-fact": "project.runtime", "p0-least": "", "p0-most": "7.5"},
     {"op": "lte", "value": 7.5}, "Runtime. At most: 7.5."),
    ({"p0-shape": "amount", "p0-fact": "project.films", "p0-least": "2", "p0-most": ""},
     {"op": "count_gte", "value": 2}, "Films. At least so many: 2."),
    ({"p0-shape": "ordinal", "p0-fact": "person.films_made", "p0-which": "1, 2"},
     {"op": "ordinal_in", "value": [1, 2]}, "Films made before. Which one in order this is: 1 and 2."),
    ({"p0-shape": "date", "p0-fact": "project.finished", "p0-first": "2025-01-01"},
     {"op": "not_before", "value": "2025-01-01"}, "Finished. Not before this day: 1 January 2025."),
    ({"p0-shape": "date", "p0-fact": "project.finished", "p0-last": "2025-01-01"},
     {"op": "date_between", "value": ["0001-01-01", "2025-01-01"]}, "Finished. Not after this day: 1 January 2025."),
    ({"p0-shape": "presence", "p0-fact": "project.script", "p0-how": "there"}, {"op": "exists"}, "Script. It is there."),
    ({"p0-shape": "presence", "p0-fact": "history.participated", "p0-how": "no"},
     {"op": "in", "value": [False]}, "Somebody of the team has taken part before. The answer is no."),
    ({"p0-shape": "share", "p0-fact": "project.runtime", "p0-of": "project.films", "p0-least": "15", "p0-most": ""},
     {"op": "ratio_gte", "value": {"of": "films", "at_least": 0.15}}, "Runtime. Share of “Films”, at least: 15%."),
    ({"p0-shape": "share", "p0-fact": "project.runtime", "p0-least": "15", "p0-most": "30"},
     {"op": "pct_between", "value": [15, 30]}, "Runtime. Percentage, at least: 15%; at most: 30%."),
    ({"p0-shape": "team", "p0-roles": ["director", "producer"]},
     {"op": "distinct_persons", "value": ["director", "producer"]},
     "Different people have these roles: Director and Producer."),
    ({"p0-shape": "history", "p0-fact": "history.attempts", "p0-past": "attempts", "p0-most": "2"},
     {"op": "max_attempts", "value": 2}, "Earlier applications to this programme. Together with this one, at most: 2."),
    ({"p0-shape": "history", "p0-fact": "history.decisions", "p0-past": "decisions", "p0-decisions": ["selected"]},
     {"op": "previous_decision", "value": ["selected"]}, "What was decided in earlier editions. None of these: Selected."),
    ({"p0-shape": "history", "p0-fact": "application.others", "p0-past": "unique"},
     {"op": "unique_in_edition"}, "Other applications of the team to this call. There is no other one."),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "rule", "said"), FILLED, ids=[f"{one[1]['op']}-{n}" for n, one in enumerate(FILLED)])
def test_every_shape_is_filled_in_without_a_word_of_yaml_and_comes_back(
    owner: Any, call: Call, sent: dict[str, Any], rule: dict[str, Any], said: str
) -> None:
    answer = owner.post(address(call, "add_rule"), AGE | {"save": "1"} | sent)

    assert answer.status_code == 302, parts_of(answer)
    row = kept(call)
    assert {key: row.definition[key] for key in ("op", "value") if key in row.definition} == rule
    assert row.sentence["en"] == said
    # Opened again, the page shows what was filled in: saved as it is, the rule stays the same.
    form = owner.get(address(call, "rule", row.pk)).context["form"]
    before = row.definition
    again = {"save": "1", "severity": "block_review", "overridable": "on", "code": row.code}
    for field in [form.parts[0]["shape"], *form.parts[0].shown()]:
        value = field.value()
        if value not in (None, "", False):
            again[field.html_name] = value
    assert owner.post(address(call, "rule", row.pk), again).status_code == 302
    row.refresh_from_db()
    assert row.definition == before


# --- Refusing --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sent", "place", "sentence"),
    [
        ({"p0-fact": ""}, "fact", "Choose what the condition looks at."),
        ({"p0-most": "12"}, "__all__", "The first is greater than the last: nobody could meet that."),
        ({"p0-least": ""}, "least", "The condition needs this."),
        ({"p0-shape": "place", "p0-fact": "person.country"}, "__all__",
         "Choose at least one: with none, nobody could meet the rule."),
        ({"p0-shape": "place", "p0-fact": "person.country", "p0-countries": "Atlantis"}, "countries",
         "This is no country: Atlantis"),
        ({"p0-shape": "amount", "p0-fact": "project.runtime", "p0-least": "", "p0-most": ""}, "__all__",
         "Give a number: at least, at most, or both."),
        ({"p0-shape": "share", "p0-fact": "project.runtime", "p0-of": "project.films", "p0-least": "150"}, "__all__",
         "A share is between 0 and 100 per cent."),
        ({"p0-shape": "ordinal", "p0-fact": "person.films_made", "p0-which": "first"}, "which",
         "Give whole numbers from 1, for example 1, 2."),
        ({"p0-shape": "team", "p0-roles": ["director"]}, "__all__", "Choose at least two roles."),
        ({"p0-shape": "date", "p0-fact": "project.finished"}, "__all__", "Give a day."),
    ],
)  # fmt: skip
def test_impossible_condition_is_refused_with_a_sentence_where_it_stands(
    owner: Any, call: Call, sent: dict[str, Any], place: str, sentence: str
) -> None:
    answer = owner.post(address(call, "add_rule"), AGE | {"save": "1"} | sent)

    assert (answer.status_code, Rule.objects.count()) == (422, 0)
    assert parts_of(answer) == [{place: [sentence]}]
    assert sentence in answer.content.decode()


def test_fault_of_the_second_condition_stands_at_the_second(owner: Any, call: Call) -> None:
    answer = owner.post(address(call, "add_rule"), TWO | {"save": "1", "p1-set": ""})

    assert [bool(errors) for errors in parts_of(answer)] == [False, True]


def test_if_and_then_need_two_conditions(owner: Any, call: Call) -> None:
    answer = owner.post(address(call, "add_rule"), AGE | {"save": "1", "join": "implies"})

    assert parts_of(answer) == [{"__all__": ["“If … then …” takes exactly two conditions."]}]


def test_code_that_is_taken_is_refused(owner: Any, call: Call) -> None:
    owner.post(address(call, "add_rule"), AGE | {"save": "1"})

    answer = owner.post(address(call, "add_rule"), AGE | {"save": "1"})

    assert (answer.status_code, "code" in answer.context["form"].errors) == (422, True)


# --- Looking ---------------------------------------------------------------------------------------------------------
def test_page_shows_more_conditions_without_judging_what_is_not_filled_in_yet(owner: Any, call: Call) -> None:
    answer = owner.post(address(call, "add_rule"), AGE | {"p0-least": "", "change": "more:g0"})

    assert (len(answer.context["form"].parts), Rule.objects.count()) == (2, 0)
    assert parts_of(answer) == [{}, {}]
    assert answer.context["form"].parts[0]["most"].value() == "35"
    fewer = owner.post(address(call, "add_rule"), TWO | {"change": "away:p0"})
    assert [part["shape"].value() for part in fewer.context["form"].parts] == ["place"]


def test_conditions_within_conditions_are_put_together_and_opened_again(owner: Any, call: Call) -> None:
    more = owner.post(address(call, "add_rule"), AGE | {"change": "group:g0"})
    assert str(more.context["form"].tree) == "g0[p0 g1[p1 p2]]"
    inner = {
        "tree": "g0[p0 g1[p1 p2]]", "join": "all_of", "g1-join": "none_of",
        "p1-shape": "place", "p1-fact": "person.country", "p1-countries": "KZ",
        "p2-shape": "amount", "p2-fact": "project.runtime", "p2-least": "",
    }  # fmt: skip
    wrong = owner.post(address(call, "add_rule"), AGE | inner | {"save": "1"})
    assert [bool(errors) for errors in parts_of(wrong)] == [False, False, True]
    owner.post(address(call, "add_rule"), AGE | inner | {"p2-least": "60", "save": "1"})

    rule = kept(call)
    assert [one["op"] for one in rule.definition["children"]] == ["age_between_on", "none_of"]
    assert [one["op"] for one in rule.definition["children"][1]["children"]] == ["in", "gte"]
    assert rule.sentence["en"].partition(" 2) ")[2] == (
        "None of this holds: 2.1) Country where the person lives or whose citizen they are. "
        "One of these: Kazakhstan. 2.2) Runtime. At least: 60."
    )
    page = owner.get(address(call, "rule", rule.pk))
    assert [str(page.context["form"].tree), page.context["form"]["g1-join"].value()] == ["g0[p0 g1[p1 p2]]", "none_of"]
    assert "Condition 2.1" in page.content.decode()


@pytest.mark.parametrize(("answer", "outcome"), [("", "unknown"), ("2000-01-01", "yes"), ("1950-01-01", "no")])
def test_preview_shows_the_rule_in_each_language_and_what_an_applicant_would_be_told(
    owner: Any, call: Call, answer: str, outcome: str
) -> None:
    page = owner.post(address(call, "rule_preview"), AGE | {"try": answer, "refusal:en": "Too old."})

    preview = page.context["preview"]
    assert [tag for tag, _ in preview.sentences] == ["ky", "ru", "en"]
    assert [one.asks for one in preview.checker.questions] == ["date"]
    assert [one.outcome for one in preview.checker.results] == [outcome]
    assert ("Too old." in page.content.decode()) is (outcome == "no")
    assert Rule.objects.count() == 0


def test_preview_of_what_is_not_whole_yet_says_what_it_waits_for(owner: Any, call: Call) -> None:
    page = owner.post(address(call, "rule_preview"), AGE | {"p0-least": "99"})

    assert page.context["preview"] is None
    assert "The first is greater than the last: nobody could meet that." in page.content.decode()


def test_rule_for_which_a_page_has_no_room_is_changed_as_text(owner: Any, call: Call) -> None:
    one = {"scope": "project", "field": "runtime", "op": "gte", "value": 52}
    row = calls.rule(call, {"code": "many", "op": "any_of", "children": [one] * 13})

    answer = owner.get(address(call, "rule", row.pk))

    assert answer.url == reverse("calls:row", args=[call.edition.programme.slug, call.edition.slug, "rules", row.pk])


def test_list_of_rules_says_each_in_words_and_names_the_question_that_has_gone(owner: Any, call: Call) -> None:
    calls.rule(call, {"code": "long", "scope": "project", "field": "runtime", "op": "gte", "value": 52})
    page = reverse("calls:rows", args=[call.edition.programme.slug, call.edition.slug, "rules"])
    assert [(one.lines[0], one.problem) for one in owner.get(page).context["shown"]] == [
        ("Runtime. At least: 52.", None)
    ]

    Question.objects.get(fact="project.runtime").delete()

    (shown,) = owner.get(page).context["shown"]
    assert (shown.problem.code, shown.problem.facts) == ("question_gone", {"facts": ("project.runtime",)})
    assert "No question of the form tells this any more: project.runtime." in owner.get(page).content.decode()


def test_publication_lists_the_rules_whose_question_has_gone(owner: Any, call: Call) -> None:
    calls.rule(call, {"code": "long", "scope": "project", "field": "runtime", "op": "gte", "value": 52})
    assert [one.code for one in owner.get(address(call, "manage")).context["page"].doubts] == []

    Question.objects.get(fact="project.runtime").delete()

    page = owner.get(address(call, "manage"))
    assert [(one.code, one.facts) for one in page.context["page"].doubts] == [("rules_untold", {"rules": ("long",)})]


# --- Sentences -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.code)
def test_every_published_rule_has_a_sentence_and_a_question_in_every_language(example: Any) -> None:
    rule = parse_rule(example.definition)
    assert isinstance(rule, Parsed)

    said = sentences(rule, Names(), ("ky", "ru", "en"))
    asked = questions(rule, Names(), ("ky", "ru", "en"))

    assert len(set(said.values())) == 3
    assert not any("%(" in one for one in (*said.values(), *asked.values()))


def test_every_operation_and_every_reason_has_words() -> None:
    from kinolab.calls.domain.regulations import COMBINING, Op

    assert set(SENTENCES) == set(Op) - COMBINING
    assert all(str(one) for one in WHY_IMPOSSIBLE.values())


def test_sentence_takes_the_labels_of_the_form_in_the_language_it_is_said(call: Call) -> None:
    rule = parse_rule({"code": "x", "scope": "project", "field": "stage", "op": "in", "value": ["edit", "other"]})
    assert isinstance(rule, Parsed) and taken_apart(rule)

    assert sentences(rule, names_of(call), ("ky", "en")) == {
        "ky": "Stage. Булардын бири: Монтаждоо жана other.", "en": "Stage. One of these: Editing and other.",
    }  # fmt: skip


def test_question_that_a_rule_looks_at_stays_in_the_form_and_the_rule_is_named(owner: Any, call: Call) -> None:
    calls.rule(call, {"code": "long", "scope": "project", "field": "runtime", "op": "gte", "value": 52})
    runtime, films = (Question.objects.get(fact=fact) for fact in ("project.runtime", "project.films"))

    def said(question: Question) -> list[str]:
        answer = owner.post(address(call, "delete_question", question.section_id, question.pk), follow=True)
        return [str(one) for one in answer.context["messages"]]

    assert said(films) == []
    assert said(runtime) == ["Rules of the call ask for this answer (project.runtime): long. Change them first."]
    assert Question.objects.filter(fact__in=("project.runtime", "project.films")).get() == runtime


def test_impossible_rule_that_is_written_as_text_is_refused_with_a_sentence(owner: Any, call: Call) -> None:
    page = reverse("calls:add_row", args=[call.edition.programme.slug, call.edition.slug, "rules"])
    definition = "{code: x, scope: project, field: runtime, op: between, value: [9, 3]}"

    answer = owner.post(page, {"definition": definition, "sentence:en": "Short"})

    assert answer.context["form"].errors["definition"] == [
        "The first is greater than the last: nobody could meet that."
    ]
