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

from kinolab.impact.models import Outcome
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


def anybody(answer: str) -> Answers:
    """The same answer for all, visitors too."""
    return dict.fromkeys(WHO, answer)


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


def of_letter(**more: str) -> Address:
    """A letter of the edition, and what is done with it."""
    return lambda world: world.slugs | {"number": world.letter.pk} | more


def application(world: World) -> dict[str, Any]:
    """The application by its code."""
    return {"code": world.application.code}


def in_table(world: World) -> dict[str, Any]:
    """The application as the office reaches it."""
    return world.slugs | application(world)


def member(world: World) -> dict[str, Any]:
    """The application and a member of its team."""
    return application(world) | {"number": world.member.pk}


def question(world: World) -> dict[str, Any]:
    """The application and a question of its form."""
    return application(world) | {"question": world.question.pk}


def organisation(world: World) -> dict[str, Any]:
    """The organisation by its address."""
    return {"organisation": world.organisation.slug}


def article(world: World) -> dict[str, Any]:
    """The article."""
    return {"slug": world.article.slug}


def film(world: World) -> dict[str, Any]:
    """The film."""
    return {"slug": world.film.slug}


def of_film(rows: str) -> Address:
    """The film, and the first of its credits, tracks, releases, parts."""
    return lambda world: film(world) | {"number": getattr(getattr(world.film, rows).first(), "pk", 0)}


def series(world: World) -> dict[str, Any]:
    """The series in which the film stands."""
    return {"number": world.film.entries.get().series_id}


def of_series(world: World) -> dict[str, Any]:
    """The series, and its film."""
    return series(world) | {"entry": world.film.entries.all()[0].pk}


def agent(world: World) -> dict[str, Any]:
    """Whoever is credited."""
    return {"slug": world.agent.slug}


def two_agents(world: World) -> dict[str, Any]:
    """The same person twice: refused with a sentence, which is a page."""
    return agent(world) | {"other": world.agent.slug}


def section(world: World) -> dict[str, Any]:
    """The edition and the section of its form."""
    return edition(world) | {"section": world.question.section_id}


def asked(world: World) -> dict[str, Any]:
    """The edition and the question of its form."""
    return section(world) | {"question": world.question.pk}


def reading(world: World) -> dict[str, Any]:
    """The reading."""
    return {"number": world.reading.pk}


def programme(world: World) -> dict[str, Any]:
    """A programme."""
    return {"programme": world.programme.slug}


def of_programme(**more: object) -> Address:
    """The programme, and more of the address."""
    return lambda world: programme(world) | more


def of_edition(**more: object) -> Address:
    """The edition, and more of the address."""
    return lambda world: edition(world) | more


def outcome(world: World) -> dict[str, Any]:
    """The outcome of the edition."""
    found = Outcome.objects.filter(edition=world.edition).order_by("pk").first()
    return edition(world) | {"number": found.pk if found else 0}


def of_outcome(verb: str) -> Address:
    """The outcome, and what is done with it."""
    return lambda world: outcome(world) | {"verb": verb}


# --- The table, room by room -----------------------------------------------------------------------------------------
UI: list[Door] = [
    door("ui:gallery", everybody()),
    door("ui:offline", everybody()),
    door("ui:theme", everybody(), method="post"),
]
PEOPLE: list[Door] = [
    door("people:sign_in", everybody()),
    door("people:sign_in", everybody(), method="post"),
    door("people:sign_in_with_password", everybody(), method="post"),
    door("people:enter", anybody(SIGN_IN)),  # without a link in one's hand
    door("people:enter", everybody(), method="post"),
    # Buttons of the demonstration: nothing there in a real lab.
    door("people:enter_demo", anybody(HIDDEN), lambda world: {"code": "abc"}, method="post"),
    door("people:sign_out", everybody(), method="post"),
    door("people:settings", signed_in()),
    door("people:settings", signed_in(), method="post"),
    *(door(f"people:{verb}", signed_in(), method="post") for verb in ("prove", "set_password", "ask_for_new_address")),
    door("people:new_address", signed_in()),
    door("people:new_address", signed_in(), method="post"),
]
MAIL: list[Door] = [
    # The folder of letters is readable on the demonstration only.
    door("mail:folder", anybody(HIDDEN)),
    door("mail:letter", anybody(HIDDEN), lambda world: {"name": "abc"}),
]
# The address itself says whose it is; `tests/integration/applications/test_uploads.py` tries it with everybody.
FILES: list[Door] = [
    door("files:upload", anybody(NO), lambda world: {"token": "abc"}, method="delete"),
    # The room that shows a picture says who sees it; its own tests try it with everybody.
    door("files:picture", anybody(HIDDEN), lambda world: {"code": "abc", "name": "320.webp"}),
]
OWNER = staff("owner", knows=("juror", "coordinator"))
OFFICE = staff("coordinator", "owner", knows=("juror",))
LABS: list[Door] = [
    door("labs:team", OWNER, edition),
    door("labs:team", OWNER, edition, method="post"),
    door("labs:change_role", OWNER, lambda world: edition(world) | {"member": world.juror.pk}, method="post"),
    door("labs:remove_member", OWNER, lambda world: edition(world) | {"member": world.juror.pk}, method="post"),
]
CALLS: list[Door] = [
    door("calls:list", everybody()),
    door("calls:block", everybody()),
    door("calls:block_of", everybody(), lambda world: {"organisation": world.programme.organisation.slug}),
    *(door(name, everybody()) for name in ("calls_json", "calls_calendar")),
    *(
        door(name, everybody(), lambda world: {"organisation": world.programme.organisation.slug})
        for name in ("calls_json_of", "calls_calendar_of")
    ),
    door("calls:website", OWNER, edition),
    door("calls:programme", everybody(), lambda world: {"programme": world.programme.slug}),
    door("calls:page", everybody(), edition),
    door("calls:check", everybody(), edition),
    door("calls:calendar", everybody(), edition),
    door("calls:share", everybody(), edition),
    door("calls:new_edition", OWNER, lambda world: {"programme": world.programme.slug}),
    door("calls:new_edition", OWNER, lambda world: {"programme": world.programme.slug}, method="post"),
    door("calls:import", OWNER, lambda world: {"programme": world.programme.slug}, method="post"),
    door("calls:manage", staff("juror", "coordinator", "owner"), edition),
    *(door(f"calls:{page}", OWNER, edition) for page in ("export", "dates", "settings", "team", "form")),
    *(
        door(f"calls:{verb}", OWNER, edition, method="post")
        for verb in ("publish", "take_back", "dates", "extend", "settings", "team", "add_section", "correct")
    ),
    door("calls:deadlines", OWNER, edition),
    *(door(f"calls:{verb}", OWNER, edition, method="post") for verb in ("deadlines", "seal", "issue_code")),
    # The world's call has given nobody a late code.
    door(
        "calls:revoke_code",
        nobody() | {"juror": NO, "coordinator": NO},
        lambda world: edition(world) | {"number": 1},
        method="post",
    ),
    door("calls:texts", OWNER, lambda world: edition(world) | {"group": "call"}),
    door("calls:section", OWNER, section),
    *(
        door(f"calls:{verb}", OWNER, section, method="post")
        for verb in ("section", "shift_section", "delete_section", "add_question", "use_question")
    ),
    door("calls:question", OWNER, asked),
    *(
        door(f"calls:{verb}", OWNER, asked, method="post")
        for verb in ("question", "shift_question", "duplicate_question", "name_people", "delete_question")
    ),
    door("calls:correction", nobody() | {"juror": NO, "coordinator": NO}, edition),
    door("applications:preview", OWNER, lambda world: edition(world) | {"version": 1}),
    door("applications:preview_question", OWNER, edition, method="post"),
    door("calls:add_rule", OWNER, edition),
    *(door(f"calls:{verb}", OWNER, edition, method="post") for verb in ("add_rule", "rule_preview")),
    *(
        door(
            "calls:rule",
            nobody() | {"juror": NO, "coordinator": NO},
            lambda world: edition(world) | {"row": 1},
            method=how,
        )
        for how in ("get", "post")
    ),
    door("calls:country_sets", OWNER, edition),
    door("calls:country_sets", OWNER, edition, method="post"),
    door("calls:rows", OWNER, lambda world: edition(world) | {"kind": "faqs"}),
    door("calls:add_row", OWNER, lambda world: edition(world) | {"kind": "faqs"}, method="post"),
    # The world's call has no such row: only those who may not change the call learn that it exists.
    door(
        "calls:row",
        nobody() | {"juror": NO, "coordinator": NO},
        lambda world: edition(world) | {"kind": "faqs", "row": 1},
    ),
    *(
        door(
            f"calls:{verb}",
            nobody() | {"juror": NO, "coordinator": NO},
            lambda world: edition(world) | {"kind": "faqs", "row": 1},
            method="post",
        )
        for verb in ("shift_row", "delete_row")
    ),
]
# A catalogue belongs to the whole organisation, not to an edition of it.
EDITORS = staff("owner", knows=("juror", "coordinator"))
KNOWS = {"juror": NO, "coordinator": NO}
CATALOGUE: list[Door] = [
    door("catalogue:list", everybody()),
    door("catalogue:film", everybody(), film),
    *(door(f"catalogue:{name}", EDITORS) for name in ("desk", "new", "series_list", "new_series")),
    *(door(f"catalogue:{name}", EDITORS, method="post") for name in ("new", "new_series")),
    *(
        door(f"catalogue:{name}", EDITORS, film)
        for name in ("edit", "facts", "texts", "registers", "credits", "new_credit", "find_agent", "tracks", "new_track",
                     "releases", "new_release", "parts", "new_part", "find_part")
    ),
    *(
        door(f"catalogue:{name}", EDITORS, film, method="post")
        for name in ("facts", "texts", "registers", "publish", "withdraw", "delete", "new_credit", "new_track",
                     "new_release", "new_part")
    ),
    *(door(f"catalogue:{name}", EDITORS, of_film(f"{name}s")) for name in ("credit", "track", "release", "part")),
    *(door(f"catalogue:{name}", EDITORS, of_film(f"{name}s"), method="post") for name in ("credit", "track", "release", "part")),
    *(
        door(f"catalogue:{verb}_{name}", EDITORS, of_film(f"{name}s"), method="post")
        for verb, name in (("move", "credit"), ("remove", "credit"), ("move", "track"), ("remove", "track"),
                           ("remove", "release"), ("move", "part"))
    ),
    door("catalogue:part_state", EDITORS, of_film("parts"), method="post"),
    *(door(f"catalogue:{name}", EDITORS, series) for name in ("series", "change_series", "new_entry", "find_entry")),
    *(door(f"catalogue:{name}", EDITORS, series, method="post") for name in ("change_series", "delete_series", "new_entry")),
    door("catalogue:entry", EDITORS, of_series),
    *(door(f"catalogue:{name}", EDITORS, of_series, method="post") for name in ("entry", "move_entry", "remove_entry")),
    # What stands beside a film.
    door("catalogue:series_page", everybody(), lambda world: {"slug": "cities"}),
    door("catalogue:share", everybody(), film),
    *(door(f"catalogue:{name}", EDITORS, film) for name in ("pictures", "subtitles", "awards", "new_award", "new_place")),
    *(
        door(f"catalogue:{name}", EDITORS, film, method="post")
        for name in ("pictures", "trailer", "subtitles", "new_award", "new_place")
    ),
    # The world's film has no pictures, subtitles, awards and places; their own tests try these doors.
    *(
        door(f"catalogue:{name}", nobody() | KNOWS, lambda world: film(world) | {"number": 1}, method="post")
        for name in ("picture", "make_cover", "move_picture", "remove_picture", "show_subtitles", "remove_subtitles", "award",
                     "remove_award", "place", "remove_place")
    ),
    door("catalogue:read_subtitles", anybody(HIDDEN), lambda world: film(world) | {"number": 1}),
    door("catalogue:subtitles_file", anybody(HIDDEN), lambda world: film(world) | {"number": 1, "form": "vtt"}),
    # The world's director is named by its published film.
    door("catalogue:person", everybody(), agent),
    *(door(f"catalogue:{page}", EDITORS) for page in ("people", "new_person", "same")),
    door("catalogue:new_person", EDITORS, method="post"),
    *(door("catalogue:edit_person", EDITORS, agent, method=how) for how in ("get", "post")),
    *(door(f"catalogue:{verb}", EDITORS, agent, method="post") for verb in ("add_spelling", "delete_person")),
    *(door("catalogue:join_people", EDITORS, two_agents, method=how) for how in ("get", "post")),
    door("catalogue:keep_apart", EDITORS, two_agents, method="post"),
    # The world has no other spelling, and nobody was joined to anybody.
    door("catalogue:remove_spelling", nobody() | KNOWS, lambda world: agent(world) | {"number": 1}, method="post"),
    *(door("catalogue:part_people", nobody(), lambda world: {"number": 1}, method=how) for how in ("get", "post")),
]  # fmt: skip
NEWS: list[Door] = [
    door("news:list", everybody()),
    door("news:feed", everybody()),
    door("news:article", everybody(), article),
    door("news:desk", staff("coordinator", "owner", knows=("juror",))),
    door("news:new", staff("coordinator", "owner", knows=("juror",))),
    door("news:new", staff("coordinator", "owner", knows=("juror",)), method="post"),
    # The world's article belongs to no edition, so it is the whole organisation's.
    door("news:edit", staff("owner", knows=("juror", "coordinator")), article),
    door("news:edit", staff("owner", knows=("juror", "coordinator")), article, method="post"),
    *(
        door(
            "news:step",
            staff("owner", knows=("juror", "coordinator")),
            lambda world, step=step: article(world) | {"step": step},
            method="post",
        )
        for step in ("publish", "unpublish", "archive", "restore", "take_back", "approve", "ask", "delete")
    ),
    door("news:pictures", staff("owner", knows=("juror", "coordinator")), article),
    door("news:pictures", staff("owner", knows=("juror", "coordinator")), article, method="post"),
    door("news:picture", {**nobody(), "juror": NO, "coordinator": NO}, lambda world: article(world) | {"number": 1}),
    door("news:relate", staff("owner", knows=("juror", "coordinator")), article, method="post"),
    door("news:arrange", staff("owner", knows=("juror", "coordinator")), organisation),
    door("news:arrange", staff("owner", knows=("juror", "coordinator")), organisation, method="post"),
    door("news:practice", staff("owner", knows=("juror", "coordinator")), organisation, method="post"),
    door(
        "news:rubric", {**nobody(), "juror": NO, "coordinator": NO}, lambda world: organisation(world) | {"number": 1}
    ),
    door("news:json", everybody()),
    door("news:share", everybody(), article),
    door("news:press_film", everybody(), lambda world: {"slug": world.film.slug}),
    door("news:press_film_archive", everybody(), lambda world: {"slug": world.film.slug}),
    door("news:press_organisation", everybody(), lambda world: {"slug": world.organisation.slug}),
    door("news:press_organisation_archive", everybody(), lambda world: {"slug": world.organisation.slug}),
    door("news:page", dict.fromkeys(WHO, HIDDEN), lambda world: {"slug": "nowhere"}),
    door(
        "news:text", staff("owner", knows=("juror", "coordinator")), lambda world: article(world) | {"language": "en"}
    ),
    door(
        "news:text",
        staff("owner", knows=("juror", "coordinator")),
        lambda world: article(world) | {"language": "en"},
        method="post",
    ),
    door(
        "news:still_right",
        {**nobody(), "juror": NO, "coordinator": NO},
        lambda world: article(world) | {"language": "en"},
        method="post",
    ),
    door(
        "news:let_go",
        staff("owner", knows=("juror", "coordinator")),
        lambda world: article(world) | {"language": "en"},
        method="post",
    ),
    door(
        "news:keep",
        staff("owner", knows=("juror", "coordinator")),
        lambda world: {"number": world.article.pk, "language": "en"},
        method="post",
        data=lambda world: {"field": "title", "value": "T"},
    ),
]
APPLICATIONS: list[Door] = [
    # The applicants' side: for the team alone, even against the lab's owner.
    door("applications:start", everybody(), edition),
    door("applications:start", signed_in(), edition, method="post"),
    door("applications:start_late", signed_in(), edition, method="post"),
    # From somebody else's application nobody begins; the author's own is for this very call.
    door(
        "applications:start_from",
        staff("author"),
        edition,
        method="post",
        data=lambda world: {"earlier": world.application.code, "key": "12345678"},
    ),
    door("applications:edit", staff("author"), application),
    door("applications:book", OFFICE, edition),
    door("applications:book", OFFICE, edition, method="post"),
    door("applications:reader_book", staff("reader"), edition),
    door("applications:reader_book", staff("reader"), edition, method="post"),
    *(door(f"applications:{name}", nobody(), edition) for name in ("reader_book_progress", "reader_book_file")),
    # Nobody has asked for a book.
    *(door(f"applications:{name}", nobody() | {"juror": NO}, edition) for name in ("book_progress", "book_file")),
    door("applications:take_over", staff("author"), application, method="post"),
    door("applications:enter", OFFICE, edition),
    door("applications:enter", OFFICE, edition, method="post"),
    door("applications:type_for", OFFICE, in_table),
    door("applications:type_for", OFFICE, in_table, method="post"),
    door("applications:type_member", OFFICE, in_table, method="post"),
    door("applications:type_part", OFFICE, lambda world: in_table(world) | member(world)),
    door("applications:type_part", OFFICE, lambda world: in_table(world) | member(world), method="post"),
    door("applications:confirm_part", staff("author"), application, method="post"),
    door("applications:imports", OWNER, edition),
    door("applications:imports", OWNER, edition, method="post"),
    # The world has imported nothing.
    *(
        door(
            f"applications:{name}",
            nobody() | {"juror": NO, "coordinator": NO},
            lambda world: edition(world) | {"number": 1},
            method=method,
        )
        for name, method in (
            ("import", "get"),
            ("import_progress", "get"),
            ("import_columns", "post"),
            ("import_take_back", "post"),
            ("import_drop", "post"),
        )
    ),
    door("applications:strands", staff("author"), application),
    door("applications:use_code", staff("author"), application, method="post"),
    door("applications:section", staff("author"), lambda world: application(world) | {"section": "project"}),
    # Sent already, and not reopened: the section may be seen and not written.
    door(
        "applications:section",
        staff(knows=("author",)),
        lambda world: application(world) | {"section": "project"},
        method="post",
    ),
    # A script asks, so a visitor is told no instead of being led away.
    door("applications:save", with_visitor(staff("author"), NO), application, method="post"),
    door("applications:here", with_visitor(staff("author"), NO), application, method="post"),
    door("applications:past", staff("author"), question),
    door("applications:past", nobody(), question, method="post"),
    *(
        door(f"applications:{verb}", staff("author"), application, method="post")
        for verb in ("submit", "reopen", "withdraw", "restore", "strands", "invite", "own_part")
    ),
    *(
        door(f"applications:{page}", staff("author"), lambda world: application(world) | {"version": 1})
        for page in ("snapshot", "snapshot_json", "snapshot_pdf")
    ),
    # Sent once: there is nothing to compare it with.
    door("applications:changes", nobody(), lambda world: application(world) | {"version": 1}),
    door("applications:office_changes", nobody(), lambda world: in_table(world) | {"version": 1}),
    door("applications:corrections", staff("coordinator", "owner", knows=("juror",)), in_table),
    door("applications:corrections", staff("coordinator", "owner", knows=("juror",)), in_table, method="post"),
    door(
        "applications:take_correction_back",
        staff(knows=("juror",)),
        lambda world: in_table(world) | {"number": 1},
        method="post",
    ),
    door("applications:answer_finding", nobody(), lambda world: application(world) | {"number": 1}, method="post"),
    door("applications:appeal", staff("author"), application, method="post"),
    door("applications:take_appeal_back", nobody(), lambda world: application(world) | {"number": 1}, method="post"),
    door("applications:team", staff("author"), application),
    door("applications:part", staff("author"), application),
    # Sent already: it may be read and not written any more.
    door("applications:part", staff(knows=("author",)), application, method="post"),
    *(door(f"applications:{verb}", staff("author"), application, method="post") for verb in ("sign", "hand_in")),
    *(
        door(f"applications:{verb}", staff("author"), member, method="post")
        for verb in ("invite_again", "remove_member", "let_submit", "let_not_submit", "offer_lead")
    ),
    *(
        door(f"applications:{verb}", staff("author"), application, method="post")
        for verb in ("take_lead", "take_back_lead")
    ),
    door("applications:attach", staff("author"), question, method="post"),
    door("applications:everything", staff("author"), application),
    door("applications:begin_upload", staff("author"), question, method="post"),
    door("applications:finish_upload", nobody(), lambda world: application(world) | {"upload": "abc"}, method="post"),
    door("applications:drop_upload", nobody(), lambda world: application(world) | {"upload": "abc"}, method="post"),
    door("applications:detach", nobody(), lambda world: application(world) | {"file": "abc"}, method="post"),
    door("applications:download", nobody(), lambda world: application(world) | {"file": "abc"}),
    # Used up: the author joined long ago.
    door("applications:invitation", anybody(HIDDEN), lambda world: {"token": world.member.token}),
    door("applications:join", anybody(HIDDEN), lambda world: {"token": world.member.token}, method="post"),
    door("applications:accept", nobody(), lambda world: {"token": world.member.token}, method="post"),
    door("applications:decline", anybody(HIDDEN), lambda world: {"token": world.member.token}, method="post"),
    # The office's side.
    door("applications:table", staff("juror", "coordinator", "owner"), edition),
    door("applications:save_view", staff("juror", "coordinator", "owner"), edition, method="post"),
    door(
        "applications:delete_view",
        staff("juror", "coordinator", "owner"),
        lambda world: edition(world) | {"number": 1},
        method="post",
    ),
    door("applications:bulk", staff("coordinator", "owner", knows=("juror",)), edition, method="post"),
    door("applications:export_csv", staff("coordinator", "owner", knows=("juror",)), edition),
    door("applications:export_xlsx", staff("coordinator", "owner", knows=("juror",)), edition),
    door("applications:simulate", OWNER, edition),
    door("applications:appeals", staff("juror", "coordinator", "owner"), edition),
    door("applications:appeals_until", OWNER, edition, method="post"),
    # Those who sit in the panel decide, and nobody else; the world has no panel.
    door(
        "applications:decide_appeal",
        staff(knows=("juror", "coordinator", "owner")),
        lambda world: edition(world) | {"number": 1},
        method="post",
    ),
    door("applications:detail", staff("juror", "coordinator", "owner"), in_table),
    door("applications:check_again", staff("coordinator", "owner", knows=("juror",)), in_table, method="post"),
    door(
        "applications:decide_finding",
        nobody() | {"juror": NO},
        lambda world: in_table(world) | {"number": 1},
        method="post",
    ),
    door("applications:office_file", nobody(), lambda world: in_table(world) | {"file": "abc"}),
    door(
        "applications:office_pdf",
        staff("juror", "coordinator", "owner"),
        lambda world: in_table(world) | {"version": 1},
    ),
]
REVIEWS: list[Door] = [
    door("reviews:mine", {**dict.fromkeys(WHO, NO), "visitor": SIGN_IN, "reader": YES}),
    door("reviews:read", staff("reader"), reading),
    *(
        door(f"reviews:{verb}", staff("reader"), reading, method="post")
        for verb in ("save", "submit", "reopen", "abstain")
    ),
    door("reviews:file", nobody(), lambda world: reading(world) | {"code": "abc"}),
    *(door(f"reviews:{page}", OFFICE, edition) for page in ("board", "from_file", "proposal")),
    door("reviews:set_phase", OWNER, edition, method="post"),
    *(
        door(f"reviews:{verb}", OFFICE, edition, method="post")
        for verb in ("add_reader", "remind", "propose", "assign", "from_file")
    ),
    door("reviews:export", OFFICE, edition),
    door("reviews:take_back", OFFICE, edition, method="post"),
    door(
        "reviews:declare_conflict",
        OFFICE,
        lambda world: edition(world) | {"number": world.reading.reader_id},
        method="post",
    ),
    door("reviews:reader", OFFICE, lambda world: edition(world) | {"number": world.reading.reader_id}),
    door(
        "reviews:remove_reader",
        OFFICE,
        lambda world: edition(world) | {"number": world.reading.reader_id},
        method="post",
    ),
    door(
        "reviews:take_back_conflict",
        nobody() | {"juror": NO},
        lambda world: edition(world) | {"number": 1},
        method="post",
    ),
]
JURY = staff("juror", "coordinator", "owner")
DECIDERS = staff("juror", "owner", knows=("coordinator",))
LETTERS = staff("coordinator", "owner", knows=("juror",))
SELECTION: list[Door] = [
    door("selection:board", JURY, edition),
    door("selection:decide", JURY, in_table),
    door("selection:decide", DECIDERS, in_table, method="post"),
    door("selection:decide_many", DECIDERS, edition, method="post"),
    door("selection:move", DECIDERS, in_table, method="post"),
    door("selection:quotas", OWNER, edition),
    door("selection:quotas", OWNER, edition, method="post"),
    # The world has no quota: only those who may not change them learn that they exist.
    door(
        "selection:delete_quota",
        nobody() | {"juror": NO, "coordinator": NO},
        lambda world: edition(world) | {"number": 1},
        method="post",
    ),
    door("selection:announce", LETTERS, edition),
    *(door(f"selection:{verb}", OWNER, edition, method="post") for verb in ("announce", "try_again", "ours")),
    door("selection:letters", LETTERS, edition),
    door("selection:letter", LETTERS, lambda world: edition(world) | {"outcome": "selected"}),
    door("selection:letter", OWNER, lambda world: edition(world) | {"outcome": "selected"}, method="post"),
    # Nothing is decided in the world, so there is no letter to anybody, no result and no results page.
    door(
        "selection:recipient",
        nobody() | {"juror": NO},
        lambda world: in_table(world) | {"person": world.application.lead_id},
    ),
    door(
        "selection:recipient",
        nobody() | {"juror": NO, "coordinator": NO},
        lambda world: in_table(world) | {"person": world.application.lead_id},
        method="post",
    ),
    door("selection:team_letters", LETTERS, edition),
    door("selection:begin_team_letter", OWNER, edition, method="post"),
    *(
        door(f"selection:{name}", answers, lambda world: edition(world) | {"number": world.team_letter.pk}, method=how)
        for name in ("team_letter", "look_through")
        for answers, how in ((LETTERS, "get"), (OWNER, "post"))
    ),
    door("selection:results", anybody(HIDDEN), edition),
    door("selection:own", nobody(), application),
]


def road_map(world: World) -> dict[str, Any]:
    """The road map by its code."""
    return {"code": world.road_map.code}


def of_road_map(**more: object) -> Address:
    """Something of the road map."""
    return lambda world: road_map(world) | more


SEES_ROAD_MAPS = staff("coordinator", "owner", knows=("juror",))
GUIDES = staff("owner", knows=("juror", "coordinator"))
SEES_ROAD_MAP = staff("author", "coordinator", "owner")
WRITES = staff("author", knows=("coordinator", "owner"))
ABSENT = {"part": "goal", "number": 0}
SEES_OUTCOME = SEES_ROAD_MAPS
IMPACT: list[Door] = [
    door("impact:list", SEES_ROAD_MAPS, edition),
    # Every chosen project has its road map, or there is none: nothing to make.
    door("impact:make", nobody() | {"juror": NO, "coordinator": NO}, edition, method="post"),
    door("impact:mine", signed_in()),
    door("impact:whole", SEES_ROAD_MAP, road_map),
    door("impact:take", nobody(), road_map, method="post"),  # a step that there is not
    door("impact:show", SEES_ROAD_MAP, road_map, method="post"),
    door("impact:add_tutor", SEES_ROAD_MAP, road_map, method="post"),
    door("impact:remove_tutor", SEES_ROAD_MAP, of_road_map(number=0), method="post"),
    door("impact:settle_remark", SEES_ROAD_MAP, of_road_map(number=0), method="post"),
    door("impact:step", SEES_ROAD_MAP, of_road_map(step="goals")),
    door("impact:step", staff("author"), of_road_map(step="safety")),
    door("impact:pictures", SEES_ROAD_MAP, road_map),
    door("impact:picture", SEES_ROAD_MAP, of_road_map(picture="timeline")),
    door("impact:remark", SEES_ROAD_MAP, of_road_map(step="goals"), method="post"),
    door("impact:approve", SEES_ROAD_MAP, of_road_map(number=0), method="post"),  # told why not
    door("impact:new_row", WRITES, of_road_map(part="goal")),
    door("impact:new_row", WRITES, of_road_map(part="goal"), method="post"),
    door("impact:new_row", staff("author"), of_road_map(part="risk")),
    door("impact:row", staff(knows=("coordinator", "owner")), of_road_map(**ABSENT)),
    door("impact:row", staff(knows=("coordinator", "owner")), of_road_map(**ABSENT), method="post"),
    *(door(f"impact:{verb}", nobody(), of_road_map(**ABSENT), method="post") for verb in ("save_row", "remove_row")),
    door("impact:move_row", SEES_ROAD_MAP, of_road_map(**ABSENT), method="post"),  # told that it has gone
    door("impact:data", SEES_ROAD_MAP, of_road_map(eyes="lab", what="values", kind="csv")),
    # It is shown to nobody outside yet: those who know of it are told so.
    door(
        "impact:data",
        staff(knows=("author", "coordinator", "owner")),
        of_road_map(eyes="partners", what="results", kind="xml"),
    ),
    door(
        "impact:data",
        with_visitor(staff(knows=("author", "coordinator", "owner")), HIDDEN),
        of_road_map(eyes="public", what="results", kind="csv"),
    ),
    door(
        "impact:edition_data",
        SEES_ROAD_MAPS,
        lambda world: edition(world) | {"eyes": "lab", "what": "results", "kind": "xlsx"},
    ),
    door("impact:publish", GUIDES, edition, method="post"),
    door("impact:make_template", GUIDES, edition, method="post"),
    door("impact:remove_template", SEES_ROAD_MAP, road_map, method="post"),  # told that it is none
    door("impact:bring", WRITES, road_map),
    door("impact:bring", WRITES, road_map, method="post"),
    door("impact:brought", staff(knows=("coordinator", "owner")), of_road_map(number=0)),
    door("impact:brought", staff(knows=("coordinator", "owner")), of_road_map(number=0), method="post"),
    *(
        door(
            f"impact:{verb}", SEES_ROAD_MAP, of_road_map(**ABSENT), method="post"
        )  # told why not, on the page they come from
        for verb in ("bring_back", "retire", "settle_row")
    ),
    door("impact:outcomes", SEES_ROAD_MAPS, edition),
    *(door(f"impact:{name}", GUIDES, edition) for name in ("new_outcome", "outcomes_file")),
    *(door(f"impact:{name}", GUIDES, edition, method="post") for name in ("new_outcome", "outcomes_file")),
    door("impact:switch_following", SEES_ROAD_MAPS, edition, method="post"),  # told why not
    door("impact:outcome", SEES_OUTCOME, outcome),
    door("impact:outcome", SEES_OUTCOME, outcome, method="post"),
    door("impact:act_on_outcome", SEES_OUTCOME, of_outcome("verify"), method="post"),  # told why not
    *(door(f"impact:programme_report{name}", SEES_ROAD_MAPS, edition) for name in ("", "_csv", "_json", "_pdf")),
    door("impact:programme_report_line", nobody() | {"juror": NO}, of_edition(key="abc")),
    door("impact:programme_report_indicator", nobody() | {"juror": NO}, of_edition(code="abc", number=0)),
    door("impact:alumni", everybody(), programme),
    door("impact:alumni_of", everybody(), edition),
    # Nobody has made the report public.
    *(door(f"impact:public_report{name}", anybody(HIDDEN), programme) for name in ("", "_csv", "_json", "_pdf")),
    door("impact:public_report_line", anybody(HIDDEN), of_programme(key="abc")),
    door("impact:public_report_indicator", anybody(HIDDEN), of_programme(code="abc", number=0)),
    door("impact:own_outcomes", signed_in()),
    door("impact:answer_outcome", nobody(), lambda world: {"number": 0}, method="post"),
    door("impact:survey_again", everybody(), programme),
    door("impact:survey_again", everybody(), programme, method="post"),
    # A link that nobody was sent.
    door("impact:survey", anybody(HIDDEN), of_programme(token="abc")),
    door("impact:survey", anybody(HIDDEN), of_programme(token="abc"), method="post"),
    door("impact:hush", anybody(HIDDEN), of_programme(token="abc"), method="post"),
    # Papers, and what is shown outside: the world's road map is shown to nobody.
    door("impact:papers", SEES_ROAD_MAP, road_map),
    door("impact:paper", SEES_ROAD_MAP, of_road_map(eyes="public", name="poster")),
    door("impact:poster_picture", SEES_ROAD_MAP, of_road_map(eyes="public")),
    door("impact:showing", SEES_ROAD_MAP, road_map),
    door("impact:preview", SEES_ROAD_MAP, of_road_map(level="public")),
    door("impact:make_link", SEES_ROAD_MAP, road_map, method="post"),  # told why not
    door("impact:take_back_link", SEES_ROAD_MAP, of_road_map(number=0), method="post"),
    door("impact:shown", anybody(HIDDEN), road_map),
    door("impact:shown_paper", anybody(HIDDEN), of_road_map(name="poster")),
    door("impact:share", anybody(HIDDEN), road_map),
    door("impact:with_link", anybody(HIDDEN), lambda world: {"token": "abc"}),
    door("impact:paper_with_link", anybody(HIDDEN), lambda world: {"token": "abc", "name": "poster"}),
]


def of_report(**more: object) -> Address:
    """Something of the road map's report; its plan is being written, so nothing is reported now."""
    return lambda world: road_map(world) | {"number": world.report.pk} | more


TOLD_WHY = staff(knows=("author", "coordinator", "owner"))
NO_FILE = {"number": 0, "upload": "none"}
IMPACT += [
    door("impact:edition_reports", SEES_ROAD_MAPS, edition),
    door("impact:edition_rhythm", GUIDES, edition, method="post"),
    door("impact:reports", SEES_ROAD_MAP, road_map),
    door("impact:plan_report", SEES_ROAD_MAP, road_map, method="post"),
    door("impact:rhythm", SEES_ROAD_MAP, road_map, method="post"),
    door("impact:report", SEES_ROAD_MAP, of_report()),
    *(
        door(f"impact:{name}", SEES_ROAD_MAP, of_report(), method="post")  # told why not
        for name in ("report_days", "remove_report", "hand_in_report", "approve_report", "give_back_report")
    ),
    *(door(f"impact:{name}", TOLD_WHY, of_report(), method="post") for name in ("report_activities", "report_learned")),
    door("impact:report_value", TOLD_WHY, of_report(period=0), method="post"),
    door("impact:report_part", TOLD_WHY, of_report(period=0)),
    door("impact:report_evidence", TOLD_WHY, of_report(period=0)),
    door("impact:save_activity", nobody(), of_report(), method="post"),
    door("impact:save_value", nobody(), of_report(period=0), method="post"),
    door("impact:correct", staff(knows=("coordinator", "owner")), of_road_map(number=0)),
    door("impact:evidence_file", nobody(), of_road_map(number=0)),
    *(
        door(f"impact:{name}", WRITES, of_road_map(number=0), method="post")
        for name in ("attach_evidence", "begin_evidence", "remove_evidence_file")
    ),
    *(
        door(f"impact:{name}", nobody(), of_road_map(**NO_FILE), method="post")
        for name in ("finish_evidence", "drop_evidence")
    ),
]


def in_the_making(world: World) -> dict[str, Any]:
    """The film in the making."""
    return {"film": world.omnibus.film.slug}


def of_film(**more: object) -> Address:
    """Something of the film in the making."""
    return lambda world: in_the_making(world) | more


def of_segment_in_film(world: World) -> dict[str, Any]:
    """The segment of the film in the making."""
    return in_the_making(world) | {"segment": world.segment.code}


def of_cut(world: World) -> dict[str, Any]:
    """The segment that was dropped from it."""
    return in_the_making(world) | {"number": world.cut.pk}


def segment(world: World) -> dict[str, Any]:
    """The segment of the author's team."""
    return {"code": world.segment.code}


def of_segment(**more: object) -> Address:
    """Something of the segment."""
    return lambda world: segment(world) | more


ABSENT_ROW = nobody() | {"juror": NO}
SEGMENT_MAKERS = staff("coordinator", "owner")


def of_deliverable(world: World) -> dict[str, Any]:
    """What must be handed over with it."""
    found = world.omnibus.deliverables.first()
    return in_the_making(world) | {"number": found.pk if found else 0}


MAKERS = staff("coordinator", "owner", knows=("juror",))
PRODUCTION: list[Door] = [
    door("production:list", MAKERS),
    # A film belongs to the whole organisation: its owner begins it.
    *(door("production:begin", OWNER, method=how) for how in ("get", "post")),
    door("production:film", MAKERS, in_the_making),
    *(door(f"production:{name}", MAKERS, in_the_making) for name in ("rules", "call")),
    *(
        door(f"production:{verb}", MAKERS, in_the_making, method="post")
        for verb in ("numbers", "link_call", "ask_for_segments")
    ),
    *(door("production:text", MAKERS, of_film(language="en"), method=how) for how in ("get", "post")),
    *(door("production:add_row", MAKERS, of_film(kind="demands"), method=how) for how in ("get", "post")),
    # The world's film has no such row.
    door("production:row", ABSENT_ROW, of_film(kind="slots", number=0)),
    door("production:row", ABSENT_ROW, of_film(kind="slots", number=0), method="post"),
    *(
        door(f"production:{verb}", ABSENT_ROW, of_film(kind="slots", number=0), method="post")
        for verb in ("remove_row", "move_row")
    ),
    door("production:slots", MAKERS, in_the_making),
    door("production:commission", MAKERS, in_the_making, method="post"),
    door("production:fill", ABSENT_ROW, of_film(number=0), method="post"),
    door("production:own", signed_in()),
    # Its team has not been told yet that it was chosen.
    door("production:segment", SEGMENT_MAKERS, segment),
    *(
        door(f"production:{verb}", SEGMENT_MAKERS, segment, method="post")
        for verb in ("free", "describe", "add_version")
    ),
    door("production:give", nobody(), segment, method="post"),  # a slot that there is not
    door("production:take_segment_step", nobody(), segment, method="post"),  # a step that there is not
    *(
        door(f"production:{verb}", SEGMENT_MAKERS, segment, method="post")  # told why not
        for verb in ("write_agreement", "send_agreement", "note_paper", "sign", "ask_for_change")
    ),
    door("production:agreement_file", nobody(), of_segment(version=1)),
    door("production:segment_calendar", SEGMENT_MAKERS, segment),
    *(door(f"production:{name}", MAKERS, in_the_making) for name in ("calendar", "calendar_file")),
    *(door(f"production:{verb}", MAKERS, in_the_making, method="post") for verb in ("plan_day", "add_unit")),
    *(door("production:day", ABSENT_ROW, of_film(number=0), method=how) for how in ("get", "post")),
    *(door(f"production:{verb}", MAKERS, of_film(number=0), method="post") for verb in ("remove_day", "remove_unit")),
    door("production:version_file", nobody(), of_segment(number=1)),
    door("production:take", nobody() | {"juror": NO}, in_the_making, method="post"),  # a step that there is not
    *(door(f"production:{name}", MAKERS, in_the_making) for name in ("assembly", "cuts", "cuts_file", "lock")),
    # Without a segment, without a title: for those who may, the form comes back.
    *(door(f"production:{name}", nobody() | {"juror": NO}, in_the_making, method="post") for name in ("place", "out")),
    *(door(f"production:{name}", MAKERS, in_the_making, method="post") for name in ("insert", "lock", "unlock")),
    *(door("production:deliverables", MAKERS, in_the_making, method=how) for how in ("get", "post")),
    door("production:usual", MAKERS, in_the_making, method="post"),
    door("production:deliverable", MAKERS, of_deliverable),
    *(
        door(f"production:{name}", MAKERS, of_deliverable, method="post")
        for name in ("deliverable", "hand_over", "attach_file", "begin_file", "remove_file")
    ),
    # Nothing is decided, no file is there, none is on its way.
    door("production:judge", nobody() | {"juror": NO}, of_deliverable, method="post"),
    door("production:file", nobody() | {"juror": NO}, of_deliverable),
    *(
        door(
            f"production:{name}",
            nobody() | {"juror": NO},
            lambda world: of_deliverable(world) | {"upload": "none"},
            method="post",
        )
        for name in ("finish_file", "drop_file")
    ),
    door("production:remove_deliverable", MAKERS, of_deliverable, method="post"),
    door("production:drop", MAKERS, of_segment_in_film),
    door("production:drop", MAKERS, of_segment_in_film, method="post"),
    door("production:cut", MAKERS, of_cut),
    *(
        door(f"production:{name}", MAKERS, of_cut, method="post")
        for name in ("send_notice", "another", "take_back", "notice_text")
    ),
    door(
        "production:told", MAKERS, lambda world: of_cut(world) | {"notice": world.cut.notices.get().pk}, method="post"
    ),
]
DESK: list[Door] = [
    *(door(name, everybody()) for name in ("root", "sitemap", "robots", "worker", "live", "ready")),
    door("desk:home", everybody()),
    door("desk:search", everybody()),
    door("desk:suggest", everybody()),
    door("desk:after_sign_in", signed_in()),
    door("desk:mine", signed_in()),
    door("desk:organiser", signed_in()),
    door("desk:edition", staff("juror", "coordinator", "owner"), edition),
    door("desk:outbox", staff("coordinator", "owner", knows=("juror",)), edition),
    *(
        door(f"desk:{name}", staff("coordinator", "owner", knows=("juror",)), of_letter(**more), method=how)
        for name, more, how in (
            ("letter", {}, "get"),
            ("letter", {}, "post"),
            ("letter_step", {"what": "hold"}, "post"),
        )
    ),
    door("desk:record", staff("coordinator", "owner", knows=("juror",)), edition),
    door("desk:record_export", staff("coordinator", "owner", knows=("juror",)), edition),
]

DOORS = [
    *UI,
    *PEOPLE,
    *MAIL,
    *FILES,
    *LABS,
    *CALLS,
    *CATALOGUE,
    *NEWS,
    *APPLICATIONS,
    *REVIEWS,
    *SELECTION,
    *IMPACT,
    *PRODUCTION,
    *DESK,
]
