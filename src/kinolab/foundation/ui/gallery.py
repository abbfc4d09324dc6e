"""Specimens for the gallery: invented people and numbers that show each component in each state."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import pgettext

from kinolab.foundation.ui.charts import LineChart, Series

ICONS = (
    "arrow-down arrow-left arrow-right arrow-up calendar calendar-plus captions check circle-alert circle-check "
    "circle-dashed circle-play circle-x clapperboard clock cloud-check columns-3 copy download ellipsis eye eye-off "
    "file-check file-text file-x footprints grip-vertical history image info landmark languages link list-checks loader lock mail "
    "message-square minus music pause pencil play plus printer rotate-cw rss save search share-2 shield-alert "
    "shield-check sun-moon tag triangle-alert upload user-plus users wifi-off x"
).split()
DYES = ("madder", "larkspur", "spruce", "firuza", "indigo", "mulberry")


class SpecimenForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(max_length=80)
    email = forms.EmailField()
    minutes = forms.IntegerField(required=False)
    synopsis = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    country = forms.ChoiceField()
    who = forms.ChoiceField(widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    agree = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        labels = {
            "title": pgettext("gallery", "Title of the project"),
            "email": pgettext("gallery", "E-mail"),
            "minutes": pgettext("gallery", "Length in minutes"),
            "synopsis": pgettext("gallery", "Synopsis"),
            "country": pgettext("gallery", "Country"),
            "who": pgettext("gallery", "Who is coming?"),
            "themes": pgettext("gallery", "Questions the film touches"),
            "agree": pgettext("gallery", "I agree that my name stands in the catalogue"),
        }
        for name, label in labels.items():
            fields[name].label = label
        fields["title"].help_text = pgettext("gallery", "As it stands in the opening credits.")
        fields["email"].help_text = pgettext("gallery", "We write only about this application.")
        fields["minutes"].help_text = pgettext("gallery", "A guess is fine.")
        fields["synopsis"].help_text = pgettext(
            "gallery", "Beginning, middle and end. Do not be afraid to give the secret away."
        )
        countries = [("KG", "Кыргызстан"), ("KZ", "Қазақстан"), ("TJ", "Тоҷикистон")]
        fields["country"].choices = countries  # type: ignore[attr-defined]
        fields["who"].choices = [
            ("director", pgettext("gallery", "Director")),
            ("producer", pgettext("gallery", "Producer")),
        ]  # type: ignore[attr-defined]
        fields["themes"].choices = [  # type: ignore[attr-defined]
            ("water", pgettext("gallery", "Water and land")),
            ("work", pgettext("gallery", "Work and migration")),
            ("school", pgettext("gallery", "Children and school")),
        ]


def page() -> dict[str, Any]:
    """Everything the gallery shows."""
    wrong = SpecimenForm({"title": "Суу бөлгүч", "email": "nurgul@example", "synopsis": ""}, auto_id="wrong_%s")
    wrong.is_valid()
    return {
        "dyes": DYES,
        "icons": ICONS,
        "specimen": SpecimenForm(initial={"title": "Суу бөлгүч", "who": "director", "themes": ["water"]}),
        "mistaken": wrong,
        "until": dt.datetime.now(dt.UTC) + dt.timedelta(days=12, hours=9, minutes=39),
        "steps": _steps(),
        "countries": _countries(),
        "chart": _chart(),
        "numbers": [3, 5, 4, 8, 7, 12, 11, 19],
        "page_of_list": Paginator(range(48), 10).page(2),
        "menu_items": [
            {"text": pgettext("gallery", "All"), "url": "#menus", "current": True},
            {"text": pgettext("gallery", "To check"), "url": "#menus"},
        ],
        "people": ["Айгүл Осмонова", "Бакыт Садыков", "Nodira Karimova", "Тимур Ахметов", "Сәуле"],
    }


def _steps() -> list[dict[str, str]]:
    return [
        {"title": pgettext("gallery", "Sent"), "when": "28.07", "state": "done"},
        {"title": pgettext("gallery", "Being read"), "when": "20.08", "state": "now"},
        {"title": pgettext("gallery", "Decision"), "when": "05.09", "state": "next"},
    ]


def _countries() -> list[dict[str, Any]]:
    names = [("Қазақстан", 52), ("Oʻzbekiston", 38), ("Кыргызстан", 34), ("Тоҷикистон", 16), ("Türkmenistan", 8)]
    return [{"label": name, "value": value} for name, value in names]


def _chart() -> LineChart:
    now = ((0, 0), (0.15, 15), (0.35, 45), (0.6, 75), (0.75, 110), (0.86, 148))
    past = ((0, 0), (0.3, 28), (0.6, 55), (0.8, 90), (0.92, 140), (1, 212))
    maybe = ((0.86, 148), (0.93, 205), (1, 305))
    return LineChart(
        label=pgettext(
            "gallery",
            "Applications received since 13 May: 148 on 24 July, 104 a year before; 268 to 345 expected by 5 August.",
        ),
        series=[Series("212", past, "past"), Series("305", maybe, "maybe"), Series("", now)],
        top=360,
        axis=[(0, "13.05"), (0.23, "01.06"), (0.58, "01.07"), (0.86, "24.07"), (1, "05.08")],
        grid=[(0, "0"), (100, "100"), (200, "200"), (300, "300")],
        band=[(0.86, 148, 148), (0.93, 190, 222), (1, 268, 345)],
        dot=(0.86, 148, "148"),
        until=1,
        heads=[pgettext("gallery", "Day"), "2024", "2023"],
        rows=[["01.06", 22, 14], ["01.07", 72, 52], ["24.07", 148, 104]],
    )
