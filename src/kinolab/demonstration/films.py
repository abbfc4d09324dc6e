"""The catalogue: the film of Almaty and the series it belongs to, as they were published about."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from kinolab.calls.models import Call
from kinolab.catalogue.actions import agents, parts, releases
from kinolab.catalogue.actions import credits as credit_actions
from kinolab.catalogue.actions import films as film_actions
from kinolab.catalogue.actions import series as series_actions
from kinolab.catalogue.domain.works import AgentKind, EntryState, Kind, PartKind, PartState, ReleaseKind, Role, Season
from kinolab.catalogue.models import Agent, Film
from kinolab.demonstration import people
from kinolab.demonstration.dates import Dates
from kinolab.demonstration.world import person_of
from kinolab.foundation.people.models import Person
from kinolab.labs.domain.calendar import FuzzyDate, Precision
from kinolab.labs.models import Organisation

FILMS = Path(__file__).parent / "editions" / "films.yaml"


class _Cataloguer:
    """Whoever writes the catalogue, with the people already in it."""

    def __init__(self, organisation: Organisation, by: Person, at: datetime, groups: Iterable[str]) -> None:
        self.organisation, self.by, self.at = organisation, by, at
        self.groups = set(groups)
        self.agents: dict[str, Agent] = {}

    def agent(self, name: str) -> Agent:
        """Whoever has the name, added when first met."""
        if name not in self.agents:
            kind = AgentKind.GROUP if name in self.groups else AgentKind.PERSON
            language = "en" if name.isascii() else "ru"
            self.agents[name] = agents.add_agent(
                organisation=self.organisation, kind=kind, name={language: name}, by=self.by, at=self.at
            )
        return self.agents[name]

    def credit(self, film: Film, given: Mapping[str, Iterable[str]]) -> None:
        """Everybody of a film or a part."""
        for role, names in given.items():
            for order, name in enumerate(names):
                credit_actions.credit(
                    film=film, agent=self.agent(name), role=Role(role), order=order, by=self.by, at=self.at
                )

    def part(self, whole: Film, position: int, given: Mapping) -> None:
        """A part with its own credits; its title is not known."""
        facts = {"running_time": given["running_time"]} if "running_time" in given else {}
        film = self.film(f"{whole.slug}-part-{position}", Kind.SEGMENT, facts)
        parts.place_part(
            whole=whole, film=film, position=position, kind=PartKind(given["kind"]),
            state=PartState(given.get("state", "in_film")), by=self.by, at=self.at,
        )  # fmt: skip
        self.credit(film, given.get("credits", {}))

    def film(self, slug: str, kind: Kind, facts: Mapping, countries: Iterable[str] = ()) -> Film:
        """A film with what is known."""
        return film_actions.make_film(
            organisation=self.organisation, slug=slug, kind=kind, facts=facts, countries=countries, by=self.by,
            at=self.at,
        )  # fmt: skip

    def whole(self, given: Mapping) -> Film:
        """A film with everything that stands on its page, published."""
        film = self.film(given["slug"], Kind.OMNIBUS, given["facts"], given.get("countries", ()))
        for position, part in enumerate(given.get("parts", ()), 1):
            self.part(film, position, part)
        self.credit(film, given.get("credits", {}))
        for order, name in enumerate(given.get("tracks", ())):
            credit_actions.add_track(film=film, artist=self.agent(name), order=order, by=self.by, at=self.at)
        for one in given.get("releases", ()):
            releases.add_release(
                film=film, kind=ReleaseKind(one["kind"]),
                on=FuzzyDate(one["date"], Precision(one["precision"])) if "date" in one else None,
                season=Season(one["season"]) if "season" in one else None,
                event=one.get("event"), country=one.get("country", ""), by=self.by, at=self.at,
            )  # fmt: skip
        return film_actions.publish_film(film=film, by=self.by, at=self.at)


def build_catalogue(call: Call, when: Dates) -> None:
    """Every film of the file, and their series."""
    written = yaml.safe_load(FILMS.read_text(encoding="utf-8"))
    at = when.opens - timedelta(days=14)
    by, organisation = person_of(people.ORGANISER, at), call.edition.programme.organisation
    cataloguer = _Cataloguer(organisation, by, at, written["groups"])
    films = {given["slug"]: cataloguer.whole(given) for given in written["films"]}
    series = series_actions.make_series(organisation=organisation, **written["series"], by=by, at=at)
    for order, entry in enumerate(written["entries"]):
        series_actions.enter(
            series=series, order=order, title=entry["title"], film=films.get(entry.get("film", "")),
            year=entry.get("year"), working_title=entry.get("working_title"),
            state=EntryState(entry.get("state", "made")), note=entry.get("note"), by=by, at=at,
        )  # fmt: skip
