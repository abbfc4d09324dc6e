"""Labels and sentences of the room, in the reader's language when shown."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.calls.domain.regulations import Op, ReferenceDate
from kinolab.calls.domain.shapes import Join, Past, Shape, There
from kinolab.calls.domain.teams import Signatures

SIGNATURES: dict[Signatures, Promise] = {
    Signatures.NONE: _("Nobody signs"),
    Signatures.LATER: _("Each signs their own part; it may be sent before, and signed after the close too"),
    Signatures.BEFORE: _("Each signs their own part before it is sent"),
}
REASONS: dict[str, Promise] = {
    "fact_unknown": _("Not known yet: %(field)s."),
    "none_of_these": _("None of the possibilities applies."),
    "one_of_these": _("Something applies that must not."),
    "answered_no": _("The answer to this question was no."),
    "not_yet_open": _("This call is not open yet. It opens: %(opens)s."),
    "past_deadline": _("This call has closed. It closed: %(closed)s."),
    # Closes of their own, late codes, the seal
    "own_close_unknown": _("The call has no such strand or role any more. Load the page again."),
    "own_close_not_later": _(
        "A strand or role can only close later than the call. Leave it empty to close with the call. It closes: %(closes)s."
    ),
    "code_not_later": _("A late code gives time after now and after the close. The call closes: %(closes)s."),
    "code_gives_nothing": _("Say until when the code gives more time, or that it is an invitation."),
    "late_code_unknown": _("This call has no such code. Look at the letters again, or ask the lab."),
    "late_code_revoked": _("This code has been taken back. Ask the lab."),
    "late_code_not_yours": _("This code was given to another address. Sign in with that address, or ask the lab."),
    "late_code_past": _("The time of this code is over. It was valid until: %(until)s."),
    "late_code_used_up": _("This code has been used as often as it may be. Times: %(uses)s."),
    "seal_stays": _("The call is open and sealed: applicants rely on it. The seal opens by itself: %(until)s."),
    "sealed": _(
        "This call is sealed: nobody of the lab reads an application before the close. It opens by itself: %(until)s."
    ),
    # Making and publishing
    "new_organisation": _("There is no such organisation here. A new one is made by the operator of the server."),
    "programme_of_another": _("This programme belongs to another organisation."),
    "edition_exists": _("The programme has an edition with this address already: %(slug)s."),
    "already_published": _("The call is public already."),
    "not_published": _("The call is not public, or has no dates."),
    "already_open": _("The call has opened; it can no longer be taken back."),
    "not_ready": _("The call cannot be published yet: something is missing."),
    "only_extend": _("The call is open: its opening stays as it is, and its close can only be moved to a later time."),
    "extension_not_later": _(
        "The new close must be later than the old one and later than now. The old one: %(before)s."
    ),
    "closes_before_opens": _("The call would close before it opens. Opens: %(opens)s. Closes: %(closes)s."),
    "grace_out_of_range": _("Minutes of grace: from 0 to %(maximum)s."),
    "unknown_text": _("This text is no longer there; somebody has deleted it."),
    "no_zone": _("The time zone in which the deadline is said"),
    "no_dates": _("The opening and the close"),
    "no_form": _("A form with at least one question"),
    "no_privacy": _("The privacy text: what happens with people’s data"),
    "no_languages": _("The languages of the call"),
    "no_whole_language": _("One language in which every text is there"),
    "no_criteria": _("At least one criterion for the readers"),
    "unreadable_rules": _("Regulations that can be read. These cannot: %(rules)s"),
    "need_of_unknown_role": _("This role is not among the roles of the call: %(role)s."),
    "role_range": _("More are needed than allowed of this role: %(role)s."),
    "roles_beyond_team": _(
        "The roles need more people than a team may have. Needed: %(needed)s. Allowed: %(maximum)s."
    ),
    "team_beyond_roles": _("A team needs more people than its roles allow. Needed: %(minimum)s. Allowed: %(maximum)s."),
    "row_in_use": _("Something stands on it already: applications or readings. It stays."),
    "code_taken": _("There is one with this code already: %(code)s."),
    # Programme files
    "file_has_problems": _("The file cannot be used as it is. Nothing has been changed."),
    "file_too_long": _("The file is too long: at most %(limit)s characters."),
    "not_yaml": _("The file is not readable as YAML: %(said)s"),
    "not_a_programme_file": _(
        "A programme file begins with “kinolab: 1” and names its parts, each with what it holds."
    ),
    "unknown_key": _("%(path)s: there is no “%(key)s” here."),
    "mistyped_key": _("%(path)s: there is no “%(key)s” here. Did you mean “%(meant)s”?"),
    "missing_part": _("The file has no part “%(key)s”."),
    "missing_key": _("%(path)s: “%(key)s” is missing."),
    "not_a_mapping": _("%(path)s: names with values are expected here."),
    "not_a_list": _("%(path)s: a list is expected here."),
    "not_texts": _("%(path)s: a text for each language is expected, for example {ky: …, ru: …, en: …}."),
    "not_text": _("%(path)s: a text is expected here."),
    "unknown_language": _("%(path)s: this language is not one of ours. Ours: %(known)s."),
    "not_a_line": _("%(path)s: a line of at most %(limit)s characters is expected."),
    "not_a_slug": _("%(path)s: “%(seen)s” cannot stand in an address; Latin letters, figures and hyphens can."),
    "unknown_zone": _("%(path)s: “%(seen)s” is not a time zone. Zones are written like Asia/Bishkek."),
    "unknown_country": _("%(path)s: “%(seen)s” is not a country. Countries are written in two letters, like KG."),
    "not_yes_or_no": _("%(path)s: true or false is expected."),
    "not_a_number_between": _("%(path)s: a number from %(minimum)s to %(maximum)s is expected."),
    "not_a_day": _("%(path)s: “%(seen)s” is not a day. Days are written like 2026-08-05."),
    "not_a_moment": _("%(path)s: “%(seen)s” is not a time. Times are written like 2026-08-05 18:00."),
    "moment_with_offset": _("%(path)s: write the time on the clock of the call’s zone, without an offset."),
    "not_anchors": _("%(path)s: steps from 0 to 5 with a text for each are expected."),
    "unknown_kind": _("%(path)s: “%(seen)s” is not known here. Known: %(known)s."),
    "unknown_dye": _("%(path)s: there is no dye “%(seen)s”. Dyes: %(known)s."),
    "unknown_mode": _("%(path)s: “%(seen)s” is not known here. Known: %(known)s."),
    "unknown_precision": _("%(path)s: “%(seen)s” is not a precision of a date."),
    "unknown_unit": _("%(path)s: “%(seen)s” is not a unit of length. Units: %(known)s."),
    "team_range": _("%(path)s: the greatest size of a team is smaller than the least."),
    # Regulations
    "rule_needs_fact": _("Rules of the call ask for this answer (%(fact)s): %(rules)s. Change them first."),
    "consent_frozen": _(
        "People may have agreed to this text already. Prepare a correction of the form: the new text is asked again."
    ),
    "not_of_the_staff": _("Only people who work on the edition can be named."),
    "unknown_library_question": _("The library has no such question: %(seen)s."),
    "not_frozen": _("The form has not opened yet: change it as it is."),
    "correcting_already": _("A correction of the form is being prepared already."),
    "nothing_corrected": _("The correction changes nothing."),
    "no_correction": _("No correction of the form is being prepared."),
    "duplicate_code": _("%(path)s: “%(code)s” is there twice."),
    "unknown_op": _("%(path)s: “%(seen)s” is not an operation."),
    "unknown_scope": _("%(path)s: a rule cannot speak of “%(seen)s”."),
    "unknown_severity": _("%(path)s: “%(seen)s” is not a consequence."),
    "unknown_reference_date": _("%(path)s: “%(seen)s” is not a day that rules know."),
    "key_not_for_op": _("%(path)s: the operation %(op)s takes no “%(key)s”."),
    "role_not_named": _("%(path)s: the field begins with a role, for example director.films. Here it is “%(field)s”."),
    "impossible_rule": _("%(path)s: such a rule can never be judged (%(why)s)."),
    "rules_untold": _("These rules look at something that no question of the form tells: %(rules)s"),
    "question_gone": _(
        "No question of the form tells this any more: %(facts)s. The rule will always be not known yet."
    ),
    "unknown_set": _("%(path)s: there is no set of countries “%(seen)s”."),
    "unknown_countries": _("These are no countries: %(codes)s. Countries are written in two letters, like KG."),
    "no_countries": _("Choose at least one country."),
    "ours_already": _("Kinolab ships a set called “%(code)s”. Choose another name."),
    "set_version_taken": _("“%(code)s” has a version %(version)s already. A version never changes: make another one."),
}

# --- What visitors read ----------------------------------------------------------------------------------------------
STANDINGS: dict[str, Promise] = {
    "announced": pgettext_lazy("call", "Opens soon"),
    "open": pgettext_lazy("call", "Open call"),
    "grace": pgettext_lazy("call", "Closed"),
    "closed": pgettext_lazy("call", "Closed"),
    "results": pgettext_lazy("call", "Results are out"),
    "finished": pgettext_lazy("call", "Finished"),
    "cancelled": pgettext_lazy("call", "Cancelled"),
}
# The way of an application: what happens, and one line about it.
STEPS_OF_AN_APPLICATION: tuple[tuple[Promise, Promise], ...] = (
    (pgettext_lazy("step", "Application"), _("Until the close it can be changed and sent again.")),
    (pgettext_lazy("step", "Check"), _("We check the conditions and write if something is unclear.")),
    (pgettext_lazy("step", "Reading"), _("Several readers read each project independently.")),
    (pgettext_lazy("step", "Results"), _("Every applicant gets an answer by letter.")),
    (pgettext_lazy("step", "Lab"), _("The chosen projects take part.")),
)
# Choices that rules name, for calls whose form has no words for them.
CHOICES: dict[str, Promise] = {
    "director": pgettext_lazy("role in a team", "Director"),
    "producer": pgettext_lazy("role in a team", "Producer"),
    "screenwriter": pgettext_lazy("role in a team", "Screenwriter"),
    "writer": pgettext_lazy("role in a team", "Screenwriter"),
    "editor": pgettext_lazy("role in a team", "Editor"),
    "impact_producer": pgettext_lazy("role in a team", "Impact producer"),
    "cinematographer": pgettext_lazy("role in a team", "Cinematographer"),
    "organisation": pgettext_lazy("role in a team", "Organisation"),
    "activist": pgettext_lazy("role in a team", "Activist"),
    "author": pgettext_lazy("role in a team", "Author"),
    "participant": pgettext_lazy("role in a team", "Participant"),
    "feature_fiction": pgettext_lazy("kind of film", "Feature-length fiction"),
    "feature_documentary": pgettext_lazy("kind of film", "Feature-length documentary"),
    "fiction": pgettext_lazy("kind of film", "Fiction"),
    "documentary": pgettext_lazy("kind of film", "Documentary"),
    "animation": pgettext_lazy("kind of film", "Animation"),
    "short": pgettext_lazy("kind of film", "Short film"),
    "idea": pgettext_lazy("stage of a project", "Idea"),
    "early_development": pgettext_lazy("stage of a project", "Early development"),
    "development": pgettext_lazy("stage of a project", "Development"),
    "late_development": pgettext_lazy("stage of a project", "Late development"),
    "preproduction": pgettext_lazy("stage of a project", "Preparation of the shooting"),
    "pre_production": pgettext_lazy("stage of a project", "Preparation of the shooting"),
    "production": pgettext_lazy("stage of a project", "Shooting"),
    "postproduction": pgettext_lazy("stage of a project", "Editing and finishing"),
    "post_production": pgettext_lazy("stage of a project", "Editing and finishing"),
    "rough_cut": pgettext_lazy("stage of a project", "Rough cut"),
    "completed": pgettext_lazy("stage of a project", "Finished film"),
    "finished": pgettext_lazy("stage of a project", "Finished film"),
}


# The roles that are offered; a call may have others.
KNOWN_ROLES = (
    "director", "producer", "screenwriter", "cinematographer", "editor", "impact_producer", "author", "participant",
    "activist", "organisation",
)  # fmt: skip


def roles(own: Sequence[str]) -> list[tuple[str, str]]:
    """Choices of roles: the call's own in their order, then those that are offered under other names."""
    named = [(role, str(role_name(role))) for role in own]
    taken = {name for _role, name in named}
    return named + [(role, name) for role in KNOWN_ROLES if (name := str(role_name(role))) not in taken]


def role_name(role: str) -> str | Promise:
    """A role in words; one that has none is called as the call calls it."""
    return CHOICES.get(role, role.replace("_", " "))


# --- What organisers read --------------------------------------------------------------------------------------------
# Texts of a call, by the kind of thing and its field.
TEXTS: dict[str, Promise] = {
    "edition.name": _("Name of the edition"),
    "edition.city": _("City of the edition"),
    "module.name": _("Name of the module"),
    "module.city": _("City of the module"),
    "tutor.title": _("Title of the tutor"),
    "tutor.about": _("About the tutor"),
    "call.headline": _("Headline"),
    "call.lead": _("Introduction"),
    "call.who": _("Who may apply"),
    "call.privacy": _("Privacy text"),
    "strand.name": _("Name of the strand"),
    "strand.about": _("About the strand"),
    "cover.text": _("What is covered"),
    "faq.question": _("Frequent question"),
    "faq.answer": _("Answer"),
    "rule.sentence": _("The rule, for the public"),
    "rule.question": _("The question of the checker"),
    "rule.refusal": _("What is said after a no"),
    "criterion.name": _("Name of the criterion"),
    "criterion.help": _("What readers look at"),
    "section.title": _("Title of the section"),
    "section.help": _("Help for the section"),
    "asked.label": _("Question of the form"),
    "asked.help": _("Help for the question"),
    "asked.choice": _("Choice"),
}
TEXT_GROUPS: dict[str, Promise] = {
    "call": _("The call"),
    "edition": _("The edition"),
    "regulations": _("Regulations"),
    "form": _("Form"),
    "rubric": _("Criteria"),
}
LISTS: dict[str, Promise] = {
    "strands": _("Strands"),
    "covers": _("What is covered"),
    "faqs": _("Frequent questions"),
    "rules": _("Regulations"),
    "criteria": _("Criteria"),
    "modules": _("Modules"),
    "tutors": _("Tutors"),
}
OPENS, CLOSES = _("The call opens"), _("The call closes")
RESULTS, BEGINS, ENDS = _("Results"), _("The edition begins"), _("The edition ends")
NOT_COVERED = _("Not paid for by the programme")
# Sets of countries that Kinolab ships, by their code.
COUNTRY_SETS: dict[str, Promise] = {
    "central_asia_5": _("The five countries of Central Asia"),
    "media_countries": _("Countries of the MEDIA programme"),
    "media_countries_partly": _("Countries partly associated with the MEDIA programme"),
}
# --- Rules in plain sentences ----------------------------------------------------------------------------------------
# Facts that need no question. Of whoever holds a role they are said after the role.
FACTS: dict[str, Promise] = {
    "person.country": pgettext_lazy("fact of a rule", "Country where the person lives or whose citizen they are"),
    "person.residence": pgettext_lazy("fact of a rule", "Country where the person lives"),
    "person.citizenship": pgettext_lazy("fact of a rule", "Citizenship"),
    "person.birth_date": pgettext_lazy("fact of a rule", "Date of birth"),
    "person.gender": pgettext_lazy("fact of a rule", "Gender, in the person’s own words"),
    "person.films_made": pgettext_lazy("fact of a rule", "Films made before"),
    "person.role": pgettext_lazy("fact of a rule", "Role in the team"),
    "person.participated": pgettext_lazy("fact of a rule", "The person has taken part in this programme before"),
    "person.other_applications": pgettext_lazy("fact of a rule", "Other applications of the person to this call"),
    "team.size": pgettext_lazy("fact of a rule", "Number of people in the team"),
    "team.roles": pgettext_lazy("fact of a rule", "Roles that the team has"),
    "application.language": pgettext_lazy("fact of a rule", "Language of the application"),
    "application.complete": pgettext_lazy("fact of a rule", "Everything that is asked is answered"),
    "application.strand": pgettext_lazy("fact of a rule", "Strand of the application"),
    "application.without_project": pgettext_lazy("fact of a rule", "Somebody applies without a project"),
    "application.invitation_code": pgettext_lazy("fact of a rule", "Invitation code of the lab"),
    "application.late_code": pgettext_lazy("fact of a rule", "Late code of the lab"),
    "organisation.name": pgettext_lazy("fact of a rule", "Organisation for which somebody speaks"),
    "organisation.country": pgettext_lazy("fact of a rule", "Country of the organisation"),
    "application.others": pgettext_lazy("fact of a rule", "Other applications of the team to this call"),
    "history.attempts": pgettext_lazy("fact of a rule", "Earlier applications to this programme"),
    "history.project_attempts": pgettext_lazy("fact of a rule", "Earlier applications with this project"),
    "history.decisions": pgettext_lazy("fact of a rule", "What was decided in earlier editions"),
    "history.decisions_in_category": pgettext_lazy("fact of a rule", "What was decided earlier in the same strand"),
    "history.participated": pgettext_lazy("fact of a rule", "Somebody of the team has taken part before"),
}
# What is worked out from an answer, said after its question.
BELOW: dict[str, Promise] = {
    "total": pgettext_lazy("fact worked out from an answer", "total"),
    "confirmed": pgettext_lazy("fact worked out from an answer", "confirmed"),
    "percent": pgettext_lazy("fact worked out from an answer", "per cent confirmed"),
    "features": pgettext_lazy("fact worked out from an answer", "films of an hour or longer"),
    "shorts": pgettext_lazy("fact worked out from an answer", "films shorter than an hour"),
    "year": pgettext_lazy("fact worked out from an answer", "year"),
    "minutes": pgettext_lazy("fact worked out from an answer", "minutes"),
}
SHAPES: dict[Shape, tuple[Promise, Promise]] = {
    Shape.PLACE: (pgettext_lazy("shape of a rule", "From where"), _("A country is among some, or not.")),
    Shape.AGE: (pgettext_lazy("shape of a rule", "How old"), _("Somebody’s age in full years on a certain day.")),
    Shape.CHOICE: (pgettext_lazy("shape of a rule", "Which one"), _("A choice is among some, or not.")),
    Shape.AMOUNT: (pgettext_lazy("shape of a rule", "How much"), _("A number, an amount, or how many there are.")),
    Shape.ORDINAL: (pgettext_lazy("shape of a rule", "Which in order"), _("The first or second film, for example.")),
    Shape.DATE: (pgettext_lazy("shape of a rule", "When"), _("A day is not before or not after another.")),
    Shape.PRESENCE: (pgettext_lazy("shape of a rule", "Is it there"), _("Something is answered, attached, ticked.")),
    Shape.SHARE: (pgettext_lazy("shape of a rule", "Which share"), _("A part of a sum, as a percentage.")),
    Shape.TEAM: (pgettext_lazy("shape of a rule", "Who is in the team"), _("Roles are held by different people.")),
    Shape.HISTORY: (pgettext_lazy("shape of a rule", "What was before"), _("Earlier decisions, attempts, repeats.")),
}
JOINS: dict[Join, Promise] = {
    Join.ALL_OF: pgettext_lazy("conditions of a rule", "All of them hold"),
    Join.ANY_OF: pgettext_lazy("conditions of a rule", "One of them is enough"),
    Join.NONE_OF: pgettext_lazy("conditions of a rule", "None of them holds"),
    Join.IMPLIES: pgettext_lazy("conditions of a rule", "If the first holds, the second must hold too"),
}
THERE: dict[There, Promise] = {
    There.THERE: pgettext_lazy("condition", "It is there"),
    There.YES: pgettext_lazy("condition", "The answer is yes"),
    There.NO: pgettext_lazy("condition", "The answer is no"),
}
PAST: dict[Past, Promise] = {
    Past.DECISIONS: pgettext_lazy("condition", "None of these was decided"),
    Past.ATTEMPTS: pgettext_lazy("condition", "No more attempts than so many"),
    Past.OTHERS: pgettext_lazy("condition", "No more applications at once than so many"),
    Past.UNIQUE: pgettext_lazy("condition", "No other one"),
}
YES_NO: dict[bool, Promise] = {
    True: pgettext_lazy("value in a rule", "yes"),
    False: pgettext_lazy("value in a rule", "no"),
}
DECISIONS: dict[str, Promise] = {
    "selected": pgettext_lazy("earlier decision", "Selected"),
    "waitlist": pgettext_lazy("earlier decision", "Waiting list"),
    "rejected": pgettext_lazy("earlier decision", "Not selected"),
    "ineligible": pgettext_lazy("earlier decision", "Not eligible"),
}
REFERENCE_DATES: dict[ReferenceDate, Promise] = {
    ReferenceDate.CALL_CLOSE: pgettext_lazy("day on which age is counted", "when the call closes"),
    ReferenceDate.EDITION_START: pgettext_lazy("day on which age is counted", "when the edition begins"),
    ReferenceDate.COMPLETION_DATE: pgettext_lazy("day on which age is counted", "when the film is finished"),
}
# What a rule says, by its operation. Values stand after a colon, whatever the language does with endings.
SENTENCES: dict[Op, Promise] = {
    Op.IN: _("%(fact)s. One of these: %(values)s."),
    Op.NOT_IN: _("%(fact)s. None of these: %(values)s."),
    Op.GTE: _("%(fact)s. At least: %(least)s."),
    Op.LTE: _("%(fact)s. At most: %(most)s."),
    Op.BETWEEN: _("%(fact)s. At least: %(least)s. At most: %(most)s."),
    Op.COUNT_GTE: _("%(fact)s. At least so many: %(least)s."),
    Op.EXISTS: _("%(fact)s. It is there."),
    Op.ORDINAL_IN: _("%(fact)s. Which one in order this is: %(values)s."),
    Op.AGE_BETWEEN_ON: _("%(fact)s. Full years, at least: %(least)s; at most: %(most)s; counted: %(day)s."),
    Op.DATE_BETWEEN: _("%(fact)s. First day: %(first)s. Last day: %(last)s."),
    Op.NOT_BEFORE: _("%(fact)s. Not before this day: %(first)s."),
    Op.RATIO_GTE: _("%(fact)s. Share of “%(whole)s”, at least: %(least)s."),
    Op.PCT_BETWEEN: _("%(fact)s. Percentage, at least: %(least)s; at most: %(most)s."),
    Op.DISTINCT_PERSONS: _("Different people have these roles: %(values)s."),
    Op.UNIQUE_IN_EDITION: _("%(fact)s. There is no other one."),
    Op.MAX_PER_PERSON: _("%(fact)s. Together with this one, at most: %(most)s."),
    Op.MAX_ATTEMPTS: _("%(fact)s. Together with this one, at most: %(most)s."),
    Op.PREVIOUS_DECISION: _("%(fact)s. None of these: %(values)s."),
}
SENTENCE_YES, SENTENCE_NO = _("%(fact)s. The answer is yes."), _("%(fact)s. The answer is no.")
SENTENCE_UNTIL = _("%(fact)s. Not after this day: %(last)s.")
JOINED: dict[Op, Promise] = {
    Op.ALL_OF: _("All of this holds:"),
    Op.ANY_OF: _("At least one of this holds:"),
    Op.NONE_OF: _("None of this holds:"),
    Op.IMPLIES: _("If the first of this holds, the second holds too:"),
}
# When a question of the form shows.
SHOWS_IF = _("Shows if: %(condition)s")
SHOWN_TESTS: dict[str, Promise] = {
    "is": _("%(question)s. One of these: %(values)s."),
    "is_not": _("%(question)s. Answered, and none of these: %(values)s."),
    "answered": _("%(question)s. It is answered."),
    "unanswered": _("%(question)s. It is not answered."),
    "at_least": _("%(question)s. At least: %(bound)s."),
    "at_most": _("%(question)s. At most: %(bound)s."),
}
SHOWN_JOINED: dict[str, Promise] = {"all": JOINED[Op.ALL_OF], "any": JOINED[Op.ANY_OF], "none": JOINED[Op.NONE_OF]}
SHOWN_WAYS: dict[str, Promise] = {"all": JOINS[Join.ALL_OF], "any": JOINS[Join.ANY_OF], "none": JOINS[Join.NONE_OF]}
WHOLE_QUESTION = _("Does this hold for you? %(sentence)s")
FACT_QUESTION = _("%(fact)s?")
# Why no fact could ever be judged by what was filled in.
WHY_IMPOSSIBLE: dict[str, Promise] = {
    "reference_date_needed": _("Say on which day the age is counted."),
    "reference_date_unused": _("Only an age is counted on a day."),
    "no_value_taken": _("Nothing is filled in here."),
    "number_needed": _("Give a number: at least, at most, or both."),
    "whole_number_needed": _("Give a whole number, 1 or more."),
    "two_numbers_needed": _("Give both numbers: at least and at most."),
    "minimum_above_maximum": _("The first is greater than the last: nobody could meet that."),
    "percent_out_of_range": _("A percentage is between 0 and 100."),
    "two_dates_needed": _("Give both days: the first and the last."),
    "date_needed": _("Give a day."),
    "ratio_needed": _("Say of which sum it is a part, and at least how many per cent."),
    "ratio_out_of_range": _("A share is between 0 and 100 per cent."),
    "list_needed": _("Choose at least one."),
    "empty_list": _("Choose at least one: with none, nobody could meet the rule."),
    "plain_values_needed": _("Only words, numbers, yes and no can be compared."),
    "repeated_value": _("One of them is there twice."),
    "whole_numbers_needed": _("Give whole numbers from 1, for example 1, 2."),
    "two_roles_needed": _("Choose at least two roles."),
    "children_missing": _("A rule needs at least one condition."),
    "two_children_needed": _("“If … then …” takes exactly two conditions."),
    "too_deep": _("Conditions stand too deep within one another."),
    "set_needed": _("A set of countries has a name and a version, and nothing else."),
    "countries_needed": _("These are no countries."),
}
SEVERITIES: dict[str, Promise] = {
    "block_submit": _("An application that does not meet it cannot be sent"),
    "block_review": _("An application that does not meet it is not read"),
    "warn": _("The office is warned"),
    "score": _("It counts in the score"),
    "info": _("It only informs"),
}


def signatures() -> list[tuple[str, Promise]]:
    """Choices of `Call.signatures`."""
    return [(key.value, label) for key, label in SIGNATURES.items()]
