"""Labels and sentences of the room, in the reader's language when shown."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinolab.applications.domain.appeals import Against
from kinolab.applications.domain.lifecycle import AppealState, LadderStep, MemberState, Stage
from kinolab.applications.domain.links import LinkState
from kinolab.calls.domain.eligibility import Outcome

Choices = list[tuple[str, Promise]]

STAGES: dict[Stage, Promise] = {
    Stage.DRAFT: pgettext_lazy("application", "Draft"),
    Stage.SUBMITTED: pgettext_lazy("application", "Submitted"),
    Stage.REOPENED: pgettext_lazy("application", "Submitted, being changed"),
    Stage.WITHDRAWN: pgettext_lazy("application", "Withdrawn"),
}
MEMBER_STATES: dict[MemberState, Promise] = {
    MemberState.INVITED: pgettext_lazy("member of the team", "Invited"),
    MemberState.JOINED: pgettext_lazy("member of the team", "Joined"),
    MemberState.DECLINED: pgettext_lazy("member of the team", "Declined"),
    MemberState.REMOVED: pgettext_lazy("member of the team", "Removed"),
}
APPEALED: dict[Against, Promise] = {
    Against.CHECK: pgettext_lazy("what an appeal is against", "The check of the rules"),
    Against.RESULT: pgettext_lazy("what an appeal is against", "The announced result"),
}
APPEAL_STATES: dict[AppealState, Promise] = {
    AppealState.LODGED: pgettext_lazy("appeal", "Waits for the panel"),
    AppealState.UPHELD: pgettext_lazy("appeal", "Upheld"),
    AppealState.NOT_UPHELD: pgettext_lazy("appeal", "Not upheld"),
    AppealState.TAKEN_BACK: pgettext_lazy("appeal", "Taken back"),
}
APPEAL_RESULTS: dict[str, Promise] = {
    "selected": pgettext_lazy("result of an upheld appeal", "The project gets a place"),
    "waitlist": pgettext_lazy("result of an upheld appeal", "The project goes on the waiting list"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.YES: pgettext_lazy("outcome of a rule", "Yes"),
    Outcome.NO: pgettext_lazy("outcome of a rule", "No"),
    Outcome.UNKNOWN: pgettext_lazy("outcome of a rule", "Not known yet"),
}
SIMULATED: dict[Outcome, Promise] = {
    Outcome.NO: pgettext_lazy("rules that are tried", "Would not meet them"),
    Outcome.UNKNOWN: pgettext_lazy("rules that are tried", "Not known yet"),
    Outcome.YES: pgettext_lazy("rules that are tried", "Would meet them"),
}
YES_NO: dict[bool, Promise] = {
    True: pgettext_lazy("value that a rule saw", "yes"),
    False: pgettext_lazy("value that a rule saw", "no"),
}
CHECKS: dict[str, Promise] = {
    "unchecked": pgettext_lazy("check", "Not checked"),
    "eligible": pgettext_lazy("check", "Eligible"),
    "attention": pgettext_lazy("check", "Needs a look"),
    "ineligible": pgettext_lazy("check", "Not eligible"),
}
TABS: dict[str, Promise] = {
    "sent": pgettext_lazy("part of the table", "Sent"),
    "to_check": pgettext_lazy("part of the table", "To check"),
    "objections": pgettext_lazy("part of the table", "Answered by the team"),
    "ineligible": pgettext_lazy("part of the table", "Not eligible"),
    "drafts": pgettext_lazy("part of the table", "Drafts"),
    "withdrawn": pgettext_lazy("part of the table", "Withdrawn"),
}
EMPTY: dict[str, tuple[Promise, Promise]] = {
    "sent": (_("No application has been sent yet"), _("Applications appear here as teams send them.")),
    "to_check": (
        _("Nothing to check"),
        _("When a rule says no, or does not know, the application waits here for a person."),
    ),
    "objections": (
        _("No answer waits for you"),
        _("A team that is told of a rule may answer once. Its answer appears here."),
    ),
    "ineligible": (
        _("No application was found not eligible"),
        _("Whatever somebody of the lab confirms as not meeting a rule stands here."),
    ),
    "drafts": (_("No drafts"), _("A draft appears here with its first letter. Its text is the team's alone.")),
    "withdrawn": (_("No application was withdrawn"), _("Teams may withdraw at any time. It is noted here.")),
}
FEW: dict[int, Promise] = {
    0: pgettext_lazy("number of readings", "Any number"),
    1: pgettext_lazy("number of readings", "None yet"),
    2: pgettext_lazy("number of readings", "Fewer than 2"),
    3: pgettext_lazy("number of readings", "Fewer than 3"),
}
LINK_STATES: dict[LinkState, Promise] = {
    LinkState.OPENS: pgettext_lazy("link to a video", "The link opens"),
    LinkState.OPENS_WITH_PASSWORD: pgettext_lazy("link to a video", "The link opens with its password"),
    LinkState.ASKS_PASSWORD: pgettext_lazy("link to a video", "The link asks for a password"),
    LinkState.WRONG_PASSWORD: pgettext_lazy("link to a video", "The link does not take this password"),
    LinkState.GONE: pgettext_lazy("link to a video", "There is nothing behind this link"),
    LinkState.SILENT: pgettext_lazy("link to a video", "The link does not answer"),
    LinkState.UNKNOWN: pgettext_lazy("link to a video", "Whether the link opens cannot be told from here"),
}
ROLES: dict[str, Promise] = {
    "director": pgettext_lazy("role in a team", "Director"),
    "producer": pgettext_lazy("role in a team", "Producer"),
    "writer": pgettext_lazy("role in a team", "Screenwriter"),
    "screenwriter": pgettext_lazy("role in a team", "Screenwriter"),
    "editor": pgettext_lazy("role in a team", "Editor"),
    "cinematographer": pgettext_lazy("role in a team", "Cinematographer"),
    "impact_producer": pgettext_lazy("role in a team", "Impact producer"),
    "activist": pgettext_lazy("role in a team", "Activist"),
    "author": pgettext_lazy("role in a team", "Author"),
    "participant": pgettext_lazy("role in a team", "Participant"),
    "organisation": pgettext_lazy("role in a team", "Organisation"),
    "other": pgettext_lazy("role in a team", "Other"),
}
SIGNATURE = _("Signature")
STRANDS = _("Strands")
OWN_PART = _("Own part")
CORRECTION_ENDS: dict[str, Promise] = {
    "sent": pgettext_lazy("end of a correction", "Sent again"),
    "lapsed": pgettext_lazy("end of a correction", "Not sent in time"),
    "taken_back": pgettext_lazy("end of a correction", "Taken back by the lab"),
}
LADDER: dict[LadderStep, Promise] = {
    LadderStep.DRAFT: pgettext_lazy("step of an application", "Draft"),
    LadderStep.READY: pgettext_lazy("step of an application", "Ready to send"),
    LadderStep.SUBMITTED: pgettext_lazy("step of an application", "Sent"),
    LadderStep.REOPENED: pgettext_lazy("step of an application", "Being changed"),
    LadderStep.WITHDRAWN: pgettext_lazy("step of an application", "Withdrawn"),
    LadderStep.EXPIRED: pgettext_lazy("step of an application", "Not sent before the close"),
    LadderStep.BEING_CHECKED: pgettext_lazy("step of an application", "Being checked"),
    LadderStep.ELIGIBLE: pgettext_lazy("step of an application", "Meets the rules"),
    LadderStep.NOT_ELIGIBLE: pgettext_lazy("step of an application", "Does not meet the rules"),
    LadderStep.BEING_READ: pgettext_lazy("step of an application", "Being read"),
    LadderStep.SELECTED: pgettext_lazy("step of an application", "Selected"),
    LadderStep.WAITLIST: pgettext_lazy("step of an application", "On the waiting list"),
    LadderStep.NOT_CHOSEN: pgettext_lazy("step of an application", "Not selected this time"),
}
REASONS: dict[str, Promise] = {
    # Who and when
    "not_in_team": _("Only members of the team can do this."),
    "not_asked_of_you": _("This question is asked of somebody else in the team. Only they can answer it."),
    "may_not_submit": _("The application is sent by %(lead)s. Ask them to send it, or to let you."),
    "only_the_lead": _("Only %(lead)s, who leads this application, can do this."),
    "is_withdrawn": _("This application was withdrawn."),
    "not_withdrawn": _("This application is not withdrawn."),
    "already_sent": _("This application has been sent. To change it, open it again first."),
    "not_sent_yet": _("This application has not been sent."),
    "step_not_possible": _("This cannot be done with the application as it stands now. Load the page again."),
    "too_many_drafts": _("You have %(limit)s unfinished drafts for this call. Send or withdraw one of them first."),
    "removed_from_team": _("You are no longer in the team of this application, so it takes no more text from you."),
    "nothing_typed": _("There is nothing in your own part that the lab has typed and you have not confirmed."),
    "has_late_code": _("This application has already what the code gives."),
    # Entered for somebody, and other people's tables
    "not_entered_by_us": _("The team writes this application itself. The lab does not type in it."),
    "taken_over": _("%(lead)s has taken this application over and writes it now."),
    "why_late": _("The call has closed. Write why this application is taken all the same: the record keeps it."),
    "no_email_column": _("Choose the column with the e-mail addresses: without an address nobody can be written to."),
    "target_twice": _("Two columns go to the same place: %(name)s. Choose another for one of them."),
    "import_not_now": _("This import has been begun or taken back meanwhile. Load the page again."),
    "import_of_nothing": _("No row can be imported as it stands. The list says why."),
    "too_many_imports": _("Two imports of this call are running. Wait until one is done."),
    "row_double": _("There is an application of this person with this title already."),
    "row_twice": _("This person and title stand in the table more than once."),
    "row_formula": _(
        "This cell holds a formula, which is not worked out here. Save the table with values and bring it again."
    ),
    "row_has_faults": _("Something in this row cannot be read."),
    "cell_email_missing": _("The e-mail address is missing."),
    "cell_not_an_email": _("This is not an e-mail address: %(seen)s"),
    "cell_not_a_choice": _("The form has no such choice: %(seen)s"),
    "cell_not_a_number": _("This is not a number: %(seen)s"),
    "cell_not_money": _("An amount with its currency is expected, such as 1000 USD. Seen: %(seen)s"),
    "cell_not_a_day": _("This is not a day: %(seen)s. Days are written 2026-08-05 or 05.08.2026."),
    "cell_day_two_ways": _("This day can be read in two ways: %(seen)s. Write it as 2026-08-05 or 05.08.2026."),
    "cell_not_a_country": _("No country has this name: %(seen)s"),
    "cell_not_a_language": _("No language has this name: %(seen)s"),
    "cell_not_a_link": _("This is not the address of a file: %(seen)s. It begins with https://."),
    "cell_not_asked": _("This is asked of people in another role only."),
    "member_email_missing": _("Something is said of this person of the team, and no e-mail address."),
    "member_twice": _("This address stands in the row twice: %(seen)s"),
    "link_forbidden": _("This address may not be asked: it is not public, or its site says no."),
    "link_silent": _("Nobody answered at this address, three times."),
    "link_status": _("The address answered, but gave no file. Answer: %(status)s"),
    "link_gives_page": _("The address gives a page, not a file. Share the file with everybody who has the link."),
    "cell_not_yes_or_no": _("Yes or no is expected. Seen: %(seen)s"),
    # Reading books
    "book_of_nothing": _("There is nothing to put into a book: none of these applications has been sent."),
    "book_too_thick": _("A book holds at most %(limit)s applications. Filter the table, and make several."),
    "book_stale": _("What you may read has changed since this book was made. Make it anew."),
    "book_not_ready": _("The book is not ready yet."),
    "same_call": _("This application is for the same call. Go on with it, or begin a new one."),
    # Sending
    "strand_closed": _(
        "The strand “%(strand)s” has closed. It closed: %(closed)s. Take it out of the application to send it."
    ),
    "incomplete": _("Something is still missing. The list shows each place."),
    "rule_blocks": _("The application cannot be sent: it does not meet a rule of the call. The list says which."),
    "role_missing": _("No role is chosen for %(name)s."),
    "name_missing": _("No name is given for %(email)s."),
    "role_unfilled": _("Nobody in the team has this role: %(role)s."),
    "role_too_few": _("Too few people have this role: %(role)s. In the team: %(count)s. Needed: %(minimum)s."),
    "role_too_many": _("Too many people have this role: %(role)s. In the team: %(count)s. Allowed: %(maximum)s."),
    "organisation_missing": _("The organisation that %(name)s speaks for is not named."),
    "not_signed": _("Has not signed their own part yet: %(name)s."),
    "own_part_unready": _("Something in their own part is still to be mended: %(name)s."),
    "signature_old": _("Has changed their own part since signing it and has to sign again: %(name)s."),
    "members_not_joined": _("Not everybody who was invited has joined yet."),
    "team_too_small": _("The team is too small. People in the team: %(count)s. Needed at least: %(minimum)s."),
    "team_too_large": _("The team is too large. People in the team: %(count)s. Allowed at most: %(maximum)s."),
    "strand_needed": _("Choose at least one strand."),
    "too_many_strands": _("Too many strands are chosen. Chosen: %(count)s. Allowed: %(maximum)s."),
    "strand_bound": _(
        "The application has been read or decided upon in this strand, so it stays there: %(strand)s. Write to the lab."
    ),
    "strand_needs_project": _("This strand takes applications with a project only: %(strand)s."),
    "strand_role_missing": _(
        "For the strand “%(strand)s” somebody in the team must have one of these roles: %(roles)s."
    ),
    # Writing
    "changed_meanwhile": _("Somebody else saved this field while you were writing: %(by)s. Choose which text stays."),
    "beginning_unknown": _("The text that yours began from is no longer kept. Load the page again."),
    "decided_already": _("Somebody has decided about this text already. Load the page again."),
    "own_part_changed": _("This part was saved in another window meanwhile. Look at it and save again."),
    "application_full": _(
        "All files of this application together would be larger than %(limit)s MB. Remove one first."
    ),
    "file_missing": _("Choose a file first."),
    "reason_too_long": _("The reason is too long. Two thousand characters are enough."),
    "too_many_files": _("This question already has its files. The limit: %(limit)s. Remove one to add another."),
    # Each person's own part
    "signing_not_asked": _("This call asks nobody to sign."),
    "part_incomplete": _("Something in your own part is still missing. Answer it first, then sign."),
    "part_changed": _("Your own part has changed since this page was loaded. Read it again, then sign."),
    "goes_with_the_application": _("Your own part goes to the lab together with the application."),
    # Corrections
    "not_to_correct": _("The lab has opened other questions for correction. This one stays as it was sent."),
    "correction_is_open": _("This application is being corrected or changed already."),
    "correction_over": _("This correction has ended already."),
    "team_may_reopen": _("The call still takes this application: the team can open it again by itself."),
    "correction_needs_questions": _("Choose at least one question that the team is to correct."),
    "correction_needs_message": _("Write to the team what is to be corrected."),
    "correction_needs_time": _("Say until when, as a time that lies ahead."),
    # The team
    "team_full": _("The team is full. People allowed: %(maximum)s."),
    "already_invited": _("This address has been invited already: %(email)s."),
    "not_waiting": _("This invitation has been answered already."),
    "lead_stays": _(
        "Whoever leads an application cannot leave it. They can hand it over to somebody of the team, or withdraw it."
    ),
    "leads_already": _("This person leads the application already."),
    "lead_not_offered": _("Nobody has asked you to lead this application, or it was taken back."),
    "team_locked": _("The list of the team has closed. It closed: %(at)s."),
    "joining_has_ended": _("In this call nobody joins a team after the close. It closed: %(closed)s."),
    "role_is_given": _("Who has this role may send the application. Ask %(lead)s to give it to you."),
    "unknown_role": _("This call has no such role."),
    "invited_often_enough": _(
        "This address has been written to often enough. Letters sent: %(limit)s. Write to them yourself."
    ),
    "too_many_invitations": _("Too many invitations in one day. Try again tomorrow."),
    "invitation_gone": _("This invitation was taken back."),
    "invitation_used": _("Somebody has already joined with this invitation. Ask the team for one of your own."),
    "member_step_not_possible": _("This has changed meanwhile. Load the page again."),
    # Findings
    "reason_needed": _("Write a reason: the team and your colleagues will read it."),
    "decision_unreadable": _("Choose a decision. A reason has at most two thousand characters."),
    "view_name_needed": _("Give the view a name."),
    "too_many_views": _("You have %(limit)s saved views. Delete one to save another."),
    "too_many_chosen": _("Too many at once. The limit: %(limit)s. Select fewer."),
    "already_objected": _("The team has answered this rule already."),
    "nothing_to_object": _("The rule is met: there is nothing to answer."),
    "objection_empty": _("Write your answer first."),
    # Appeals
    "no_appeals": _("This call takes no appeals."),
    "appeals_closed": _("Appeals are closed. They were taken until: %(until)s."),
    "nothing_to_appeal": _("There is no decision yet that could be appealed against."),
    "already_appealed": _("There is an appeal against this decision already."),
    "statement_empty": _("Write your statement first."),
    "statement_too_long": _("The statement is too long. Characters: %(count)s. Allowed at most: %(limit)s."),
    "appeal_step_not_possible": _("This appeal has been decided or taken back meanwhile. Load the page again."),
    "appeal_strand_needed": _("Choose the strands in which the appeal is upheld."),
    "decided_it_yourself": _("You took part in the decision that is appealed against. Somebody else decides here."),
    "own_application": _("You are in the team of this application."),
    "appeal_reason_needed": _("Write a reason: the team reads it."),
    "appeal_result_needed": _("Say what the project gets: a place, or one on the waiting list."),
    "appeal_unreadable": _("Choose: upheld or not. A reason has at most four thousand characters."),
}


def few_choices(asked: int) -> list[tuple[int, Promise | str]]:
    """Choices of the filter by readings; a number that only the address names stands as it is."""
    return [*FEW.items(), *([] if asked in FEW else [(asked, f"< {asked}")])]


def role_choices(roles: Iterable[str]) -> list[tuple[str, str | Promise]]:
    """The roles of a call by name; a role that has no translation is called as the call calls it."""
    return [("", pgettext_lazy("role in a team", "Choose a role")), *((role, role_name(role)) for role in roles)]


def role_name(role: str) -> str | Promise:
    """A role in words."""
    return ROLES.get(role, role.replace("_", " "))


EYES: dict[str, Promise] = {
    "office": pgettext_lazy("for whom a reading book is", "The office"),
    "reader": pgettext_lazy("for whom a reading book is", "A reader"),
}


def eyes() -> Choices:
    """Choices of `Book.eyes`."""
    return list(EYES.items())


IMPORT_STATES: dict[str, Promise] = {
    "proposed": pgettext_lazy("import of applications", "Not begun"),
    "running": pgettext_lazy("import of applications", "Running"),
    "done": pgettext_lazy("import of applications", "Done"),
    "taken_back": pgettext_lazy("import of applications", "Taken back"),
}


IMPORTED_FILES: dict[str, Promise] = {
    "waiting": pgettext_lazy("file of an import", "Waits to be fetched"),
    "fetched": pgettext_lazy("file of an import", "Fetched"),
    "refused": pgettext_lazy("file of an import", "Not fetched"),
}


def imported_file_states() -> Choices:
    """Choices of `ImportedFile.state`."""
    return list(IMPORTED_FILES.items())


def import_states() -> Choices:
    """Choices of `Import.state`."""
    return list(IMPORT_STATES.items())


def stages() -> Choices:
    """Choices of `Application.stage`."""
    return [(key.value, label) for key, label in STAGES.items()]


def member_states() -> Choices:
    """Choices of `TeamMember.state`."""
    return [(key.value, label) for key, label in MEMBER_STATES.items()]


def outcomes() -> Choices:
    """Choices of a finding's outcome."""
    return [(key.value, label) for key, label in OUTCOMES.items()]


def appealed() -> Choices:
    """Choices of what an appeal is against."""
    return [(key.value, label) for key, label in APPEALED.items()]


def appeal_states() -> Choices:
    """Choices of `Appeal.state`."""
    return [(key.value, label) for key, label in APPEAL_STATES.items()]


def checks() -> Choices:
    """Choices of `Application.checked`."""
    return list(CHECKS.items())


def correction_ends() -> Choices:
    """Choices of `Correction.ended_as`."""
    return list(CORRECTION_ENDS.items())


def link_states() -> Choices:
    """Choices of `LinkCheck.state`."""
    return [(state.value, label) for state, label in LINK_STATES.items()]
