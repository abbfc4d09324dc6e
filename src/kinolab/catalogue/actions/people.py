"""What is known of people, groups and companies: changed, joined to the one they are, put back, deleted."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from kinolab.catalogue import access
from kinolab.catalogue.actions.record import Texts, spell
from kinolab.catalogue.domain import joining as rules
from kinolab.catalogue.domain.works import AgentKind
from kinolab.catalogue.models import Agent, Alias, Film, Joining, Namesakes
from kinolab.catalogue.queries import people as known
from kinolab.foundation.audit import actions as audit
from kinolab.foundation.i18n.texts import Text
from kinolab.foundation.refusals import Refusal, stop_if

if TYPE_CHECKING:
    from kinolab.foundation.people.models import Person


@transaction.atomic
def describe_agent(
    *, agent: Agent, kind: AgentKind, name: Texts, about: Texts, shown: bool, by: "Person", at: datetime
) -> Agent:
    """Change what somebody is called and what is said of them. Refused: not_your_catalogue, agent_joined, agent_unnamed."""
    agent = _lock(agent, by)
    stop_if(None if any(name.values()) else Refusal("agent_unnamed"))
    new = {"kind": kind.value, "name": Text(name), "about": Text(about), "shown": shown}
    changed = {column: value for column, value in new.items() if getattr(agent, column) != value}
    if not changed:
        return agent
    before = {column: _plain(getattr(agent, column)) for column in changed}
    for column, value in changed.items():
        setattr(agent, column, value)
    agent.save(update_fields=list(changed))
    spell(agent)
    _changed_films(agent, at)
    _record("changed", agent, by, at, before=before, after={column: _plain(value) for column, value in changed.items()})
    return agent


@transaction.atomic
def add_spelling(*, agent: Agent, name: str, language: str, by: "Person", at: datetime) -> Alias:
    """Add another spelling. Refused: not_your_catalogue, agent_joined, spelling_twice."""
    agent = _lock(agent, by)
    there = name in agent.name.values() or agent.aliases.filter(name=name).exists()
    stop_if(Refusal("spelling_twice", {"name": name}) if there else None)
    made = Alias.objects.create(agent=agent, name=name, language=language)
    spell(agent)
    _record("changed", agent, by, at, after={"spelling": name, "language": language})
    return made


@transaction.atomic
def remove_spelling(*, spelling: Alias, by: "Person", at: datetime) -> None:
    """Take a spelling away. Refused: not_your_catalogue, agent_joined."""
    agent = _lock(spelling.agent, by)
    spelling.delete()
    spell(agent)
    _record("changed", agent, by, at, before={"spelling": spelling.name, "language": spelling.language})


@transaction.atomic
def delete_agent(*, agent: Agent, by: "Person", at: datetime) -> None:
    """Delete somebody whom no film names. Refused: not_your_catalogue, agent_joined, agent_has_credits, agent_has_joined."""
    agent = _lock(agent, by)
    stop_if(known.why_not_delete(agent))
    _record("deleted", agent, by, at, before={"name": dict(agent.name), "slug": agent.slug})
    agent.delete()


# --- Two who are one -------------------------------------------------------------------------------------------------
@transaction.atomic
def join(*, kept: Agent, lost: Agent, by: "Person", at: datetime) -> Joining:
    """Say that `lost` is `kept`: its credits, music and awards move there, its names become spellings, its address leads there.

    Refused: not_your_catalogue, other_catalogue, agent_joined, agent_kinds_differ, joined_with_itself.
    """
    stop_if(access.why_not_edit(by, kept.organisation_id))
    kept, lost = _lock_both(kept, lost)
    stop_if(rules.why_not_join(known.facts(kept), known.facts(lost)))
    moved = known.would_move(kept, lost)
    for table, numbers in moved.rows.items():
        _give(table, numbers, kept)
    Alias.objects.bulk_create(Alias(agent=kept, name=name, language=tag) for name, tag in moved.aliases.items())
    for column, texts in moved.filled.items():
        setattr(kept, column, {**getattr(kept, column), **texts})
    kept.save(update_fields=[*rules.FIELDS])
    lost.joined_to = kept
    lost.save(update_fields=["joined_to"])
    spell(kept)
    _changed_films(kept, at)
    made = Joining.objects.create(kept=kept, lost=lost, moved=asdict(moved), at=at, by=by)
    _record(
        "joined_agents", kept, by, at, after={"lost": lost.pk, "name": dict(lost.name), "slug": lost.slug, **made.moved}
    )
    return made


@transaction.atomic
def take_back(*, joining: Joining, by: "Person", at: datetime) -> rules.PutBack:
    """They were two after all: what was moved and is still there goes back; says what could not.

    Refused: not_your_catalogue, joining_undone, joining_not_last.
    """
    stop_if(access.why_not_edit(by, joining.kept.organisation_id))
    kept, lost = _lock_both(joining.kept, joining.lost)
    joining = Joining.objects.select_for_update().get(pk=joining.pk)
    stop_if(known.why_not_take_back(joining, kept))
    _changed_films(kept, at)
    back = known.would_go_back(joining)
    for table, numbers in back.rows.items():
        _give(table, numbers, lost)
    kept.aliases.filter(name__in=back.aliases).delete()
    for column, tags in back.emptied.items():
        setattr(kept, column, {tag: text for tag, text in getattr(kept, column).items() if tag not in tags})
    kept.save(update_fields=[*rules.FIELDS])
    lost.joined_to = None
    lost.save(update_fields=["joined_to"])
    joining.undone_at, joining.undone_by = at, by
    joining.save(update_fields=["undone_at", "undone_by"])
    spell(kept)
    _record("parted_agents", kept, by, at, after={"lost": lost.pk, **asdict(back)})
    return back


@transaction.atomic
def keep_apart(*, one: Agent, other: Agent, by: "Person", at: datetime) -> Namesakes:
    """Say that two with one name are two: nobody offers to join them again. Refused: not_your_catalogue, other_catalogue."""
    stop_if(access.why_not_edit(by, one.organisation_id))
    stop_if(Refusal("other_catalogue") if one.organisation_id != other.organisation_id else None)
    stop_if(Refusal("joined_with_itself") if one.pk == other.pk else None)
    first, second = sorted((one, other), key=lambda agent: agent.pk)
    made, new = Namesakes.objects.get_or_create(first=first, second=second)
    if new:
        _record("kept_apart", first, by, at, after={"other": second.pk, "name": dict(second.name)})
    return made


def _give(table: str, numbers: list[int], to: Agent) -> None:
    model, column = known.TABLES[table]
    model.objects.filter(pk__in=numbers).update(**{column: to})


def _lock(agent: Agent, by: "Person") -> Agent:
    stop_if(access.why_not_edit(by, agent.organisation_id))
    agent = Agent.objects.select_for_update().get(pk=agent.pk)
    stop_if(Refusal("agent_joined") if agent.joined_to_id else None)
    return agent


def _lock_both(one: Agent, other: Agent) -> tuple[Agent, Agent]:
    """Always in the same order, so that two people do not wait for each other."""
    found = {
        agent.pk: agent for agent in Agent.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    }
    return found[one.pk], found[other.pk]


def _changed_films(agent: Agent, at: datetime) -> None:
    """The pages of the films that name the agent have changed with it."""
    Film.objects.filter(
        models.Q(credits__agent=agent) | models.Q(tracks__artist=agent) | models.Q(awards__recipient=agent)
    ).update(changed_at=at)


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _record(
    verb: str, agent: Agent, by: "Person", at: datetime, before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    scope = f"organisation:{agent.organisation_id}"
    audit.record(by=by, at=at, verb=verb, thing=agent, scope=scope, before=before, after=after)
