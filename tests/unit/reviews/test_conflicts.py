import pytest

from kinolab.reviews.domain.conflicts import ApplicationFacts, Conflict, ConflictReason, ReaderFacts, conflicts

TIMUR = ReaderFacts(
    "timur",
    "p1",
    frozenset({"Timur@Example.org"}),
    frozenset({"ОсОО «Суу Фильм»"}),
    frozenset({"declared"}),
)


def application(key: str = "a", **facts: set[str]) -> ApplicationFacts:
    return ApplicationFacts(key, **{name: frozenset(values) for name, values in facts.items()})


@pytest.mark.parametrize(
    ("one", "reasons"),
    [
        (application(), ()),
        (application(people={"p2"}, emails={"other@example.org"}, companies={"Башка"}), ()),
        (application(people={"p1"}), (ConflictReason.SAME_PERSON,)),
        (application(emails={" timur@example.ORG "}), (ConflictReason.SAME_EMAIL,)),
        (application(companies={'осоо "суу  фильм"'}), (ConflictReason.SAME_COMPANY,)),
        (application("declared"), (ConflictReason.DECLARED,)),
        (
            application("declared", people={"p1"}, emails={"timur@example.org"}),
            (ConflictReason.SAME_PERSON, ConflictReason.SAME_EMAIL, ConflictReason.DECLARED),
        ),
    ],
)
def test_conflicts_when_people_or_companies_meet_give_every_reason(
    one: ApplicationFacts, reasons: tuple[ConflictReason, ...]
) -> None:
    expected = (Conflict(one.key, "timur", reasons),) if reasons else ()

    assert conflicts([TIMUR], [one]) == expected


def test_conflicts_when_fields_are_blank_on_both_sides_are_none() -> None:
    reader = ReaderFacts("nodira", "p3", frozenset({" "}), frozenset({"—"}))

    assert conflicts([reader], [application(emails={""}, companies={"«»"})]) == ()


def test_conflicts_when_several_meet_go_by_application_then_reader() -> None:
    nodira = ReaderFacts("nodira", "p3")
    both = application("both", people={"p1", "p3"})

    assert [(one.application, one.reader) for one in conflicts([nodira, TIMUR], [both, application("declared")])] == [
        ("both", "nodira"),
        ("both", "timur"),
        ("declared", "timur"),
    ]
