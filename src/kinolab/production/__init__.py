"""Production: a film made of several films, from its rules to the finished film.

Tables: Omnibus, Demand, Borough, Figure, Slot, Segment, Agreement, Version, Unit, Day, Cut, Lock, Deliverable. Words: an
*omnibus* is one film of the catalogue in the making; a *segment* is a part of it in the making, and a film of the catalogue
too; a *slot* is a place to be filled; a *version* is a cut of a segment; a *cut* is a segment dropped. *Makers* hold
`make_films`; the *team* of a segment stands in its application.
"""
