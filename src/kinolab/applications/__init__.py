"""Applications: the dossier and its team, from the first keystroke to the snapshot, and the check of eligibility.

Tables: Project, Application, Candidacy, TeamMember, Answer, AnswerPast, AnswerAside, Presence, Attachment, Signature,
Snapshot, Correction, Finding, Hiding, SavedView. An *application* is what a team sends to one call; a *project* what it
works on for years and sends to several; a *candidacy* is an application's standing in one strand; an answer's *past* is
what it said before, its *asides* are texts that could not be merged into it; a *signature* names one person's own part; a
*snapshot* is what was sent, immutable; a *finding* is what one rule says about it, confirmed or overridden by a person.
"""
