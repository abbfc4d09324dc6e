"""Where articles stand, which instant a wall clock means, how far translations are."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinolab.foundation.refusals import Refusal
from kinolab.news.domain import lifecycle, schedule, translations
from kinolab.news.domain.lifecycle import ArticleState, ArticleStep, Instants
from kinolab.news.domain.schedule import Doubt
from kinolab.news.domain.translations import TranslationState, Written

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


# --- Where it stands -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("instants", "state"),
    [
        (Instants(), "draft"),
        (Instants(asked=NOW), "waiting"),
        (Instants(asked=NOW, approved=NOW), "approved"),
        (Instants(asked=NOW, approved=NOW, published=NOW + HOUR), "scheduled"),
        (Instants(asked=NOW, approved=NOW, held=NOW + HOUR), "held"),
        (Instants(published=NOW), "published"),
        (Instants(published=NOW - HOUR, archived=NOW), "archived"),
    ],
)
def test_article_when_these_things_happened_stands_there(instants: Instants, state: str) -> None:
    assert lifecycle.state_at(instants, NOW) == ArticleState(state)


def test_step_when_it_is_not_in_the_table_is_refused() -> None:
    assert lifecycle.why_not(ArticleState.PUBLISHED, ArticleStep.ARCHIVE) is None
    assert lifecycle.why_not(ArticleState.WAITING, ArticleStep.PUBLISH) == Refusal("article_waits")
    assert lifecycle.why_not(ArticleState.DRAFT, ArticleStep.ARCHIVE) == Refusal("article_stands_elsewhere")


def test_going_out_when_two_are_wanted_needs_an_approval() -> None:
    assert lifecycle.why_not_go_out(ArticleState.DRAFT, second_eyes=False) is None
    assert lifecycle.why_not_go_out(ArticleState.DRAFT, second_eyes=True) == Refusal("second_eyes_wanted")
    assert lifecycle.why_not_go_out(ArticleState.APPROVED, second_eyes=True) is None
    assert lifecycle.why_not_go_out(ArticleState.HELD, second_eyes=True) is None


# --- When it appears -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wall", "zone", "at", "doubt"),
    [
        ("2026-09-01T12:00", "Asia/Bishkek", "2026-09-01T06:00", None),
        # Kazakhstan left UTC+6 for UTC+5 at midnight before 1 March 2024: the last hour of February came twice.
        ("2024-02-29T23:30", "Asia/Almaty", "2024-02-29T17:30", Doubt.TWICE),
        ("2024-02-29T22:30", "Asia/Almaty", "2024-02-29T16:30", None),
        ("2024-03-01T09:00", "Asia/Almaty", "2024-03-01T04:00", None),
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30", Doubt.SKIPPED),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30", Doubt.TWICE),
    ],
)
def test_wall_clock_when_clocks_are_turned_means_one_instant_and_says_its_doubt(
    wall: str, zone: str, at: str, doubt: Doubt | None
) -> None:
    meant = schedule.instant(datetime.fromisoformat(wall), zone)

    assert (meant.at, meant.doubt) == (datetime.fromisoformat(at).replace(tzinfo=UTC), doubt)


def test_clocks_when_turned_between_two_instants_are_told() -> None:
    before, after = datetime(2024, 2, 28, tzinfo=UTC), datetime(2024, 3, 2, tzinfo=UTC)

    assert schedule.turns_between(before, after, "Asia/Almaty") == -HOUR
    assert schedule.turns_between(before, after, "Asia/Bishkek") == timedelta()
    with pytest.raises(ValueError, match="no zone"):
        schedule.instant(before, "Asia/Almaty")


# --- Translations ----------------------------------------------------------------------------------------------------
def test_translation_when_the_original_has_a_later_version_is_outdated() -> None:
    titles, bodies = {"ru": "Т", "ky": "А", "en": "T", "uz": "S"}, {"ru": "Т", "ky": "А", "en": "T"}
    written = Written("ru", titles, {}, bodies, {"ru": 3, "ky": 1, "en": 2, "uz": 1}, {"ky": 3, "en": 2, "uz": 2})

    assert written.states(["ru", "ky", "en", "uz", "kk"]) == {
        "ru": TranslationState.DONE,
        "ky": TranslationState.DONE,
        "en": TranslationState.OUTDATED,
        "uz": TranslationState.DRAFT,
        "kk": TranslationState.MISSING,
    }


def test_translations_when_a_slip_was_mended_stay_as_right_as_they_were() -> None:
    assert translations.still_right({"ky": 3, "en": 2}, 3, 4) == {"ky": 4, "en": 2}


def test_texts_when_two_people_changed_them_are_put_together_or_told_apart() -> None:
    base = {"title": "Лаборатория в Бишкеке", "lead": "", "body": "Один.\n\nДва.\n"}

    both = translations.together(base, base | {"body": "Один!\n\nДва.\n"}, base | {"body": "Один.\n\nДва!\n"})
    assert both == base | {"body": "Один!\n\nДва!\n"}
    apart = translations.together(base, base | {"title": "Школа"}, base | {"title": "Семинар"})
    assert apart == Refusal("article_changed_meanwhile", {"fields": ["title"]})


@given(st.text(max_size=60), st.text(max_size=60))
def test_texts_when_only_one_changed_them_say_what_that_one_wrote(before: str, after: str) -> None:
    base, mine = ({"title": text, "lead": "", "body": ""} for text in (before, after))

    assert translations.together(base, mine, base) == mine
    assert translations.together(base, base, mine) == mine
