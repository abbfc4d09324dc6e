"""The browser counts as the server does: both are held to the same vectors."""

import json
from pathlib import Path

from django.templatetags.static import static

VECTORS = Path(__file__).parent.parent / "unit" / "counting_vectors.json"
COUNT = """async ([address, vectors]) => {
  const { count } = await import(address);
  return vectors.map(({ name, text }) => ({
    name, chars: count(text, "chars"), chars_no_spaces: count(text, "chars_no_spaces"), words: count(text, "words"),
  }));
}"""


def test_browser_counts_as_the_server_does(page):
    page.goto("/en/gallery/")
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    counted = page.evaluate(COUNT, [static("ui/counting.js"), vectors])
    kept = ("name", "chars", "chars_no_spaces", "words")
    assert counted == [{key: vector[key] for key in kept} for vector in vectors]
