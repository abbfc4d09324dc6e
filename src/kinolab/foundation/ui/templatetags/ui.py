"""Components as tags: icons, fields, notices, meters, people, sorting, charts and what the base pages need."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.template import Context, Library
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kinolab.foundation.ui import charts, paths, standing, themes

register = Library()

TONE_ICONS = {"ok": "circle-check", "bad": "circle-alert", "lamp": "clock", "info": "info"}
MESSAGE_TONES = {"success": "ok", "error": "bad", "warning": "lamp"}
DYES = ("madder", "larkspur", "spruce", "firuza", "indigo", "mulberry")


# --- What the base pages need ----------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The chosen theme, "light" or "dark", or "" to follow the system."""
    request = context.get("request")
    return themes.chosen(request.COOKIES) if request else ""


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> list[dict[str, Any]]:
    """Each language by its own name with the address of this page in it: tag, name, path, url, current."""
    request = context.get("request")
    path = request.path if request else "/"
    query = request.META.get("QUERY_STRING", "") if request and request.method in {"GET", "HEAD"} else ""
    found = []
    for tag, name in settings.LANGUAGES:
        there = paths.in_language(path, tag)
        link = f"{there}?{query}" if query and paths.has_language(path) else there
        url = settings.KINOLAB_URL + there
        found.append({"tag": tag, "name": name, "path": link, "url": url, "current": tag == get_language()})
    return found


@register.simple_tag(takes_context=True)
def canonical(context: Context, language: str = "") -> str:
    """The public address of this page, without its query; that of another language, if its text is shown in that one."""
    request = context.get("request")
    path = request.path if request else "/"
    return settings.KINOLAB_URL + (paths.in_language(path, language) if language else path)


@register.simple_tag(takes_context=True)
def standing_pages(context: Context, place: str) -> list[dict[str, Any]]:
    """The pages linked from "menu" or "footer": title, url. None where the database is not to be asked (`asks_nothing`)."""
    if context.get("request") is None or context.get("asks_nothing"):
        return []
    return [{"title": one.title, "url": reverse(one.route, args=[one.slug])} for one in standing.pages(place)]


@register.simple_tag(takes_context=True)
def current(context: Context, address: str) -> SafeString:
    """Marks a link of a menu: "page" where it leads here, "true" where this page belongs to what it leads to."""
    path = context["request"].path if context.get("request") else ""
    state = "page" if path == address else "true" if path.startswith(address) else ""
    return format_html(' aria-current="{}"', state) if state else SafeString()


@register.filter
def beside(rows: Sequence[Any]) -> list[tuple[Any, Any, Any]]:
    """Each row between the one above and the one below, None at the ends: `{% for above, one, below in rows|beside %}`."""
    return list(zip([None, *rows[:-1]], rows, [*rows[1:], None], strict=True))


@register.filter
def message_tone(level: str) -> str:
    """The tone of a message of django.contrib.messages from its level tag."""
    return MESSAGE_TONES.get(level, "info")


# --- Small marks -----------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """An icon of the sprite. Beside a word it is silent; alone it needs `label`."""
    return _icon(static("ui/icons/sprite.svg"), str(name), str(label), str(extra))


@lru_cache(maxsize=1024)  # the same forty icons stand on every page
def _icon(sprite: str, name: str, label: str, extra: str) -> SafeString:
    address = f"{sprite}#i-{name}"
    classes = f"icon {extra}".strip()
    if label:
        drawing = '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>'
        return format_html(drawing, classes, label, address)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, address)


@register.simple_tag
def tag(text: object, tone: str = "", sign: str = "", state: str = "") -> SafeString:
    """A word with a sign. Tones: ok, bad, info, lamp, dye; state "draft" has an outline."""
    mark = icon(sign or {"ok": "check", "bad": "circle-x", "info": "eye", "lamp": "clock"}.get(tone, "circle-dashed"))
    return format_html('<span class="tag" data-tone="{}" data-state="{}">{} {}</span>', tone, state, mark, text)


@register.simple_tag
def monogram(name: object, size: str = "", dye: str = "") -> SafeString:
    """Initials of a person in a dye that stays the same for the same name. Sizes: small, large, or the usual."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    letters = "".join(word[0] for word in words[:2]).upper() or "?"
    colour = dye or DYES[sum(map(ord, str(name))) % len(DYES)]
    classes = f"mono mono--{size}" if size else "mono"
    return format_html('<span class="{}" data-dye="{}" aria-hidden="true">{}</span>', classes, colour, letters)


@register.simple_tag
def meter(value: float, of: float = 100, label: str = "", tone: str = "", state: str = "", thin: bool = False) -> str:
    """A bar filled to `value` of `of`. With a `label` it is read out, without one a number must stand beside it."""
    share = charts.share(value, of)
    context = {"share": charts.short(share), "whole": round(share), "label": label}
    return render_to_string("ui/_meter.html", context | {"tone": tone, "state": state, "thin": thin})


@register.inclusion_tag("ui/_notice.html")
def notice(text: object, tone: str = "info", sign: str = "", title: str = "", role: str = "") -> dict[str, Any]:
    """A sentence beside what it concerns. Tones: info, ok, lamp, bad."""
    return {"text": text, "tone": tone, "sign": sign or TONE_ICONS[tone], "title": title, "role": role}


@register.inclusion_tag("ui/_steps.html")
def steps(items: Iterable[Mapping[str, Any]], across: bool = False, label: str = "") -> dict[str, Any]:
    """Steps of one thing: items with title, when, state (done, now, next) and optionally url, note."""
    return {"items": items, "across": across, "label": label}


@register.inclusion_tag("ui/_timecode.html")
def timecode(until: Any, days: int, label: str = "") -> dict[str, Any]:
    """A countdown to the instant `until`; `days` whole days are left by the server's count."""
    return {"until": until, "days": days, "label": label}


# --- Fields ----------------------------------------------------------------------------------------------------------
@register.simple_tag
def field(
    bound: BoundField,
    count: int = 0,
    unit: str = "chars",
    layout: str = "",
    foot: object = "",
    hint: object = "",
    id: str = "",  # noqa: A002
    *,
    marked: bool = True,
) -> str:
    """A field with label, hint, control, error and foot.

    `count` is the limit of its length in `unit` (chars, chars_no_spaces, words); `layout` "chips" sets choices in a
    row; `foot` stands under the control on the left; `hint` replaces the field's help text; `id` is for a second
    form on the page with a field of the same name. Not `marked`: the page itself says what may stay empty.
    """
    if bound.is_hidden:
        return bound.as_widget()
    widget, name = bound.field.widget, id or bound.auto_id
    too_long = widget.attrs.pop("maxlength", None)  # pasting too much is kept and counted, not cut
    kind = _kind(widget)
    limit = count or (int(too_long or 0) if getattr(widget, "input_type", "text") == "text" else 0)
    hint = hint or bound.help_text
    described = " ".join(
        f"{name}_{part}" for part, there in (("hint", hint), ("error", bound.errors), ("count", limit)) if there
    )
    context = {"bound": bound, "name": name, "kind": kind, "limit": limit, "unit": unit, "foot": foot}
    context["optional"] = marked and not bound.field.required
    context |= {"hint": hint, "layout": layout, "described": described}
    if kind != "choices":
        attrs = _control_attributes(bound, kind=kind, described=described, name=name, limit=limit, unit=unit)
        control = bound.as_widget(attrs=attrs)
        context |= {"control": control, "target": widget.id_for_label(widget.attrs.get("id") or name)}
    return render_to_string("ui/_field.html", context)


def _control_attributes(
    bound: BoundField, *, kind: str, described: str, name: str, limit: int, unit: str
) -> dict[str, str]:
    attrs = {} if "id" in bound.field.widget.attrs else {"id": name}
    if described:
        attrs["aria-describedby"] = described
    if kind in {"line", "select"}:
        attrs["class"] = f"input {bound.field.widget.attrs.get('class', '')}".strip()
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if limit and kind == "line":
        attrs |= {"data-kino-count": unit, "data-kino-count-limit": str(limit), "data-kino-count-out": f"{name}_count"}
    return attrs


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.Select):
        return "select"
    return "line"


@register.inclusion_tag("ui/_error_summary.html")
def error_summary(form: forms.BaseForm | None, title: object = "") -> dict[str, Any]:
    """What needs mending, on top of the form, each with a link to its field. Nothing when nothing is wrong."""
    if form is None or not form.is_bound or not form.errors:
        return {"mistakes": []}
    mistakes = [{"anchor": "", "label": "", "text": text} for text in form.non_field_errors()]
    for bound in form:
        anchor = bound.id_for_label or bound.auto_id
        mistakes += [{"anchor": anchor, "label": bound.label, "text": text} for text in bound.errors]
    return {"mistakes": mistakes, "title": title}


# --- Tables ----------------------------------------------------------------------------------------------------------
@register.inclusion_tag("ui/_sort_head.html", takes_context=True)
def sort_head(
    context: Context, key: str, text: object, extra: str = "", by: str = "sort", now: str = "", down: bool = False
) -> dict[str, Any]:
    """The head of a column that sorts by a link: ?sort=key, then ?sort=-key; the other way round with `down`.

    `now` is the order in force where the address names none; `extra` is classes of the cell.
    """
    request = context["request"]
    query = request.GET.copy()
    now = now or query.get(by, "")
    first, second = (f"-{key}", key) if down else (key, f"-{key}")
    query[by] = second if now == first else first
    query.pop("page", None)
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {"text": text, "extra": extra, "order": order, "address": f"?{query.urlencode()}"}


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: Context, page: Any) -> dict[str, Any]:
    """Links between the pages of a Paginator; keeps the other words of the query."""
    return {"page": page, "request": context["request"]}


# --- Charts ----------------------------------------------------------------------------------------------------------
@register.inclusion_tag("ui/_bars.html")
def bars(
    rows: Sequence[Mapping[str, Any]], label: str = "", top: float = 0, tone: str = "", stacked: bool = False
) -> dict[str, Any]:
    """A list of bars: rows with label, value and optionally text (the number as written), note, url.

    `stacked` sets each bar under its words, for steps of one way.
    """
    most = top or max((float(row["value"]) for row in rows), default=0)
    drawn = [{**row, "share": charts.short(charts.share(float(row["value"]), most))} for row in rows]
    return {"rows": drawn, "label": label, "tone": tone, "stacked": stacked}


@register.inclusion_tag("ui/_line.html")
def line_chart(chart: charts.LineChart) -> dict[str, Any]:
    """A line chart with its table; see `charts.LineChart`."""
    return {"chart": chart, "plot": charts.plot(chart)}


@register.inclusion_tag("ui/_interval.html")
def interval(
    low: float, middle: float, high: float, label: str, plain: float | None = None, top: float = 100
) -> dict[str, Any]:
    """A score with its uncertainty: dot calibrated, bar four times out of five, dashed tick the plain mean."""
    at = {name: charts.short(charts.share(value, top)) for name, value in (("low", low), ("middle", middle))}
    at["width"] = charts.short(charts.share(high, top) - charts.share(low, top))
    at["plain"] = "" if plain is None else charts.short(charts.share(plain, top))
    return {"at": at, "label": label, "ticks": charts.TICKS}


@register.inclusion_tag("ui/_spark.html")
def spark(values: Sequence[float], label: str) -> dict[str, Any]:
    """A small line without axes; the label says what it shows."""
    return {"points": charts.spark_points(values), "label": label}


@register.simple_tag
def reads(done: int, going: int = 0, of: int = 0) -> SafeString:
    """Rings for readings: full is done, dashed is under way, empty is nobody yet."""
    rings = ["on"] * done + ["wait"] * going + [""] * max(0, of - done - going)
    # Translators: read out instead of the rings in a table
    words = gettext("%(done)s of %(total)s readings") % {"done": done, "total": max(of, done + going)}
    dots = format_html("".join(f'<i class="{ring}"></i>' for ring in rings) + "{}", "")
    return format_html('<span class="reads" role="img" aria-label="{}">{}</span>', words, dots)
