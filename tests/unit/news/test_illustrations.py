"""Pictures inside a text."""

from hypothesis import given
from hypothesis import strategies as st

from kinolab.news.domain.illustrations import Piece, codes, line, pieces, words_alone


def test_text_when_it_names_pictures_is_cut_where_they_stand() -> None:
    text = f"One\n\n{line('abc2', 'A yard')}\n\nTwo ![no](picture:abc3) and ![no](https://example.org/x.png)"

    assert pieces(text) == [
        Piece(words="One\n\n"),
        Piece(code="abc2", caption="A yard"),
        Piece(words="\n\nTwo ![no](picture:abc3) and ![no](https://example.org/x.png)"),
    ]
    assert codes(text) == {"abc2"}
    assert words_alone(text).startswith("One\n\nTwo")


@given(st.text(alphabet="ab \n![]():picture", max_size=80))
def test_text_when_cut_loses_no_word(text: str) -> None:
    kept = "".join(piece.words or line(piece.code, piece.caption) for piece in pieces(text))

    assert "".join(kept.split()) == "".join(text.split())
