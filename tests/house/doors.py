"""Every door of the house: route × who stands before it → what they get. A route that is missing here fails the build.

Who: visitor (not signed in) | stranger (signed in, nothing to do with it) | author (of the world's application) |
reader (of its reading) | juror | coordinator | owner. What: the page (YES), the sign-in page (SIGN_IN), nothing there
(HIDDEN, 404), there but not for them (NO, 403). `world.py` says what the world holds.

A room adds its rows to its own list below. `door("labs:team", staff("owner", knows=("coordinator", "juror")), edition)`
reads: the owner gets the page, coordinator and juror are told no, to all others there is nothing, visitors sign in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.house.world import World

YES, SIGN_IN, HIDDEN, NO = "yes", "sign in", "hidden", "no"
WHO = ("visitor", "stranger", "author", "reader", "juror", "coordinator", "owner")

Answers = dict[str, str]
Address = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """A route, how to build its address, and the answers; POST routes are tried with an empty form."""

    name: str
    answers: Answers
    address: Address
    method: str = "get"
    data: Address = field(default=lambda world: {})


def door(name: str, answers: Answers, address: Address | None = None, *, method: str = "get",
         data: Address | None = None) -> Door:  # fmt: skip
    """One row; `address` and `data` take the world and give the route's arguments and the form's fields."""
    return Door(name, answers, address or nowhere, method, data or nowhere)


# --- Answers ---------------------------------------------------------------------------------------------------------
def everybody() -> Answers:
    """A public page."""
    return dict.fromkeys(WHO, YES)


def signed_in() -> Answers:
    """A page of one's own: whoever is signed in gets theirs."""
    return {**dict.fromkeys(WHO, YES), "visitor": SIGN_IN}


def staff(*allowed: str, knows: tuple[str, ...] = ()) -> Answers:
    """For those named; those who `knows` that it exists are told no; for the others there is nothing."""
    answers = {**dict.fromkeys(WHO, HIDDEN), "visitor": SIGN_IN}
    return answers | dict.fromkeys(knows, NO) | dict.fromkeys(allowed, YES)


def nobody() -> Answers:
    """There is nothing behind it in this world, whoever asks; visitors sign in first."""
    return {**dict.fromkeys(WHO, HIDDEN), "visitor": SIGN_IN}


def with_visitor(answers: Answers, answer: str) -> Answers:
    """The same, with another answer for visitors."""
    return answers | {"visitor": answer}


# --- Addresses -------------------------------------------------------------------------------------------------------
def nowhere(world: World) -> dict[str, Any]:
    """No arguments."""
    return {}


def edition(world: World) -> dict[str, Any]:
    """An edition: programme and edition."""
    return world.slugs


def application(world: World) -> dict[str, Any]:
    """The application by its code."""
    return {"code": world.application.code}


# --- The table, room by room -----------------------------------------------------------------------------------------
UI: list[Door] = [
    door("ui:gallery", everybody()),
    door("ui:theme", everybody(), method="post"),
]
PEOPLE: list[Door] = []
MAIL: list[Door] = []
FILES: list[Door] = []
LABS: list[Door] = []
CALLS: list[Door] = []
NEWS: list[Door] = []
APPLICATIONS: list[Door] = []
REVIEWS: list[Door] = []
SELECTION: list[Door] = []
DESK: list[Door] = []

DOORS = [*UI, *PEOPLE, *MAIL, *FILES, *LABS, *CALLS, *NEWS, *APPLICATIONS, *REVIEWS, *SELECTION, *DESK]
