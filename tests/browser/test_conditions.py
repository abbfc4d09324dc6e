"""The browser shows a question exactly when the server does: both answer the same conditions alike."""

from django.templatetags.static import static

from kinolab.foundation.questions.domain.conditions import holds, open_part, parse
from kinolab.foundation.refusals import Refusal

HOLDS = """async ([address, cases]) => {
  const { holds } = await import(address);
  return cases.map(([condition, answers]) => holds(condition, field => answers[field] || []));
}"""
CONDITIONS: list[dict[str, object]] = [
    {"question": "a", "is": ["x", "y"]},
    {"question": "a", "is_not": ["x"]},
    {"question": "a", "answered": True},
    {"question": "a", "answered": False},
    {"question": "a", "at_least": 60},
    {"question": "a", "at_most": 60.5},
    {"all": [{"question": "a", "answered": True}, {"question": "b", "is": ["x"]}]},
    {"none": [{"question": "a", "is": ["x"]}, {"all": [{"question": "b", "is": ["z"]}]}]},
    {"any": [{"question": "a", "at_least": 60}, {"question": "b", "is_not": ["x"]}]},
]
ANSWERS: list[object] = [None, "", " ", "x", "z", ["x", "z"], [], "60", "60,5", "1 000", "-5", "a lot", ".5"]


def _texts(answer: object) -> list[str]:
    return [str(one) for one in answer] if isinstance(answer, list) else [str(answer or "")]


def test_browser_shows_a_question_when_the_server_does(page):
    cases, expected = [], []
    for given in CONDITIONS:
        condition = parse(given)
        assert not isinstance(condition, Refusal)
        for first in ANSWERS:
            for second in (None, "x", "z"):
                cases.append(
                    [open_part(condition, {}, {"a": "q1", "b": "q2"}), {"q1": _texts(first), "q2": _texts(second)}]
                )
                expected.append(holds(condition, {"a": first, "b": second}))

    page.goto("/en/gallery/")
    assert page.evaluate(HOLDS, [static("questions/form.js"), cases]) == expected
