"""A reader's own applications as a book: only theirs, only what readers see."""

import json
from typing import Any

import pytest

from kinolab.applications.models import Book
from kinolab.applications.queries import book as queries
from kinolab.foundation.questions.models import Question
from kinolab.reviews.models import Reading
from tests.factories import reviews as make
from tests.kit import client_of, same_cost, shut


@pytest.fixture(autouse=True)
def paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "typeset", lambda book, applications, at: b"%PDF-")


def chapters() -> str:
    book = Book.objects.select_related("call__edition", "person").get()
    return json.dumps(
        [queries.chapter(book, sent) for sent in queries.snapshots(book.applications)], ensure_ascii=False
    )


def address(phase: Any) -> str:
    return f"/en/reading/book/{phase.edition.programme.slug}/{phase.edition.slug}/"


def test_book_holds_ones_own_readings_alone_without_what_readers_do_not_see(phase: Any, nodira: Any, call: Any) -> None:
    Question.objects.filter(key="logline").update(seen_by="deciders")
    mine, other = make.application(call, "Mine", logline="For the jury"), make.application(call, "Other")
    make.reading(phase, nodira, mine)
    make.reading(phase, make.reader(call.edition, "Timur"), other)
    client = client_of(nodira.person)
    assert "All of them as a book" in client.get("/en/reading/").content.decode()

    client.post(address(phase))

    assert Book.objects.get().applications == [mine.pk]
    assert ("Mine" in chapters(), "For the jury" in chapters(), "Other" in chapters()) == (True, False, False)
    given = client.get(f"{address(phase)}book.pdf")
    shut(given)
    assert given["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("names", [True, False])
def test_names_stand_in_the_book_where_the_phase_shows_them(phase: Any, nodira: Any, call: Any, names: bool) -> None:
    phase.see_names = names
    phase.save()
    make.reading(phase, nodira, make.application(call, "Mine", make.person("Meerim", name="Мээрим Асанова")))

    client_of(nodira.person).post(address(phase))

    assert ("Мээрим Асанова" in chapters(), "meerim@example.org" in chapters()) == (names, False)


def test_book_is_not_given_out_once_a_reading_has_gone(phase: Any, nodira: Any, call: Any) -> None:
    first, second = (make.reading(phase, nodira, make.application(call, title)) for title in ("One", "Two"))
    client = client_of(nodira.person)
    client.post(address(phase))
    Reading.objects.filter(pk=second.pk).delete()

    assert client.get(f"{address(phase)}book.pdf").status_code == 302
    assert "has changed since" in client.get(address(phase)).content.decode()
    first.delete()
    assert client.get(address(phase)).status_code == 404


def test_book_of_one_reader_is_nothing_to_another(phase: Any, nodira: Any, call: Any) -> None:
    timur = make.reader(call.edition, "Timur")
    one = make.application(call, "One")
    make.reading(phase, nodira, one)
    make.reading(phase, timur, one)
    client_of(nodira.person).post(address(phase))

    assert client_of(timur.person).get(f"{address(phase)}book.pdf").status_code == 404
    assert client_of(make.person("Farrukh")).get(address(phase)).status_code == 404


def test_page_costs_the_same_for_one_reading_and_three(phase: Any, nodira: Any, call: Any) -> None:
    titles = iter(["Two", "Three"])
    make.reading(phase, nodira, make.application(call, "One"))
    client = client_of(nodira.person)
    client.post(address(phase))

    same_cost(
        lambda: client.get(address(phase)),
        lambda: make.reading(phase, nodira, make.application(call, next(titles))),
    )
