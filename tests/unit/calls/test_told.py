"""What answers tell beside themselves."""

from kinolab.calls.domain.told import BELOW, LISTS, facts_told


def test_questions_tell_their_fact_and_what_is_worked_out_below_it() -> None:
    questions = [("project.title", "text"), ("project.plan", "finance_plan"), ("person.films", "films")]

    assert list(facts_told(questions)) == [
        "project.title",
        "project.plan", "project.plan.total", "project.plan.confirmed", "project.plan.percent",
        "person.films", "person.films.features", "person.films.shorts",
    ]  # fmt: skip
    assert list(facts_told([])) == []


def test_lists_are_among_what_is_told() -> None:
    assert set().union(*BELOW.values()) >= LISTS
