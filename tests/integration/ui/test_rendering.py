"""What a page was given does not stay in memory until somebody looks for circles."""

import gc
import weakref

from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory


class Given:
    """Something that a page is given."""


def test_what_a_page_was_given_is_gone_once_it_is_written() -> None:
    text, given = engines["django"].from_string("{{ one }}"), Given()
    held = weakref.ref(given)
    gc.disable()
    try:
        assert "Given object" in text.render({"one": given})
        assert "Given object" in text.render({"one": given}, RequestFactory().get("/"))
        render_to_string("ui/_empty.html", {"title": "Nothing yet", "text": "", "one": given})
        del given

        assert held() is None
    finally:
        gc.enable()
