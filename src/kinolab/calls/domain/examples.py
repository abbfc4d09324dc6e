"""Twenty rules that real calls have published, as data: to begin from, and proof that the grammar reaches them.

`source` is where the rule was published. Facts that begin with `history.` come from the lab's own records, those of a
person from their own part of the application; the others are told by questions of the form that name them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """One published rule as `regulations.parse_rule` reads it."""

    source: str
    definition: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The code of the rule."""
        return str(self.definition["code"])


def _leaf(fact: str, op: str, value: object = None, **more: object) -> dict[str, Any]:
    scope, _, field = fact.partition(".")
    written: dict[str, Any] = {"scope": scope, "field": field, "op": op}
    return (written if value is None else written | {"value": value}) | more


def _rule(code: str, source: str, definition: dict[str, Any]) -> Example:
    return Example(source, {"code": code} | definition)


def _all(code: str, source: str, *children: dict[str, Any], op: str = "all_of") -> Example:
    return Example(source, {"code": code, "op": op, "children": list(children)})


_IMPACT_2024 = "https://alternativa.film/impact-lab-2024.html"
_TEEN_2024 = "https://alternativa.film/teen-lab-2024.html"
_DEVELOPMENT_2024 = "https://easteast.world/posts/589"
_IMPACT_2025 = "https://the-steppe.com/lyudi/intervyu/impact-lab-2025-kino-kak-instrument-obshhestvennyh-izmenenij"
_TALENTS = "http://www.berlinale-talents.de/story/34/faq.html"
_FEATURELAB = "https://www.torinofilmlab.it/labs/featurelab/featurelab-2023"
_BIENNALE_2018 = "https://collegecinema.labiennale.org/en/faq-english-2018"
_BIENNALE_2023 = "https://collegecinema.labiennale.org/en/faq-2023/"
_HUBERT_BALS = "http://www.filmfestivalrotterdam.com/professionals/hubert_bals_fund/projectentry/"
_VALENCIA = "https://lamostradevalencia.com/ar/registration-2023/"
_FIFDH = "https://www.kindora.co/es/funders/fondation-fifdh"
_FORUM = "https://www.idfa.nl/en/info/checklist-for-idfa-forum-entry"

EXAMPLES: tuple[Example, ...] = (
    _rule("five_countries", _IMPACT_2024, _leaf("person.country", "in", {"set": "central_asia_5", "version": "2024"})),
    _all(
        "teens_of_uzbekistan",
        _TEEN_2024,
        _leaf("person.birth_date", "age_between_on", [12, 18], reference_date="edition_start"),
        _leaf("person.residence", "in", ["UZ"]),
    ),
    _all(
        "role_and_a_film",
        _IMPACT_2024,
        _leaf("person.role", "in", ["producer", "director"]),
        _leaf("person.films_made", "count_gte", 1),
    ),
    _all(
        "late_development_or_finished",
        _IMPACT_2024,
        _leaf("project.stage", "in", ["late_development", "production", "post_production"]),
        _leaf("project.completion_date", "date_between", ["2023-01-01", "2024-12-31"]),
        op="any_of",
    ),
    _all(
        "late_development_is_a_checklist",
        _IMPACT_2024,
        *(_leaf(f"project.{part}", "exists") for part in ("script", "characters", "issue", "audience", "resources")),
    ),
    _all(
        "without_a_project",
        _DEVELOPMENT_2024,
        _leaf("application.without_project", "in", [True]),
        _leaf("application.strand", "in", ["no_project"]),
        op="implies",
    ),
    _rule(
        "not_only_filmmakers",
        _IMPACT_2025,
        _leaf("application.applicant_kind", "in", ["filmmaker", "organisation", "activist"]),
    ),
    _all(
        "feature_or_two_shorts",
        _TALENTS,
        {
            "op": "any_of",
            "children": [
                _leaf("person.previous_films.features", "count_gte", 1),
                _leaf("person.previous_films.shorts", "count_gte", 2),
            ],
        },
        _leaf("person.credit_in_field", "in", [True]),
    ),
    _all(
        "one_lab_of_your_craft",
        _TALENTS,
        _leaf("person.other_applications", "max_per_person", 1),
        {
            "op": "implies",
            "children": [_leaf("application.strand", "in", ["editing"]), _leaf("person.role", "in", ["editor"])],
        },
    ),
    _all(
        "alumni_take_their_own_way",
        _TALENTS,
        _leaf("history.participated", "in", [True]),
        _leaf("application.route", "in", ["alumni"]),
        op="implies",
    ),
    _rule(
        "first_or_second_feature",
        _FEATURELAB,
        _leaf("role_holder.director.previous_films.features", "ordinal_in", [1, 2]),
    ),
    _rule("no_shooting_before", _FEATURELAB, _leaf("project.shooting_start", "not_before", "2023-12-01")),
    _rule("two_people", _BIENNALE_2018, _leaf("team.two_people", "distinct_persons", ["director", "producer"])),
    _rule("an_hour", _BIENNALE_2023, _leaf("project.runtime", "gte", 60)),
    _all(
        "no_second_time_unless_invited",
        _HUBERT_BALS,
        _leaf("history.decisions_in_category", "previous_decision", ["selected", "waitlist", "rejected"]),
        _leaf("application.invitation_code", "exists"),
        op="any_of",
    ),
    _rule("no_former_participants", _FEATURELAB, _leaf("history.participated", "in", [False])),
    _all(
        "financing_proven",
        _VALENCIA,
        _leaf("project.finance_plan.confirmed", "ratio_gte", {"of": "finance_plan.total", "at_least": 0.15}),
        _leaf("project.financing_proof", "exists"),
    ),
    _all(
        "nonfiction_under_way",
        _FIFDH,
        _leaf("project.kind", "not_in", ["fiction"]),
        _leaf("project.runtime", "gte", 52),
        _leaf("project.stage", "in", ["production", "post_production"]),
    ),
    _rule("there_for_every_module", _FIFDH, _leaf("application.modules", "in", [True])),
    _all(
        "complete_and_in_english",
        _FORUM,
        _leaf("application.complete", "in", [True]),
        _leaf("application.language", "in", ["en"]),
    ),
)
