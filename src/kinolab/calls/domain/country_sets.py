"""Named sets of countries. The same name means other countries in another year, so every set has a version.

A version never changes: what changes is another version. A rule keeps the version that it was written with, and a set
that an organisation has made itself stands in the rule with its countries, so that the rule can be read without it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kinolab.foundation.questions.domain.countries import COUNTRIES
from kinolab.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class CountrySet:
    """Countries under a name, as they were in one version; where they were read, and when."""

    code: str
    version: str
    countries: tuple[str, ...]
    source: str
    read_on: str = ""


_DESK_2017 = "http://www.mediadesk.ch/page.php?language=de&templateID=17"

SHIPPED: tuple[CountrySet, ...] = (
    CountrySet(
        "central_asia_5",
        "2024",
        ("KZ", "KG", "UZ", "TJ", "TM"),
        "https://alternativa.film/impact-lab-2024.html",
        "2024-05-13",
    ),
    CountrySet(
        "media_countries",
        "2024",
        (
            *("AL", "BE", "BA", "BG", "DK", "DE", "EE", "FI", "FR", "GR", "IE", "IS", "IT", "HR", "LV", "LI", "LT"),
            *("LU", "MT", "ME", "NL", "MK", "NO", "AT", "PL", "PT", "RO", "SE", "RS", "SK", "SI", "ES", "CZ", "HU"),
            "CY",
        ),
        "https://mediadesk.ch/service-media-laender",
        "2024-01-22",
    ),
    CountrySet(
        "media_countries_partly",
        "2024",
        ("GE", "TN", "UA"),
        "https://mediadesk.ch/service-media-laender",
        "2024-01-22",
    ),
    CountrySet(
        "media_countries",
        "2017",
        (
            *("AL", "BE", "BA", "BG", "DK", "DE", "EE", "FI", "FR", "GR", "GB", "IE", "IS", "IT", "HR", "LV", "LT"),
            *("LU", "MT", "MK", "ME", "NL", "NO", "AT", "PL", "PT", "RO", "SE", "RS", "SK", "SI", "ES", "CZ", "HU"),
            "CY",
        ),
        _DESK_2017,
        "2017-01-13",
    ),
    CountrySet("media_countries_partly", "2017", ("GE", "IL", "MD", "UA"), _DESK_2017, "2017-01-13"),
)
# Named by published rules, and in no complete source that could be read: whoever needs one brings it with its source.
NOT_SHIPPED = (("dac_list", "2014"), ("media_countries", "2020"))


def find(code: str, version: str = "", own: Iterable[CountrySet] = ()) -> CountrySet | None:
    """The set with this name in this version, the latest without one; an organisation's own come before ours."""
    for among in (own, SHIPPED):
        named = [one for one in among if one.code == code and version in ("", one.version)]
        if named:
            return max(named, key=lambda one: one.version)
    return None


def problem(code: str, countries: Iterable[str]) -> Refusal | None:
    """Why these countries make no set of this name."""
    listed = list(countries)
    unknown = [one for one in listed if one not in COUNTRIES]
    if unknown:
        return Refusal("unknown_countries", {"codes": tuple(unknown)})
    if not listed:
        return Refusal("no_countries", {"code": code})
    return Refusal("ours_already", {"code": code}) if any(one.code == code for one in SHIPPED) else None


def pinned(definition: Mapping[str, Any], own: Iterable[CountrySet] = ()) -> dict[str, Any]:
    """The definition with every named set in a version: the one it names, else the latest.

    A set of the organisation's own brings its countries along. What nobody knows stays, for `parse_rule` to refuse.
    """
    sets = tuple(own)
    kept = dict(definition)
    if isinstance(kept.get("children"), list | tuple):
        kept["children"] = [pinned(child, sets) if isinstance(child, Mapping) else child for child in kept["children"]]
    value = kept.get("value")
    if isinstance(value, Mapping) and isinstance(value.get("set"), str):
        kept["value"] = _pinned(value, sets)
    return kept


def _pinned(value: Mapping[str, Any], own: tuple[CountrySet, ...]) -> dict[str, Any]:
    found = find(value["set"], str(value.get("version") or ""), own)
    if "countries" in value or found is None:
        return dict(value)
    written: dict[str, Any] = {"set": found.code, "version": found.version}
    return written if found in SHIPPED else written | {"countries": list(found.countries)}
