"""The tools of the tests see what they should see."""

import pytest
from django.template import engines

from tests import kit

WHOLE = '<!doctype html><html lang="en"><head><title>T</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<p style="color:red">x</p>', "inline style on <p>"),
        ("<style>p{}</style>", "inline style on <style>"),
        ("<script>go()</script>", "inline script"),
        ('<a onclick="go()">x</a>', "inline handler onclick on <a>"),
        ('<i id="a"></i><i id="a"></i>', "id 'a' twice"),
        ('<label for="b">x</label>', "for points to 'b', which is not there"),
        ('<img src="x.png">', "<img src='x.png'> without alt"),
        ('<a href="JavaScript:go()">x</a>', "a javascript: address"),
    ],
)
def test_faults_when_a_page_has_one_names_it(body: str, fault: str) -> None:
    assert kit.faults(WHOLE.format(body)) == [fault]


def test_faults_when_something_was_not_rendered_shows_it() -> None:
    assert kit.faults("<p>{{ name }}</p>") == ["unrendered '{{ name }}'"]


def test_faults_when_a_page_is_good_are_none() -> None:
    page = WHOLE.format('<script src="/a.js"></script><script type="application/json">{}</script><p id="a">x</p>')

    assert kit.faults(page) == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("{{ nothing }}", ["nothing"]),
        ("{{ nothing.inside|upper }}", ["nothing.inside|upper"]),
        ('{{ nothing|default:"x" }}', []),
        ("{% if nothing %}x{% endif %}", []),
        ("{{ something }}", []),
    ],
)
def test_undefined_when_a_variable_is_missing_is_noted(source: str, missing: list[str]) -> None:
    kit.Undefined.missing.clear()

    engines["django"].from_string(source).render({"something": "1"})

    noted, kit.Undefined.missing[:] = list(kit.Undefined.missing), []
    assert noted == missing


def test_element_when_found_is_taken_whole() -> None:
    html = '<div><p id="a">x <b>y</b><br></p><p>z</p></div>'

    assert kit.element(html, "a") == kit.element('<p id="a"> x <b>y</b><br></p>', "a") != []


def test_network_when_reached_for_is_refused() -> None:
    import socket

    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
