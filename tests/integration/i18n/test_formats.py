"""Dates, numbers and names in seven languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.html import conditional_escape

from kinolab.foundation.i18n import formats, reasons
from kinolab.foundation.refusals import Refusal

LANGUAGES = ["ky", "kk", "uz", "tg", "tk", "ru", "en"]
FIRST, LAST = date(2026, 9, 26), date(2026, 10, 1)
NO_BREAK = "\u00a0"


def each(function, *given):
    """The function's answer in every language."""
    answers = {}
    for language in LANGUAGES:
        with translation.override(language):
            answers[language] = function(*given)
    return answers


@pytest.mark.parametrize("around, glue", [("{}", "\u2060"), ("{{% autoescape off %}}{}{{% endautoescape %}}", "")])
def test_hyphens_of_dates_do_not_break_on_pages_and_letters_stay_plain(around, glue):
    filters = ("day", "short_day", "day_range:last", "precise:'early_month'", "moment_here:'UTC'", "zone_day:'UTC'")
    pages = [Template(around.format(f"{{% load kino %}}{{{{ first|{one} }}}}")) for one in filters]
    first, last = datetime(2026, 9, 26, tzinfo=UTC), datetime(2026, 9, 28, tzinfo=UTC)
    with translation.override("ky"):
        shown = [page.render(Context({"first": first, "last": last})) for page in pages]
    plain = ["2026-ж., 26-сентябрь", "26-сентябрь", "2026-ж., 26–28-сентябрь", "2026-жыл, сентябрь айынын башы",
             "2026-ж., 26-сентябрь, 00:00", "2026-ж., 26-сентябрь"]  # fmt: skip
    assert shown == [one.replace("-", f"-{glue}") for one in plain]


# --- Days ------------------------------------------------------------------------------------------------------------
def test_day_in_seven_languages():
    assert each(formats.day, date(2026, 8, 5)) == {
        "ky": "2026-ж., 5-август",
        "kk": "2026\u202fж. 5 тамыз",
        "uz": "5-avgust, 2026",
        "tg": "5 август 2026",
        "tk": "5-nji awgust 2026",
        "ru": "5 августа 2026\u202fг.",
        "en": "5 August 2026",
    }


def test_short_day_in_seven_languages():
    assert each(formats.short_day, date(2026, 8, 5)) == {
        "ky": "5-август", "kk": "5 тамыз", "uz": "5-avgust", "tg": "5 август", "tk": "5-nji awgust", "ru": "5 августа",
        "en": "5 August",
    }  # fmt: skip


def test_range_over_two_months_names_both_in_full():
    assert each(formats.day_range, FIRST, LAST) == {
        "ky": "2026-ж., 26-сентябрь\u00a0— 1-октябрь",
        "kk": "2026\u202fж. 26 қыркүйек\u00a0– 1 қазан",
        "uz": "26-sentabr\u00a0– 1-oktabr, 2026",
        "tg": "26 сентябр\u00a0– 1 октябр 2026",
        "tk": "26-njy sentýabr\u00a0– 1-nji oktýabr 2026",
        "ru": "26 сентября\u00a0– 1 октября 2026\u202fг.",
        "en": "26 September\u00a0– 1 October 2026",
    }


def test_range_within_a_month_names_it_once():
    assert each(formats.day_range, FIRST, date(2026, 9, 30)) == {
        "ky": "2026-ж., 26–30-сентябрь",
        "kk": "2026\u202fж. 26–30 қыркүйек",
        "uz": "26–30-sentabr, 2026",
        "tg": "26–30 сентябр 2026",
        "tk": "26–30-njy sentýabr 2026",
        "ru": "26–30 сентября 2026\u202fг.",
        "en": "26–30 September 2026",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_range_over_new_year_is_two_whole_days_and_of_one_day_that_day(language):
    with translation.override(language):
        eve, day = date(2026, 12, 31), date(2027, 1, 1)
        dash = "— " if language == "ky" else "– "
        assert formats.day_range(eve, day) == f"{formats.day(eve)}{NO_BREAK}{dash}{formats.day(day)}"
        assert formats.day_range(eve, None) == formats.day_range(eve, eve) == formats.day(eve)


@pytest.mark.parametrize("month", range(1, 13))
def test_no_month_is_cut_short_in_any_range(month):
    first, last = date(2026, month, 1), date(2026, month, 9)
    for language, shown in each(formats.day_range, first, last).items():
        with translation.override(language):
            assert formats.short_day(last).split("-")[-1].split()[-1].lower() in shown.lower()


def test_turkmen_ordinals_follow_the_sound_of_the_number():
    with translation.override("tk"):
        ends = {
            day: formats.short_day(date(2026, 1, day)).split()[0] for day in (1, 3, 6, 9, 10, 16, 19, 20, 29, 30, 31)
        }
    assert ends == {
        1: "1-nji", 3: "3-nji", 6: "6-njy", 9: "9-njy", 10: "10-njy", 16: "16-njy", 19: "19-njy", 20: "20-nji",
        29: "29-njy", 30: "30-njy", 31: "31-nji",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("day", "1 сентября 2026\u202fг."),
        ("early_month", "начало сентября 2026 года"),
        ("mid_month", "середина сентября 2026 года"),
        ("late_month", "конец сентября 2026 года"),
        ("month", "сентябрь 2026\u202fг."),
        ("year", "2026"),
    ],
)
def test_date_is_as_exact_as_it_is_known(precision, shown):
    with translation.override("ru"):
        assert formats.precise(date(2026, 9, 1), precision) == shown


# --- Instants --------------------------------------------------------------------------------------------------------
AT = datetime(2026, 8, 5, 17, 59, tzinfo=UTC)


def test_moment_names_the_place_and_its_distance_from_utc():
    with translation.override("en"):
        assert formats.moment(AT, "Asia/Bishkek") == "5 August 2026, 23:59 (Bishkek, UTC+6)"
        assert formats.moment(AT, "UTC") == "5 August 2026, 17:59 (UTC)"
        assert formats.moment(AT, "Asia/Kolkata") == "5 August 2026, 23:29 (Kolkata, UTC+5:30)"
    with translation.override("ky"):
        assert formats.moment(AT, "Asia/Bishkek") == "2026-ж., 5-август, 23:59 (Бишкек, UTC+6)"


@pytest.mark.parametrize(
    ("at", "zone", "shown"),
    [
        (datetime(2024, 2, 29, 12, tzinfo=UTC), "Asia/Almaty", "UTC+6"),  # the day before Kazakhstan's one zone
        (datetime(2024, 3, 1, 12, tzinfo=UTC), "Asia/Almaty", "UTC+5"),
        (datetime(2026, 1, 1, tzinfo=UTC), "Europe/London", "UTC"),
        (datetime(2026, 7, 1, tzinfo=UTC), "Europe/London", "UTC+1"),
        (datetime(2026, 7, 1, tzinfo=UTC), "America/St_Johns", "UTC−2:30"),
    ],
)
def test_offset_is_that_of_the_instant(at, zone, shown):
    assert formats.offset(at, zone) == shown


# --- Numbers, names --------------------------------------------------------------------------------------------------
def test_numbers_are_written_as_the_language_writes_them():
    assert each(formats.number, 9400.5) == {
        **dict.fromkeys(LANGUAGES, f"9{NO_BREAK}400,5"),
        "en": "9,400.5",
    }
    with translation.override("ru"):
        assert formats.percent(0.31) == f"31{NO_BREAK}%"
        assert formats.money(Decimal(1200), "USD") == f"1{NO_BREAK}200,00{NO_BREAK}$"


def test_kyrgyzstan_is_called_as_the_region_calls_it():
    assert each(formats.country_name, "KG")["ru"] == "Кыргызстан"
    assert each(formats.country_name, "XY")["en"] == "XY"
    assert each(formats.language_name, "ky")["en"] == "Kyrgyz"
    assert each(formats.language_name, "uz-Cyrl")["en"] == "Uzbek (Cyrillic)"
    assert each(formats.language_name, "es-419-x")["en"] == "Spanish (Latin America, x)"
    assert each(formats.listing, ["a", "b", "c"])["ky"] == "a, b жана c"
    assert each(formats.duration, timedelta(days=3))["ru"] == "3 дня"


# --- Alphabets -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", ["Аида", "Ёлка", "Жаңыл", "Нур", "Ңука", "Омор", "Өмүр", "Ура", "Үмүт", "Эрмек", "Anna", "Zoya"]),
        ("kk", ["Айша", "Әлия", "Гүл", "Ғалым", "Кенже", "Қанат", "Нұр", "Оразай", "Өмір", "Ұлан", "Үміт", "Хан", "Һаким",
                "Ыбырай", "Іңкәр", "Эльмира"]),
        ("uz", ["Aziz", "Dilnoza", "Otabek", "Sardor", "Toʻxta", "Zafar", "Oʻktam", "Oʻtkir", "Gʻofur", "Shahlo",
                "Choʻlpon"]),
        ("tg", ["Гулрӯ", "Ғафур", "Идрис", "Ӣд", "Йод", "Карим", "Қодир", "Умар", "Ӯктам", "Ҳасан", "Чинор", "Ҷамшед"]),
        ("tk", ["Atamyrat", "Bahar", "Çary", "Döwlet", "Ejegyz", "Äşe", "Jemal", "Žanna", "Nartäç", "Ňur", "Ogulgerek",
                "Öwez", "Sona", "Şasenem", "Ulug", "Ümit", "Yhlas", "Ýusup", "Zöhre"]),
        ("ru", ["Ева", "Ёжикова", "Екатерина", "Ёлкин", "Жанна"]),
        ("en", ["Adam", "Élodie", "Emma", "Zoë", "Zora", "Аида", "Өмүр"]),
    ],
)  # fmt: skip
def test_words_stand_in_the_order_of_the_alphabet(language, words):
    with translation.override(language):
        assert sorted(set(words), key=formats.sort_key) == words


def test_order_does_not_care_for_case_or_for_which_apostrophe_was_at_hand():
    with translation.override("uz"):
        words = ["aziz", "Bahor", "o'tkir A", "Oʻtkir B", "o‘tkir D", "oʼtkir E"]
        assert sorted(set(words), key=formats.sort_key) == words


def test_numbers_and_signs_stand_before_letters():
    with translation.override("ky"):
        assert sorted(["Аба", "12 күн", "«Ак»", "1 күн"], key=formats.sort_key) == ["1 күн", "12 күн", "«Ак»", "Аба"]


@pytest.mark.parametrize(
    ("language", "first", "after"),
    [("ky", "Австралия", ("Норвегия", "Оман")), ("ru", "Австралия", ("Кувейт", "Кыргызстан")),
     ("uz", "Afgʻoniston", ("Zimbabve", "Oʻzbekiston")),
     ("tk", "Albaniýa", ("Demirgazyk Koreýa", "Eýran"))],
)  # fmt: skip
def test_countries_stand_in_the_order_of_the_alphabet(language, first, after):
    with translation.override(language):
        names = [
            name for _, name in formats.countries(["KG", "AU", "NO", "OM", "KW", "UZ", "AF", "ZW", "AL", "KP", "IR"])
        ]
    assert first in names[:3]
    assert names.index(after[0]) < names.index(after[1])


# --- Filters and sentences -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "template",
    ["{{ x|day }}", "{{ x|number }}", "{{ x|moment:'UTC' }}", "{{ x|clock:'' }}", "{{ x|offset:'' }}", "{{ x|money:'USD' }}",
     "{{ x|zone_day:'' }}", "{{ x|day_range:None }}", "{{ x|precise:'day' }}", "{% explain x %}"],
)  # fmt: skip
def test_filters_show_nothing_of_nothing(template):
    assert Template(template).render(Context({"x": None})) == ""


def test_filters_show_what_the_functions_say():
    with translation.override("en"):
        shown = Template(
            "{{ at|moment:'Asia/Bishkek' }}; {{ at|clock:'Asia/Bishkek' }}; {{ at|offset:'Asia/Bishkek' }}; "
            "{{ at|zone_day:'Asia/Bishkek' }}; {{ first|day_range:last }}; {{ first|precise:'month' }}; "
            "{{ 5|money:'USD' }}; {{ 'KG'|country_name }}"
        ).render(Context({"at": AT, "first": FIRST, "last": LAST}))
    assert shown.replace(NO_BREAK, " ") == (
        "5 August 2026, 23:59 (Bishkek, UTC+6); 23:59; UTC+6; 5 August 2026; 26 September – 1 October 2026; "
        "September 2026; US$5.00; Kyrgyzstan"
    )


def test_refusal_becomes_a_sentence_with_its_facts_in_the_language(monkeypatch):
    said = "%(at)s / %(on)s / %(number)s / %(yes)s / %(many)s / %(word)s"
    monkeypatch.setitem(reasons._SENTENCES, "of_a_test", said)
    facts = {
        "at": AT,
        "on": FIRST,
        "number": 9400,
        "yes": True,
        "many": ["a", "b"],
        "word": "<b>",
        "zone": "Asia/Bishkek",
    }

    with translation.override("en"):
        told = reasons.explain(Refusal("of_a_test", facts))

    assert told == "5 August 2026, 23:59 (Bishkek, UTC+6) / 26 September 2026 / 9,400 / True / a and b / <b>"


def test_refusal_leads_by_a_link_to_where_it_can_be_mended(monkeypatch):
    monkeypatch.setitem(reasons._SENTENCES, "of_a_test", "%(word)s")

    with translation.override("en"):
        told = reasons.explain(Refusal("of_a_test", {"word": "<b>", "href": "/en/there/"}))

    assert conditional_escape(told) == '&lt;b&gt; <a href="/en/there/">Open that page</a>'


def test_refusal_without_a_sentence_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        reasons.explain(Refusal("nobody_wrote_this"))
