from kinolab.catalogue.domain.credits import Line, Named, gathered
from kinolab.catalogue.domain.works import PartState, Role


def test_credits_are_gathered_once_a_role_with_the_parts_named() -> None:
    lines = [
        Line(1, Role.CAST, "Aizat", character="Mother", part=2),
        Line(1, Role.CAST, "Aizat", character="Driver", part=1),
        Line(1, Role.CAST, "Aizat", character="Driver", part=1),
        Line(2, Role.DIRECTOR, "Bek", part=2),
        Line(3, Role.DIRECTOR, "Cholpon", part=1, order=2),
        Line(4, Role.DIRECTOR, "Dastan", part=1, order=1),
        Line(2, Role.GENERAL_PRODUCER, "Bek"),
    ]

    assert list(gathered(lines).items()) == [
        (Role.DIRECTOR, [Named(4, "Dastan", parts=[1]), Named(3, "Cholpon", parts=[1]), Named(2, "Bek", parts=[2])]),
        (Role.GENERAL_PRODUCER, [Named(2, "Bek")]),
        (Role.CAST, [Named(1, "Aizat", characters=["Driver", "Mother"], parts=[1, 2])]),
    ]


def test_credits_of_a_dropped_part_are_not_shown() -> None:
    dropped = Line(1, Role.DIRECTOR, "Aizat", part=1, state=PartState.DROPPED)

    assert gathered([dropped, Line(2, Role.DIRECTOR, "Bek")]) == {Role.DIRECTOR: [Named(2, "Bek")]}
