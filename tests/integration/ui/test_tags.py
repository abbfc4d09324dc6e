"""The tags: what they write, and that what people typed stays text."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory, override_settings
from django.utils import translation

from kinolab.foundation.ui import charts


def render(markup, address="/en/gallery/", **context):
    request = RequestFactory().get(address)
    return Template("{% load ui %}" + markup).render(RequestContext(request, context))


class Shape(forms.Form):
    title = forms.CharField(label="Title", max_length=80, help_text="As on the screen.")
    email = forms.EmailField(label="E-mail", required=False)
    who = forms.ChoiceField(label="Who", choices=[("d", "Director"), ("p", "Producer")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")


def test_icon_beside_a_word_is_silent_and_alone_has_a_name():
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    alone = render('{% icon "check" label=words %}', words='"><b>')
    assert 'role="img" aria-label="&quot;&gt;&lt;b&gt;"' in alone


def test_tag_notice_and_meter_escape_text():
    hostile = "<script>alert(1)</script>"
    written = render(
        "{% tag text tone='ok' %}{% notice text title=text %}{% meter 3 of=4 label=text %}{% monogram text %}",
        text=hostile,
    )
    assert "<script" not in written


def test_field_without_mistakes_points_to_hint_and_count():
    written = render("{% field form.title %}", form=Shape())
    assert '<label for="id_title">Title</label>' in written
    assert 'aria-describedby="id_title_hint id_title_count"' in written
    assert 'data-kino-count="chars"' in written
    assert 'data-kino-count-limit="80"' in written
    assert "maxlength" not in written
    assert "aria-invalid" not in written


def test_field_with_a_mistake_is_marked_and_points_to_it():
    written = render("{% field form.title %}", form=Shape({}))
    assert 'aria-invalid="true"' in written
    assert 'aria-describedby="id_title_hint id_title_error id_title_count"' in written
    assert 'class="field__error" id="id_title_error"' in written


def test_field_that_may_stay_empty_says_so_and_address_has_no_count():
    written = render("{% field form.email %}", form=Shape())
    assert "(optional)" in written
    assert "data-kino-count" not in written


def test_field_of_choices_is_a_group():
    written = render("{% field form.who layout='chips' %}", form=Shape({"who": "p"}))
    assert written.count('<label class="choice"') == 2
    assert "<legend" in written
    assert 'class="chips"' in written


def test_hidden_field_is_only_itself():
    assert render("{% field form.secret %}", form=Shape()) == str(Shape()["secret"])


def test_field_keeps_what_was_typed_and_counts_too_much():
    written = render("{% field form.title count=5 unit='words' %}", form=Shape({"title": "<b>" + "а" * 200}))
    assert "&lt;b&gt;" + "а" * 200 in written
    assert "up to 5 words" in written


def test_error_summary_lists_links_and_nothing_without_mistakes():
    written = render("{% error_summary form %}", form=Shape({"who": "p", "secret": "x"}))
    assert 'href="#id_title"' in written
    assert "One thing on this page needs mending" in written
    assert render("{% error_summary form %}", form=Shape()).strip() == ""
    assert render("{% error_summary form %}", form=None).strip() == ""


@pytest.mark.parametrize(
    ("value", "of", "share"), [(0, 8, "0%"), (6, 8, "75%"), (9, 8, "100%"), (-1, 8, "0%"), (1, 0, "0%")]
)
def test_meter_is_as_long_as_the_share(value, of, share):
    assert f'x2="{share}"' in render("{% meter value of=of %}", value=value, of=of)


def test_meter_writes_a_point_whatever_the_language():
    with translation.override("ru"):
        assert 'x2="62.5%"' in render("{% meter 5 of=8 %}")


def test_monogram_takes_two_words_and_one_dye():
    assert ">АО<" in render("{% monogram 'Айгүл Осмонова' %}")
    assert ">?<" in render("{% monogram '' %}")
    assert render("{% monogram 'Nodira' %}") == render("{% monogram 'Nodira' %}")


def test_sort_head_turns_round_and_forgets_the_page():
    first = render("{% sort_head 'title' 'Title' %}", "/en/gallery/?page=3&stage=sent")
    assert 'href="?stage=sent&amp;sort=title"' in first
    assert "aria-sort" not in first
    again = render("{% sort_head 'title' 'Title' %}", "/en/gallery/?sort=title")
    assert 'aria-sort="ascending"' in again
    assert 'href="?sort=-title"' in again


def test_pages_keep_the_query():
    written = render("{% pages page %}", "/en/gallery/?stage=sent&page=2", page=Paginator(range(30), 10).page(2))
    assert "?stage=sent&amp;page=1" in written
    assert "?stage=sent&amp;page=3" in written
    assert render("{% pages page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


@override_settings(KINOLAB_URL="https://lab.example")
def test_languages_lead_to_the_same_page_in_order():
    written = render("{% page_languages as all %}{% for l in all %}{{ l.tag }} {{ l.path }} {{ l.url }};{% endfor %}",
                     "/en/news/a/?q=b")  # fmt: skip
    assert written.split(";")[0] == "ky /ky/news/a/?q=b https://lab.example/ky/news/a/"
    assert [part.split()[0] for part in written.split(";")[:-1]] == ["ky", "kk", "uz", "tg", "tk", "ru", "en"]


def test_reads_are_rings_with_words():
    written = render("{% reads 1 going=1 of=3 %}")
    assert 'aria-label="1 of 3 readings"' in written
    assert written.count("<i ") == 3


def test_steps_say_their_state():
    items = [{"title": "Sent", "when": "28 July", "state": "done"}, {"title": "Read", "when": "", "state": "now"}]
    written = render("{% steps items %}", items=items)
    assert 'data-state="done"' in written
    assert '<li data-state="now" aria-current="step">' in written


def test_chart_lies_within_its_box():
    chart = charts.LineChart(
        label="Ten and more", series=[charts.Series("10", [(0, 0), (2, 20)])], top=10, band=[(0, 1, 2), (1, 3, 4)],
        dot=(0.5, 5, "5"), until=1, axis=[(0, "a"), (0.5, "b"), (1, "c")], grid=[(5, "5")],
    )  # fmt: skip
    plot = charts.plot(chart)
    assert plot.lines == [("now", "M0 100L100 0")]
    assert plot.band == "M0 80L100 60L100 70L0 90Z"
    assert plot.dot == ("50", "50", "5")
    assert [anchor for *_, anchor in plot.axis] == ["start", "middle", "end"]
    assert plot.until == "100"
    assert "<figure" in render("{% line_chart chart %}", chart=chart)


def test_spark_needs_two_points():
    assert charts.spark_points([1]) == ""
    assert charts.spark_points([1, 3]) == "0,22 100,2"
    assert charts.spark_points([2, 2, 2]) == "0,22 50,22 100,22"


def test_interval_draws_band_dot_and_plain_mean():
    written = render("{% interval 2 3 4 'Three' plain=3.5 top=5 %}")
    assert 'x="40%" width="40%"' in written
    assert 'cx="60%"' in written
    assert 'x1="70%"' in written
    assert "interval__plain" not in render("{% interval 2 3 4 'Three' top=5 %}")


def test_field_of_a_second_form_has_another_id_everywhere():
    written = render("{% field form.title id='other' %}", form=Shape({}))
    assert '<label for="other">' in written
    assert 'aria-describedby="other_hint other_error other_count"' in written
    assert 'id="other_error"' in written
    assert "id_title" not in written
