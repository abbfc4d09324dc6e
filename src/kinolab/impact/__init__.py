"""Impact: the road map by which a film is to change something, carrying it out, and what became of it.

Tables: RoadMap; one row each of Issue, Vision, Story and Money; Place, AffectedGroup, RootCause, Source, SdgTag, Goal,
Audience, Activity, Partner, Window, BudgetLine, Milestone, Result, Indicator, Period, Target, Actual, Evidence, Risk,
ProtectedPerson, Learning; RowPast and RowAside; Tutoring, Remark, Version; Report, Rhythm; Outcome, FollowingUp,
FollowUp, Quiet; Publisher, BroughtFile. A *road map* belongs to one application of an edition; one without is a
template. A *part* is one kind of its rows; a *step* of the guided path gathers parts; a *report* tells of some months
of carrying it out. *Eyes* say from where somebody looks: whatever leaves the team goes through the one gate in
`domain/safety.py`.
"""
