"""Reviews: readers, their conflicts of interest, who reads what, and the reading room.

Tables: ReviewPhase, Reader, Conflict, Proposal, Reading, Score. A *reading* is one reader's reading of one application
in one phase; a *phase* says from when to when, and who sees names and others' readings; a *proposal* is an assignment
that the machine made and nobody has accepted yet.
"""
