"""Long words on public pages: Markdown, texts in another language, facts for machines."""

import json
from datetime import date

import pytest
from django.template import engines
from django.utils import translation

from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.ui import markdown
from kinolab.foundation.ui.templatetags import prose


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# One", "<h2>One</h2>\n"),
        ("### Three", "<h3>Three</h3>\n"),
        ("###### Six", "<h4>Six</h4>\n"),
        ("**a** ~~b~~", "<p><strong>a</strong> <s>b</s></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        ("[a](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">a</a></p>\n'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("", ""),
    ],
)
def test_markdown_becomes_safe_html(written, shown):
    assert markdown.to_html(written) == shown


def test_text_in_another_language_is_marked():
    text = Text({"ru": "Да"})

    with translation.override("ky"):
        assert (prose.in_its_language(text), prose.elsewhere(text)) == (' lang="ru"', "ru")
    with translation.override("ru"):
        assert (prose.in_its_language(text), prose.elsewhere(text)) == ("", "")
    assert (prose.in_its_language(Text({})), prose.in_its_language("plain")) == ("", "")


def test_facts_for_machines_cannot_end_their_block():
    facts = {"name": "</script><script>alert(1)</script> & «Кыргызча»"}

    block = str(prose.linked_data(facts))
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")

    assert "<" not in inside
    assert json.loads(inside) == facts


def test_every_dye_has_its_picture_and_an_unknown_one_another():
    for dye in [*prose.PICTURES, "", "beige"]:
        assert 'alt=""' in prose.dye_picture(dye)
        assert "/static/ui/art/" in prose.dye_banner(dye)


@pytest.mark.parametrize(("language", "month"), [("ky", "сентябрь"), ("ru", "сентябрь"), ("en", "September")])
def test_month_stands_by_itself(language, month):
    with translation.override(language):
        assert prose.month_name(date(2026, 9, 1)).lower() == month.lower()


def test_numbers_of_attributes_have_a_point_in_every_language():
    with translation.override("ru"):
        assert engines["django"].from_string("{% load prose %}{{ x|plain }}%").render({"x": 16.7}) == "16.7%"
